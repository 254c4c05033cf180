"""A log written anew, its chain unbroken, that says what cannot have been: found by both."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer_app.core.rules import Aggregation, ReviewRules
from reviewer_app.sheets import json_text
from reviewer_app.sheets.log import LogEntry, line_hash, next_line, read_line
from tests.archive.making import Plan, make_archive
from tests.archive.verifying import both, files_of, resealed, rezip

Files = dict[str, bytes]
Lines = list[LogEntry]


def relogged(files: Files, change: Callable[[Lines], Lines]) -> Files:
    """Write the log anew, and its new head onto the closing statement."""
    entries = change([read_line(line).entry for line in files["log.jsonl"].splitlines()])
    lines: list[bytes] = []
    for entry in entries:
        lines.append(next_line(lines[-1] if lines else None, entry))
    metadata = json.loads(files["metadata.json"])
    place = next(i for i, each in enumerate(entries) if each.event == "round-closed")
    metadata["closing"]["log_head"] = line_hash(lines[place])
    log = b"".join(line + b"\n" for line in lines)
    return files | {"log.jsonl": log, "metadata.json": json_text.encode(metadata)}


def places(lines: Lines, event: str, expert: str = "") -> list[int]:
    found = (i for i, each in enumerate(lines) if each.event == event)
    return [i for i in found if expert in ("", lines[i].details.get("expert"))]


def later_first(lines: Lines) -> Lines:
    first, second = places(lines, "sheet-received", "03")
    lines[first], lines[second] = lines[second], lines[first]
    return lines


def twice(lines: Lines) -> Lines:
    place = places(lines, "sheet-received")[0]
    return [*lines[:place], lines[place], *lines[place:]]


def told(event: str, **details: str | int) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        place = places(lines, event)[-1]
        entry = lines[place]
        lines[place] = LogEntry(entry.at, entry.event, {**entry.details, **details})
        return lines

    return change


PLAIN, LATER = Plan(), Plan(revisions={3: 2})
TWO = Plan(rules=ReviewRules(Aggregation(machines=2)), compared=True)
DRAWN = Plan(seeds=("7", "8"))
WAYS = {
    "a later revision came first": (LATER, later_first, "revisions"),
    "the same sheet came twice": (PLAIN, twice, "revisions"),
    "the second machine had others": (TWO, told("second-machine", results="0" * 64), "basis"),
    "a draw's number is a text": (DRAWN, told("order-drawn", draw="2"), "order"),
    "a seed is a number": (DRAWN, told("order-drawn", seed=8), "order"),
    "a reason is a number": (DRAWN, told("order-drawn", reason=1), "order"),
    "an order is no list": (DRAWN, told("order-drawn", order='{"01":1}'), "order"),
    "an order is of numbers": (DRAWN, told("order-drawn", order="[1]"), "order"),
}


Honest = Callable[[Plan], Files]


@pytest.fixture(scope="module")
def honest_of(tmp_path_factory: pytest.TempPathFactory) -> Honest:
    """Return what gives the archive of a plan, made once and to be changed in copies."""
    made: dict[int, Files] = {}

    def give(plan: Plan) -> Files:
        if id(plan) not in made:
            folder = tmp_path_factory.mktemp("honest")
            files = files_of(make_archive(folder / "a.zip", plan))
            same, _program = both(rezip(folder / "c.zip", resealed(relogged(files, list))))
            assert same.ok, same.text
            made[id(plan)] = files
        return made[id(plan)]

    return give


@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_have_been_is_found_by_both(
    way: str, honest_of: Honest, tmp_path: Path
) -> None:
    plan, change, check = WAYS[way]
    honest = honest_of(plan)
    first, second = both(rezip(tmp_path / "b.zip", resealed(relogged(honest, change))))
    assert check in first.failed & second.failed


def made_anew(reason: str) -> Callable[[Lines], Lines]:
    said: dict[str, str | int] = {
        "title": "论证会",
        "instead_of": "0123456789abcdef",
        "reason": reason,
        "received": 3,
    }
    return lambda lines: [LogEntry(lines[0].at, "round-created", said), *lines]


def test_both_say_whose_place_a_round_takes_and_why(honest_of: Honest, tmp_path: Path) -> None:
    honest = honest_of(PLAIN)
    for change, told_ in ((made_anew("权重写错"), "0123456789abcdef"), (voided, "权重写错")):
        files = relogged(honest, change)
        for answer in both(rezip(tmp_path / "b.zip", resealed(files))):
            assert answer.ok, answer.text
            assert told_ in answer.text
            assert "权重写错" in answer.text
    files = relogged(honest, made_anew(""))
    first, second = both(rezip(tmp_path / "b.zip", resealed(files)))
    assert "received" in first.failed & second.failed


def voided(lines: Lines) -> Lines:
    """Make the issue void and take it back."""
    place = places(lines, "round-closed")[0]
    said = {"reason": "权重写错", "successor": "0123456789abcdef"}
    gone = LogEntry(lines[place].at, "round-voided", said)
    return [*lines[:place], gone, LogEntry(gone.at, "round-restored", {}), *lines[place:]]
