"""A scheme with other weights, or as one application's responsibility statement changes it.

Totals keep summing: what a statement takes from one indicator its heading gives to the others
pro rata, and a heading that loses everything gives its weight to the other headings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.errors import SchemeError
from reviewer_app.core.mechanics import (
    ByCategory,
    Formula,
    Method,
    RatioToTarget,
    formulas,
)
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import Change
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Relation, Scheme, Target
from reviewer_app.core.targets import restated

_ZERO = Fraction(0)
Node = Indicator | Dimension


def with_weights(scheme: Scheme, weights: Mapping[str, Fraction]) -> Scheme:
    """Return the scheme with these indicator weights; raises SchemeError if the total changes.

    Indicators that are not named keep their weight.
    """
    check_weights(scheme, weights)
    changed = replace(
        scheme,
        dimensions=tuple(weighted(dimension, weights) for dimension in scheme.dimensions),
    )
    if changed.full_marks != scheme.full_marks:
        raise SchemeError(
            _("The weights sum to {found}, they must sum to {total}").format(
                found=plain_text(changed.full_marks), total=plain_text(scheme.full_marks)
            )
        )
    return changed


def for_application(scheme: Scheme, changes: Sequence[Change]) -> Scheme:
    """Return the scheme as it stands for one application alone.

    An indicator that is not applicable is gone from it. Changed weights that still sum to the
    total are taken as they are; otherwise the unchanged ones under the same heading share what
    is left. Raises SchemeError where nothing is left for them. Without changes it is the very
    same scheme, so that what is worked out for it once holds for all such applications.
    """
    if not changes:
        return scheme
    scheme = _with_targets(scheme, changes)
    weights = {each.indicator: each.weight for each in changes if each.weight is not None}
    gone = {each.indicator for each in changes if not each.applicable}
    check_weights(scheme, weights)
    for code in gone:
        scheme.indicator(code)
    literal = tuple(weighted(dimension, weights) for dimension in scheme.dimensions)
    if not gone and sum((each.full_weight for each in literal), _ZERO) == scheme.full_marks:
        return replace(scheme, dimensions=literal)
    fitted = _fit(scheme.dimensions, scheme.full_marks, weights, gone)
    if sum((node.full_weight for node, _firm in fitted), _ZERO) != scheme.full_marks:
        raise SchemeError(_("The responsibility statement leaves no weight to share out"))
    headings = tuple(node for node, _firm in fitted if isinstance(node, Dimension))
    return replace(scheme, dimensions=headings)


def check_weights(scheme: Scheme, weights: Mapping[str, Fraction]) -> None:
    """Refuse weights of unknown indicators, and weights that are not above zero."""
    for code, weight in weights.items():
        scheme.indicator(code)
        if weight <= 0:
            raise SchemeError(
                _("Indicator {code}: the weight must be above zero").format(code=code)
            )


def weighted(dimension: Dimension, weights: Mapping[str, Fraction]) -> Dimension:
    """Return the heading with new leaf weights; a stated sum follows, a sub-table's stays."""
    children = tuple(
        replace(child, weight=weights.get(child.code, child.weight))
        if isinstance(child, Indicator)
        else weighted(child, weights)
        for child in dimension.children
    )
    changed = replace(dimension, children=children)
    if dimension.weight is None or dimension.full_marks == changed.full_marks:
        return changed
    if dimension.weight != dimension.full_marks:
        raise SchemeError(
            _("{code} {title}: its indicators must still sum to {total}").format(
                code=dimension.code,
                title=dimension.title,
                total=plain_text(dimension.full_marks),
            )
        )
    return replace(changed, weight=changed.full_marks)


def _fit(
    nodes: Sequence[Node], total: Fraction, weights: Mapping[str, Fraction], gone: set[str]
) -> list[tuple[Node, bool]]:
    """Return what is left of the nodes, summing to ``total`` unless all weights are stated.

    Each comes with whether its weight is stated and therefore firm.
    """
    left = [fit for node in nodes if (fit := _fit_node(node, weights, gone)) is not None]
    firm = sum((node.full_weight for node, stated in left if stated), _ZERO)
    free = sum((node.full_weight for node, stated in left if not stated), _ZERO)
    if not free:
        return left
    if firm >= total:
        titles = "、".join(node.title for node, stated in left if not stated)
        raise SchemeError(
            _("The weights of the responsibility statement leave nothing for {titles}").format(
                titles=titles
            )
        )
    factor = (total - firm) / free
    return [(node if stated else _scaled(node, factor), stated) for node, stated in left]


def _fit_node(
    node: Node, weights: Mapping[str, Fraction], gone: set[str]
) -> tuple[Node, bool] | None:
    """Return one node as the statement leaves it, or None if nothing of it is left."""
    if isinstance(node, Indicator):
        if node.code in gone:
            return None
        return replace(node, weight=weights.get(node.code, node.weight)), node.code in weights
    children = _fit(node.children, node.full_marks, weights, gone)
    if not children:
        return None
    kept = replace(node, children=tuple(child for child, _firm in children))
    if node.pick is not Pick.ALL or kept.full_marks == node.full_marks:
        return kept, False
    nested = node.weight is not None and node.weight != node.full_marks
    return (kept, False) if nested else (replace(kept, weight=None), True)


def _scaled(node: Node, factor: Fraction) -> Node:
    if isinstance(node, Indicator):
        return replace(node, weight=node.weight * factor)
    return scaled_dimension(node, factor)


def scaled_dimension(node: Dimension, factor: Fraction) -> Dimension:
    """Return the heading with its worth multiplied; a sub-table keeps its inner scale."""
    if node.weight is not None and node.pick is Pick.ALL and node.weight != node.full_marks:
        return replace(node, weight=node.weight * factor)
    return replace(
        node,
        children=tuple(_scaled(child, factor) for child in node.children),
        weight=_times(node.weight, factor),
        at_most=_times(node.at_most, factor),
        at_least=_times(node.at_least, factor),
    )


def _times(value: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if value is None else value * factor


def _with_targets(scheme: Scheme, changes: Sequence[Change]) -> Scheme:
    for change in changes:
        if change.target:
            scheme = _with_target(scheme, change, change.target)
    return scheme


def _with_target(scheme: Scheme, change: Change, text: str) -> Scheme:
    """Return the scheme with one target as the statement has it, for that indicator alone.

    A text that begins with a target's id changes that one; otherwise the indicator's only one,
    or, where it has none or several, a new one stands first. The id stays unless other
    indicators share the target, so that claimed figures still find it.
    """
    indicator = scheme.indicator(change.indicator)
    named, _space, rest = text.strip().partition(" ")
    usual = _usual_target(indicator)
    old_id = named if named in indicator.targets else usual
    text = rest if named == old_id else text
    old = scheme.target(old_id) if old_id else None
    new = restated(old or _blank(indicator), text.strip(), f"责任书：{change.reason}")
    if new.value is None and old_id in _ratio_targets(indicator):
        raise SchemeError(
            _("Indicator {code}: “{text}” has no figure to compute with").format(
                code=indicator.code, text=text
            )
        )
    if old and sum(old.id in leaf.targets for leaf in scheme.indicators()) == 1:
        targets = tuple(new if each.id == old.id else each for each in scheme.targets)
        return replace(scheme, targets=targets)
    new = replace(new, id=_own_id(scheme, f"{old.id if old else '责任书'}·{indicator.code}"))
    kept = tuple(each for each in indicator.targets if old is None or each != old.id)
    method = _retargeted(indicator.method, old.id, new.id) if old else indicator.method
    changed = replace(indicator, targets=(new.id, *kept), method=method)
    return replace(
        scheme,
        targets=(*scheme.targets, new),
        dimensions=tuple(_replaced(each, changed) for each in scheme.dimensions),
    )


def _usual_target(indicator: Indicator) -> str | None:
    """Return the target a statement means when it names none: the computed or the only one."""
    candidates = _ratio_targets(indicator) or set(indicator.targets)
    return candidates.pop() if len(candidates) == 1 else None


def _ratio_targets(indicator: Indicator) -> set[str]:
    return {
        formula.target
        for formula in formulas(indicator.method)
        if isinstance(formula, RatioToTarget) and formula.target
    }


def _retargeted(method: Method, old: str, new: str) -> Method:
    if isinstance(method, RatioToTarget) and method.target == old:
        return replace(method, target=new)
    if isinstance(method, ByCategory):
        cases = tuple((name, _formula_with(each, old, new)) for name, each in method.cases)
        rest = method.otherwise and _formula_with(method.otherwise, old, new)
        return ByCategory(cases, rest)
    return method


def _formula_with(formula: Formula, old: str, new: str) -> Formula:
    if isinstance(formula, RatioToTarget) and formula.target == old:
        return replace(formula, target=new)
    return formula


def _blank(indicator: Indicator) -> Target:
    return Target("", indicator.title, Relation.QUALITATIVE, None, "", "", "")


def _own_id(scheme: Scheme, wish: str) -> str:
    taken = {target.id for target in scheme.targets}
    numbered = (f"{wish}·{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wish, *numbered) if each not in taken)


def _replaced(dimension: Dimension, leaf: Indicator) -> Dimension:
    """Return the heading with the indicator of this code exchanged."""
    return replace(
        dimension,
        children=tuple(
            (leaf if child.code == leaf.code else child)
            if isinstance(child, Indicator)
            else _replaced(child, leaf)
            for child in dimension.children
        ),
    )
