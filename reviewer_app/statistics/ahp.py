"""Weights from pairwise comparisons: the analytic hierarchy process (层次分析法) of Saaty."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
"""Saaty's mean consistency index of random matrices, for 1, 2, 3 … criteria."""

LIMIT = 0.1
"""A consistency ratio above this: the comparisons contradict each other too much."""

_TOLERANCE = Fraction(1, 10**6)
Matrix = Sequence[Sequence[Fraction]]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The proposed weights, summing to 1, and how consistent the comparisons are."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    lambda_max: float
    index: float
    random_index: float
    ratio: float

    @property
    def consistent(self) -> bool:
        """Tell whether the comparisons can be relied on."""
        return self.ratio <= LIMIT


def hierarchy(names: Sequence[str], matrices: Sequence[Matrix]) -> Hierarchy:
    """Return the weights of one matrix, or of several experts' by their geometric mean.

    Raises InputError for a matrix that is not square, positive and reciprocal (within 1e-6).
    """
    import numpy as np  # noqa: PLC0415 - loaded when first needed

    for matrix in matrices:
        _check(names, matrix)
    size = len(names)
    joint = np.array(
        [
            [_geometric_mean([matrix[i][j] for matrix in matrices]) for j in range(size)]
            for i in range(size)
        ]
    )
    values, vectors = np.linalg.eig(joint)
    leading = int(np.argmax(values.real))
    vector = np.abs(vectors[:, leading].real)
    lambda_max = float(values[leading].real)
    index = (lambda_max - size) / (size - 1) if size > 1 else 0.0
    random_index = RANDOM_INDEX[size - 1]
    return Hierarchy(
        names=tuple(names),
        weights=tuple(float(each) for each in vector / vector.sum()),
        lambda_max=lambda_max,
        index=index,
        random_index=random_index,
        ratio=index / random_index if random_index else 0.0,
    )


def _geometric_mean(values: Sequence[Fraction]) -> float:
    if len(values) == 1:
        return float(values[0])
    return float(prod(float(value) for value in values) ** (1 / len(values)))


def _check(names: Sequence[str], matrix: Matrix) -> None:
    size = len(names)
    if size > len(RANDOM_INDEX):
        raise InputError(
            _("{count} criteria: comparisons work for at most {most}").format(
                count=size, most=len(RANDOM_INDEX)
            )
        )
    if len(matrix) != size or any(len(row) != size for row in matrix):
        raise InputError(_("The matrix is not square: {count} criteria").format(count=size))
    for i, row in enumerate(matrix):
        for j, value in enumerate(row):
            if value <= 0:
                raise InputError(
                    _("{first} against {second}: a comparison must be above zero").format(
                        first=names[i], second=names[j]
                    )
                )
            if abs(value * matrix[j][i] - 1) > _TOLERANCE:
                raise InputError(
                    _("{first} against {second}: not the reciprocal of the opposite").format(
                        first=names[i], second=names[j]
                    )
                )
