"""Review rules as a file states them and as a signed round carries them.

The tables and keys are those of docs/rules.md. Every key is optional when read and always
written: what is signed says everything.
Only ``attendance``, ``normalise``, ``machines = 2``, ``[groups]`` and
``[second]`` are written when they are used and not otherwise: signed rules of before them keep
their bytes. A
key that is not known, a value of another kind and a combination that cannot work are refused
with file, table and key.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from reviewer_app.core.errors import RulesError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, plain_text
from reviewer_app.core.ranking import is_criterion
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    ChangeReasons,
    Method,
    Normalise,
    PanelRules,
    RankBasis,
    Ranking,
    Recheck,
    ReviewRules,
    RoundingRules,
    SecondScoring,
    StageThatCounts,
)
from reviewer_app.core.rules_decision import decision_from, decision_to_data
from reviewer_app.core.rules_groups import groups_from, groups_to_data
from reviewer_app.core.rules_values import (
    choices,
    optional,
    or_none,
    percent_text,
    refuse,
    share,
    share_in,
    whole,
    whole_in,
)
from reviewer_app.core.toml_text import read_toml

_MOST_DIGITS = 6


def load_rules(path: Path) -> ReviewRules:
    """Return the rules of a TOML file; raises RulesError naming file, table and key."""
    data, _text = read_toml(path, RulesError)
    return rules_from_data(data, path.name)


def rules_from_data(data: Mapping[str, object], where: str) -> ReviewRules:
    """Return the rules that nested mappings state; ``where`` leads every error message."""
    fields = Fields(data, where, RulesError)
    rules = ReviewRules(
        aggregation=_aggregation(_part(fields, "aggregation")),
        rounding=_rounding(_part(fields, "rounding")),
        ranking=_ranking(_part(fields, "ranking")),
        recheck=_recheck(_part(fields, "recheck")),
        decision=decision_from(_part(fields, "decision")),
        panel=_panel(_part(fields, "panel")),
        groups=groups_from(_part(fields, "groups")) if fields.has("groups") else None,
        second=_second(_part(fields, "second")) if fields.has("second") else None,
    )
    fields.done()
    _check_together(rules, fields)
    return rules


def rules_to_data(rules: ReviewRules) -> dict[str, dict[str, Any]]:
    """Return the rules as nested mappings of texts and whole numbers, every key present."""
    aggregation, rounding = rules.aggregation, rules.rounding
    weights = {name: plain_text(weight) for name, weight in aggregation.expert_weights}
    return {
        "aggregation": {
            "method": aggregation.method.value,
            "level": aggregation.level.value,
            "drop_high": aggregation.drop_high,
            "drop_low": aggregation.drop_low,
            "minimum_sheets": aggregation.minimum_sheets,
            "expert_weights": weights or "equal",
            **_normalise_data(aggregation),
            **({} if aggregation.machines == 1 else {"machines": aggregation.machines}),
        },
        "rounding": {
            "mode": rounding.mode.value,
            "sheet_digits": "exact" if rounding.sheet_digits is None else rounding.sheet_digits,
            "result_digits": rounding.result_digits,
        },
        "ranking": {"basis": rules.ranking.basis.value, "ties": list(rules.ranking.ties)},
        "recheck": {
            "deviation_warn": percent_text(rules.recheck.deviation_warn),
            "deviation_reason": percent_text(rules.recheck.deviation_reason),
            "low_mark_reason": or_none(rules.recheck.low_mark_reason, percent_text),
        },
        "decision": decision_to_data(rules.decision),
        "panel": {
            "minimum": rules.panel.minimum,
            "odd": rules.panel.odd,
            "bureau_share": str(rules.panel.bureau_share),
            "same_employer": rules.panel.same_employer,
            **({"attendance": True} if rules.panel.attendance else {}),
        },
        **({} if rules.groups is None else {"groups": groups_to_data(rules.groups)}),
        **({} if rules.second is None else {"second": _second_data(rules.second)}),
    }


def _normalise_data(aggregation: Aggregation) -> dict[str, str]:
    off = aggregation.normalise is Normalise.NONE
    return {} if off else {"normalise": aggregation.normalise.value}


def _aggregation(fields: Fields) -> Aggregation:
    default = Aggregation()
    part = Aggregation(
        method=fields.choice("method", choices(Method), default.method.value),
        level=fields.choice("level", choices(AggregationLevel), default.level.value),
        drop_high=whole(fields, "drop_high", default.drop_high),
        drop_low=whole(fields, "drop_low", default.drop_low),
        minimum_sheets=whole(fields, "minimum_sheets", default.minimum_sheets, least=1),
        expert_weights=_expert_weights(fields),
        normalise=fields.choice("normalise", choices(Normalise), default.normalise.value),
        machines=whole(fields, "machines", default.machines, least=1, most=2),
    )
    fields.done()
    return part


def _expert_weights(fields: Fields) -> tuple[tuple[str, Fraction], ...]:
    value = fields.take("expert_weights") if fields.has("expert_weights") else "equal"
    if value == "equal":
        return ()
    if not isinstance(value, Mapping):
        refuse(
            fields,
            "expert_weights",
            _("“equal” or weights by role or expert"),
            value,
        )
    table = Fields(value, f"{fields.where} expert_weights", RulesError)
    weights = {str(name): table.exact(str(name)) for name in value}
    for name, weight in weights.items():
        if weight <= 0:
            refuse(table, name, _("a weight above zero"), plain_text(weight))
    return tuple(sorted(weights.items()))


def _rounding(fields: Fields) -> RoundingRules:
    default = RoundingRules()
    sheet_digits: int | None = None
    if fields.has("sheet_digits"):
        value = fields.take("sheet_digits")
        if value != "exact":
            sheet_digits = whole_in(fields, "sheet_digits", value, 0, _MOST_DIGITS)
    part = RoundingRules(
        mode=fields.choice("mode", choices(Rounding), default.mode.value),
        sheet_digits=sheet_digits,
        result_digits=whole(fields, "result_digits", default.result_digits, most=_MOST_DIGITS),
    )
    fields.done()
    return part


def _ranking(fields: Fields) -> Ranking:
    ties = fields.texts("ties") if fields.has("ties") else ()
    for name in ties:
        if not is_criterion(name):
            expected = _(
                "dimension:CODE, indicator:CODE, exact, mean, median, sum, high, low, spread "
                "or approvals"
            )
            refuse(fields, "ties", expected, name)
        if ties.count(name) > 1:
            refuse(fields, "ties", _("every criterion once"), name)
    part = Ranking(
        basis=fields.choice("basis", choices(RankBasis), Ranking().basis.value), ties=ties
    )
    fields.done()
    return part


def _recheck(fields: Fields) -> Recheck:
    default = Recheck()
    part = Recheck(
        deviation_warn=share(fields, "deviation_warn", default.deviation_warn, most=10),
        deviation_reason=share(fields, "deviation_reason", default.deviation_reason, most=10),
        low_mark_reason=optional(
            fields,
            "low_mark_reason",
            default.low_mark_reason,
            lambda value: share_in(fields, "low_mark_reason", value),
        ),
    )
    fields.done()
    return part


def _panel(fields: Fields) -> PanelRules:
    default = PanelRules()
    part = PanelRules(
        minimum=whole(fields, "minimum", default.minimum, least=1),
        odd=fields.flag("odd", default=default.odd),
        bureau_share=share(fields, "bureau_share", default.bureau_share, zero=True),
        same_employer=whole(fields, "same_employer", default.same_employer, least=1),
        attendance=fields.flag("attendance", default=default.attendance),
    )
    fields.done()
    return part


def _second(fields: Fields) -> SecondScoring:
    default = SecondScoring()
    part = SecondScoring(
        counts=fields.choice("counts", choices(StageThatCounts), default.counts.value),
        reasons=fields.choice("reasons", choices(ChangeReasons), default.reasons.value),
    )
    fields.done()
    return part


def _second_data(second: SecondScoring) -> dict[str, str]:
    return {"counts": second.counts.value, "reasons": second.reasons.value}


def _check_together(rules: ReviewRules, fields: Fields) -> None:
    aggregation = rules.aggregation
    dropped = aggregation.drop_high + aggregation.drop_low
    if aggregation.method is Method.TRIMMED and aggregation.minimum_sheets <= dropped:
        fields.refuse(
            _(
                "[aggregation] drops {dropped} sheets, so minimum_sheets must be at least "
                "{least}, found {found}"
            ).format(dropped=dropped, least=dropped + 1, found=aggregation.minimum_sheets)
        )
    _check_adjusting(rules, fields)
    if rules.recheck.deviation_reason < rules.recheck.deviation_warn:
        fields.refuse(
            _("[recheck] deviation_reason {reason} is below deviation_warn {warn}").format(
                reason=percent_text(rules.recheck.deviation_reason),
                warn=percent_text(rules.recheck.deviation_warn),
            )
        )


def _check_adjusting(rules: ReviewRules, fields: Fields) -> None:
    """Refuse two yardsticks at once, and one that has no totals to be laid on."""
    if rules.aggregation.normalise is Normalise.NONE:
        return
    if rules.groups is not None:
        fields.refuse(
            _("[aggregation] normalise and [groups] both put panels on one footing: choose one")
        )
    if rules.aggregation.level is AggregationLevel.INDICATOR:
        fields.refuse(_("[aggregation] normalise works on totals, and level is “indicator”"))


def _part(fields: Fields, name: str) -> Fields:
    """Return one table of the file; an absent one holds nothing but defaults."""
    value = fields.take(name) if fields.has(name) else {}
    return Fields(value, f"{fields.where} [{name}]", RulesError)
