"""Weights from the data themselves: entropy (熵权法) and CRITIC; proposals, no more."""

from collections.abc import Sequence
from fractions import Fraction
from math import log, sqrt

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

Matrix = Sequence[Sequence[Fraction]]
"""One row an application, one column a criterion."""

_LEAST = 2


def entropy_weights(names: Sequence[str], matrix: Matrix) -> tuple[float, ...]:
    """Return weights that favour the criteria whose values differ most between applications.

    Raises InputError for negative values, an empty column, or data that do not differ at all.
    """
    columns = _columns(names, matrix)
    spread: list[float] = []
    for name, column in zip(names, columns, strict=True):
        total = sum(column, Fraction(0))
        if min(column) < 0 or total == 0:
            raise InputError(
                _("{name}: entropy needs values from zero up, not all zero").format(name=name)
            )
        if len(set(column)) == 1:
            spread.append(0.0)
            continue
        shares = [float(value / total) for value in column if value]
        entropy = -sum(share * log(share) for share in shares) / log(len(column))
        spread.append(1 - entropy)
    if not any(spread):
        raise InputError(_("All criteria are the same for every application"))
    return tuple(each / sum(spread) for each in spread)


def critic_weights(names: Sequence[str], matrix: Matrix) -> tuple[float, ...]:
    """Return weights from contrast and from conflict between the criteria (larger is better).

    Raises InputError for a criterion that is the same for every application.
    """
    columns = [
        _scaled(name, each) for name, each in zip(names, _columns(names, matrix), strict=True)
    ]
    centred = [_centred(column) for column in columns]
    lengths = [sum((value * value for value in each), Fraction(0)) for each in centred]
    information: list[float] = []
    for own, length in zip(centred, lengths, strict=True):
        conflict = sum(
            1 - float(_product(own, other)) / sqrt(length * other_length)
            for other, other_length in zip(centred, lengths, strict=True)
            if other is not own
        )
        information.append(sqrt(length) * conflict)
    total = sum(information)
    if total <= 0:
        raise InputError(_("All criteria move together: they cannot be told apart"))
    return tuple(each / total for each in information)


def _columns(names: Sequence[str], matrix: Matrix) -> list[list[Fraction]]:
    if len(matrix) < _LEAST or len(names) < _LEAST:
        raise InputError(_("At least two applications and two criteria are needed"))
    if any(len(row) != len(names) for row in matrix):
        raise InputError(_("Every row must have {count} values").format(count=len(names)))
    return [list(column) for column in zip(*matrix, strict=True)]


def _scaled(name: str, column: list[Fraction]) -> list[Fraction]:
    low, high = min(column), max(column)
    if low == high:
        raise InputError(
            _("{name}: is the same for every application, CRITIC needs a difference").format(
                name=name
            )
        )
    return [(value - low) / (high - low) for value in column]


def _centred(column: list[Fraction]) -> list[Fraction]:
    mean = sum(column, Fraction(0)) / len(column)
    return [value - mean for value in column]


def _product(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(first, second, strict=True)), Fraction(0))
