"""A scheme with one dimension weighing more or less, as a test of the cut line needs it."""

from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.adjust import scaled_dimension
from reviewer_app.core.scheme import Scheme


def reweighted(scheme: Scheme, code: str, factor: Fraction) -> Scheme:
    """Return the scheme with one dimension weighing ``factor`` times as much, the sum kept."""
    full = scheme.full_marks
    raised = sum(
        (each.full_weight * (factor if each.code == code else 1) for each in scheme.dimensions),
        start=Fraction(0),
    )
    return replace(
        scheme,
        dimensions=tuple(
            scaled_dimension(each, (factor if each.code == code else 1) * full / raised)
            for each in scheme.dimensions
        ),
    )
