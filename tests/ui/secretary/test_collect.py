import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.closing import SeatState, standing
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import show_round
from tests.papers.looking import text_of
from tests.services.day import Day, Laptop
from tests.ui.hands import click, keys, press
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.secretary.collect_page import CollectPage
from ui.secretary.issue_page import IssuePage
from ui.secretary.paper_window import PaperWindow


def board(day: Day) -> dict[str, SeatState]:
    found = standing(day.context.open_bureau, day.round_id)
    return {seat.expert: seat.state for seat in found.seats}


def collect_page(desk: Desk) -> CollectPage:
    page = desk.go("collect")
    assert isinstance(page, CollectPage)
    return page


def drop(page: CollectPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, enter)
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, event)


def all_words(desk: Desk) -> str:
    labels = [each.text() for each in desk.door.findChildren(QLabel)]
    page = collect_page(desk)
    model = page.table.model()
    cells = [
        str(model.index(row, column).data(int(Qt.ItemDataRole.AccessibleTextRole)))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    return " ".join(labels + cells)


def test_dropped_sheets_are_taken_and_no_score_is_shown(day: Day, open_door: OpenDoor) -> None:
    points = {number: {1: 83, 2: 77, 3: 59} for number in day.laptops}
    sheets = day.sign_all(points)
    desk = open_door(day.context)
    page = collect_page(desk)
    drop(page, *sheets[:3])
    desk.settle()
    states = board(day)
    assert [states[n] for n in ("01", "02", "03")] == [SeatState.RECEIVED] * 3
    assert "04" in page.foot.primary.text()
    words = all_words(desk)
    assert not re.search(r"\b(83|77|59)\b", words)


def test_who_is_missing_and_every_receipt_are_printed(day: Day, open_door: OpenDoor) -> None:
    laptop = day.laptops["01"]
    day.collect(laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60})))
    desk = open_door(day.context)
    page = collect_page(desk)
    click(page.remind)
    desk.settle()
    click(page.side.receipts)
    desk.settle()
    for window in page.findChildren(PaperWindow):
        window.close()
    papers = day.context.home / "rounds" / day.round_id / "papers"
    reminder, receipts = (
        text_of((papers / f"{n}.pdf").read_bytes()) for n in ("催收单", "回执单")
    )
    assert "已收1份" in reminder.replace(" ", "")
    assert "专家2喆" in reminder
    assert "专家1喆" not in reminder
    seats = standing(day.context.open_bureau, day.round_id).seats
    assert seats[0].receipt in receipts


def test_twice_changes_nothing(day: Day, open_door: OpenDoor) -> None:
    sheet = day.sign_all()[0]
    desk = open_door(day.context)
    page = collect_page(desk)
    for _time in range(2):
        drop(page, sheet)
        desk.settle()
    assert "not counted twice" in " ".join(x.text() for x in page.findChildren(QLabel))
    assert list(board(day).values()).count(SeatState.RECEIVED) == 1


def test_a_damaged_file_stands_aside_with_its_reason(day: Day, open_door: OpenDoor) -> None:
    sheet = day.sign_all()[0]
    data = bytearray(sheet.read_bytes())
    data[len(data) // 2] ^= 1
    sheet.write_bytes(bytes(data))
    desk = open_door(day.context)
    page = collect_page(desk)
    drop(page, sheet)
    desk.settle()
    assert set(board(day).values()) == {SeatState.MISSING}
    words = " ".join(x.text() for x in page.findChildren(QLabel))
    assert sheet.name in words
    assert "Refused" in words
    assert len(standing(day.context.open_bureau, day.round_id).refusals) == 1


def test_a_second_key_is_accepted_with_a_reason(
    day: Day, open_door: OpenDoor, tmp_path: Path
) -> None:
    first = day.sign_all()[0]
    desk = open_door(day.context)
    page = collect_page(desk)
    drop(page, first)
    desk.settle()
    other = Laptop(day.laptops["01"].pack)
    again = other.sign(tmp_path, other.content({1: 60, 2: 61, 3: 62}))
    drop(page, again)
    desk.settle()
    page.side.key_reason_typed.emit("01", "换了电脑（示例）")
    page.side.key_accepted.emit("01")
    desk.settle()
    drop(page, again)
    desk.settle()
    [seat] = [
        s for s in standing(day.context.open_bureau, day.round_id).seats if s.expert == "01"
    ]
    assert seat.key_fingerprint
    assert len(seat.superseded) == 1


def test_closing_asks_first_and_opens_the_results(day: Day, open_door: OpenDoor) -> None:
    day.collect(*day.sign_all())
    desk = open_door(day.context)
    page = collect_page(desk)
    click(page.foot.primary)
    assert page._confirm.isVisible()
    assert show_round(day.context.open_bureau, day.round_id).state is RoundState.ISSUED
    press(page, Qt.Key.Key_Escape)
    assert not page._confirm.isVisible()
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Return)
    desk.settle()
    assert show_round(day.context.open_bureau, day.round_id).state is RoundState.CLOSED
    paper = day.context.home / "rounds" / day.round_id / "papers" / "封存单.pdf"
    assert paper.read_bytes().startswith(b"%PDF")
    click(page.foot.primary)
    desk.settle()
    assert desk.shown is desk.door.pages.page("results")


def test_closing_without_a_sheet_needs_a_reason(day: Day, open_door: OpenDoor) -> None:
    day.collect(*day.sign_all()[:4])
    desk = open_door(day.context)
    page = collect_page(desk)
    click(page._close)
    assert page.reason.hasFocus()
    assert not page.foot.primary.isEnabled()
    page.reason.insertPlainText("专家05 临时缺席（示例）")
    assert page.foot.primary.isEnabled()
    click(page.foot.primary)
    desk.settle()
    assert show_round(day.context.open_bureau, day.round_id).state is RoundState.CLOSED


def test_nothing_can_be_closed_before_a_sheet_is_in(day: Day, open_door: OpenDoor) -> None:
    desk = open_door(day.context)
    assert not collect_page(desk)._close.isEnabled()


def test_a_late_sheet_needs_its_reason(day: Day, open_door: OpenDoor) -> None:
    sheets = day.sign_all()
    day.collect(*sheets[:4])
    desk = open_door(day.context)
    page = collect_page(desk)
    click(page._close)
    page.reason.insertPlainText("缺席")
    click(page.foot.primary)
    desk.settle()
    drop(page, sheets[4])
    desk.settle()
    assert board(day)["05"] is SeatState.MISSING
    page.side.late.insertPlainText("路上堵车（示例）")
    drop(page, sheets[4])
    desk.settle()
    assert board(day)["05"] is SeatState.RECEIVED


def test_the_roster_changes_on_the_morning_by_a_form_or_a_file(
    day: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ROSTER.toml"
    file.write_text(
        '[[withdraw]]\nexpert = "05"\nreason = "突发疾病（示例）"\n', encoding="utf-8"
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    desk = open_door(day.context)
    click(collect_page(desk)._roster)
    desk.settle()
    page = desk.door.pages.page("issue")
    assert isinstance(page, IssuePage)
    click(page.roster._file)
    desk.settle()
    assert board(day)["05"] is SeatState.WITHDRAWN, page.roster._said.text()
    page.table.select("04")
    assert not page.roster.withdraw.isEnabled()
    page.roster.reason.insertPlainText("航班取消（示例）")
    assert page.roster.withdraw.isEnabled()
    assert not page.roster.replace.isEnabled(), "nobody is named yet"
    for name, text in {"name": "Lu", "employer": "Tongji", "recused": "1"}.items():
        keys(page.roster.fields[name], text)
    click(page.roster.replace)
    desk.settle()
    assert board(day)["04"] is SeatState.WITHDRAWN, page.roster._said.text()
    assert board(day)["06"] is SeatState.MISSING
    assert page.table.rows.rowCount() == 6
    assert page.foot.primary.text() == "Print the slips"
    plan = show_round(day.context.open_bureau, day.round_id).plan
    assert [str(each) for each in plan.assignment[ExpertNumber("06")]] == ["02", "03"]
