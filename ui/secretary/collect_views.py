"""What the collect page shows: the board by expert, refused files, what was read last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundPlan
from reviewer_app.services.admitting import FileVerdict, Verdict
from reviewer_app.services.closing import SeatState, SeatStatus
from reviewer_app.services.collecting import skipped_words
from reviewer_app.services.records import RefusalRecord, SheetSource
from reviewer_app.services.refusal_advice import refusal_advice
from ui.views import Cell, FootView, Message, State, TableRow, state

_MOST = 4
_NAMED, _NUMBERED = 2, 8
"""How many who are missing are named in the foot, and how many numbered."""


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A file that was refused: when, why, what to do; it changed nobody's state."""

    key: str
    name: str
    time: str
    why: str
    advice: str
    second_key: str
    """The expert whose new key may be accepted with a reason; empty otherwise."""


@dataclass(frozen=True, slots=True)
class CollectView:
    """The whole page; no score is in it, ever."""

    rows: tuple[TableRow, ...]
    counts: str
    share: float
    closed: bool
    sealed: bool
    confirming: bool
    missing: str
    reason: str
    late: str
    refused: tuple[RefusedView, ...]
    notes: tuple[Message, ...]
    trouble: Message
    working: str
    statement: str
    sample: bool
    can_close: bool
    foot: FootView


def seat_rows(seats: Sequence[SeatStatus], plan: RoundPlan) -> tuple[TableRow, ...]:
    """Return the board: number, expert, state, revision, time, way, receipt."""
    employers = {expert.number: expert.employer for expert in plan.experts}
    rows = []
    for seat in seats:
        time = f"{seat.received.astimezone():%H:%M:%S}" if seat.received else "—"
        revision = _("rev. {number}").format(number=seat.revision) if seat.revision else "—"
        rows.append(
            TableRow(
                seat.expert,
                (
                    Cell(seat.expert, tone="text_2"),
                    Cell(seat.name, employers.get(seat.expert, "")),
                    Cell(chip=_chip(seat), sort=seat.state.value),
                    Cell(revision, sort=seat.revision or 0),
                    Cell(time, tone="text_2"),
                    Cell(_way(seat.source), tone="text_2"),
                    _receipt(seat),
                ),
            )
        )
    return tuple(rows)


def refused_views(
    refusals: Sequence[RefusalRecord], second_keys: Mapping[str, str]
) -> tuple[RefusedView, ...]:
    """Return the files refused last, newest first."""
    shown = list(refusals)[-_MOST:]
    return tuple(
        RefusedView(
            key=each.sha256,
            name=each.name,
            time=f"{each.at.astimezone():%H:%M:%S}",
            why=each.sentence,
            advice=refusal_advice(each.refusal),
            second_key=second_keys.get(each.name, ""),
        )
        for each in reversed(shown)
    )


def collect_foot(
    names: Sequence[str], reason: str, *, working: str, closed: bool, confirming: bool
) -> FootView:
    """Return the next step; ``names`` are the experts whose sheet is missing."""
    if working:
        left = Message(working, "accent", "loader")
        return FootView(_("Please wait"), "", enabled=False, left=left)
    if closed:
        left = Message(_("Collection is closed; scores can be seen"), "ok", "lock")
        return FootView(_("Look at the results"), left=left)
    if confirming:
        lacking = bool(names) and not reason.strip()
        words = _("Write why it is closed without them") if lacking else ""
        left = Message(words or _("Closing cannot be undone"), "warn", "triangle-alert")
        return FootView(_("Close collection for good"), enabled=not lacking, left=left)
    if names:
        words = _("Missing: {names}").format(names=_short(names))
        missing = Message(words, "warn", "circle-dashed")
        return FootView(_("Take in: {name}").format(name=names[0]), "Ctrl O", left=missing)
    left = Message(_("Every sheet is in"), "ok", "circle-check")
    return FootView(_("Close and see the results"), left=left)


def _short(names: Sequence[str]) -> str:
    """Return two names in full; of more only the numbers, so that the line stays one."""
    if len(names) <= _NAMED:
        return "、".join(names)
    numbers = [name.split(maxsplit=1)[0] for name in names]
    more = len(numbers) - _NUMBERED
    rest = _(" and {count} more").format(count=more) if more > 0 else ""
    return "、".join(numbers[:_NUMBERED]) + rest


def verdict_notes(verdicts: Sequence[FileVerdict]) -> tuple[Message, ...]:
    """Return what became of the files, a line each; those skipped share one line."""
    read = [verdict_note(each) for each in verdicts if each.verdict is not Verdict.SKIPPED]
    skipped = skipped_words(verdicts)
    return (*read, Message(skipped, "2", "info")) if skipped else tuple(read)


def verdict_note(verdict: FileVerdict) -> Message:
    """Return what became of one file, in a line."""
    name = Path(verdict.file).name
    icon, tone = {
        Verdict.RECEIVED: ("circle-check", "ok"),
        Verdict.SUPERSEDES: ("history", "ok"),
        Verdict.COMMENTS_ADDED: ("circle-check", "ok"),
        Verdict.DUPLICATE: ("info", "2"),
        Verdict.INCOMPLETE_CODES: ("triangle-alert", "warn"),
        Verdict.REFUSED: ("circle-x", "bad"),
    }[verdict.verdict]
    return Message(f"{name}　{verdict.sentence}", tone, icon)


def _chip(seat: SeatStatus) -> State:
    if seat.state is SeatState.WITHDRAWN:
        return state("absent", _("withdrawn"))
    if seat.state is SeatState.MISSING:
        return state("awaited", _("missing"))
    if seat.comments_pending:
        return state("attention", _("comments to come"))
    return state("done", _("received"))


def _receipt(seat: SeatStatus) -> Cell:
    if seat.withdrawn:
        return Cell(seat.withdrawn, tone="text_2")
    if not seat.receipt:
        return Cell(_("waiting"), tone="text_2")
    older = len(seat.superseded)
    second = _("replaces {count} earlier").format(count=older) if older else ""
    return Cell(seat.receipt, second, code=True)


def _way(source: str) -> str:
    return {
        SheetSource.FILE.value: _("file"),
        SheetSource.PAPER.value: _("scan"),
        SheetSource.REENTERED.value: _("re-entered"),
    }.get(source, "—")
