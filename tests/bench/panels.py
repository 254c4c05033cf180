"""Panels of three sizes, the same on every machine, in memory and as files."""

import random
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import openpyxl

from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.rules import (
    Aggregation,
    Band,
    Decision,
    Method,
    Ranking,
    ReviewRules,
    Threshold,
)
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet
from reviewer_app.core.volume_panel import SCORED, VolumePanel

_PER_DIMENSION = 6


@dataclass(frozen=True)
class Size:
    """How many applications, experts and indicators."""

    name: str
    applications: int
    experts: int
    indicators: int

    @property
    def marks(self) -> int:
        return self.applications * self.experts * self.indicators


SIZES = {
    size.name: size
    for size in (Size("S", 12, 7, 24), Size("M", 300, 15, 24), Size("L", 5_000, 20, 30))
}


def weights(size: Size) -> list[int]:
    """Return whole weights that sum to 100 for 24 and for 30 indicators."""
    each = 100 // size.indicators
    return [each + (place < 100 - each * size.indicators) for place in range(size.indicators)]


def scheme(size: Size) -> Scheme:
    """Return a table of dimensions of six indicators, scored 0 to 100."""
    leaves = [
        Indicator(
            code=f"{place // _PER_DIMENSION + 1}.{place % _PER_DIMENSION + 1}",
            title=f"指标{place}",
            source="",
            weight=Fraction(weight),
            minimum=Fraction(0),
            maximum=Fraction(100),
            step=Fraction(1),
        )
        for place, weight in enumerate(weights(size))
    ]
    return Scheme(
        "bench",
        "bench",
        "",
        WeightOrigin.OFFICIAL,
        tuple(
            Dimension(str(number), f"维度{number}", "", tuple(leaves[start : start + 6]))
            for number, start in enumerate(range(0, len(leaves), _PER_DIMENSION), start=1)
        ),
    )


def counts(size: Size) -> "np.ndarray[tuple[int, int, int], np.dtype[np.int64]]":
    """Return marks from 40 to 100, application × expert × indicator."""
    draw = np.random.default_rng(20261121)
    level = draw.integers(55, 90, (size.applications, 1, 1))
    noise = draw.integers(-15, 11, (size.applications, size.experts, size.indicators))
    return (level + noise).astype(np.int64)


def block(size: Size) -> VolumePanel:
    """Return the panel as one block, the way sheets give it."""
    marks = counts(size)
    return VolumePanel(
        scheme=scheme(size),
        applications=tuple(f"{number:04}" for number in range(size.applications)),
        experts=tuple(f"{number:02}" for number in range(size.experts)),
        roles=("",) * size.experts,
        counts=marks,
        states=np.full(marks.shape, SCORED, dtype=np.uint8),
        present=np.ones(marks.shape[:2], dtype=np.bool_),
        offsets=(Fraction(0),) * size.indicators,
        units=(Fraction(1),) * size.indicators,
    )


def panel(size: Size) -> Panel:
    """Return the panel with a mark for every mark, as the small path takes it."""
    table, marks = scheme(size), counts(size).tolist()
    codes = [leaf.code for leaf in table.indicators()]
    known: dict[int, Mark] = {}
    sheets = [
        PanelSheet(
            f"{expert:02}",
            {
                f"{number:04}": {
                    code: known.setdefault(value, scored(value))
                    for code, value in zip(codes, row[expert], strict=True)
                }
                for number, row in enumerate(marks)
            },
        )
        for expert in range(size.experts)
    ]
    applications = (
        PanelApplication(f"{number:04}", table) for number in range(size.applications)
    )
    return Panel(tuple(applications), tuple(sheets))


def rules(method: str = "mean") -> ReviewRules:
    """Return rules with a tie chain, bands and a cut line."""
    return ReviewRules(
        aggregation=Aggregation(Method(method)),
        ranking=Ranking(ties=("dimension:2", "median", "sum")),
        decision=Decision(bands=(Band("合格", Threshold(">=", Fraction(60))),), recommend=5),
    )


def write_csv(size: Size, folder: Path) -> Path:
    """Write MARKS.csv and return its path."""
    path = folder / f"marks-{size.name}.csv"
    codes = [leaf.code for leaf in scheme(size).indicators()]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("application,expert,indicator,score\n")
        for number, sheets in enumerate(counts(size).tolist()):
            file.writelines(
                f"{number:04},{expert:02},{code},{value}\n"
                for expert, row in enumerate(sheets)
                for code, value in zip(codes, row, strict=True)
            )
    return path


def write_workbooks(size: Size, folder: Path) -> list[Path]:
    """Write one workbook an expert, rows applications, columns indicators."""
    codes = [leaf.code for leaf in scheme(size).indicators()]
    marks = counts(size)
    paths = []
    for expert in range(size.experts):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("marks")
        sheet.append(["application", *codes])
        for number, row in enumerate(marks[:, expert].tolist()):
            sheet.append([f"{number:04}", *row])
        path = folder / f"expert-{size.name}-{expert:02}.xlsx"
        book.save(path)
        paths.append(path)
    return paths


def edits(size: Size, many: int) -> list[tuple[int, int, int, int]]:
    """Return random edits: application, expert, indicator, new mark."""
    draw = random.Random(1)  # noqa: S311 - the same edits every time
    return [
        (
            draw.randrange(size.applications),
            draw.randrange(size.experts),
            draw.randrange(size.indicators),
            draw.randint(40, 100),
        )
        for _ in range(many)
    ]
