"""A panel as one block of whole numbers: applications × experts × indicators.

A mark is ``offset + count × unit`` of its indicator: the counts of signed sheets, or decimals
over a common denominator. Whatever has no mark has a state instead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reviewer_app.core.mark_table import CODE_ABSTAINED, CODE_NOT_APPLICABLE, MarkTable
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
    codes = [leaf.code for leaf in scheme.indicators()]
    sheets = [_fitting(sheet.marks, codes) for sheet in panel.sheets]
    coded = _coded(sheets)
    rows = {each.number: row for row, each in enumerate(panel.applications)}
    shape = (len(rows), len(panel.sheets), len(codes))
    counts = np.zeros(shape, dtype=coded.dtype)
    states = np.full(shape, NOT_SCORED, dtype=np.uint8)
    present = np.zeros(shape[:2], dtype=np.bool_)
    for column, marks in enumerate(sheets):
        heard = [(rows[number], at) for at, number in enumerate(marks) if number in rows]
        chosen = [row for row, _at in heard]
        given = _given(marks, [at for _row, at in heard], codes, coded)
        counts[chosen, column], states[chosen, column] = given
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


def _fitting(
    marks: Mapping[str, Mapping[str, Mark]], codes: Sequence[str]
) -> Mapping[str, Mapping[str, Mark]]:
    """Return a sheet's marks, as a table only where its columns are those of the codes."""
    if isinstance(marks, MarkTable) and [each.name for each in marks.columns] != codes:
        return dict(marks.items())
    return marks


Given: TypeAlias = tuple[Counts, npt.NDArray[np.uint8]]
"""Counts and states of one sheet, a row an application."""


def _given(
    marks: Mapping[str, Mapping[str, Mark]],
    chosen: Sequence[int],
    codes: Sequence[str],
    coded: "_Coded",
) -> Given:
    """Return a sheet's marks of the applications at these positions, by code."""
    if isinstance(marks, MarkTable):
        counts, states = _of_table(marks, coded)
        whole = len(chosen) == len(marks)
        return (counts, states) if whole else (counts[chosen], states[chosen])
    numbers = list(marks)
    keys = [key for at in chosen for key in _keys(marks[numbers[at]], codes)]
    shape = (len(chosen), len(codes))
    return (
        _taken(coded.counts, keys, coded.dtype).reshape(shape),
        _taken(coded.states, keys, np.uint8).reshape(shape),
    )


def _of_table(table: MarkTable, coded: "_Coded") -> Given:
    """Return a whole table: from steps above the minimum to multiples of the common unit."""
    steps = np.asarray(table.codes).reshape(len(table), len(table.columns))
    states = np.full(steps.shape, SCORED, dtype=np.uint8)
    by = [int(each.step * coded.unit) for each in table.columns]
    base = [int(each.minimum * coded.unit) for each in table.columns]
    counts = steps.astype(coded.dtype) * np.array(by, dtype=coded.dtype)
    counts += np.array(base, dtype=coded.dtype)
    if int(steps.min(initial=0)) < 0:
        counts[steps < 0] = 0
        states[steps == CODE_NOT_APPLICABLE] = OUT
        states[steps == CODE_ABSTAINED] = AWAY
    return counts, states


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


def _coded(sheets: Sequence[Mapping[str, Mapping[str, Mark]]]) -> _Coded:
    marks = {id(MISSING): MISSING}
    scales: set[Fraction] = set()
    for sheet in sheets:
        if isinstance(sheet, MarkTable):
            scales.update(_scales(sheet))
            continue
        for given in sheet.values():
            marks.update(zip(map(id, given.values()), given.values(), strict=True))
    values = [mark.value for mark in marks.values() if mark.value is not None]
    values += scales
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


def _scales(table: MarkTable) -> Iterator[Fraction]:
    """Yield numbers between which all marks lie, and which together measure all of them."""
    top = int(np.asarray(table.codes).max(initial=0))
    for minimum, step in {column[1:3] for column in table.columns}:
        yield from (minimum, step, minimum + top * step)
