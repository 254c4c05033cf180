"""The rounds of this machine: which are there, which one and which step is open."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.inputs.round_problems import load_or_report
from reviewer_app.services.records import RoundState
from reviewer_app.services.removing import removed_rounds
from reviewer_app.services.rounds import RoundView, create_round, list_rounds
from reviewer_app.services.transfer import import_round
from ui.secretary.bureau import Bureau
from ui.secretary.outline import RoundOutline, load_outline
from ui.secretary.sample import find_or_make_sample
from ui.secretary.steps import is_open, round_line, round_steps, usual_step
from ui.views import NOTHING, Act, Message, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.tasks import Running

ROUND_FILE = "ROUND.toml"


@dataclass(frozen=True, slots=True)
class RoundItem:
    """One round in the rail."""

    key: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class RoundsView:
    """The rail, the head above a round's page, and what hinders."""

    items: tuple[RoundItem, ...]
    current: str
    title: str
    fingerprint: str
    steps: tuple[Step, ...]
    step: str
    working: str
    """What is being made, while it is; empty otherwise."""
    trouble: Message
    warnings: tuple[str, ...]
    removed: int = 0
    """How many rounds were put away."""


class RoundsPresenter:
    """Holds the list of rounds and where the secretary is in it."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._rounds: list[RoundView] = []
        self._current, self._step, self._working = RoundId(""), "", ""
        self._trouble = NOTHING
        self._warnings: tuple[str, ...] = ()
        self._running: Running | None = None
        self._removed = 0
        self.loaded = False
        self.changed: Act = lambda: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        bureau.reload, bureau.go = self.reload, self.open_step
        bureau.back = lambda: self.open_round(self._current)

    def begin(self, wanted: str) -> None:
        """Show the rounds, and one of them: by id, the sample, or the newest."""
        if wanted == "sample":
            self.open_sample()
        else:
            self._current = RoundId(wanted)
            self.reload()

    def reload(self) -> None:
        """Read the rounds and the open one anew, in the background."""
        open_bureau, wanted = self.bureau.open_bureau, self._current

        def read() -> tuple[list[RoundView], RoundOutline | None]:
            found = list_rounds(open_bureau)
            ids = [view.id for view in found]
            chosen = wanted if wanted in ids else ids[0] if ids else None
            self._removed = len(removed_rounds(open_bureau))
            return found, load_outline(open_bureau, chosen) if chosen else None

        self.bureau.tasks.run(read, done=self._on_read, failed=self._on_failed)

    def open_round(self, key: str) -> None:
        """Open another round at the step where it waits."""
        self._trouble = NOTHING
        if key == self._current:
            outline = self.bureau.outline
            self._step = self._step or (usual_step(outline) if outline else "")
            self.changed()
            return
        self._current, self._step, self._warnings = RoundId(key), "", ()
        self.reload()

    def show_made(self, round_id: RoundId, warnings: tuple[str, ...]) -> None:
        """Open a round that was just made."""
        self._on_made((round_id, warnings))

    def forget_warnings(self) -> None:
        """Take away what was said about the lists of a new round: it was read."""
        self._warnings = ()
        self.changed()

    def open_step(self, key: str) -> None:
        """Open the page of a step, also one that is not reached yet."""
        self._step = key
        self.changed()

    def create_from(self, place: Path) -> None:
        """Make a round from a ROUND.toml, from a folder with one, or from a carried round."""
        file = place / ROUND_FILE if place.is_dir() else place
        needs = self.bureau.needs

        def make() -> tuple[RoundId, tuple[str, ...]]:
            if file.suffix.lower() != ".toml":
                return import_round(needs.open_bureau, file, needs.clock()), ()
            loaded = load_or_report(file)
            view = create_round(needs.open_bureau, loaded.plan, loaded.paths, needs.clock())
            return view.id, loaded.warnings

        self._set_working(_("Reading “{name}”").format(name=place.name))
        self.bureau.tasks.run(make, done=self._on_made, failed=self._on_failed)

    def open_sample(self) -> None:
        """Make the sample round, or open the one made before."""
        needs = self.bureau.needs
        self._set_working(_("Making the sample round"))
        self._running = self.bureau.tasks.run_long(
            lambda report: find_or_make_sample(needs, report),
            progress=self.progressed,
            done=lambda made: self._on_made((made, ())),
            failed=self._on_failed,
        )

    def cancel(self) -> None:
        """Stop what is being made."""
        if self._running:
            self._running.cancel()

    def step_open(self) -> bool:
        """Tell whether the step whose page is wanted can be worked on."""
        outline = self.bureau.outline
        return outline is not None and is_open(outline, self._step)

    def view(self) -> RoundsView:
        """Return rail and head as they stand."""
        outline = self.bureau.outline
        return RoundsView(
            items=tuple(_item(view) for view in self._rounds),
            current=self._current,
            title=outline.view.title if outline else "",
            fingerprint=outline.fingerprint if outline else "",
            steps=round_steps(outline, self._step) if outline else (),
            step=self._step,
            working=self._working,
            trouble=self._trouble,
            warnings=self._warnings,
            removed=self._removed,
        )

    def _on_read(self, found: tuple[list[RoundView], RoundOutline | None]) -> None:
        self._rounds, outline = found
        self.bureau.outline, self.loaded = outline, True
        if outline:
            self._current = outline.view.id
            self._step = self._step or usual_step(outline)
        self.changed()

    def _on_made(self, made: tuple[RoundId, tuple[str, ...]]) -> None:
        self._current, self._warnings = made
        self._step, self._working, self._trouble = "", "", NOTHING
        self.reload()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working, self.loaded = "", True
        stopped = isinstance(error, CancelledError)
        self._trouble = NOTHING if stopped else Message(str(error), "bad", "circle-x")
        self.changed()

    def _set_working(self, what: str) -> None:
        self._working, self._trouble = what, NOTHING
        self.changed()


def _item(view: RoundView) -> RoundItem:
    open_checks = sum(check.blocks for check in view.checks)
    if view.state is not RoundState.PREPARING:
        open_checks = 0
    state = round_line(view.state, open_checks)
    return RoundItem(view.id, view.title, f"{view.plan.date.isoformat()}　{state}")
