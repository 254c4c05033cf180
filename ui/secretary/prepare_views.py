"""What the prepare page shows of a plan: its lists as table rows, its rules and weights."""

from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.messages import _
from reviewer_app.core.names import employer_key
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.panel_checks import PanelCheck
from reviewer_app.core.round import Expert, RoundPlan
from ui.secretary.rules_view import RulesView
from ui.secretary.weights_view import WeightsView
from ui.views import Cell, FootView, Message, TableRow, state

APPLICATIONS, EXPERTS, WEIGHTS = "applications", "experts", "weights"
RULES, ASSIGNMENT = "rules", "assignment"
PARTS = (APPLICATIONS, EXPERTS, WEIGHTS, RULES, ASSIGNMENT)
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
class PrepareView:
    """The whole page."""

    part: str
    tabs: tuple[PartTab, ...]
    applications: tuple[TableRow, ...]
    experts: tuple[TableRow, ...]
    assignment: tuple[TableRow, ...]
    weights: WeightsView
    rules: RulesView
    undo: bool
    checks: tuple[CheckLine, ...]
    checks_line: str
    override_id: str
    override_title: str
    reason: str
    editable: bool
    ready: bool
    trouble: Message
    foot: FootView


def part_name(key: str) -> str:
    """Return what a part is called."""
    return {
        APPLICATIONS: _("Applications"),
        EXPERTS: _("Experts"),
        WEIGHTS: _("Indicators and weights"),
        RULES: _("Review rules"),
        ASSIGNMENT: _("Assignment"),
    }[key]


def part_tabs(plan: RoundPlan, checks: tuple[PanelCheck, ...]) -> tuple[PartTab, ...]:
    """Return the five parts with how each stands."""
    troubled = {PART_OF.get(check.id, EXPERTS) for check in checks if check.blocks}
    counts = {APPLICATIONS: str(len(plan.applications)), EXPERTS: str(len(plan.experts))}
    return tuple(
        PartTab(key, part_name(key), counts.get(key, ""), key not in troubled) for key in PARTS
    )


def application_rows(plan: RoundPlan) -> tuple[TableRow, ...]:
    """Return a row for every application: number, name and unit, materials, size."""
    rows = []
    for each in plan.applications:
        size = sum(material.size for material in each.materials)
        files = len(each.materials)
        lacking = None if files else state("attention", _("no material"))
        rows.append(
            TableRow(
                each.number,
                (
                    Cell(each.number, tone="text_2"),
                    Cell(each.name, each.unit),
                    Cell(each.short_name),
                    Cell(each.recommender),
                    Cell(str(files) if files else "", chip=lacking, sort=files),
                    Cell(megabytes(size), sort=size),
                ),
            )
        )
    return tuple(rows)


def expert_rows(plan: RoundPlan) -> tuple[TableRow, ...]:
    """Return a row for every expert; those from one employer are marked where too many."""
    most = plan.rules.panel.same_employer
    together: dict[str, int] = {}
    for expert in plan.experts:
        if expert.employer:
            key = employer_key(expert.employer)
            together[key] = together.get(key, 0) + 1
    rows = []
    for expert in plan.experts:
        count = together.get(employer_key(expert.employer), 0) if expert.employer else 0
        words = _("{count} from one employer").format(count=count)
        chip = state("attention", words) if count > most else None
        rows.append(_expert_row(plan, expert, Cell(chip=chip)))
    return tuple(rows)


def _expert_row(plan: RoundPlan, expert: Expert, mark: Cell) -> TableRow:
    given = len(plan.assignment.get(expert.number, ()))
    return TableRow(
        expert.number,
        (
            Cell(expert.number, tone="text_2"),
            Cell(expert.name),
            Cell(expert.employer),
            mark,
            Cell(expert.specialism.value if expert.specialism else "—", tone="text_2"),
            Cell(_("yes") if expert.from_bureau else _("no"), tone="text_2"),
            Cell(str(given), sort=given),
        ),
    )


def assignment_rows(plan: RoundPlan) -> tuple[TableRow, ...]:
    """Return a row for every application: who scores it, who is recused from it."""
    rows = []
    for each in plan.applications:
        scoring = [e.number for e in plan.experts if each.number in plan.assignment[e.number]]
        recused = [e.number for e in plan.experts if each.number in e.recused]
        rows.append(
            TableRow(
                each.number,
                (
                    Cell(each.number, tone="text_2"),
                    Cell(each.short_name or each.name),
                    Cell("　".join(scoring) or "—"),
                    Cell("　".join(recused) or "—", tone="text_2"),
                    Cell(str(len(scoring)), sort=len(scoring)),
                ),
            )
        )
    return tuple(rows)


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
    """Return a size as people read it."""
    return f"{publish(Fraction(size, 1_000_000), 1, Rounding.HALF_UP)} MB"
