"""Marks as a long list: one row an application, expert and indicator (MARKS.csv or .xlsx).

The header is ``application,expert,indicator,score`` (对象编号, 专家编号, 指标, 分值);
``expert`` and ``application`` may be absent for a single sheet. An empty score is missing,
``NA`` (不适用) not applicable, ``AB`` (弃权) abstained; no row at all for an application and an
expert: that expert did not score it. Whatever is not exactly that is refused with its line or
cell before anything is computed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text, hidden_characters
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.inputs import columns
from reviewer_app.inputs.columns import shown_name
from reviewer_app.inputs.long_csv import LongCsv
from reviewer_app.inputs.tables import Column, header_key, narrow, read_table
from reviewer_app.inputs.workbook import TableLimits

ONLY_ONE = "1"
"""What the application or expert of a single sheet is called without such a column."""

_NAMES = {
    "application": columns.APPLICATION,
    "expert": columns.EXPERT,
    "indicator": columns.INDICATOR,
    "score": columns.SCORE,
}
_REQUIRED = ("indicator", "score")
_KEYS = {header_key(name): key for key, names in _NAMES.items() for name in names}
_SEPARATORS = ";\t|"
_SHOWN = 5
"""So many unknown columns are named."""
_LIMITS = TableLimits(file_bytes=64 << 20, part_bytes=96 << 20, rows=400_000, cells=3_000_000)


Texts = tuple[str, str, str, str]
"""One row: application, expert, indicator, score."""


@dataclass(frozen=True, slots=True)
class MarksTable:
    """All marks of a file; names in the order in which they first occur."""

    applications: tuple[str, ...]
    experts: tuple[str, ...]
    indicators: tuple[str, ...]
    marks: Mapping[str, Mapping[str, Mapping[str, Mark]]]
    """By expert, application and indicator."""


@dataclass(slots=True)
class _Gathered:
    """The marks read so far; equal texts share one value: millions of rows stay small."""

    applications: dict[str, str] = field(default_factory=dict)
    experts: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Mark] = field(default_factory=lambda: dict(columns.STATES))
    marks: dict[str, dict[str, dict[str, Mark]]] = field(default_factory=dict)

    def add(self, texts: Texts, where: Callable[[], str]) -> None:
        """Take in one row; ``where`` names it, should it have to be refused."""
        application, expert, indicator, score = texts
        if application not in self.applications:
            self._take(self.applications, application, "application", where)
        if expert not in self.experts:
            self._take(self.experts, expert, "expert", where)
        if indicator not in self.indicators:
            self._take(self.indicators, indicator, "indicator", where)
        if score not in self.scores:
            self.scores[score] = _mark(score, where)
        sheet = self.marks.setdefault(expert, {}).setdefault(application, {})
        if indicator in sheet:
            _refuse(
                where,
                _(
                    "application {application}, expert {expert}, indicator {indicator} "
                    "is there twice"
                ).format(application=application, expert=expert, indicator=indicator),
            )
        sheet[self.indicators[indicator]] = self.scores[score]

    @staticmethod
    def _take(known: dict[str, str], text: str, column: str, where: Callable[[], str]) -> None:
        if not text:
            name = shown_name(_NAMES[column])
            _refuse(where, _("“{column}” is empty").format(column=name))
        hidden = hidden_characters(text)
        if hidden:
            _refuse(
                where,
                _("“{column}” carries hidden characters: {list}").format(
                    column=column, list=", ".join(hidden)
                ),
            )
        known[text] = check_text(text, f"{where()}, {column}")

    def table(self, file: str) -> MarksTable:
        """Return what was read; a file without a single row is refused."""
        if not self.marks:
            raise InputError(_("{file}: there is no mark in it").format(file=file))
        return MarksTable(
            tuple(self.applications), tuple(self.experts), tuple(self.indicators), self.marks
        )


def read_marks(path: Path) -> MarksTable:
    """Return the marks of a CSV (UTF-8 or GB 18030) or XLSX file.

    Raises InputError naming the file and the line or cell: an unknown or missing column, a
    score that is no plain decimal, a row that repeats another, text in two encodings.
    """
    gathered = _Gathered()
    rows = _workbook_rows(path) if path.suffix.casefold() == ".xlsx" else _csv_rows(path)
    for texts, where in rows:
        gathered.add(texts, where)
    return gathered.table(path.name)


_Row = tuple[Texts, Callable[[], str]]


def _csv_rows(path: Path) -> Iterator[_Row]:
    file = LongCsv(path)
    rows = iter(file)
    header = next(rows, None)
    if header is None:
        raise InputError(_("{file}: there is no header row").format(file=path.name))
    order = _order(header, file.where())
    for cells in rows:
        if len(cells) != len(header):
            _refuse(
                file.where,
                _("{found} cells, the header has {expected}").format(
                    found=len(cells), expected=len(header)
                ),
            )
        application, expert, indicator, score = [
            ONLY_ONE if place is None else cells[place] for place in order
        ]
        yield (application, expert, indicator, score), file.where


def _order(header: list[str], where: str) -> list[int | None]:
    """Return where each column stands, None for one that may be absent and is."""
    keys = [_KEYS.get(header_key(cell), "") for cell in header]
    unknown = [cell for cell, key in zip(header, keys, strict=True) if not key]
    twice = [shown_name(_NAMES[key]) for key in _NAMES if keys.count(key) > 1]
    absent = [shown_name(_NAMES[key]) for key in _REQUIRED if key not in keys]
    for names, sentence in (
        (unknown, _("unknown column {columns}; the header is {expected}")),
        (twice, _("column {columns} is there twice; the header is {expected}")),
        (absent, _("column {columns} is missing; the header is {expected}")),
    ):
        if names:
            if len(header) == 1 and any(mark in header[0] for mark in _SEPARATORS):
                raise InputError(f"{where}: {_('cells are separated by commas; save as CSV')}")
            listed = ", ".join(f"“{name[:40]}”" for name in names[:_SHOWN])
            expected = ",".join(shown_name(each) for each in _NAMES.values())
            raise InputError(f"{where}: {sentence.format(columns=listed, expected=expected)}")
    return [keys.index(key) if key in keys else None for key in _NAMES]


def _workbook_rows(path: Path) -> Iterable[_Row]:
    wanted = [
        Column(key, names, required=key in _REQUIRED, code=key == "score")
        for key, names in _NAMES.items()
    ]
    table = read_table(path, wanted, _LIMITS)
    if table.unknown:
        _order([*_NAMES, *table.unknown], f"{path.name} [{table.grid.title}]")
    given = table.rows[0].columns if table.rows else {}
    for row in table.rows:
        yield (
            (
                _code(row["application"]) if "application" in given else ONLY_ONE,
                _code(row["expert"]) if "expert" in given else ONLY_ONE,
                _code(row["indicator"]),
                row["score"],
            ),
            lambda row=row: row.where("score"),  # type: ignore[misc]
        )


def _code(text: str) -> str:
    """Return a number or code in its usual width; names with Chinese in them stay."""
    plain = narrow(text)
    return plain if plain.isascii() else text


def _mark(text: str, where: Callable[[], str]) -> Mark:
    """Return the mark a text states; digits and letters may be full-width (８４．５)."""
    plain = narrow(text)
    if plain in columns.STATES:
        return columns.STATES[plain]
    try:
        return scored(parse_decimal(plain))
    except NumberError as error:
        _refuse(
            where, _("score: {error}; empty, NA and AB are the other ones").format(error=error)
        )


def _refuse(where: Callable[[], str], sentence: str) -> NoReturn:
    raise InputError(f"{where()}: {sentence}")
