"""The expert's pages at 300 applications × 24 indicators: ``python -m tests.bench.ui_scale``.

Each figure is the time from a key to the painted page, in milliseconds, as the median and the
slowest of many, and the median of the processor's time, which a busy machine does not change.
The windows are drawn in memory (QT_QPA_PLATFORM=offscreen).
"""

import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from resources import scheme_path
from reviewer_app import bootstrap
from reviewer_app.core.marks import scored
from reviewer_app.core.messages import Language
from reviewer_app.core.round import PackId
from reviewer_app.core.scheme_data import load_scheme
from reviewer_app.services.desk_opening import open_pack
from reviewer_app.services.desk_place import declare_free
from reviewer_app.services.desk_scoring import put_answers
from reviewer_app.services.records import MarkRecord
from reviewer_app.sheets.pack import MaterialSource, PackContents, write_pack
from reviewer_app.sheets.passcode import new_passcode
from tests.sheets.making import SECRET, make_assignment, make_round
from tests.ui.making import make_application
from ui.expert.door import ExpertDoor
from ui.language import speak
from ui.look import theme
from ui.settings import Settings
from ui.tasks import TaskRunner

GOAL_MS = 16
_PAUSE_S = 0.1
_SCORED = 200
"""Of so many applications everything is answered; the rest is to do."""


class Painted(QObject):
    """Counts what is painted, so that a figure without a paint is no figure."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def make_big_pack(folder: Path, applications: int) -> tuple[Path, str]:
    """Write a pack of the 24 indicators of ZJ-TIC and return it with its passcode."""
    made = [make_application(number) for number in range(1, applications + 1)]
    round_ = make_round(applications, load_scheme(scheme_path("zj-tic")))
    assignment = make_assignment(round_, tuple(application for application, _files in made))
    data = {(a.number, name): content for a, files in made for name, content in files.items()}
    sources = tuple(
        MaterialSource(
            each.entry,
            len(data[each.application, each.material.file]),
            lambda key=(each.application, each.material.file): data[key],  # type: ignore[misc]
        )
        for each in assignment.document.materials
    )
    contents = PackContents(
        PackId("ffeeddccbbaa9977"), round_.raw, assignment.raw, SECRET, sources
    )
    passcode, path = new_passcode(), folder / "02.reviewpack"
    write_pack(path, contents, passcode)
    return path, passcode


def open_door(home: Path, applications: int) -> ExpertDoor:
    """Return the expert's door with the big pack open, most of it scored."""
    home.mkdir(exist_ok=True)
    needs = bootstrap.wire(home)
    path, passcode = make_big_pack(home, applications)
    now = needs.clock()
    desk = open_pack(home, path, passcode, needs.open_desk, now)
    declare_free(desk, desk.assigned)
    die = random.Random(1)  # noqa: S311 - invented marks
    put_answers(
        desk,
        [
            MarkRecord(number, leaf.code, scored(die.randint(60, 100)), updated=now)
            for number in list(desk.assigned)[:_SCORED]
            for leaf in desk.asked(number)
        ],
    )
    door = ExpertDoor(needs, Settings(home), TaskRunner())
    door.session.source, door.session.opened = path, desk
    door.resize(1366, 768)
    door.show()
    door.activateWindow()
    return door


Took = tuple[float, float]
"""Time on the wall, time of the processor; in milliseconds."""


def timed(painted: Painted, act: Callable[[], object]) -> Took:
    """Return how long ``act`` takes until all is painted; fails where nothing was painted."""
    before, start, busy = painted.count, time.perf_counter(), time.thread_time()
    act()
    QApplication.processEvents()
    took = 1000 * (time.perf_counter() - start), 1000 * (time.thread_time() - busy)
    if painted.count == before:
        raise RuntimeError("nothing was painted")
    return took


def rested(painted: Painted, act: Callable[[], object]) -> Took:
    """Return the same, and wait as long as a quick person does before the next key."""
    took = timed(painted, act)
    settle(_PAUSE_S)
    return took


def key(code: Qt.Key, *modifiers: Qt.KeyboardModifier) -> Callable[[], None]:
    """Return an act that presses a key where the keyboard is."""
    held = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier

    def press() -> None:
        widget = QApplication.focusWidget()
        if widget:
            QTest.keyClick(widget, code, held)

    return press


def turns(*acts: Callable[[], None]) -> Callable[[], None]:
    """Return an act that does these in turn."""
    following = itertools.cycle(acts)

    def act() -> None:
        next(following)()

    return act


def typed(painted: Painted, place: int) -> Took:
    """Type another mark into the current cell and return what Enter takes."""
    for digit in f"{71 + place}":
        key(Qt.Key(ord(digit)))()
        settle(_PAUSE_S)
    return rested(painted, key(Qt.Key.Key_Return))


def show(name: str, figures: Sequence[Took]) -> None:
    """Print one line of figures."""
    wall, busy = zip(*figures, strict=True)
    middle, worst, cpu = statistics.median(wall), max(wall), statistics.median(busy)
    sys.stdout.write(f"{name:<40}{middle:9.1f}{worst:9.1f}{cpu:11.1f}\n")


def settle(seconds: float = 0.3) -> None:
    """Let everything come to rest."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()


def measure(door: ExpertDoor, painted: Painted) -> None:
    """Print what scoring and comparing take."""
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

    def run(name: str, act: Callable[[], None], times: int) -> None:
        settle()
        show(name, [rested(painted, act) for _ in range(times)])

    def scroll() -> None:
        bar = door.score.rail.verticalScrollBar()
        bar.setValue((bar.value() + 400) % max(1, bar.maximum()))

    door._on_opened()
    show("scoring page opened", [timed(painted, door._begin_scoring)])
    run("next indicator (Ctrl+↓)", key(Qt.Key.Key_Down, control), 22)
    run("application below (Alt+↓)", key(Qt.Key.Key_Down, alt), 30)
    run("rail scrolled", scroll, 30)
    door.scoring.open_application(door.sitting.next_incomplete(""))
    digits = [Qt.Key.Key_2, Qt.Key.Key_8, Qt.Key.Key_0, Qt.Key.Key_Return]
    settle()
    rounds = [[rested(painted, key(each)) for each in digits] for _ in range(20)]
    for place, name in enumerate(("level chosen (2)", "first digit", "second digit")):
        show(name, [each[place] for each in rounds])
    show("mark counted, next indicator (Enter)", [each[3] for each in rounds])
    settle()
    show("compare opened (F3)", [timed(painted, key(Qt.Key.Key_F3))])
    run("cell to the right (→)", key(Qt.Key.Key_Right), 60)
    run("cell below (↓)", turns(key(Qt.Key.Key_Up), key(Qt.Key.Key_Down)), 20)
    bar = door.compare.matrix.horizontalScrollBar()
    run("matrix scrolled", lambda: bar.setValue((bar.value() + 300) % bar.maximum()), 40)
    settle()
    door.compare.matrix.go(-18, 0)
    show("mark typed in the matrix, Enter", [typed(painted, place) for place in range(10)])
    show("undo (Ctrl+Z)", [rested(painted, key(Qt.Key.Key_Z, control)) for _ in range(8)])
    show("finish opened", [timed(painted, door._show_finish)])


def main() -> None:
    """Measure 300 applications, or as many as the first argument says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    application = QApplication(sys.argv[:1])
    speak(Language.CHINESE)
    theme.apply(application, theme.Mode.LIGHT, 100)
    painted = Painted()
    heads = f"{'median':>9}{'slowest':>9}{'processor':>11}"
    sys.stdout.write(f"{f'{count} applications, goal {GOAL_MS} ms':<40}{heads}\n")
    with tempfile.TemporaryDirectory() as folder:
        door = open_door(Path(folder) / "home", count)
        pages: tuple[QWidget, ...] = (
            door.score.form,
            door.score.rail,
            door.compare.matrix,
            door.finish.foot,
        )
        for page in pages:
            watched = page.viewport() if isinstance(page, QAbstractScrollArea) else page
            watched.installEventFilter(painted)
        measure(door, painted)
        door.shut()
        door.close()


if __name__ == "__main__":
    main()
