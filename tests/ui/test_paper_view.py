"""A paper on the finish page: drawn by the reading process, and a lost one is said."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.making import make_pdf
from ui.expert.paper_view import PaperView


def test_a_paper_is_drawn_and_one_that_is_gone_is_said(bot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "02-r1.pdf"
    file.write_bytes(make_pdf("sheet"))
    view = PaperView()
    bot.addWidget(view)
    view.resize(600, 500)
    view.show()
    view.show_paper(file)
    bot.waitUntil(lambda: view.pages.count() == 3, timeout=10_000)
    bot.waitUntil(lambda: view.pages.drawn(0), timeout=10_000)
    file.unlink()
    view.show_paper(file)
    assert view.pages.count() == 0
    assert "whether the medium is in" in view._words.text()
    view.forget()
