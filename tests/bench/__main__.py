"""Ratios in one run: ``python3 dev.py bench [S] [M] [L]``, written down in docs/performance.md.

Figures are processor time, all threads together, the best of several runs: so the ratios hold
on a busy machine too. Libraries of the ``bench`` extra that are not installed are left out.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

from reviewer_app.core.recheck import recheck
from reviewer_app.core.rules import Ranking, ReviewRules
from reviewer_app.core.stability import stability
from reviewer_app.core.tally import tally
from reviewer_app.core.volume import volume_tally
from reviewer_app.core.volume_results import block_tally
from reviewer_app.inputs.marks_table import read_marks
from reviewer_app.services.aggregation import aggregate, flat_scheme
from tests.bench import rivals
from tests.bench.panels import (
    SIZES,
    Size,
    block,
    edits,
    panel,
    rules,
    write_csv,
    write_workbooks,
)

_PATIENCE = 2.0
_RESOLUTION = 0.005
_SMALL = 200_000
_EDITS = 20

FLOOR = "floor: floats in memory"
EXACT = "exact, in memory, mean"
EDIT = "exact, re-ranked after an edit, median of 20"
GOALS = (
    ("M re-ranks after one edit in 20 ms", "M", EDIT, 0.020),
    ("L is exact in 0.5 s", "L", EXACT, 0.5),
)
"""What is promised: (sentence, size, figure, seconds)."""
FLOOR_RATIO = 3
DESK = "desk"
"""Not a size: the expert's desk with a heavy pack, in a process of its own."""
MEMORY = 600


def best(job: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds of the processor."""
    times, shortest, spent = 1, float("inf"), 0.0
    while spent < _PATIENCE:
        start = time.process_time()
        for _ in range(times):
            job()
        took = time.process_time() - start
        spent += max(took, _RESOLUTION)
        if took < _RESOLUTION:
            times *= 10
        else:
            shortest = min(shortest, took / times)
    return shortest


def measure(size: Size, folder: Path) -> dict[str, float]:
    """Return seconds by what was done."""
    marks, csv, books = block(size), write_csv(size, folder), write_workbooks(size, folder)
    found = {
        FLOOR: best(rivals.float_floor(size)),
        "floor: floats, BLAS": best(rivals.blas_floor(size)),
        EXACT: best(lambda: volume_tally(marks, rules())),
        "exact, in memory, trimmed": best(lambda: volume_tally(marks, rules("trimmed"))),
        EDIT: edit_block(size),
        "exact, MARKS.csv read and ranked": best(lambda: from_csv(csv)),
    }
    if size.marks < _SMALL:
        whole = panel(size)
        found_before = tally(whole, rules())
        found |= {
            "sheet by sheet, in memory": best(lambda: tally(whole, rules())),
            "the same figures through the block": best(lambda: block_tally(whole, rules())),
            "all re-checks": best(lambda: recheck(whole, found_before)),
            "stability of the cut line": best(lambda: stability(whole, rules())),
        }
    for name, rival in (
        ("pandas + openpyxl, one workbook an expert", rivals.pandas_job(size, books)),
        ("polars + fastexcel, one workbook an expert", rivals.polars_job(size, books)),
    ):
        if rival is None:
            print(f"{name}: not installed, left out", file=sys.stderr)
        else:
            found[name] = best(rival)
    return found


def from_csv(path: Path) -> object:
    """Do what ``aggregate MARKS.csv`` does, without printing."""
    table = read_marks(path)
    chain = ReviewRules(ranking=Ranking(ties=("median", "sum")))
    return aggregate(table, chain, flat_scheme(table), checked=False)


def edit_block(size: Size) -> float:
    """Return the median of some edits of one mark, each re-ranking everything."""
    marks = block(size)
    took: list[float] = []
    for *place, value in edits(size, _EDITS):
        start = time.process_time()
        counts = marks.counts.copy()
        counts[tuple(place)] = value
        marks = replace(marks, counts=counts)
        volume_tally(marks, rules())
        took.append(time.process_time() - start)
    return median(took)


def memory(size: Size) -> str:
    """Return the peak of a process of its own: loaded, with the marks, after the tally."""
    command = [sys.executable, "-m", "tests.bench.memory", size.name]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return answer.stdout.strip()


def report(size: Size, found: Mapping[str, float]) -> None:
    """Print one size: seconds, and how many times the floor each is."""
    title = f"{size.name}  {size.applications} × {size.experts} × {size.indicators}"
    print(f"\n{title} = {size.marks:,} marks")
    for name, seconds in found.items():
        print(f"  {name:<47}{seconds * 1000:>11.2f} ms{seconds / found[FLOOR]:>11.1f} ×")
    loaded, held, peak = memory(size).split()
    print(f"  memory: {loaded} MB loaded, {held} MB with the marks, {peak} MB at most")
    for sentence, name, figure, limit in GOALS:
        if name == size.name:
            print(f"  goal: {sentence}: {met(found[figure] <= limit)}")
    if size.name == "L":
        ratio = found[EXACT] / found[FLOOR]
        print(f"  goal: within {FLOOR_RATIO} × the float sum: {met(ratio <= FLOOR_RATIO)}")
        print(f"  goal: under {MEMORY} MB: {met(float(peak) < MEMORY)}")


def met(held: bool) -> str:  # noqa: FBT001 - one word for one fact
    """Return how a goal fared."""
    return "met" if held else "MISSED"


def main() -> None:
    """Measure the sizes asked for, smallest first."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", metavar="S|M|L|desk", help="default: all")
    chosen = parser.parse_args().sizes or [*SIZES, DESK]
    if unknown := set(chosen) - {*SIZES, DESK}:
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            if name == DESK:
                subprocess.run([sys.executable, "-m", "tests.bench.desk"], check=True)
                continue
            report(SIZES[name], measure(SIZES[name], Path(folder)))


if __name__ == "__main__":
    main()
