"""The second scoring in the expert's window: feedback opened, marks changed, signed again."""

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reviewer_app.core.feedback import PanelFigures, middle_of
from reviewer_app.core.marks import scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_scoring import put_mark
from reviewer_app.services.desk_signing import sign
from reviewer_app.sheets.feedback import (
    FeedbackDocument,
    seal_feedback,
    sign_feedback,
)
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.score_sheet import open_sheet_file, verify_sheet
from tests.sheets.making import BUREAU, NOON
from tests.ui.conftest import Pack
from tests.ui.hands import click, press
from tests.ui.making import CODES
from tests.ui.test_expert_day import at_scoring
from ui.window import Window


@pytest.fixture
def signed(desk: Desk, tmp_path: Path) -> Path:
    """Sign the first sheet of a desk whose marks are all 80."""
    for number in desk.assigned:
        for leaf in desk.asked(number):
            put_mark(desk, number, leaf.code, scored(80), NOON)
    return sign(desk, tmp_path / "first", "", NOON).file


def letter(desk: Desk, first: Path, folder: Path, key: SigningKey = BUREAU) -> Path:
    """Return the bureau's feedback: five experts between 70 and 90 everywhere."""
    own = first.read_bytes()
    middle = middle_of([Fraction(n) for n in (70, 75, 80, 84, 90)])
    document = FeedbackDocument(
        desk.pack.round.digest,
        desk.pack.assignment.digest,
        2,
        hashlib.sha256(open_sheet_file(own)[0]).digest(),
        tuple(
            PanelFigures(number, middle, tuple((code, middle) for code in CODES))
            for number in desk.assigned
        ),
        NOON,
    )
    path = folder / "02.reviewfeedback"
    path.write_bytes(seal_feedback(sign_feedback(document, key), own, desk.pack.enrolment))
    return path


def test_an_expert_goes_on_signs_again_and_the_first_sheet_stays(
    window: Window,
    pack: Pack,
    desk: Desk,
    signed: Path,
    bot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tmp_path = signed.parent.parent
    door = at_scoring(window, pack, desk, bot)
    assert door.sitting.locked
    door._show_finish()
    card = door.finish.second
    bot.waitUntil(card.isVisible)
    forged = letter(desk, signed, tmp_path, SigningKey.generate())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(forged), ""))
    click(card.open)
    bot.waitUntil(lambda: not window.tasks.busy)
    assert "refused" in card._hint.text()
    good = letter(desk, signed, tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(good), ""))
    click(card.open)
    bot.waitUntil(lambda: door._pages.currentWidget() is door.compare)
    assert not door.sitting.locked
    said = door.compare._side._panel.text()
    assert "80" in said
    assert "median 80, middle half within 9, 5 marks" in said
    door._show_score()
    strip = [part.text for part in door.scoring.view().form.strip]
    assert strip[-2] == "80"
    door.sitting.put("01", CODES[0], scored(88))
    door._show_finish()
    bot.waitUntil(lambda: not window.tasks.busy)
    assert "Marks changed so far: 1" in card._words.text()
    assert not card.open.isVisible()
    door.finishing.add_place(tmp_path / "second")
    press(None, Qt.Key.Key_Space)
    click(door.finish.foot.primary)
    bot.waitUntil(lambda: door.sitting.locked, timeout=20_000)
    bot.waitUntil(lambda: not window.tasks.busy, timeout=20_000)
    (file,) = (tmp_path / "second").glob("*.scoresheet")
    sheet = verify_sheet(file.read_bytes(), desk.pack.round, desk.pack.assignment)
    assert (sheet.content.stage, sheet.content.revision) == (2, 1)
    with desk.unit() as unit:
        assert [(each.stage, each.revision) for each in unit.signed()] == [(1, 1), (2, 1)]
