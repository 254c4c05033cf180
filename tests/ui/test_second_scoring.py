"""The second scoring in the expert's window: feedback opened, marks changed, signed again."""

import hashlib
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reviewer_app.core.feedback import PanelFigures, middle_of
from reviewer_app.core.marks import scored
from reviewer_app.services.desk import PACK_FILE, Desk
from reviewer_app.services.desk_place import declare_free
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
from tests.ui.test_components import drop
from tests.ui.test_expert_day import at_scoring, door_of
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


@pytest.mark.parametrize("dropped", [True, False])
def test_the_start_page_opens_the_feedback_with_its_pack(
    window: Window,
    desk: Desk,
    signed: Path,
    bot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    *,
    dropped: bool,
) -> None:
    file = letter(desk, signed, signed.parent.parent)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    declare_free(desk, desk.assigned)
    if dropped:
        drop(window._start, file)
    else:
        click(window._start._open)
    door = door_of(window)
    assert door._pages.currentWidget() is door.passcode
    assert door.session.source == desk.pack.pack_id
    door.session.opened = desk
    door._on_opened()
    door._begin_scoring()
    bot.waitUntil(lambda: door._pages.currentWidget() is door.compare)
    assert not door.sitting.locked
    door._show_score()
    door.scoring.type_score("50")
    door.scoring.settle_score("50")
    form = door.scoring.view().form
    assert form.reason_words.startswith("Reason for the low mark")
    assert door.score.form.reason.accessibleName() == form.reason_words


def test_among_several_packs_the_feedback_waits_for_its_own(
    window: Window, pack: Pack, desk: Desk, signed: Path, bot: QtBot
) -> None:
    file = letter(desk, signed, signed.parent.parent)
    other = window.needs.home / "packs" / "0123456789abcdef"
    other.mkdir()
    shutil.copy(pack.path, other / PACK_FILE)
    drop(window._start, file)
    bot.waitUntil(lambda: window._stack.currentWidget() is window._start)
    bot.waitUntil(window._start._banner.isVisible)
    assert "Open your review pack first" in window._start._banner.accessibleName()
    door = at_scoring(window, pack, desk, bot)
    door._show_finish()
    bot.waitUntil(door.finish.second.isVisible)
    drop(door.finish, file)
    bot.waitUntil(lambda: door._pages.currentWidget() is door.compare)
    assert not door.sitting.locked
