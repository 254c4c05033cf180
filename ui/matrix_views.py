"""What the matrix shows, as plain values (see ``views``)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One mark in the matrix; ``level`` is the place of its level, None where there is none."""

    text: str
    level: int | None = None
    missing: bool = False
    word: bool = False
    reason_missing: bool = False
    editable: bool = True


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """The head of a row or column: number or code, name, weight or total."""

    key: str
    code: str
    name: str
    figure: str = ""
    tone: str = ""
    full: str = ""
    begins_group: bool = False


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The whole matrix; ``cells`` by row, then column; heads say totals or weights."""

    rows: tuple[MatrixHead, ...]
    columns: tuple[MatrixHead, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    row_title: str
    total_title: str
    transposed: bool = False
