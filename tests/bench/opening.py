"""What pages ask of a round on opening: ``python -m tests.bench.opening [FOLDER]``.

A round of 300 applications × 15 experts × 24 indicators, on a real database. Each call is made
twice: in a process that has read nothing of the round yet, and again with nothing changed, the
best of some times. A FOLDER keeps the round: it takes minutes to make.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer_app.bootstrap import wire
from reviewer_app.core.marks import scored
from reviewer_app.core.round import RoundId, RoundPlan
from reviewer_app.core.rules import Decision, ReviewRules
from reviewer_app.core.votes import Ballots
from reviewer_app.services.closed_round import load_closed
from reviewer_app.services.closing import close_round, closing_statement, standing
from reviewer_app.services.deliberating import record_opinion, record_votes
from reviewer_app.services.findings import cut_stability
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.results import results_of
from reviewer_app.services.rounds import list_rounds, show_round
from reviewer_app.services.seating import load_seating
from tests.bench.panels import SIZES, counts, scheme
from tests.services.day import NOON, Day, Laptop, plan

_AGAIN = 3
_ROUND = "round-id"

Call = tuple[str, Callable[[], object]]


def main(arguments: Sequence[str]) -> None:
    """Print what each call takes, in milliseconds of the processor."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0] if arguments else scratch)
        day = made(folder)
        print(f"{'300 × 15 × 24, milliseconds of the processor':52}{'first':>8}{'again':>8}")
        for name, call in calls(day):
            first, again = timed(call), min(timed(call) for _ in range(_AGAIN))
            print(f"{name:52}{first * 1000:8.0f}{again * 1000:8.0f}")


def timed(call: Callable[[], object]) -> float:
    """Return the processor seconds of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def calls(day: Day) -> list[Call]:
    """Return what pages ask, in the order in which a secretary opens them."""
    bureau, number = day.context.open_bureau, day.round_id

    def seating() -> object:
        with bureau() as unit:
            return load_seating(unit, number)

    return [
        ("rounds, the list: list_rounds", lambda: list_rounds(bureau)),
        ("one round, its plan and checks: show_round", lambda: show_round(bureau, number)),
        ("the signed round: load_seating", seating),
        ("collect, the board: standing", lambda: standing(bureau, number)),
        ("closing statement: closing_statement", lambda: closing_statement(bureau, number)),
        ("results: results_of", lambda: results_of(bureau, number)),
        ("cut line: cut_stability", lambda: cut_stability(results_of(bureau, number))),
        ("minutes: load_closed", lambda: load_closed(bureau, number)),
    ]


def made(folder: Path) -> Day:
    """Return the round in a folder, made there where it is not yet."""
    kept = folder / _ROUND
    if kept.exists():
        return Day(folder, wire(folder / "home"), RoundId(kept.read_text("ascii")))
    day = Day.start(folder, large_plan())
    day.issue()
    for number, laptop in day.laptops.items():
        day.collect(signed(day, int(number) - 1, laptop))
    close_round(day.context.open_bureau, day.round_id, NOON)
    deliberated(day)
    kept.write_text(day.round_id, "ascii")
    return Day(folder, wire(folder / "home"), day.round_id)


def large_plan() -> RoundPlan:
    """Return the plan of 300 applications and 15 experts, everybody scoring everything."""
    size = SIZES["M"]
    rules = ReviewRules(decision=Decision(recommend=100))
    return replace(plan(size.applications, size.experts, rules), scheme=scheme(size))


def signed(day: Day, expert: int, laptop: Laptop) -> Path:
    """Return the sheet of one expert: few marks are so low that the rules ask for a reason."""
    drawn = (counts(SIZES["M"])[:, expert] // 2 + 50).tolist()
    codes = [leaf.code for leaf in laptop.pack.round.document.scheme.indicators()]
    content = laptop.content(dict.fromkeys(range(1, len(drawn) + 1), 0))
    marks = {
        number: {code: scored(mark) for code, mark in zip(codes, row, strict=True)}
        for number, row in zip(content.marks, drawn, strict=True)
    }
    return laptop.sign(day.folder, replace(content, marks=marks))


def deliberated(day: Day) -> None:
    """Record votes on every application, and opinions on those above the line."""
    bureau, experts = day.context.open_bureau, SIZES["M"].experts
    numbers = results_of(bureau, day.round_id).seating.round.document.applications
    votes = [Ballots(number, experts - 4, 3, 1) for number in numbers]
    record_votes(bureau, day.round_id, votes, NOON)
    for number in numbers[:100]:
        opinion = OpinionRecord(day.round_id, number, "总体", "问题", "建议")
        record_opinion(bureau, opinion, NOON)


if __name__ == "__main__":
    main(sys.argv[1:])
