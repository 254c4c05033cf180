"""Verify and tally whole panels of signed sheets: ``python -m tests.bench.trust [M|L]``.

The floor printed beside is what nobody can leave out: each signature checked once by the
cryptographic library, each sheet hashed once, each payload parsed once by the CBOR library.
"""

import hashlib
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import cbor2

from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet, Tally
from reviewer_app.core.tally_quick import quick_tally
from reviewer_app.sheets import cose
from reviewer_app.sheets.bureau import VerifiedAssignment, VerifiedRound
from reviewer_app.sheets.chain import check_key, counting, next_step
from reviewer_app.sheets.paper_entry import CountedSheet
from reviewer_app.sheets.score_sheet import (
    SheetContent,
    VerifiedSheet,
    enrolled,
    open_sheet_file,
    seal_sheet,
    verify_sheet,
)
from tests.bench.panels import SIZES, Size, counts, rules, scheme
from tests.sheets.making import EXPERT, NOON, SECRET, make_assignment, make_expert, make_round

if TYPE_CHECKING:
    from reviewer_app.core.round import ApplicationNumber

_ROUNDS = 5


def main(arguments: Sequence[str]) -> None:
    """Print the seconds of every part."""
    for name in arguments or ("S", "M", "L"):
        print(measure(SIZES[name]))


def measure(size: Size) -> str:
    """Return one line about panels of this size."""
    round_, files = sealed(size)
    assignments = {each.digest: each for each, _file in files}
    data = [file for _each, file in files]

    def verify() -> list[VerifiedSheet]:
        return [verify_sheet(each, round_, assignments) for each in data]

    sheets = verify()
    floor, verified = best(lambda: parsed(data)), best(verify)
    merged = best(lambda: merge(sheets))
    tallied = best(lambda: places(quick_tally(panel(round_, merge(sheets)), rules())))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{size.name}: {size.experts} sheets of {size.applications} × {size.indicators}: "
        f"floor {floor:.3f} s, verify {verified:.3f} s, merge {merged:.3f} s, "
        f"tally {tallied:.3f} s, together {verified + merged + tallied:.3f} s, {peak} MB"
    )


def merge(sheets: Sequence[VerifiedSheet]) -> list[CountedSheet]:
    """Return the sheets that count, each held against its key, its pack and those before it."""
    found = []
    for sheet in sheets:
        check_key(sheet, None)
        if not enrolled(sheet, SECRET):
            raise ValueError(sheet.receipt)
        next_step([], sheet)
        found.append(counting([sheet]))
    return [sheet for sheet in found if sheet is not None]


def places(found: Tally) -> list[tuple[object, ...]]:
    """Return what a list of results shows of every application."""
    return [
        (each.number, each.exact, each.published, each.rank, each.band, each.recommended)
        for each in found.ranked()
    ]


def sealed(size: Size) -> tuple[VerifiedRound, list[tuple[VerifiedAssignment, bytes]]]:
    """Return a round of this size and a sheet of every expert."""
    round_ = make_round(size.applications, scheme(size))
    codes = [leaf.code for leaf in round_.document.scheme.indicators()]
    known: dict[int, Mark] = {}
    drawn = counts(size).tolist()
    found = []
    for expert in range(size.experts):
        assignment = make_assignment(round_, expert=make_expert(expert + 1))
        numbers = [each.application.number for each in assignment.document.applications]
        marks: dict[ApplicationNumber, dict[str, Mark]] = {
            number: {
                code: known.setdefault(value, scored(Fraction(value)))
                for code, value in zip(codes, drawn[place][expert], strict=True)
            }
            for place, number in enumerate(numbers)
        }
        content = SheetContent(round_.digest, assignment.digest, 1, 1, None, marks, NOON)
        file = seal_sheet(content, {}, EXPERT, SECRET, round_, assignment)
        found.append((assignment, file))
    return round_, found


def parsed(data: Sequence[bytes]) -> None:
    """Do what nobody can leave out."""
    for file in data:
        sheet, _comments = open_sheet_file(file)
        hashlib.sha256(sheet).digest()
        message = cbor2.loads(sheet)
        cose.verify(sheet, cbor2.loads(message[2])[10])


def panel(round_: VerifiedRound, sheets: Sequence[CountedSheet]) -> Panel:
    """Return what is tallied."""
    table = round_.document.scheme
    applications = (PanelApplication(number, table) for number in round_.document.applications)
    given = (
        PanelSheet(f"{place:02}", cast("Mapping[str, Mapping[str, Mark]]", sheet.content.marks))
        for place, sheet in enumerate(sheets)
    )
    return Panel(tuple(applications), tuple(given))


def best(work: Callable[[], object]) -> float:
    """Return the shortest processor time of a few runs."""
    shortest = float("inf")
    for _round in range(_ROUNDS):
        start = time.process_time()
        work()
        shortest = min(shortest, time.process_time() - start)
    return shortest


if __name__ == "__main__":
    main(sys.argv[1:])
