"""Many marks as a block of whole numbers; a ``Mark`` is made when somebody looks at it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from operator import getitem
from typing import TYPE_CHECKING, NamedTuple

from reviewer_app.core.marks import Mark

if TYPE_CHECKING:
    from array import array

CODE_NOT_APPLICABLE, CODE_ABSTAINED = -2, -3
"""What stands in a table for a mark without a number; steps count from zero."""


class MarkColumn(NamedTuple):
    """One indicator of a table: what a code of it means.

    ``marks`` gives the mark of every code that stands in the column: a number lies ``code``
    steps above the minimum.
    """

    name: str
    minimum: Fraction
    step: Fraction
    marks: Mapping[int, Mark]


class MarkTable(Mapping[str, Mapping[str, Mark]]):
    """Marks by application and indicator, where all applications answer the same indicators.

    ``codes`` are those of the first application in the order of the columns, then those of the
    second, and so on.
    """

    __slots__ = ("_names", "_rows", "_scales", "codes", "columns")

    def __init__(
        self, applications: Sequence[str], columns: tuple[MarkColumn, ...], codes: "array[int]"
    ) -> None:
        if len(codes) != len(applications) * len(columns):
            raise ValueError("a table of marks has a mark in every place")
        self.columns, self.codes = columns, codes
        self._rows = {number: row for row, number in enumerate(applications)}
        self._names = [column.name for column in columns]
        self._scales = [column.marks for column in columns]

    def __getitem__(self, application: str) -> dict[str, Mark]:
        start = self._rows[application] * len(self.columns)
        codes = self.codes[start : start + len(self.columns)]
        return dict(zip(self._names, map(getitem, self._scales, codes), strict=True))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, application: object) -> bool:
        return application in self._rows

    def met(self, place: int) -> list[Mark]:
        """Return the different marks of one column, by its position."""
        marks = self.columns[place].marks
        return [marks[code] for code in set(self.codes[place :: len(self.columns)])]
