"""Gates held against claimed figures: the verdict and the evidence it stands on."""

from collections.abc import Mapping, Sequence

from reviewer_app.core.claims import Claims, claims_of
from reviewer_app.core.errors import InputError
from reviewer_app.core.gates import Evidence, Gate, GateFinding, GateVerdict, Requirement
from reviewer_app.core.mechanics import figure_ids
from reviewer_app.core.mechanics_points import Absent, Undefined
from reviewer_app.core.messages import _
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.targets import holds, in_words


def check_gates(
    scheme: Scheme,
    facts: Sequence[Fact],
    *,
    kind: str = "",
    exceptions: Mapping[str, str] | None = None,
) -> tuple[GateFinding, ...]:
    """Return a finding for every gate that applies to this kind of round.

    ``exceptions`` gives a reason by gate code. Raises InputError for a blank reason, for a gate
    that allows none, and for one the scheme does not have; a reason for a gate that passes
    anyway changes nothing.
    """
    reasons = dict(exceptions or {})
    _check_exceptions(scheme, reasons)
    claims = claims_of(scheme, facts)
    return tuple(
        _finding(gate, scheme, claims, reasons.get(gate.code, ""))
        for gate in scheme.gates
        if not kind or not gate.kinds or kind in gate.kinds
    )


def _check_exceptions(scheme: Scheme, reasons: Mapping[str, str]) -> None:
    gates = {gate.code: gate for gate in scheme.gates}
    for code, reason in reasons.items():
        if code not in gates:
            raise InputError(_("There is no gate {code}").format(code=code))
        if not gates[code].exception:
            raise InputError(
                _("Gate {code} {title} allows no exception").format(
                    code=code, title=gates[code].title
                )
            )
        if not reason.strip():
            raise InputError(
                _("An exception to gate {code} needs a written reason").format(code=code)
            )


def _finding(gate: Gate, scheme: Scheme, claims: Claims, reason: str) -> GateFinding:
    evidence = tuple(_evidence(each, scheme, claims) for each in gate.requirements)
    verdicts = [each.holds for each in evidence]
    if all(verdicts):
        return GateFinding(gate, GateVerdict.PASSED, evidence)
    if reason:
        return GateFinding(gate, GateVerdict.EXCEPTED, evidence, reason)
    verdict = GateVerdict.FAILED if False in verdicts else GateVerdict.UNPROVEN
    return GateFinding(gate, verdict, evidence)


def _evidence(requirement: Requirement, scheme: Scheme, claims: Claims) -> Evidence:
    words = _words(requirement, scheme)
    ids = tuple(figure_ids(requirement.measure))
    sources = tuple(claims.sources[each] for each in ids if claims.sources.get(each))
    value = claims.value(requirement.measure)
    if isinstance(value, Absent):
        return Evidence(words, None, None, sources)
    if isinstance(value, Undefined):
        return Evidence(f"{words}（{value.reason}）", None, None, sources)
    if requirement.interval is not None:
        return Evidence(words, value, value in requirement.interval, sources)
    target = scheme.target(requirement.target or "")
    return Evidence(words, value, holds(target, value), sources)


def _words(requirement: Requirement, scheme: Scheme) -> str:
    """Return the requirement as papers print it."""
    if requirement.target is not None:
        target = scheme.target(requirement.target)
        return f"{target.name}{in_words(target)}"
    names = {each.id: each for each in scheme.inputs}
    first = next(figure_ids(requirement.measure))
    if first in names and names[first].unit == "是否":
        return names[first].name
    titles = "、".join(
        names[each].name if each in names else each for each in figure_ids(requirement.measure)
    )
    unit = names[first].unit if first in names else ""
    return f"{titles} {requirement.interval}{unit}"
