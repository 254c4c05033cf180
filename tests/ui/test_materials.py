"""The materials in the window: read, searched, quoted, cited; hostile ones stop nothing."""

import io
import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer_app.core.errors import PackError
from reviewer_app.core.marks import scored
from reviewer_app.services.desk import Desk
from tests.ui.conftest import Pack
from tests.ui.hands import CONTROL, NONE, SHIFT, click, keys, press, under_test
from tests.ui.making import make_pdf
from tests.ui.test_drafts import window
from tests.ui.test_expert_day import at_scoring
from ui.expert.materials_pane import MaterialsPane
from ui.expert.score_views import DocumentTab
from ui.reading.link import PATIENCE_MS, ReaderLink, reader_link
from ui.window import Window

__all__ = ["window"]


def as_docx() -> bytes:
    made, data = Document(), io.BytesIO()
    made.add_heading("第一章 建设基础", 1)
    made.add_paragraph("中心承接技术转移转化的基地不少于 6 个。")
    table = made.add_table(2, 2)
    for place, words in enumerate(("基地", "面积", "发酵中试基地", "4,200")):
        table.cell(place // 2, place % 2).text = words
    made.save(data)
    return data.getvalue()


def as_xlsx() -> bytes:
    made, data = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet.title = "经费"
    sheet.append(["科目", "万元"])
    sheet.append(["设备", 1200.5])
    sheet.append(["合计", "=SUM(B2:B2)"])
    made.save(data)
    return data.getvalue()


def as_picture(kind: str, pages: int = 1) -> bytes:
    data = io.BytesIO()
    frames = [Image.new("RGB", (600, 800), (200, 30 * page, 40)) for page in range(pages)]
    more = {"save_all": True, "append_images": frames[1:]} if pages > 1 else {}
    frames[0].save(data, kind, **more)
    return data.getvalue()


FILES = {
    "建设方案.pdf": make_pdf("plan 1"),
    "附件.pdf": make_pdf("annex", 1),
    "证书.png": as_picture("PNG"),
    "扫描.tif": as_picture("TIFF", 3),
    "照片.jpg": as_picture("JPEG"),
    "说明.docx": as_docx(),
    "经费.xlsx": as_xlsx(),
    "坏.pdf": b"%PDF-1.7 nothing else",
    "坏.docx": b"PK\x03\x04 nothing else",
}


class Shelf:
    """Documents in memory, fetched as the pack's are; ``lost`` are refused by the pack."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.lost = files, set[str]()

    def fetch(self, entry: str, done: object, failed: object) -> None:
        if entry in self.lost:
            failed(PackError("The pack is damaged"))  # type: ignore[operator]
        else:
            done(self.files[entry])  # type: ignore[operator]

    def tabs(self, *names: str) -> list[DocumentTab]:
        return [DocumentTab(name, Path(name).stem, name) for name in names or self.files]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(dict(FILES))


@pytest.fixture
def pane(app: QApplication, bot: QtBot, shelf: Shelf) -> Iterator[MaterialsPane]:
    assert app
    made = MaterialsPane(shelf.fetch)
    bot.addWidget(made)
    made.resize(900, 700)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.forget()


def shown(pane: MaterialsPane, bot: QtBot) -> None:
    """Wait until the page in sight is drawn."""
    bot.waitUntil(lambda: pane.view.count() > 0, timeout=10_000)
    bot.waitUntil(lambda: pane.view.drawn(pane.view.page()), timeout=10_000)


def test_a_pdf_is_shown_with_its_outline_and_pages(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf", "附件.pdf"))
    shown(pane, bot)
    assert pane.tools.of.text() == "／3"
    assert pane.view.viewport().grab().toImage().pixelColor(450, 300).lightness() > 200
    click(pane.tools.outline)
    assert pane.outline.isVisible()
    click(pane.tools.after)
    assert pane.tools.page.text() == "2"
    pane.tools.page.setFocus()
    pane.tools.page.selectAll()
    keys(None, "3")
    press(None, Qt.Key.Key_Return)
    assert pane.view.page() == 2
    with bot.waitSignal(pane.cited) as cited:
        click(pane.tools.cite)
    assert cited.args == ["建设方案.pdf", 3]
    before = pane.view.zoom_words()
    click(pane.tools.larger)
    assert (before, pane.view.zoom_words()) != (pane.view.zoom_words(), before)
    assert pane.view.page() == 2
    under_test(pane.hits._hits)


def test_every_document_is_searched_and_a_hit_opens_it(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs())
    shown(pane, bot)
    under_test(pane.hits._hits)
    pane.focus_search()
    keys(None, "NEEDLE")
    press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: not pane.searching.running, timeout=20_000)
    assert [hit.tab.file for hit in pane.searching.hits] == ["建设方案.pdf"] * 3 + ["附件.pdf"]
    assert pane.hits.isVisible()
    for _turn in range(4):
        press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: pane.tools.of.text() == "／1")
    assert pane.tools.hits.text() == "4／4"
    press(None, Qt.Key.Key_Return, SHIFT)
    bot.waitUntil(lambda: pane.tools.of.text() == "／3")
    assert pane.view.page() == 2
    press(None, Qt.Key.Key_Escape)
    bot.waitUntil(lambda: not pane.hits.isVisible())


def test_a_search_without_a_hit_says_so_where_the_hits_would_stand(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf"))
    shown(pane, bot)
    pane.tools.search.setText("不存在")
    bot.waitUntil(lambda: bool(pane.hits.accessibleDescription()), timeout=10_000)
    assert pane.hits.accessibleDescription() == "Nothing found for “不存在”"
    said = pane.hits.viewport().grab().toImage()
    pane.hits.show_hits((), -1)
    assert pane.hits.viewport().grab().toImage() != said
    pane.tools.search.setText("NEEDLE")
    bot.waitUntil(lambda: len(pane.searching.hits) == 3, timeout=10_000)
    assert pane.hits.accessibleDescription() == ""


def test_words_are_found_across_lines_and_in_office_documents(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf", "说明.docx", "经费.xlsx"))
    shown(pane, bot)
    pane.tools.search.setText("基 地")
    bot.waitUntil(lambda: len(pane.searching.hits) == 3, timeout=10_000)
    assert {hit.tab.file for hit in pane.searching.hits} == {"说明.docx"}
    pane._step_hit(-1)
    bot.waitUntil(lambda: pane._is_shown(pane.text))
    assert "第一章 建设基础" in pane.text.toPlainText()
    assert pane.text.textCursor().block().text().startswith("发酵中试基地")
    pane.open_document("经费.xlsx")
    bot.waitUntil(lambda: "1200.5" in pane.text.toPlainText())
    with bot.waitSignal(pane.cited) as cited:
        pane.cite()
    assert cited.args == ["经费.xlsx", 0]


def test_chosen_words_are_quoted_with_their_page(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf"))
    shown(pane, bot)
    area, rect = pane.view.viewport(), pane.view._page_rect(0)
    line = rect.y() + round((842 - 764) * pane.view._layout.scale)
    left = rect.x() + round(70 * pane.view._layout.scale)
    QTest.mousePress(area, Qt.MouseButton.LeftButton, NONE, QPoint(left, line))
    QTest.mouseMove(area, QPoint(left + 150, line + 2))
    QTest.mouseMove(area, QPoint(rect.right() - 20, line + 4))
    bot.waitUntil(lambda: pane.view.choice == "plan 1 page 1 needle", timeout=5_000)
    QTest.mouseRelease(area, Qt.MouseButton.LeftButton, NONE, QPoint(rect.right(), line))
    assert pane._quote.isVisible()
    with bot.waitSignal(pane.quoted) as quoted:
        click(pane._quote)
    assert quoted.args == ["plan 1 page 1 needle", "建设方案.pdf", 1]
    assert not pane._quote.isVisible()


def test_pictures_are_pages(pane: MaterialsPane, shelf: Shelf, bot: QtBot) -> None:
    pane.show_documents(shelf.tabs("证书.png", "扫描.tif", "照片.jpg"))
    for entry, pages in (("证书.png", 1), ("扫描.tif", 3), ("照片.jpg", 1)):
        pane.open_document(entry)
        bot.waitUntil(lambda e=entry: pane._current.entry == e and pane.view.count() > 0)  # type: ignore[misc, union-attr]
        shown(pane, bot)
        assert pane.view.count() == pages
        assert pane.view.viewport().grab().toImage().pixelColor(450, 200).red() > 150


def test_what_cannot_be_shown_says_so_in_its_place(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    shelf.lost.add("附件.pdf")
    pane.show_documents(shelf.tabs("坏.pdf", "坏.docx", "附件.pdf", "建设方案.pdf"))
    bot.waitUntil(lambda: "“坏.pdf” is damaged" in pane._words.text(), timeout=10_000)
    pane.open_document("坏.docx")
    bot.waitUntil(lambda: "“坏.docx” is damaged" in pane._words.text())
    pane.open_document("附件.pdf")
    bot.waitUntil(lambda: "The pack is damaged" in pane._words.text())
    pane.open_document("建设方案.pdf")
    shown(pane, bot)


def test_a_citation_opens_its_page_and_back_returns(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf", "附件.pdf"))
    shown(pane, bot)
    pane.view.go(1)
    pane.open_file("附件.pdf", 1)
    bot.waitUntil(lambda: pane.tools.of.text() == "／1")
    click(pane.tools.back)
    bot.waitUntil(lambda: pane.tools.of.text() == "／3")
    assert pane.view.page() == 1
    assert not pane.tools.back.isVisible()


@pytest.mark.skipif(os.name == "nt", reason="needs SIGSTOP")
def test_a_reading_process_that_hangs_or_dies_is_started_anew(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf", "附件.pdf", "证书.png"))
    shown(pane, bot)
    link, ticks = reader_link(), list[float]()
    clock = QTimer(pane)
    clock.timeout.connect(lambda: ticks.append(time.monotonic()))
    clock.start(10)
    assert link._process is not None
    link._process.kill()
    pane.open_document("附件.pdf")
    shown(pane, bot)
    bot.waitUntil(lambda: link._asked is None)
    os.kill(link._process.processId(), signal.SIGSTOP)
    pane.open_document("证书.png")
    slow = "takes too long to open"
    bot.waitUntil(lambda: slow in pane._words.text(), timeout=PATIENCE_MS + 5_000)
    pane.open_document("建设方案.pdf")
    shown(pane, bot)
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    assert max(gaps) < 1, "the window stood still"


def test_search_citation_and_quote_at_the_open_indicator(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    pane = door.score.materials
    shown(pane, bot)
    press(None, Qt.Key.Key_F, CONTROL)
    keys(None, "needle")
    press(None, Qt.Key.Key_Return)
    bot.waitUntil(lambda: len(pane.searching.hits) == 4, timeout=10_000)
    pane.view.go(2)
    press(None, Qt.Key.Key_F6)
    assert [c.text for c in door.scoring.view().form.citations] == ["建设方案 p. 3"]
    pane.view._words.text = "plan 1 page 3"
    press(pane.view, Qt.Key.Key_F6, SHIFT)
    assert door.sitting.record("01", "6.1").comment == "“plan 1 page 3”"
    assert door.score.form.comment.toPlainText() == "“plan 1 page 3”"
    door.scoring.open_application("02")
    pane.open_document(pane._tabs[1].entry)
    bot.waitUntil(lambda: "cannot be shown here" in pane._words.text(), timeout=10_000)


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "xml"])
def test_hostile_documents_answer_within_two_seconds(
    fixtures: Path, bot: QtBot, app: QApplication, kind: str
) -> None:
    assert app
    link = ReaderLink(app)
    link.warm_up()
    names: list[str] = []
    try:
        for path in sorted((fixtures / "corpora" / kind).iterdir()):
            name = path.name if path.suffix in {".pdf", ".xlsx"} else f"{path.name}.docx"
            answers: list[dict[str, object]] = []
            take = lambda head, _data, to=answers: to.append(head)  # noqa: E731
            began = time.monotonic()
            head = {"ask": "open", "document": name, "file": name}
            link.ask(head, take, path.read_bytes())
            bot.waitUntil(lambda got=answers: len(got) == 1, timeout=10_000)  # type: ignore[misc]
            if answers[0].get("kind") == "pages":
                link.ask({"ask": "picture", "document": name, "page": 0, "width": 700}, take)
                bot.waitUntil(lambda got=answers: len(got) == 2, timeout=10_000)  # type: ignore[misc]
            spent = time.monotonic() - began
            assert spent < (4 if names else 12), path.name  # the machine may be busy
            names.append(path.name)
    finally:
        link.stop()
    assert names
    assert link.starts <= 2


def test_two_applications_side_by_side_at_one_indicator(
    window: Window, pack: Pack, desk: Desk, bot: QtBot
) -> None:
    door = at_scoring(window, pack, desk, bot)
    shown(door.score.materials, bot)
    door.sitting.put("02", "6.1", scored(77))
    door.scoring.open_at("02", "6.1")
    door.scoring.cite("建设方案.pdf", 2)
    press(None, Qt.Key.Key_F3, SHIFT)
    assert door._pages.currentWidget() is door.beside
    left, right = door.beside.panes
    assert (left._number, right._number) == ("02", "01")
    assert (left._mark.text(), right._mark.text()) == ("77", "Missing")
    shown(left.materials, bot)
    shown(right.materials, bot)
    assert left.materials.view.page() == 1
    right.choice.setFocus()
    press(right.choice, Qt.Key.Key_End)
    assert right._number == "03"
    press(left.materials.view, Qt.Key.Key_Escape)
    assert door._pages.currentWidget() is door.score
    assert right.materials._tabs == ()
    door._show_compare()
    press(None, Qt.Key.Key_F3, SHIFT)
    assert door._pages.currentWidget() is door.beside
    press(left.materials.view, Qt.Key.Key_Escape)
    assert door._pages.currentWidget() is door.compare
