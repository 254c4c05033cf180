"""A Chinese input method in every field: nothing counts, and no key acts, while it composes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from tests.ui.hands import keys, press
from tests.ui.test_compare_finish import fill
from ui.components.score_field import SETTLE_MS, ScoreField
from ui.expert.compare_page import ComparePage
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.conflicts_page import ConflictsPage
from ui.expert.entry_pages import IdentityPage, PledgePage
from ui.expert.finish_page import FinishPage
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter
from ui.expert.sitting import Sitting
from ui.expert.wires import wire_compare, wire_score
from ui.settings import Settings


def compose(field: QWidget, letters: str) -> None:
    """Let the input method show ``letters`` it has not decided on yet."""
    QApplication.sendEvent(field, QInputMethodEvent(letters, []))


def decide(field: QWidget, words: str) -> None:
    """Let the input method hand over what the person chose."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


@pytest.fixture
def page(sitting: Sitting, bot: QtBot, tmp_path: Path) -> Iterator[ScorePage]:
    presenter = ScorePresenter(sitting)
    presenter.begin()
    made = ScorePage(lambda _entry, _done, _failed: None, Settings(tmp_path))
    bot.addWidget(made)
    wire_score(made, presenter)
    made.resize(1366, 700)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    presenter.changed()
    yield made
    made.close()


def test_a_score_does_not_settle_while_the_input_method_composes(
    page: ScorePage, sitting: Sitting
) -> None:
    field = page.form.field
    field.setFocus()
    keys(None, "8")
    compose(field, "si")
    QTest.qWait(SETTLE_MS + 100)
    assert sitting.record("01", "6.1").mark == MISSING
    decide(field, "４。")
    assert field.text() == "84."
    press(None, Qt.Key.Key_Return)
    assert sitting.record("01", "6.1").mark == scored(84)


def test_words_are_stored_when_they_are_decided(page: ScorePage, sitting: Sitting) -> None:
    comment = page.form.comment
    comment.setFocus()
    compose(comment, "ji'zhi")
    assert sitting.record("01", "6.1").comment == ""
    decide(comment, "机制")
    compose(comment, "jian")
    assert sitting.record("01", "6.1").comment == "机制"
    decide(comment, "健全")
    assert sitting.record("01", "6.1").comment == "机制健全"
    assert comment.toPlainText() == "机制健全"


def test_a_note_that_is_stored_does_not_disturb_what_is_being_composed(
    page: ScorePage, sitting: Sitting
) -> None:
    page.below.set_open(shown=True)
    note = page.below.field
    note.setFocus()
    decide(note, "问")
    compose(note, "yusuan")
    QTest.qWait(500)
    assert sitting.note("01") == "问"
    decide(note, "预算")
    page.settle()
    assert sitting.note("01") == "问预算"


def test_a_cell_of_the_matrix_takes_what_an_input_method_types(
    sitting: Sitting, bot: QtBot
) -> None:
    fill(sitting)
    presenter = ComparePresenter(sitting)
    made = ComparePage()
    bot.addWidget(made)
    wire_compare(made, presenter)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    presenter.begin("01", "6.1")
    presenter.changed()
    made.begin()
    decide(made.matrix, "９１")
    [editor] = made.matrix.findChildren(ScoreField)
    assert editor.text() == "91"
    press(editor, Qt.Key.Key_Return)
    assert sitting.record("01", "6.1").mark == scored(91)


@pytest.mark.parametrize("make", [FinishPage, ConflictsPage, PledgePage, IdentityPage])
def test_every_other_field_takes_chinese_words(make: type[QWidget], bot: QtBot) -> None:
    made = make()
    bot.addWidget(made)
    fields: list[QLineEdit | QPlainTextEdit] = [
        *made.findChildren(QLineEdit),
        *made.findChildren(QPlainTextEdit),
    ]
    for field in fields:
        compose(field, "an")
        decide(field, "安全")
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert text == "安全"
