"""A scheme as one category of applications or one kind of expert sees it."""

from dataclasses import replace

from reviewer_app.core.adjust import Node, check_weights, scaled_dimension, weighted
from reviewer_app.core.errors import SchemeError
from reviewer_app.core.mechanics import ByCategory, Formula
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Scheme


def for_category(scheme: Scheme, category: str) -> Scheme:
    """Return the scheme with the weights and formulas of one category of applications.

    A heading named in a variant is scaled as a whole. Raises SchemeError for a category the
    scheme does not know; without one the scheme's own weights stand.
    """
    if scheme.variants and category:
        scheme = _with_variant(scheme, category)
    if any(isinstance(leaf.method, ByCategory) for leaf in scheme.indicators()):
        dimensions = tuple(_resolved(each, category) for each in scheme.dimensions)
        scheme = replace(scheme, dimensions=tuple(each for each in dimensions))
    return scheme


def _with_variant(scheme: Scheme, category: str) -> Scheme:
    variant = next((each for each in scheme.variants if each.category == category), None)
    if variant is None:
        raise SchemeError(
            _("{category} is no category of this scheme; it has {names}").format(
                category=category, names="、".join(each.category for each in scheme.variants)
            )
        )
    weights = dict(variant.weights)
    headings = {each.code for each in scheme.dimensions}
    check_weights(scheme, {code: w for code, w in weights.items() if code not in headings})
    dimensions = tuple(
        weighted(
            scaled_dimension(each, weights[each.code] / each.full_weight)
            if each.code in weights
            else each,
            weights,
        )
        for each in scheme.dimensions
    )
    changed = replace(scheme, dimensions=dimensions, variants=())
    if changed.full_marks != scheme.full_marks:
        raise SchemeError(
            _("the weights sum to {found}, they must sum to {total}").format(
                found=plain_text(changed.full_marks), total=plain_text(scheme.full_marks)
            )
        )
    return changed


def _resolved(dimension: Dimension, category: str) -> Dimension:
    """Return the heading with the formulas of this category."""
    children: list[Node] = []
    for child in dimension.children:
        if isinstance(child, Dimension):
            children.append(_resolved(child, category))
        elif isinstance(child.method, ByCategory):
            children.append(replace(child, method=_formula_for(child, child.method, category)))
        else:
            children.append(child)
    return replace(dimension, children=tuple(children))


def _formula_for(indicator: Indicator, method: ByCategory, category: str) -> Formula:
    formula = dict(method.cases).get(category, method.otherwise)
    if formula is None:
        raise SchemeError(
            _(
                "{code} {title}: no formula for the category “{category}”; it has {names}"
            ).format(
                code=indicator.code,
                title=indicator.title,
                category=category,
                names="、".join(name for name, _formula in method.cases),
            )
        )
    return formula


def for_specialism(scheme: Scheme, specialism: str) -> Scheme:
    """Return what one kind of expert is asked for: a smaller table without a conclusion.

    An expert without a specialism is asked for everything that names none.
    """
    gone = {
        leaf.code
        for leaf in scheme.indicators()
        if leaf.specialisms and specialism not in leaf.specialisms
    }
    if not gone:
        return scheme
    left = [_left(each, gone) for each in scheme.dimensions]
    dimensions = tuple(each for each in left if each is not None)
    return replace(scheme, dimensions=dimensions, maximum=None, outcomes=(), variants=())


def _left(dimension: Dimension, gone: set[str]) -> Dimension | None:
    """Return what is left of a heading, None for nothing."""
    children: list[Node] = []
    for child in dimension.children:
        if isinstance(child, Dimension):
            if (left := _left(child, gone)) is not None:
                children.append(left)
        elif child.code not in gone:
            children.append(child)
    kept = replace(dimension, children=tuple(children))
    if dimension.weight is not None and dimension.pick is Pick.ALL and dimension.full_marks:
        share = kept.full_marks / dimension.full_marks
        kept = replace(kept, weight=dimension.weight * share)
    return kept if children else None
