"""The gates of a plan with their evidence, those that are not passed in words."""

from dataclasses import dataclass

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.gates import Evidence, GateFinding, GateVerdict
from reviewer_app.core.gates_check import check_gates
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.plan_fit import fitted_scheme
from reviewer_app.core.round import Application, RoundPlan


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate that one application has not passed: what was asked, what was found."""

    check: str
    icon: str
    tone: str
    sentence: str
    detail: str
    asks: bool


@dataclass(frozen=True, slots=True)
class GatesView:
    """How many gates are passed, and those failed; ``count`` is empty where there is none."""

    count: str = ""
    lines: tuple[GateLine, ...] = ()


def gates_view(plan: RoundPlan, *, editable: bool) -> GatesView:
    """Return the gates of every application, held against what it claims."""
    reasons, passed, unproven = dict(plan.overrides), 0, 0
    lines: list[GateLine] = []
    for application in plan.applications:
        for finding in _findings(plan, application):
            if finding.verdict is GateVerdict.PASSED:
                passed += 1
                continue
            if finding.verdict is GateVerdict.UNPROVEN:
                unproven += 1
                continue
            lines.append(_line(application, finding, reasons, editable=editable))
    total = passed + unproven + len(lines)
    if not total:
        return GatesView()
    words = _("{passed} of {total} passed, {open} without figures").format(
        passed=passed, total=total, open=unproven
    )
    return GatesView(words, tuple(lines))


def _findings(plan: RoundPlan, application: Application) -> tuple[GateFinding, ...]:
    try:
        scheme = fitted_scheme(plan.scheme, application)
        return tuple(check_gates(scheme, application.facts, kind=plan.kind.value))
    except ReviewerError:
        return ()  # the check of the claimed figures names it


def _line(
    application: Application, finding: GateFinding, reasons: dict[str, str], *, editable: bool
) -> GateLine:
    gate = finding.gate
    check = f"gate-{application.number}-{gate.code}"
    failed, reason = finding.verdict is GateVerdict.FAILED, reasons.get(check, "")
    detail = "；".join(_evidence(each) for each in finding.evidence)
    if reason:
        detail += "\n" + _("Set aside: {reason}").format(reason=reason)
    return GateLine(
        check,
        "triangle-alert" if failed and not reason else "circle-dashed",
        "warn" if failed and not reason else "text_2",
        f"{application.number} {application.short_name or application.name}　{gate.title}",
        detail,
        editable and failed and gate.exception and not reason,
    )


def _evidence(each: Evidence) -> str:
    found = _("nothing claimed") if each.figure is None else plain_text(each.figure)
    sources = f"（{'、'.join(each.sources)}）" if each.sources else ""
    return f"{each.requirement}：{found}{sources}"
