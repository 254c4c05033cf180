"""What the prepare page shows of a plan: its lists as table rows, its rules and weights."""

from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.panel_checks import PanelCheck
from reviewer_app.core.round import RoundPlan
from ui.secretary.basics_presenter import BasicsView
from ui.secretary.gates_view import GatesView
from ui.secretary.list_view import ListView, TickHead, TickRow
from ui.secretary.rules_view import RulesView
from ui.secretary.scheme_view import SchemeView
from ui.secretary.weights_view import WeightsView
from ui.views import FootView, Message

APPLICATIONS, EXPERTS, WEIGHTS = "applications", "experts", "weights"
RULES, ASSIGNMENT, BASICS = "rules", "assignment", "basics"
PARTS = (BASICS, APPLICATIONS, EXPERTS, WEIGHTS, RULES, ASSIGNMENT)
PART_OF = {
    "weights-confirmed": WEIGHTS,
    "rules-fit": RULES,
    "materials": APPLICATIONS,
    "enough-experts": ASSIGNMENT,
    "something-to-score": ASSIGNMENT,
}
"""Where a check is put right; the others are about the experts."""


@dataclass(frozen=True, slots=True)
class PartTab:
    """One part of the preparation: how it stands, what it is called, how many."""

    key: str
    name: str
    count: str
    met: bool


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check at the right; ``asks`` where a written reason may set it aside."""

    id: str
    icon: str
    tone: str
    sentence: str
    detail: str
    asks: bool


@dataclass(frozen=True, slots=True)
class OpenPart:
    """What the open part shows; what belongs to the others is not made, None here."""

    basics: BasicsView | None = None
    list: ListView | None = None
    ticks: tuple[tuple[TickHead, ...], tuple[TickRow, ...]] | None = None
    weights: tuple[WeightsView, SchemeView] | None = None
    rules: RulesView | None = None


@dataclass(frozen=True, slots=True)
class PrepareView:
    """The whole page."""

    part: str
    tabs: tuple[PartTab, ...]
    open: OpenPart
    undo: bool
    checks: tuple[CheckLine, ...]
    checks_line: str
    gates: GatesView
    override_id: str
    override_title: str
    reason: str
    editable: bool
    ready: bool
    trouble: Message
    foot: FootView


def part_of(check_id: str) -> str:
    """Return the part in which a check is put right."""
    if check_id.startswith("gate-"):
        return APPLICATIONS
    return PART_OF.get(check_id, EXPERTS)


def part_name(key: str) -> str:
    """Return what a part is called."""
    return {
        BASICS: _("The round"),
        APPLICATIONS: _("Applications"),
        EXPERTS: _("Experts"),
        WEIGHTS: _("Indicators and weights"),
        RULES: _("Review rules"),
        ASSIGNMENT: _("Assignment"),
    }[key]


def part_tabs(plan: RoundPlan, checks: tuple[PanelCheck, ...]) -> tuple[PartTab, ...]:
    """Return the parts with how each stands."""
    troubled = {part_of(check.id) for check in checks if check.blocks}
    counts = {APPLICATIONS: str(len(plan.applications)), EXPERTS: str(len(plan.experts))}
    return tuple(
        PartTab(key, part_name(key), counts.get(key, ""), key not in troubled) for key in PARTS
    )


def tick_heads(plan: RoundPlan) -> tuple[TickHead, ...]:
    """Return the experts with how much each scores."""
    return tuple(
        TickHead(each.number, each.name, len(plan.assignment.get(each.number, ())))
        for each in plan.experts
    )


def tick_rows(plan: RoundPlan) -> tuple[TickRow, ...]:
    """Return a row for every application: who scores it, who is recused from it."""
    return tuple(
        TickRow(
            each.number,
            each.short_name or each.name,
            tuple(
                None
                if each.number in expert.recused
                else each.number in plan.assignment.get(expert.number, ())
                for expert in plan.experts
            ),
        )
        for each in plan.applications
    )


def check_lines(checks: tuple[PanelCheck, ...], *, editable: bool) -> tuple[CheckLine, ...]:
    """Return the checks, those that block first."""
    lines = []
    for check in sorted(checks, key=lambda each: (not each.blocks, each.ok)):
        icon, tone, detail = "circle-check", "ok", ""
        if check.blocks:
            icon, tone = "triangle-alert", "warn"
        elif not check.ok:
            icon, tone = "circle-check", "warn"
            detail = _("Set aside: {reason}").format(reason=check.reason)
        asks = editable and not check.ok and check.overridable
        lines.append(CheckLine(check.id, icon, tone, check.sentence, detail, asks))
    return tuple(lines)


def megabytes(size: int) -> str:
    """Return a size as people read it; figure and unit stay on one line."""
    return f"{publish(Fraction(size, 1_000_000), 1, Rounding.HALF_UP)}\N{NO-BREAK SPACE}MB"
