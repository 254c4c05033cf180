"""How firmly the cut line stands: who would cross it if one thing were otherwise.

Advisory, and labelled so wherever it is shown: one expert less, one dimension's weight a tenth
more or less (the others giving or taking pro rata), another method of combining. The published
result never follows from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from reviewer_app.core.errors import RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.rules import Method, ReviewRules
from reviewer_app.core.stability_weights import reweighted
from reviewer_app.core.tally import Panel, tally

STEP = Fraction(1, 10)
"""How much more or less a dimension weighs in a variant."""


class VariantKind(StrEnum):
    """What is otherwise in a variant."""

    WITHOUT_EXPERT = "without-expert"
    WEIGHT = "weight"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way it could have been: who would have come above the cut line, and who left it.

    ``what`` is the expert left out, the method, or the dimension with its change: ``8 +10%``.
    """

    kind: VariantKind
    what: str
    entered: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Tell whether anybody crosses the line."""
        return bool(self.entered or self.left)


@dataclass(frozen=True, slots=True)
class Stability:
    """Every variant, and who is above the line in fact."""

    recommended: tuple[str, ...]
    variants: tuple[Variant, ...]

    def crossing(self) -> dict[str, int]:
        """Return the applications that cross the line in some variant, and in how many."""
        counts: dict[str, int] = {}
        for variant in self.variants:
            for number in (*variant.entered, *variant.left):
                counts[number] = counts.get(number, 0) + 1
        return counts


def stability(panel: Panel, rules: ReviewRules) -> Stability:
    """Return how the cut line fares in every variant; raises RulesError where there is none."""
    if rules.decision.recommend is None:
        raise RulesError(_("The rules recommend no number of applications: no line to test"))
    trials = _trials(panel)
    before = trials.above(rules)
    return Stability(
        before,
        tuple(
            Variant(
                kind,
                what,
                entered=tuple(number for number in above if number not in before),
                left=tuple(number for number in before if number not in above),
            )
            for kind, what, above in _variants(panel, rules, trials)
        ),
    )


class _Trials(Protocol):
    """Who is above the line if one thing is otherwise."""

    def above(self, rules: ReviewRules) -> tuple[str, ...]: ...
    def without(self, expert: str) -> "_Trials": ...
    def weighing(self, code: str, factor: Fraction) -> "_Trials": ...


@dataclass(frozen=True)
class _Sheets:
    """Trials of a panel sheet by sheet, whatever its schemes are."""

    panel: Panel

    def above(self, rules: ReviewRules) -> tuple[str, ...]:
        ranked = tally(self.panel, rules).ranked()
        return tuple(each.number for each in ranked if each.recommended)

    def without(self, expert: str) -> "_Sheets":
        others = tuple(each for each in self.panel.sheets if each.expert != expert)
        return _Sheets(replace(self.panel, sheets=others))

    def weighing(self, code: str, factor: Fraction) -> "_Sheets":
        applications = tuple(
            replace(each, scheme=reweighted(each.scheme, code, factor))
            for each in self.panel.applications
        )
        return _Sheets(replace(self.panel, applications=applications))


def _trials(panel: Panel) -> _Trials:
    """Return the fast trials where the panel fits them."""
    from reviewer_app.core.stability_block import block_of  # noqa: PLC0415 - numpy, 0.1 s

    return block_of(panel) or _Sheets(panel)


def _variants(
    panel: Panel, rules: ReviewRules, trials: _Trials
) -> Iterator[tuple[VariantKind, str, tuple[str, ...]]]:
    """Yield who is above the line in each variant; a panel of one expert loses nobody."""
    if len(panel.sheets) > 1:
        for sheet in panel.sheets:
            above = trials.without(sheet.expert).above(rules)
            yield VariantKind.WITHOUT_EXPERT, sheet.expert, above
    for code in _dimension_codes(panel):
        for sign, factor in (("+", 1 + STEP), ("−", 1 - STEP)):
            above = trials.weighing(code, factor).above(rules)
            yield VariantKind.WEIGHT, f"{code} {sign}{STEP * 100}%", above
    for method in Method:
        if method is not rules.aggregation.method:
            other = replace(rules, aggregation=replace(rules.aggregation, method=method))
            yield VariantKind.METHOD, method.value, trials.above(other)


def _dimension_codes(panel: Panel) -> Sequence[str]:
    """Return the dimensions whose weight can change: those that do not stand alone."""
    codes: dict[str, None] = {}
    for application in panel.applications:
        weighing = [each.code for each in application.scheme.dimensions if each.full_weight]
        if len(weighing) > 1:
            codes.update(dict.fromkeys(weighing))
    return list(codes)
