"""A panel as one block of whole numbers: applications × experts × indicators.

A mark is ``offset + count × unit`` of its indicator: the counts of signed sheets, or decimals
over a common denominator. Whatever has no mark has a state instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, MarkState, scored
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.tally_panel import Panel, PanelApplication, PanelSheet
from reviewer_app.core.tally_scorer import is_plain

Counts: TypeAlias = npt.NDArray[Any]
"""Whole numbers: 64 bits, or Python integers where those could overflow."""
Flags: TypeAlias = npt.NDArray[np.bool_]

SCORED, NOT_SCORED, OUT, AWAY = 0, 1, 2, 3
_STATES = {
    MarkState.SCORED: SCORED,
    MarkState.MISSING: NOT_SCORED,
    MarkState.NOT_APPLICABLE: OUT,
    MarkState.ABSTAINED: AWAY,
}
_MARKS = {NOT_SCORED: MISSING, OUT: NOT_APPLICABLE, AWAY: ABSTAINED}
_LARGEST = 2**62


@dataclass(frozen=True)
class VolumePanel:
    """All marks of a panel under one plain scheme.

    ``counts`` is 0 where ``states`` is not SCORED; ``present`` tells who scored which
    application at all.
    """

    scheme: Scheme
    applications: tuple[str, ...]
    experts: tuple[str, ...]
    roles: tuple[str, ...]
    counts: Counts
    states: npt.NDArray[np.uint8]
    present: Flags
    offsets: tuple[Fraction, ...]
    units: tuple[Fraction, ...]

    def without(self, expert: str) -> "VolumePanel":
        """Return the panel as if this expert had scored nothing."""
        present = self.present.copy()
        present[:, self.experts.index(expert)] = False
        return replace(self, present=present)

    def mark(self, application: int, expert: int, indicator: int) -> Mark:
        """Return one mark by positions."""
        state = int(self.states[application, expert, indicator])
        if state != SCORED:
            return _MARKS[state]
        count = int(self.counts[application, expert, indicator])
        return scored(self.offsets[indicator] + count * self.units[indicator])

    def part(self, rows: Sequence[int]) -> Panel:
        """Return some of the applications, by position, as an ordinary panel."""
        codes = [leaf.code for leaf in self.scheme.indicators()]
        sheets = [
            PanelSheet(
                expert,
                {
                    self.applications[row]: {
                        code: self.mark(row, column, place) for place, code in enumerate(codes)
                    }
                    for row in rows
                    if self.present[row, column]
                },
                self.roles[column],
            )
            for column, expert in enumerate(self.experts)
        ]
        applications = tuple(
            PanelApplication(self.applications[row], self.scheme) for row in rows
        )
        return Panel(applications, tuple(sheets))


def fits_volume(panel: Panel) -> bool:
    """Tell whether all applications stand under one plain scheme that everyone scores whole."""
    if not panel.applications or panel.specialised():
        return False
    scheme = panel.applications[0].scheme
    return is_plain(scheme) and all(
        each.scheme is scheme or each.scheme == scheme for each in panel.applications
    )


def volume_of(panel: Panel) -> VolumePanel:
    """Return a panel that fits as one block; marks keep their exact values."""
    scheme = panel.applications[0].scheme
    coded = _coded(panel)
    codes = [leaf.code for leaf in scheme.indicators()]
    rows = {each.number: row for row, each in enumerate(panel.applications)}
    shape = (len(rows), len(panel.sheets), len(codes))
    counts = np.zeros(shape, dtype=coded.dtype)
    states = np.full(shape, NOT_SCORED, dtype=np.uint8)
    present = np.zeros(shape[:2], dtype=np.bool_)
    for column, sheet in enumerate(panel.sheets):
        heard = [number for number in sheet.marks if number in rows]
        keys = [key for number in heard for key in _keys(sheet.marks[number], codes)]
        chosen = [rows[number] for number in heard]
        table = (len(heard), len(codes))
        counts[chosen, column] = _taken(coded.counts, keys, coded.dtype).reshape(table)
        states[chosen, column] = _taken(coded.states, keys, np.uint8).reshape(table)
        present[chosen, column] = True
    return VolumePanel(
        scheme=scheme,
        applications=tuple(rows),
        experts=tuple(sheet.expert for sheet in panel.sheets),
        roles=tuple(sheet.role for sheet in panel.sheets),
        counts=counts,
        states=states,
        present=present,
        offsets=(Fraction(0),) * len(codes),
        units=(Fraction(1, coded.unit),) * len(codes),
    )


def _keys(marks: Mapping[str, Mark], codes: Sequence[str]) -> Iterable[int]:
    """Return which marks these are, in the order of the codes."""
    if list(marks) == codes:
        return map(id, marks.values())
    return [id(marks.get(code, MISSING)) for code in codes]


def _taken(table: Mapping[int, int], keys: Sequence[int], dtype: Any) -> npt.NDArray[Any]:  # noqa: ANN401 - a number type
    return np.array(list(map(table.__getitem__, keys)), dtype=dtype)


@dataclass(frozen=True)
class _Coded:
    """What each mark becomes, by its identity: equal marks are mostly the same object."""

    unit: int
    dtype: Any
    counts: Mapping[int, int]
    states: Mapping[int, int]


def _coded(panel: Panel) -> _Coded:
    marks = {id(MISSING): MISSING}
    for sheet in panel.sheets:
        for given in sheet.marks.values():
            marks.update(zip(map(id, given.values()), given.values(), strict=True))
    values = [mark.value for mark in marks.values() if mark.value is not None]
    unit = lcm(*{value.denominator for value in values})
    most = max((abs(value.numerator) for value in values), default=0)
    return _Coded(
        unit,
        np.int64 if most * unit < _LARGEST else object,
        {
            key: 0 if mark.value is None else int(mark.value * unit)
            for key, mark in marks.items()
        },
        {key: _STATES[mark.state] for key, mark in marks.items()},
    )
