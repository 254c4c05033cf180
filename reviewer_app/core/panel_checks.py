"""What must hold before packs are issued, and what a written reason may set aside.

The limits are the round's own (``[panel]`` of the review rules); domain.md C lists where the
customs come from. A check that is not met blocks issuing; most can be overridden with a reason,
which is signed into the round and printed in the minutes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.gates import GateVerdict
from reviewer_app.core.gates_check import check_gates
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text, hidden_characters, look_alikes
from reviewer_app.core.panel_makeup import PanelCheck, makeup_checks
from reviewer_app.core.plan_fit import fitted_scheme, rules_misfits
from reviewer_app.core.round import Application, RoundPlan
from reviewer_app.core.scheme import WeightOrigin
from reviewer_app.core.scoring import missing_claims

__all__ = ["PanelCheck", "check_panel", "with_override"]


def check_panel(plan: RoundPlan) -> tuple[PanelCheck, ...]:
    """Return every check of the plan in the order a secretary reads them, met or not.

    A plan that contradicts itself is answered by a check, never by an error: a round in
    preparation must stay listed and showable whatever stands in it.
    """
    checks = (
        _weights_confirmed(plan),
        _kind_fits(plan),
        _rules_fit(plan),
        _materials(plan),
        *makeup_checks(plan),
        _enough_experts(plan),
        _something_to_score(plan),
        _look_alikes(plan),
        _hidden_characters(plan),
        _claims(plan),
        *_gates(plan),
    )
    reasons = dict(plan.overrides)
    return tuple(replace(check, reason=reasons.get(check.id, "")) for check in checks)


def _kind_fits(plan: RoundPlan) -> PanelCheck:
    """Return whether the scheme is meant for this occasion; one that names none is for all."""
    kinds = plan.scheme.kinds
    ok = not kinds or plan.kind.value in kinds
    sentence = (
        _("The scheme is meant for {kind}").format(kind=plan.kind.value)
        if ok
        else _("The scheme is meant for {kinds}, not for {kind}").format(
            kinds="、".join(kinds), kind=plan.kind.value
        )
    )
    return PanelCheck("kind-fits", ok, sentence)


def _rules_fit(plan: RoundPlan) -> PanelCheck:
    """Return whether the rules name only what the scheme and the panel have.

    Rules are signed at issue; what they name in vain would otherwise show after closing.
    """
    misfits = rules_misfits(plan)
    sentence = "; ".join(misfits) or _("The review rules fit the scheme and the panel")
    return PanelCheck("rules-fit", not misfits, sentence, overridable=False)


def _claims(plan: RoundPlan) -> PanelCheck:
    """Return whether every formula item has its claimed figures, and category and units fit."""
    missing, wrong = [], []
    for each in plan.applications:
        try:
            codes = missing_claims(fitted_scheme(plan.scheme, each), each.facts)
        except ReviewerError as error:
            wrong.append(f"{each.number}: {error}")
            continue
        if codes:
            missing.append(f"{each.number}: {', '.join(codes)}")
    if wrong:
        sentence = _("Applications that do not fit the scheme: {list}").format(
            list="; ".join(wrong)
        )
    elif missing:
        sentence = _("Claimed figures are missing for {list}").format(list="; ".join(missing))
    else:
        sentence = _("Every figure that a formula needs is claimed")
    return PanelCheck("claimed-figures", not missing + wrong, sentence, overridable=False)


def _gates(plan: RoundPlan) -> tuple[PanelCheck, ...]:
    """Return a check for every gate failed; an exception needs a printed reason."""
    failed = []
    for application in plan.applications:
        try:
            scheme = fitted_scheme(plan.scheme, application)
            findings = check_gates(scheme, application.facts, kind=plan.kind.value)
        except ReviewerError:
            continue  # named by the check of the claimed figures
        for finding in findings:
            if finding.verdict is GateVerdict.FAILED:
                sentence = _(
                    "Application {number} does not pass the gate {code} {title}"
                ).format(
                    number=application.number, code=finding.gate.code, title=finding.gate.title
                )
                name = f"gate-{application.number}-{finding.gate.code}"
                failed.append(
                    PanelCheck(
                        name, ok=False, sentence=sentence, overridable=finding.gate.exception
                    )
                )
    return tuple(failed)


def with_override(plan: RoundPlan, check_id: str, reason: str) -> RoundPlan:
    """Return the plan with one check set aside for a written reason, replacing an earlier one.

    Raises InputError when there is no such check, when it cannot be set aside, or when the
    reason is blank.
    """
    checks = check_panel(plan)
    check = next((each for each in checks if each.id == check_id), None)
    if check is None:
        raise InputError(
            _("There is no check “{id}”; a reason can set aside {ids}").format(
                id=check_id[:60], ids=", ".join(each.id for each in checks if each.overridable)
            )
        )
    if not check.overridable:
        raise InputError(_("The check “{id}” cannot be set aside").format(id=check_id))
    if not reason.strip():
        raise InputError(_("Setting aside “{id}” needs a written reason").format(id=check_id))
    written = check_text(reason.strip(), check_id, lines=True)
    kept = tuple(pair for pair in plan.overrides if pair[0] != check_id)
    return replace(plan, overrides=(*kept, (check_id, written)))


def _weights_confirmed(plan: RoundPlan) -> PanelCheck:
    official = plan.scheme.weight_origin is WeightOrigin.OFFICIAL
    ok = official or bool(plan.weights_confirmed_by.strip())
    if official:
        sentence = _("The weights are stated by the document itself")
    elif ok:
        sentence = _("The suggested weights were confirmed by {name}").format(
            name=plan.weights_confirmed_by
        )
    else:
        sentence = _("The weights are suggestions: name who confirms them before issuing")
    return PanelCheck("weights-confirmed", ok, sentence, overridable=False)


def _materials(plan: RoundPlan) -> PanelCheck:
    empty = [each for each in plan.applications if not each.materials]
    if not plan.applications:
        sentence = _("There is no application to review")
    elif empty:
        sentence = _("Without any material: {applications}").format(applications=_listed(empty))
    else:
        sentence = _("Every application has materials")
    ok = bool(plan.applications) and not empty
    return PanelCheck("materials", ok, sentence, overridable=bool(plan.applications))


def _enough_experts(plan: RoundPlan) -> PanelCheck:
    least = plan.rules.panel.minimum
    scorers = Counter(number for given in plan.assignment.values() for number in given)
    short = [each for each in plan.applications if scorers[each.number] < least]
    if not short:
        sentence = _("Every application is scored by at least {least} experts").format(
            least=least
        )
    else:
        sentence = _("Scored by fewer than {least} experts: {applications}").format(
            least=least,
            applications=", ".join(f"{each.number} ({scorers[each.number]})" for each in short),
        )
    nobody = any(not scorers[each.number] for each in short)
    return PanelCheck("enough-experts", not short, sentence, overridable=not nobody)


def _something_to_score(plan: RoundPlan) -> PanelCheck:
    idle = [each for each in plan.experts if not plan.assignment.get(each.number)]
    if idle:
        names = ", ".join(f"{each.number} {each.name}" for each in idle)
        sentence = _("Without anything to score: {experts}").format(experts=names)
    else:
        sentence = _("Every expert has something to score")
    return PanelCheck("something-to-score", not idle, sentence, overridable=False)


def _look_alikes(plan: RoundPlan) -> PanelCheck:
    groups = [
        *look_alikes((each.number, each.name) for each in plan.experts),
        *look_alikes((each.number, each.name) for each in plan.applications),
    ]
    if groups:
        pairs = "; ".join(" = ".join(group) for group in groups)
        sentence = _("Names that look the same: {groups}").format(groups=pairs)
    else:
        sentence = _("No two names look the same")
    return PanelCheck("look-alike-names", not groups, sentence)


def _hidden_characters(plan: RoundPlan) -> PanelCheck:
    named = [(str(each.number), each.name + each.employer) for each in plan.experts]
    named += [
        (each.number, each.name + each.short_name + each.unit + each.recommender)
        for each in plan.applications
    ]
    found = [
        f"{key} ({', '.join(hidden)})"
        for key, text in named
        if (hidden := hidden_characters(text))
    ]
    if found:
        sentence = _("Names carry hidden characters: {places}").format(places="; ".join(found))
    else:
        sentence = _("No name carries hidden characters")
    return PanelCheck("hidden-characters", not found, sentence)


def _listed(applications: Sequence[Application]) -> str:
    return ", ".join(f"{each.number} {each.short_name or each.name}" for each in applications)
