from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.services.day import Day
from tests.ui.hands import CONTROL, click, press
from tests.ui.secretary.conftest import OpenDoor
from ui.components.button import Button
from ui.expert.document_view import MemoryDocument
from ui.secretary.paper_window import PaperWindow
from ui.secretary.results_page import ResultsPage


def text_of(path: Path) -> str:
    kept = MemoryDocument(path.read_bytes())
    try:
        return "".join(kept.document.getAllText(page).text() for page in range(kept.pages))
    finally:
        kept.close()


def test_one_application_whole_and_the_slip_for_who_stands_apart(
    closed: Day, open_door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "03.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))
    desk = open_door(closed.context)
    page = desk.go("results")
    assert isinstance(page, ResultsPage)
    click(page._parts.button("indicator"))
    assert page.matrix.isVisible()
    columns = page.matrix.matrix.view.columns
    assert [each.code for each in columns] == ["01", "02", "03"]
    page.matrix.select(page.matrix.matrix.view.rows[0].key, "03")
    press(page.matrix, Qt.Key.Key_F5)
    desk.settle()
    assert page.detail.isVisible()
    press(page.detail, Qt.Key.Key_E, CONTROL)
    desk.settle()
    assert "专家4" in text_of(out)
    slip = next(
        each
        for each in page.detail.findChildren(Button)
        if each.isVisible() and "04" in each.text()
    )
    click(slip)
    desk.settle()
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, PaperWindow))
    said = text_of(next((desk.door.bureau.folder() / "papers").glob("打分说明单*.pdf")))
    window.close()
    assert "打分说明单" in said
    assert "20.00" in said
    assert "61.50" in said
    for other in ("专家1喆", "专家2喆", "专家3喆", "专家5喆"):
        assert other not in said
