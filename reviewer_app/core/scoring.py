"""From marks to points: one sheet's marks for one application, exactly.

A missing mark, one that is not applicable, an abstention and a zero stay four different
things: a missing mark gives nothing yet and is listed; the weight of a mark that is not
applicable or abstained goes to the others under the same heading, an emptied heading's weight
pro rata to the other headings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reviewer_app.core.errors import MarkError
from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Dimension, Indicator, Scheme

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """What one sheet gives one application; ``total`` is None when nothing is scorable.

    With ``missing`` marks the total is what there is so far, out of ``weight_scored``, and no
    conclusion is drawn. ``by_indicator`` holds contributions in points of the total.
    """

    total: Fraction | None
    by_dimension: Mapping[str, Fraction | None]
    by_indicator: Mapping[str, Fraction | None]
    missing: tuple[str, ...] = ()
    conclusion: str | None = None
    notes: tuple[str, ...] = ()
    weight_scored: Fraction = field(default=_ZERO)


def check_mark(indicator: Indicator, mark: Mark) -> None:
    """Refuse a mark that the indicator's scale does not have; raises MarkError."""
    value = mark.value
    if value is None:
        return
    if not indicator.minimum <= value <= indicator.maximum:
        raise MarkError(
            _("{code}: {value} is outside {minimum}–{maximum}").format(
                code=indicator.code,
                value=plain_text(value),
                minimum=plain_text(indicator.minimum),
                maximum=plain_text(indicator.maximum),
            )
        )
    if (value - indicator.minimum) % indicator.step:
        raise MarkError(
            _("{code}: {value} is not a multiple of the step {step}").format(
                code=indicator.code, value=plain_text(value), step=plain_text(indicator.step)
            )
        )


def total_sheet(
    scheme: Scheme,
    marks: Mapping[str, Mark],
    *,
    facts: Sequence[Fact] = (),  # noqa: ARG001 - formula items come next
    category: str = "",  # noqa: ARG001
) -> SheetTotal:
    """Return what the marks, by indicator code, add up to under this scheme.

    Marks may lie between steps: means are totalled the same way.
    """
    shares = _shares(scheme, marks)
    points = {
        leaf.code: _points(leaf, marks.get(leaf.code, MISSING), shares[leaf.code])
        for leaf in scheme.indicators()
    }
    missing = tuple(
        leaf.code
        for leaf in scheme.indicators()
        if marks.get(leaf.code, MISSING).state is MarkState.MISSING
    )
    by_dimension = {
        dimension.code: _sum(points[leaf.code] for leaf in dimension.indicators())
        for dimension in scheme.dimensions
    }
    scored = sum(
        (shares[code] for code, value in points.items() if value is not None), start=_ZERO
    )
    return SheetTotal(
        total=_sum(by_dimension.values()),
        by_dimension=by_dimension,
        by_indicator=points,
        missing=missing,
        weight_scored=scored,
    )


def _points(indicator: Indicator, mark: Mark, share: Fraction) -> Fraction | None:
    return None if mark.value is None else share * mark.value / indicator.maximum


def _sum(values: Iterable[Fraction | None]) -> Fraction | None:
    numbers = [value for value in values if value is not None]
    return sum(numbers, start=_ZERO) if numbers else None


def _shares(scheme: Scheme, marks: Mapping[str, Mark]) -> dict[str, Fraction]:
    """Return what each indicator is worth once the unscorable ones are out."""

    def out(leaf: Indicator) -> bool:
        state = marks.get(leaf.code, MISSING).state
        return state in (MarkState.NOT_APPLICABLE, MarkState.ABSTAINED)

    def alive(node: Indicator | Dimension) -> bool:
        if isinstance(node, Indicator):
            return not out(node)
        return any(alive(child) for child in node.children)

    def divide(children: Sequence[Indicator | Dimension], share: Fraction) -> None:
        living = sum((child.full_weight for child in children if alive(child)), start=_ZERO)
        for child in children:
            part = share * child.full_weight / living if alive(child) else _ZERO
            if isinstance(child, Indicator):
                shares[child.code] = part
            else:
                divide(child.children, part)

    shares: dict[str, Fraction] = {}
    divide(scheme.dimensions, scheme.full_marks)
    return shares
