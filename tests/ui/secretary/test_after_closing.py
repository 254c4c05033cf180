from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from reviewer_app.core.errors import StorageError
from reviewer_app.services.records import RoundState
from reviewer_app.services.results import results_of
from reviewer_app.services.rounds import show_round
from reviewer_app.services.verification import verify_file
from tests.services.day import Day
from tests.ui.hands import ALT, click, press, under_test
from tests.ui.secretary.conftest import Desk, OpenDoor
from ui.components.table_model import KEY
from ui.secretary.deliberate_page import DeliberatePage
from ui.secretary.minutes_page import MinutesPage
from ui.secretary.results_known import Found, read_found
from ui.secretary.results_page import ResultsPage
from ui.secretary.results_views import CUT
from ui.secretary.seal_page import SealPage

ENTER = Qt.Key.Key_Return


def results_page(desk: Desk) -> ResultsPage:
    page = desk.go("results")
    assert isinstance(page, ResultsPage)
    return page


def row_words(page: ResultsPage, row: int) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_the_ranking_is_that_of_the_service(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = results_page(desk)
    found = results_of(closed.context.open_bureau, closed.round_id).tally.ranked()
    rows = page.table.rows
    keys = [rows.index(i, 0).data(KEY) for i in range(rows.rowCount())]
    assert keys == [found[0].number, CUT, *[each.number for each in found[1:]]]
    assert row_words(page, 0)[2] == found[0].published
    under_test(page.table.model())


def test_until_there_are_results_the_page_says_so_or_why_not(
    closed: Day, open_door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, real = "ui.secretary.results_presenter.read_found", read_found
    asked, answered = Event(), Event()

    def refuse(*_arguments: object) -> None:
        raise StorageError("The database was changed (example)")

    def wait(*arguments: Any) -> Found:
        asked.set()
        answered.wait(30)
        return real(*arguments)

    monkeypatch.setattr(place, refuse)
    desk = open_door(closed.context)
    page = results_page(desk)
    assert page.waiting.isVisible()
    assert page._waiting.accessibleName() == "The database was changed (example)"
    monkeypatch.setattr(place, wait)
    desk.door.steps.button("results").click()
    desk.bot.waitUntil(asked.is_set, timeout=30_000)
    assert page._waiting.accessibleName() == "Working out the results"
    assert not page.foot.primary.isVisible()
    assert not page._export.isVisible()
    answered.set()
    desk.settle()
    assert page.ranking.isVisible()
    assert page._export.isVisible()


def test_the_deviating_expert_is_pointed_out(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = results_page(desk)
    assert "expert 04" in page.foot.primary.text()
    press(page.table, ENTER)
    desk.settle()
    assert page.detail.isVisible()
    assert page.wants_room
    assert not desk.door.rail.isVisible()
    press(page, Qt.Key.Key_Escape)
    assert not page.wants_room
    assert desk.door.rail.isVisible()


def test_enter_opens_the_detail_and_alt_arrows_go_by_rank(
    closed: Day, open_door: OpenDoor
) -> None:
    desk = open_door(closed.context)
    page = results_page(desk)
    page.table.setFocus()
    page.table.select("02")
    page.detail_requested.emit("02")
    assert page.detail._name.text().startswith("02")
    page.stepped.emit(1)
    assert page.detail._name.text().startswith("03")
    view = page.detail.matrix.matrix.view
    fallen = [cell.text for line in view.cells for cell in line if cell.text.startswith("▼")]
    assert fallen
    assert all(not cell.editable for line in view.cells for cell in line)


def test_findings_looked_at_lead_on(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = results_page(desk)
    for _step in range(12):
        if page.foot.primary.text() == "Deliberate":
            break
        if page.detail.isVisible():
            press(page, Qt.Key.Key_Escape)
        else:
            click(page.foot.primary)
    assert page.foot.primary.text() == "Deliberate"
    click(page.foot.primary)
    desk.settle()
    assert desk.shown is desk.door.pages.page("deliberate")


def test_the_summary_is_exported(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    desk = open_door(closed.context)
    page = results_page(desk)
    click(page._export)
    desk.settle()
    assert target.read_bytes().startswith(b"PK")


def test_an_opinion_needs_its_three_parts(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = desk.go("deliberate")
    assert isinstance(page, DeliberatePage)
    number = page._view.number if page._view else ""
    page.fields["overall"].insertPlainText("总体可行（示例）")
    page.fields["problems"].insertPlainText("人员不足（示例）")
    assert "Advice" in page.foot.primary.text()
    click(page.foot.primary)
    assert page.fields["advice"].hasFocus()
    assert page.fields["advice"].property("state") == "warn"
    page.fields["advice"].insertPlainText("补充人员（示例）")
    click(page.foot.primary)
    desk.settle()
    with closed.context.open_bureau() as unit:
        [opinion] = unit.opinions(closed.round_id)
    assert (opinion.application, opinion.advice) == (number, "补充人员（示例）")
    assert page._view is not None
    assert page._view.number != number


def test_votes_come_from_a_list(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["application,expert,vote,reservation"]
    lines += [f"01,{n:02d},{'同意' if n < 5 else '反对'}," for n in range(1, 6)]
    file = tmp_path / "VOTES.csv"
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    desk = open_door(closed.context)
    page = desk.go("deliberate")
    assert isinstance(page, DeliberatePage)
    click(page._votes_button)
    desk.settle()
    page.opened.emit("01")
    assert page._view is not None
    assert "4 for" in page._view.verdict.text
    assert "一致" not in page._view.conclusion


def test_papers_are_seen_and_exported(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "out"))
    desk = open_door(closed.context)
    page = desk.go("minutes")
    assert isinstance(page, MinutesPage)
    assert page._document is not None
    assert page._document.pages > 0
    click(page.foot.primary)
    desk.settle()
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"01-封存单.pdf", "03-评审会议纪要.docx"} <= names
    assert page.foot.primary.text() == "Go to the archive"


def test_two_machines_are_compared_by_code(closed: Day, open_door: OpenDoor) -> None:
    desk = open_door(closed.context)
    page = desk.go("minutes")
    assert isinstance(page, MinutesPage)
    code = page.side.code.text()
    page.side.other.setFocus()
    for typed, said in ((code.lower(), "agree"), ("0" * 16, "differ"), (code[:4], "Go on")):
        page.side.other.setText(typed)
        page.side.other.textEdited.emit(typed)
        assert said in page.side._agreement.text()


def test_the_archive_is_written_and_verified(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "archive.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    desk = open_door(closed.context)
    page = desk.go("seal")
    assert isinstance(page, SealPage)
    click(page._write)
    click(page.foot.primary)
    desk.settle()
    assert show_round(closed.context.open_bureau, closed.round_id).state is RoundState.SEALED
    assert verify_file(target).ok
    assert page._view is not None
    assert all(line.ok for line in page._view.lines)
    assert page.foot.primary.text() == "Verify again"
    desk.door.rail.history_requested.emit()
    desk.settle()
    assert desk.door.pages.page("history").table.rows.rowCount() == 1  # type: ignore[attr-defined]
    press(desk.door, "1", ALT)


def test_scans_are_attached(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "签字.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(scan)], ""))
    desk = open_door(closed.context)
    page = desk.go("seal")
    assert isinstance(page, SealPage)
    click(page._scans)
    desk.settle()
    assert desk.door.bureau.round.scans == 1


def test_open_points_come_first_each_with_its_button(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "签字.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(scan)], ""))
    desk = open_door(closed.context)
    page = desk.go("seal")
    assert isinstance(page, SealPage)
    words = {each.accessibleName(): each for each in page.findChildren(QPushButton)}
    click(next(button for name, button in words.items() if "scans" in name and "　" in name))
    desk.settle()
    assert desk.door.bureau.round.scans == 1
    assert page.foot.primary.text() == "Go to deliberating"
    click(page.foot.primary)
    desk.settle()
    assert desk.shown is desk.door.pages.page("deliberate")
