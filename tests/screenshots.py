"""``python -m tests.screenshots [--out DIR]``: a picture of every page, by clicks and keys.

The sample round is walked through as its people do, from an empty start to the archive: the
secretary issues, an expert scores and signs, the secretary collects, closes and prints. Every
page is pictured light and dark at 1366×768, some also at 1920×1080 and at the largest text,
into ``DIR/zh`` and ``DIR/en``. A page that is not reached is named at the end, and the exit
status is 1; the rest of the walk goes on.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reviewer_app import bootstrap
from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import Language, _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services.desk_opening import open_pack
from reviewer_app.services.desk_scoring import put_answers
from reviewer_app.services.records import MarkRecord
from reviewer_app.services.rounds import list_rounds
from reviewer_app.services.sample_marks import sample_marks
from tests.gallery import gallery
from tests.ui.hands import ALT, CONTROL, NONE, click, keys, press
from ui.app import make_window
from ui.components.bars import FootBar
from ui.components.check import TickBox
from ui.components.passcode import PasscodeBoxes
from ui.components.places import DropCatcher
from ui.components.score_field import ScoreField
from ui.components.table import Table
from ui.expert.finish_page import FinishPage
from ui.look.theme import Mode
from ui.reading.link import reader_link
from ui.secretary.part_tabs import PartButton
from ui.settings import Settings
from ui.window import Window

W = TypeVar("W", bound=QWidget)
SMALL, LARGE = (1366, 768), (1920, 1080)
_PATIENCE_S = 90
_PAINT_MS = 350
"""PDF pages are drawn by a worker of Qt's that tells nobody when it is done."""
EXPERT = ExpertNumber("06")


class NotReachedError(Exception):
    """A page, a button or a field is not there."""


class Walk:
    """One walk through the window in one language."""

    def __init__(self, window: Window, out: Path) -> None:
        self.window, self.out = window, out
        self.missed: list[str] = []
        self.passcode = ""
        out.mkdir(parents=True, exist_ok=True)

    # -- seeing

    def until(self, what: str, holds: Callable[[], object], seconds: int = _PATIENCE_S) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise NotReachedError(what)
            QTest.qWait(20)

    def rest(self, paint_ms: int = 60) -> None:
        """Wait until no work is under way and the page is painted."""
        QTest.qWait(30)
        self.until("end of work", lambda: not self.window.tasks.busy)
        QTest.qWait(paint_ms)

    def all(self, kind: type[W]) -> list[W]:
        """Return every widget of a kind that can be seen."""
        top = QApplication.activeModalWidget() or self.window
        return [each for each in top.findChildren(kind) if each.isVisible()]

    def shown(self, kind: type[W]) -> W:
        """Return the first widget of a kind that can be seen."""
        self.until(kind.__name__, lambda: self.all(kind), 5)
        return self.all(kind)[0]

    def button(self, words: str) -> QAbstractButton:
        """Return the button that says these words."""

        def find() -> list[QAbstractButton]:
            return [each for each in self.all(QAbstractButton) if each.text() == words]

        self.until(f"“{words}”", find, 5)
        return find()[0]

    def primary(self) -> QAbstractButton:
        """Return the filled button of the foot."""
        return self.shown(FootBar).primary

    def snap(self, name: str, *, more: bool = False) -> None:
        """Picture the page light and dark; ``more`` also large, and at the largest text."""
        for mode in (Mode.LIGHT, Mode.DARK):
            self.dress(mode)
            self.grab(f"{name}-{mode.value}-1366")
        self.dress(Mode.LIGHT)
        if not more:
            return
        self.window.resize(*LARGE)
        self.grab(f"{name}-light-1920")
        self.window.resize(*SMALL)
        self.window.dressing.set_text_size(175)
        self.grab(f"{name}-175-percent-1366")
        self.window.dressing.set_text_size(100)
        self.rest()

    def other_windows(self, name: str) -> None:
        """Picture the papers that opened in windows of their own, and close them."""
        for window in QApplication.topLevelWidgets():
            if window is not self.window and window.isVisible():
                QTest.qWait(_PAINT_MS)
                window.grab().save(str(self.out / f"{name}-light.png"))
                window.close()
        self.window.activateWindow()
        self.rest()

    def grab(self, name: str) -> None:
        """Picture the window as it is."""
        QTest.qWait(_PAINT_MS)
        self.window.grab().save(str(self.out / f"{name}.png"))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Name a part of the walk; what it does not reach is said at the end."""
        try:
            yield
        except (NotReachedError, AssertionError, ReviewerError) as error:
            self.missed.append(f"{name}: {error}")

    def dress(self, mode: Mode) -> None:
        """Choose light or dark as a person does; past the start page no button offers it."""
        words = _("Light") if mode is Mode.LIGHT else _("Dark")
        offered = [each for each in self.all(QAbstractButton) if each.text() == words]
        if offered:
            click(offered[0])
            self.window._start.focus()
        else:
            self.window.settings.set_mode(mode)
            self.window.dressing.dress()
        self.rest()

    # -- doing

    def begin(self) -> None:
        """Go to the start page."""
        self.window.show_start()
        self.rest()

    def press(self, words: str) -> None:
        """Click the button that says these words."""
        button = self.button(words)
        self.until(f"“{words}” to be enabled", button.isEnabled, 10)
        click(button)
        self.rest()

    def next(self, *, wait: bool = True) -> None:
        """Click the filled button of the foot."""
        button = self.primary()
        self.until(f"“{button.text()}” to be enabled", button.isEnabled, 10)
        click(button)
        if wait:
            self.rest()

    def paste_passcode(self) -> None:
        """Paste the passcode, which the sample keeps for this."""
        self.passcode = QGuiApplication.clipboard().text() or self.passcode
        QGuiApplication.clipboard().setText(self.passcode)
        press(self.shown(PasscodeBoxes).boxes()[0], Qt.Key.Key_V, CONTROL)
        self.rest()

    def go_on(self) -> None:
        """Go on with the pack in work: start page, passcode, identity."""
        self.begin()
        self.press(_("Go on scoring"))
        self.paste_passcode()
        self.next()
        self.next()
        self.until("the scoring page", lambda: self.all(ScoreField), 10)

    def fill(self, upto: int, more: int = 0) -> None:
        """Let some hours go by: the first applications are answered, of the next a part."""
        self.begin()
        needs = self.window.needs
        pack = next(needs.home.rglob(f"packs/{EXPERT}-*.reviewpack"))
        now = needs.clock()
        desk = open_pack(needs.home, pack, self.passcode, needs.open_desk, now)
        plan = list_rounds(needs.open_bureau)[0].plan
        records = [
            MarkRecord(number, code, each.mark, each.comment, each.reason, each.citations, now)
            for place, (number, marks) in enumerate(sample_marks(plan)[EXPERT].items())
            for code, each in list(marks.items())[: None if place < upto else more]
            if place <= upto
        ]
        put_answers(desk, records)

    def step(self, place: int) -> None:
        """Open a step of the secretary by its key."""
        press(self.window, str(place), ALT)
        self.rest(_PAINT_MS)

    def drop(self, *paths: Path) -> None:
        """Drop files onto the window's middle."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        target: QWidget | None = self.window.childAt(self.window.rect().center())
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        while target and not target.findChild(DropCatcher, options=direct):
            target = target.parentWidget()
        if target is None:
            raise NotReachedError("drop zone")
        how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
        place = target.rect().center()
        QApplication.sendEvent(target, QDragEnterEvent(place, *how))  # Qt drops only after it
        QApplication.sendEvent(target, QDropEvent(QPointF(place), *how))
        self.rest()


def secretary_prepares(walk: Walk) -> None:
    """From the empty start to a round whose checks are met."""
    walk.snap("01b-start-empty", more=True)
    walk.press(_("Manage rounds"))
    walk.snap("10c-empty-secretary")
    with walk.part("new round"):
        press(walk.window, "n", CONTROL)
        walk.rest()
        walk.snap("06d-new-round", more=True)
    walk.begin()
    walk.press(_("Open the sample round"))
    walk.until("the sample round", lambda: walk.all(PartButton))
    walk.rest()
    names = ("applications", "experts", "weights", "rules", "assignment")
    for name, part in zip(names, walk.all(PartButton), strict=False):
        click(part)
        walk.rest()
        walk.snap(f"06-secretary-prepare-{name}", more=name in ("experts", "weights"))
    walk.step(6)
    walk.snap("10e-locked-step")


def secretary_issues(walk: Walk) -> None:
    """Freeze and write the packs, look at the slips, choose an expert's pack."""
    walk.step(2)
    walk.snap("07a-secretary-issue-before")
    walk.next(wait=False)
    QTest.qWait(900)
    walk.grab("10d-long-work-light-1366")
    walk.rest()
    walk.step(2)
    table = walk.shown(Table)
    table.setFocus()
    for _row in range(int(EXPERT) - 1):
        press(table, Qt.Key.Key_Down)
    walk.rest()
    walk.snap("07a-secretary-issue", more=True)
    walk.press(_("Print the slips"))
    walk.other_windows("07a2-slips")


def expert_enters(walk: Walk) -> None:
    """From the passcode to the first indicator, one application looked at for conflicts."""
    walk.step(2)
    walk.press(_("Open as expert {number}").format(number=EXPERT))
    walk.snap("02a-expert-passcode-empty")
    walk.paste_passcode()
    walk.snap("02a-expert-passcode", more=True)
    walk.next()
    walk.snap("02a2-expert-identity", more=True)
    walk.next()
    walk.snap("02b-expert-pledge-before")
    click(walk.shown(TickBox))
    walk.rest()
    walk.snap("02b-expert-pledge", more=True)
    walk.next()
    walk.snap("02c-expert-conflicts")
    press(None, Qt.Key.Key_Space)
    press(None, Qt.Key.Key_F2)
    walk.rest()
    walk.snap("02c2-expert-conflicts-ground", more=True)
    press(None, Qt.Key.Key_Escape)
    walk.press(_("No relation to the rest"))
    for _place in range(3):
        if walk.all(ScoreField):
            return
        walk.next()
    raise NotReachedError("the scoring page")


def expert_scores(walk: Walk) -> None:
    """Score by keys; a low mark, a number out of range, the largest text."""
    walk.snap("03-expert-score-new")
    for place, level in enumerate("212"):
        press(None, level)
        keys(None, ("86", "92", "78")[place])
        press(None, Qt.Key.Key_Return)
        walk.rest()
    press(None, "2")
    walk.rest()
    walk.snap("03-expert-score-level-chosen")
    keys(None, "84")
    press(None, Qt.Key.Key_Tab)
    walk.rest()
    walk.snap("03-expert-score-begun")
    press(None, Qt.Key.Key_Down, CONTROL)
    press(None, "2")
    keys(None, "104")
    press(None, Qt.Key.Key_Tab)
    walk.rest()
    walk.snap("03b-expert-score-out-of-range", more=True)
    click(walk.shown(ScoreField))
    press(None, Qt.Key.Key_A, CONTROL)
    keys(None, "40")
    press(None, Qt.Key.Key_Tab)
    walk.rest()
    walk.snap("03a-expert-score-low-reason", more=True)
    press(walk.shown(ScoreField), Qt.Key.Key_A, CONTROL)
    keys(walk.shown(ScoreField), "81")
    press(walk.shown(ScoreField), Qt.Key.Key_Return)


def expert_goes_on(walk: Walk) -> None:
    """After some hours: the start page with a pack in work, scoring in the middle, compare."""
    walk.fill(3, 18)
    walk.snap("01-start", more=True)
    walk.go_on()
    for _step in range(3):
        press(walk.window, Qt.Key.Key_Down, ALT)
    press(None, "2")
    keys(None, "84")
    press(None, Qt.Key.Key_Tab)
    walk.rest()
    walk.snap("03-expert-score", more=True)
    with walk.part("materials and notes"):
        press(None, Qt.Key.Key_F4)
        walk.rest()
        walk.snap("03f-expert-score-notes")
        press(None, Qt.Key.Key_F4)
    with walk.part("keys"):
        press(walk.window, Qt.Key.Key_F1)
        walk.rest()
        walk.snap("03g-keys", more=True)
        press(None, Qt.Key.Key_Escape)
        walk.rest()
    walk.window.dressing.set_text_size(125)
    walk.rest()
    walk.grab("03-expert-score-125-percent-1366")
    walk.window.dressing.set_text_size(100)
    walk.window.resize(1280, 720)
    walk.grab("03e-expert-score-light-1280x720")
    walk.window.resize(1040, 560)
    walk.grab("03h-expert-score-light-1040x560")
    walk.window.resize(*SMALL)
    press(None, Qt.Key.Key_F3)
    walk.rest()
    walk.snap("04-expert-compare", more=True)
    press(walk.window, "l", CONTROL)
    walk.until("the locked desk", lambda: walk.all(PasscodeBoxes), 10)
    walk.snap("02d-expert-locked")


def expert_signs(walk: Walk) -> None:
    """Everything scored: compare, finish, sign, and what stands there then."""
    walk.fill(12)
    walk.go_on()
    press(None, Qt.Key.Key_F3)
    walk.rest()
    walk.snap("04b-expert-compare-complete")
    walk.next()
    walk.snap("05a-expert-finish-before-signing", more=True)
    stick = walk.window.needs.home / "stick"
    stick.mkdir()
    walk.shown(FinishPage).place_added.emit(stick)  # the system's own dialog chooses it
    click(walk.shown(TickBox))
    walk.rest()
    walk.snap("05a2-expert-finish-agreed")
    walk.next()
    walk.snap("05b-expert-finish-signed", more=True)


def secretary_collects(walk: Walk) -> None:
    """A damaged sheet is refused, the others hand in, collection is closed."""
    walk.begin()
    walk.press(_("Manage rounds"))
    walk.step(3)
    walk.snap("07b-secretary-collect-empty")
    with walk.part("a refused sheet"):
        damaged = walk.window.needs.home / "07-r1.scoresheet"
        damaged.write_bytes(b"RVS1 damaged on the way")
        walk.drop(damaged)
        walk.snap("07b2-secretary-collect-refused", more=True)
    walk.press(_("Let them hand in"))
    walk.snap("07b-secretary-collect", more=True)
    walk.next()
    walk.snap("07c-secretary-close")
    walk.next()
    walk.snap("07d-secretary-closed")


def secretary_looks(walk: Walk) -> None:
    """The results, one application in detail, by dimension."""
    walk.step(4)
    walk.snap("08a-secretary-results", more=True)
    with walk.part("by dimension"):
        walk.press(_("By dimension"))
        walk.snap("08c-secretary-results-dimensions")
        walk.press(_("Totals"))
    press(walk.shown(Table), Qt.Key.Key_Return)
    walk.rest()
    walk.snap("08b-secretary-result-detail", more=True)
    press(walk.primary(), Qt.Key.Key_Escape)
    walk.rest()


def secretary_ends(walk: Walk) -> None:
    """Deliberation, minutes, archive."""
    walk.step(5)
    walk.snap("09a-secretary-deliberate-empty")
    with walk.part("votes and opinions of the sample"):
        walk.press(_("Votes and opinions of the sample"))
    walk.snap("09a-secretary-deliberate", more=True)
    walk.step(6)
    walk.snap("09b-secretary-minutes", more=True)
    walk.step(7)
    walk.snap("09c-secretary-archive", more=True)
    for key, words in (("history", _("Results by unit")), ("log", _("Log of the round"))):
        with walk.part(key):
            walk.press(words)
            walk.snap(f"09d-secretary-{key}")


def the_shell(walk: Walk) -> None:
    """What lies over every page: help and backup."""
    walk.begin()
    press(walk.window, Qt.Key.Key_F1)
    walk.rest()
    walk.snap("10f-help")
    press(None, Qt.Key.Key_Escape)
    walk.press(_("Backup and restore"))
    walk.snap("10g-backup", more=True)


def a_damaged_pack(walk: Walk) -> None:
    """A file that is no pack is answered on the start page."""
    walk.begin()
    damaged = walk.window.needs.home / "专家06.reviewpack"
    damaged.write_bytes(b"PK\3\4 cut off")
    walk.drop(damaged)
    walk.snap("10b-error-damaged-pack", more=True)


def picture_components(walk: Walk) -> None:
    """Every component in its states, light and dark, to lay beside the plan's 00 pictures."""
    for mode in (Mode.LIGHT, Mode.DARK):
        walk.dress(mode)
        page = gallery()
        page.resize(SMALL[0], 1080)
        page.show()
        QTest.qWait(_PAINT_MS)
        page.grab().save(str(walk.out / f"00-components-{mode.value}.png"))
        page.close()
    walk.dress(Mode.LIGHT)


PARTS: tuple[Callable[[Walk], None], ...] = (
    secretary_prepares,
    secretary_issues,
    expert_enters,
    expert_scores,
    expert_goes_on,
    expert_signs,
    secretary_collects,
    secretary_looks,
    secretary_ends,
    the_shell,
    picture_components,
    a_damaged_pack,
)


def walk_through(out: Path, language: Language) -> int:
    """Take the pictures of one language."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Reviewer")
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home))
        settings.set_language(language)
        settings.set_mode(Mode.LIGHT)
        settings.set_text_size("expert", 100)
        window = make_window(application, bootstrap.wire(Path(home)))
        window.resize(*SMALL)
        window.show()
        window.activateWindow()
        walk = Walk(window, out)
        walk.begin()
        for each in PARTS:
            with walk.part(each.__name__):
                each(walk)
        window.close()
        reader_link().stop()
    for missed in walk.missed:
        sys.stderr.write(f"{language.value}: not reached: {missed}\n")
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures in {out}\n")
    return 1 if walk.missed else 0


def main() -> int:
    """Take all pictures, both languages side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"), metavar="DIR")
    parser.add_argument("--language", choices=[each.value for each in Language])
    options = parser.parse_args()
    if options.language:
        return walk_through(options.out / options.language, Language(options.language))
    settings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    command = [sys.executable, "-m", "tests.screenshots", "--out", str(options.out)]
    walks = [
        subprocess.Popen([*command, "--language", each.value], env=settings)
        for each in Language
    ]
    return max(each.wait() for each in walks)


if __name__ == "__main__":
    sys.exit(main())
