"""What the re-entry from paper shows: whose form, how far, the boxes, what was read twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.inputs.entry_file import RECUSED
from reviewer_app.services.paper_entry import EntryProgress, Step
from reviewer_app.services.paper_form import BlankForm
from reviewer_app.sheets.entry_cells import Difference, place_words
from ui.views import FootView, Message, State, state

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BoxesView:
    """The form's boxes: heads of columns and rows, which places have a box, what is typed."""

    columns: tuple[tuple[str, str], ...]
    """(application, name)."""
    rows: tuple[tuple[str, str], ...]
    """(indicator, title); the first row is the recusal."""
    boxes: frozenset[Place]
    cells: Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One box that two people read differently, and what is said to hold."""

    place: Place
    words: str
    first: str
    second: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """The whole pane."""

    experts: tuple[tuple[str, str], ...]
    expert: str
    chip: State
    words: str
    boxes: BoxesView | None
    by: str
    first: bool
    """Whether this is the first typing: it brings the scan and the reason."""
    scan: str
    reason: str
    differences: tuple[DifferenceView, ...]
    may_begin_again: bool
    notice: Message
    foot: FootView


def step_chip(progress: EntryProgress) -> State:
    """Return how far a form has come."""
    return {
        Step.NOTHING: state("not-begun", _("nothing typed yet")),
        Step.TYPED_ONCE: state("working", _("typed once")),
        Step.DIFFERENT: state("attention", _("read differently")),
        Step.ENTERED: state("paper", _("Entered from paper")),
    }[progress.step]


def step_words(progress: EntryProgress) -> str:
    """Return what comes next, in a sentence."""
    names = "、".join(each.by for each in progress.typed)
    return {
        Step.NOTHING: _("The first person types the signed form and brings its scan."),
        Step.TYPED_ONCE: _(
            "{names} typed it. Another person types it again, without seeing the first."
        ),
        Step.DIFFERENT: _("{names} read {count} boxes differently; look at the paper."),
        Step.ENTERED: _("Typed by {names}; it counts as revision {revision}, {receipt}."),
    }[progress.step].format(
        names=names,
        count=len(progress.differences),
        revision=progress.revision or "—",
        receipt=progress.receipt,
    )


def boxes_view(blank: BlankForm, cells: Mapping[Place, str]) -> BoxesView:
    """Return the boxes of a form with what is typed in them so far."""
    recusals = {(str(number), RECUSED) for number, _name in blank.applications}
    marks = {(str(number), row.code) for row in blank.rows for number in row.boxes}
    return BoxesView(
        tuple((str(number), name) for number, name in blank.applications),
        ((RECUSED, _("Recused (ground no.)")), *((r.code, r.title) for r in blank.rows)),
        frozenset(recusals | marks),
        dict(cells),
    )


def difference_views(
    differences: tuple[Difference, ...], said: Mapping[Place, tuple[str, str]]
) -> tuple[DifferenceView, ...]:
    """Return the boxes read differently with what is said to hold."""
    views = []
    for each in differences:
        place = each.application, each.indicator
        value, reason = said.get(place, ("", ""))
        words = place_words(*place)
        views.append(
            DifferenceView(place, words, each.first or "—", each.second or "—", value, reason)
        )
    return tuple(views)


def entry_foot(progress: EntryProgress | None, *, ready: bool) -> FootView:
    """Return the next step; ``ready`` tells whether all it needs is written."""
    if progress is None or progress.step is Step.ENTERED:
        left = Message(_("Marked as entered from paper (纸质补录)"), "2", "file-pen-line")
        return FootView(_("Back to the board"), left=left)
    if progress.step is Step.DIFFERENT:
        left = Message(_("Say what the paper shows, with a reason"), "warn", "triangle-alert")
        return FootView(_("Settle and enter"), "Ctrl Enter", enabled=ready, left=left)
    second = progress.step is Step.TYPED_ONCE
    words = _("Who types is printed with the entry; fill every box")
    step = _("Compare with the first typing") if second else _("Keep the first typing")
    return FootView(step, "Ctrl Enter", enabled=ready, left=Message(words, "2", "info"))
