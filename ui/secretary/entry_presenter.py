"""Blind double entry of a paper form: two people type, differences are settled, it counts."""

from collections.abc import Callable
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.inputs.entry_file import Settled, typed_text
from reviewer_app.services.paper_entry import (
    EntryProgress,
    Form,
    Paper,
    Step,
    all_progress,
    begin_again,
    settle,
    type_in,
)
from reviewer_app.services.paper_form import BlankForm, blank_form, write_form
from ui.secretary.bureau import Bureau
from ui.secretary.entry_views import (
    EntryView,
    Place,
    boxes_view,
    difference_views,
    entry_foot,
    step_chip,
    step_words,
)
from ui.views import NOTHING, Act, Message, state


class EntryPresenter:
    """Holds what one person types; it is gone from the page once it is kept."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._forms: dict[str, EntryProgress] = {}
        self._expert, self._round = "", ""
        self._blank: dict[str, BlankForm] = {}
        self._by, self._reason, self._scan = "", "", Path()
        self._typed: dict[str, dict[Place, str]] = {}
        self._said: dict[Place, tuple[str, str]] = {}
        self._notice = NOTHING
        self.is_open = False
        self.changed: Act = lambda: None
        self.paper_wanted: Callable[[Path], None] = lambda _path: None

    def round_changed(self) -> bool:
        """Tell whether another round is open since; what was typed of it is dropped."""
        before, self._round = self._round, self.bureau.round_id
        if before == self._round:
            return False
        self._typed.clear()
        return True

    def open(self) -> None:
        """Show the forms of the round, that of the first missing expert first."""
        self.is_open, self._notice = True, NOTHING
        self._read()

    def close(self) -> None:
        """Go back to the board."""
        self.is_open = False
        self.changed()

    def choose(self, expert: str) -> None:
        """Look at another expert's form; what is typed of this one stays until it is kept."""
        self._expert = expert
        self._forget_hand()
        self._read()

    def type_cell(self, place: Place, text: str) -> None:
        """Take over one box."""
        self._cells[place] = typed_text(place[1], text)
        self.changed()

    def type(self, name: str, text: str) -> None:
        """Take over who types, or the reason."""
        if name == "by":
            self._by = text
        else:
            self._reason = text
        self.changed()

    def take_scan(self, path: Path) -> None:
        """Take over the scan of the signed form."""
        self._scan = path
        self.changed()

    def say(self, place: Place, value: str, reason: str) -> None:
        """Take over what holds in a box that was read differently."""
        self._said[place] = value, reason
        self.changed()

    def print_form(self) -> None:
        """Make the expert's coded form, to be filled in by hand."""
        bureau, form, now = self.bureau, self._form, self.bureau.now()
        path = bureau.folder() / "papers" / f"纸质评分表-{form.expert}.pdf"

        def done(_blank: BlankForm) -> None:
            self.paper_wanted(path)

        bureau.tasks.run(
            lambda: write_form(bureau.open_bureau, form, path, now),
            done=done,
            failed=self._on_failed,
        )

    def begin_again(self) -> None:
        """Drop what was typed of this form, for the reason written."""
        bureau, form, now = self.bureau, self._form, self.bureau.now()
        by, reason = self._by, self._reason
        self._act(lambda: begin_again(bureau.open_bureau, form, by, reason, now))

    def next(self) -> None:
        """Take the step that the primary button names."""
        progress = self._progress
        bureau, form, now, by = self.bureau, self._form, self.bureau.now(), self._by
        if progress is None or progress.step is Step.ENTERED:
            self.close()
        elif progress.step is Step.DIFFERENT:
            said = {
                place: Settled(typed_text(place[1], value), reason)
                for place, (value, reason) in self._said.items()
            }
            self._act(lambda: settle(bureau.open_bureau, form, by, said, now))
        else:
            first = progress.step is Step.NOTHING
            paper = Paper(self._scan, self._reason) if first else None
            cells = {place: text for place, text in self._cells.items() if text}
            self._act(lambda: type_in(bureau.open_bureau, form, by, cells, now, paper))

    def view(self) -> EntryView:
        """Return the pane as it stands."""
        progress, blank = self._progress, self._blank.get(self._expert)
        typing = progress and progress.step in (Step.NOTHING, Step.TYPED_ONCE)
        first = bool(progress and progress.step is Step.NOTHING)
        begun = progress and progress.step in (Step.TYPED_ONCE, Step.DIFFERENT)
        differences = progress.differences if progress else ()
        return EntryView(
            experts=tuple(
                (key, f"{key}　{each.name}　{step_chip(each).word}")
                for key, each in self._forms.items()
            ),
            expert=self._expert,
            chip=step_chip(progress) if progress else state("not-begun", ""),
            words=step_words(progress) if progress else "",
            boxes=boxes_view(blank, self._cells) if blank and typing else None,
            by=self._by,
            first=first,
            scan=self._scan.name,
            reason=self._reason,
            differences=difference_views(differences, self._said),
            may_begin_again=bool(begun),
            notice=self._notice,
            foot=entry_foot(progress, ready=self._ready(first=first)),
        )

    def _ready(self, *, first: bool) -> bool:
        paper = not first or bool(self._scan.name and self._reason.strip())
        return bool(self._by.strip()) and paper

    @property
    def _cells(self) -> dict[Place, str]:
        """Return what is being typed of this form."""
        return self._typed.setdefault(self._expert, {})

    @property
    def _progress(self) -> EntryProgress | None:
        return self._forms.get(self._expert)

    @property
    def _form(self) -> Form:
        return Form(self.bureau.round_id, ExpertNumber(self._expert))

    def _clear(self) -> None:
        """Forget what one person typed: the next must not see it."""
        self._cells.clear()
        self._forget_hand()

    def _forget_hand(self) -> None:
        self._said.clear()
        self._by, self._reason, self._scan, self._notice = "", "", Path(), NOTHING

    def _read(self) -> None:
        bureau, round_id, wanted = self.bureau, self.bureau.round_id, self._expert
        board = self.bureau.round.standing
        missing = next(iter(board.missing if board else ()), "")

        def work() -> tuple[list[EntryProgress], BlankForm | None]:
            found = all_progress(bureau.open_bureau, round_id)
            numbers = [str(each.form.expert) for each in found]
            expert = next((n for n in (wanted, missing, *numbers) if n in numbers), "")
            form = Form(round_id, ExpertNumber(expert))
            return found, blank_form(bureau.open_bureau, form) if expert else None

        bureau.tasks.run(work, done=self._on_read, failed=self._on_failed)

    def _act(self, work: Callable[[], EntryProgress]) -> None:
        def done(progress: EntryProgress) -> None:
            self._clear()
            self._notice = Message(step_words(progress), "ok", "circle-check")
            self._forms[self._expert] = progress
            self.changed()
            self.bureau.reload()

        self.bureau.tasks.run(work, done=done, failed=self._on_failed)

    def _on_read(self, found: tuple[list[EntryProgress], BlankForm | None]) -> None:
        forms, blank = found
        self._forms = {str(each.form.expert): each for each in forms}
        if blank:
            self._expert = str(blank.form.expert)
            self._blank[self._expert] = blank
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()
