"""What the issue page shows: a row an expert, the slips, what is frozen, the next step."""

from collections.abc import Container
from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundPlan
from reviewer_app.services.handover import SlipState
from ui.secretary.packs import IssuedFiles, PackFile
from ui.secretary.prepare_views import megabytes
from ui.secretary.reissue_presenter import ReissueView
from ui.secretary.roster_presenter import RosterView
from ui.secretary.void_presenter import VoidView
from ui.views import Cell, FootView, Message, State, TableRow, state


@dataclass(frozen=True, slots=True)
class IssueView:
    """The whole page."""

    rows: tuple[TableRow, ...]
    subtitle: str
    issued: bool
    working: str
    keeps: str
    rules: str
    fingerprint: str
    bureau_fingerprint: str
    folder: str
    slips: str
    selected: str
    can_copy: bool
    can_try: bool
    notice: Message
    handed: bool
    """Whether the chosen expert has the slip."""
    can_hand: bool
    reissue: ReissueView
    roster: RosterView
    void: VoidView
    foot: FootView


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one row says beside whose it is."""

    given: int
    pack: State
    size: str = "—"
    slip: State | None = None
    stick: State | None = None


def planned_rows(plan: RoundPlan) -> tuple[TableRow, ...]:
    """Return the experts for whom packs are to be written."""
    waiting = state("not-begun", _("not written"))
    return tuple(
        _row(e.number, e.name, e.employer, _Shown(len(plan.assignment[e.number]), waiting))
        for e in plan.experts
    )


def issued_rows(
    files: IssuedFiles, plan: RoundPlan, copied: Container[str]
) -> tuple[TableRow, ...]:
    """Return the packs that were written; ``copied`` are the experts whose stick is ready."""
    people = {e.number: (e.name, e.employer) for e in plan.experts}
    rows = []
    for pack in files.packs:
        name, employer = people.get(pack.expert, ("", ""))
        size = megabytes(pack.size) if pack.size else "—"
        stick = state("done", _("copied, read back")) if pack.expert in copied else None
        slip = None if pack.withdrawn else _slip_chip(pack.slip)
        shown = _Shown(pack.applications, _pack_chip(pack), size, slip, stick)
        rows.append(_row(pack.expert, name, employer, shown))
    return tuple(rows)


def unprinted(files: IssuedFiles) -> list[PackFile]:
    """Return the packs whose slip was not printed yet."""
    waiting = SlipState.WRITTEN
    return [each for each in files.packs if each.slip is waiting and not each.withdrawn]


def issue_foot(
    files: IssuedFiles | None, experts: int, working: str, *, issued: bool
) -> FootView:
    """Return the next step: write the packs, print the slips, go on to collecting."""
    if working:
        left = Message(working, "accent", "loader")
        return FootView(_("Writing…"), "", enabled=False, left=left)
    if not issued:
        words = _("From here on weights and rules cannot be changed")
        step = _("Freeze and write {count} packs").format(count=experts)
        return FootView(step, left=Message(words, "warn", "lock"))
    waiting = unprinted(files) if files else []
    if waiting:
        words = _("{count} slips are not printed yet").format(count=len(waiting))
        left = Message(words, "warn", "printer")
        return FootView(_("Print the slips"), "Ctrl P", left=left)
    serving = [each for each in files.packs if not each.withdrawn] if files else []
    handed = sum(each.slip is SlipState.HANDED for each in serving)
    words = _("{count} packs written, {handed} slips handed over; hand out the two separately")
    text = words.format(count=len(serving), handed=handed)
    return FootView(_("Go to collecting"), left=Message(text, "ok", "circle-check"))


def _pack_chip(pack: PackFile) -> State:
    if pack.withdrawn:
        return state("absent", _("withdrawn"))
    if not pack.size:
        return state("attention", _("not at its place"))
    return State(_("written"), "package-check", "ok")


def _slip_chip(slip: SlipState) -> State:
    return {
        SlipState.WRITTEN: State(_("to print"), "printer"),
        SlipState.PRINTED: state("done", _("printed")),
        SlipState.HANDED: State(_("handed over"), "ticket-check", "ok"),
    }[slip]


def _row(number: str, name: str, employer: str, shown: _Shown) -> TableRow:
    return TableRow(
        number,
        (
            Cell(number, tone="text_2"),
            Cell(name, employer),
            Cell(str(shown.given), sort=shown.given),
            Cell(chip=shown.pack),
            Cell(shown.size),
            Cell("" if shown.slip else "—", chip=shown.slip, tone="text_2"),
            Cell("" if shown.stick else "—", chip=shown.stick, tone="text_2"),
        ),
    )
