"""Blind double entry of a paper form: two people type, differences are settled, it counts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.inputs.entry_file import Settled, typed_text
from reviewer_app.services.entry_drafts import EntryDraft, draft_of, keep_draft
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
    """Holds what one person types, kept box by box; it is gone once it is an entry."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._forms: dict[str, EntryProgress] = {}
        self._expert, self._round = "", ""
        self._blank: dict[str, BlankForm] = {}
        self._drafts: dict[str, EntryDraft] = {}
        self._notice = NOTHING
        self.is_open = False
        self.changed: Act = lambda: None
        self.paper_wanted: Callable[[Path], None] = lambda _path: None

    def round_changed(self) -> bool:
        """Tell whether another round is open since."""
        before, self._round = self._round, self.bureau.round_id
        if before == self._round:
            return False
        self._drafts.clear()
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
        """Look at another expert's form; what is typed of this one is kept for later."""
        self._expert, self._notice = expert, NOTHING
        self._read()

    def type_cell(self, place: Place, text: str) -> None:
        """Take over one box."""
        cells = {**self._draft.cells, place: typed_text(place[1], text)}
        self._keep(replace(self._draft, cells=cells))

    def type(self, name: str, text: str) -> None:
        """Take over who types, or the reason."""
        draft = self._draft
        typed = replace(draft, by=text) if name == "by" else replace(draft, reason=text)
        self._keep(typed)

    def take_scan(self, path: Path) -> None:
        """Take over the scan of the signed form."""
        self._keep(replace(self._draft, scan=path))

    def say(self, place: Place, value: str, reason: str) -> None:
        """Take over what holds in a box that was read differently."""
        said = {**self._draft.said, place: (value, reason)}
        self._keep(replace(self._draft, said=said))

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
        by, reason = self._draft.by, self._draft.reason
        self._act(lambda: begin_again(bureau.open_bureau, form, by, reason, now))

    def next(self) -> None:
        """Take the step that the primary button names."""
        progress = self._progress
        bureau, form, now, by = self.bureau, self._form, self.bureau.now(), self._draft.by
        if progress is None or progress.step is Step.ENTERED:
            self.close()
        elif progress.step is Step.DIFFERENT:
            said = {
                place: Settled(typed_text(place[1], value), reason)
                for place, (value, reason) in self._draft.said.items()
            }
            self._act(lambda: settle(bureau.open_bureau, form, by, said, now))
        else:
            first = progress.step is Step.NOTHING
            paper = Paper(self._draft.scan, self._draft.reason) if first else None
            cells = {place: text for place, text in self._draft.cells.items() if text}
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
            boxes=boxes_view(blank, self._draft.cells) if blank and typing else None,
            by=self._draft.by,
            first=first,
            scan=self._draft.scan.name,
            reason=self._draft.reason,
            differences=difference_views(differences, self._draft.said),
            may_begin_again=bool(begun),
            notice=self._notice,
            foot=entry_foot(progress, ready=self._ready(first=first)),
        )

    def _ready(self, *, first: bool) -> bool:
        draft = self._draft
        paper = not first or bool(draft.scan.name and draft.reason.strip())
        return bool(draft.by.strip()) and paper

    @property
    def _draft(self) -> EntryDraft:
        """Return what is being typed of this form."""
        return self._drafts.get(self._expert, EntryDraft())

    @property
    def _progress(self) -> EntryProgress | None:
        return self._forms.get(self._expert)

    @property
    def _form(self) -> Form:
        return Form(self.bureau.round_id, ExpertNumber(self._expert))

    def _keep(self, draft: EntryDraft) -> None:
        """Keep what is typed so far: a crash loses at most this keystroke."""
        self._drafts[self._expert] = draft
        open_bureau, form = self.bureau.open_bureau, self._form
        self.bureau.tasks.run(
            lambda: keep_draft(open_bureau, form, draft),
            done=lambda _none: None,
            failed=self._on_failed,
        )
        self.changed()

    def _read(self) -> None:
        bureau, round_id, wanted = self.bureau, self.bureau.round_id, self._expert
        board = self.bureau.round.standing
        missing = next(iter(board.missing if board else ()), "")

        def work() -> tuple[list[EntryProgress], BlankForm | None, EntryDraft]:
            found = all_progress(bureau.open_bureau, round_id)
            numbers = [str(each.form.expert) for each in found]
            expert = next((n for n in (wanted, missing, *numbers) if n in numbers), "")
            form = Form(round_id, ExpertNumber(expert))
            blank = blank_form(bureau.open_bureau, form) if expert else None
            return found, blank, draft_of(bureau.open_bureau, form)

        bureau.tasks.run(work, done=self._on_read, failed=self._on_failed)

    def _act(self, work: Callable[[], EntryProgress]) -> None:
        def done(progress: EntryProgress) -> None:
            self._keep(EntryDraft())
            self._notice = Message(step_words(progress), "ok", "circle-check")
            self._forms[self._expert] = progress
            self.changed()
            self.bureau.reload()

        self.bureau.tasks.run(work, done=done, failed=self._on_failed)

    def _on_read(self, found: tuple[list[EntryProgress], BlankForm | None, EntryDraft]) -> None:
        forms, blank, draft = found
        self._forms = {str(each.form.expert): each for each in forms}
        if blank:
            self._expert = str(blank.form.expert)
            self._blank[self._expert] = blank
            self._drafts.setdefault(self._expert, draft)
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()
