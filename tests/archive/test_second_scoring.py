"""A second scoring in an archive: both verifiers derive it again and find what was changed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.rules import ReviewRules, SecondScoring, StageThatCounts
from reviewer_app.core.votes import Choice, Vote
from reviewer_app.sheets import json_text
from reviewer_app.sheets.log import LogEntry, next_line, read_line
from tests.archive.making import Plan, make_archive
from tests.archive.verifying import both, files_of, resealed, rezip

Files = dict[str, bytes]
Lines = list[LogEntry]
SECOND_EVENTS = ("second-opened", "second-closed", "feedback-issued")
AGAIN = Plan(again=(1, 3), revisions={3: 2}, recused={1: (2,)})


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return files_of(make_archive(tmp_path_factory.mktemp("second") / "a.zip", AGAIN))


def edited(name: str, change: Callable[[Any], object]) -> Callable[[Files], Files]:
    def edit(files: Files) -> Files:
        value = json.loads(files[name])
        change(value)
        return files | {name: json_text.encode(value)}

    return edit


def relogged(change: Callable[[Lines], Lines]) -> Callable[[Files], Files]:
    """Write the log anew, its chain unbroken: what whoever rewrites all of it can do."""

    def edit(files: Files) -> Files:
        lines: list[bytes] = []
        old = [read_line(line).entry for line in files["log.jsonl"].splitlines()]
        for entry in change(old):
            lines.append(next_line(lines[-1] if lines else None, entry))
        return files | {"log.jsonl": b"".join(line + b"\n" for line in lines)}

    return edit


def without(event: str) -> Callable[[Files], Files]:
    return relogged(lambda lines: [each for each in lines if each.event != event])


def told(event: str, **details: str | int) -> Callable[[Files], Files]:
    """Change what the first line of an event says."""

    def change(lines: Lines) -> Lines:
        place = next(i for i, each in enumerate(lines) if each.event == event)
        entry = lines[place]
        lines[place] = LogEntry(entry.at, entry.event, {**entry.details, **details})
        return lines

    return relogged(change)


def moved(event: str, to: str) -> Callable[[Files], Files]:
    """Put the first line of an event before the first line of another."""

    def change(lines: Lines) -> Lines:
        entry = next(each for each in lines if each.event == event)
        rest = [each for each in lines if each is not entry]
        place = next(i for i, each in enumerate(rest) if each.event == to)
        return [*rest[:place], entry, *rest[place:]]

    return relogged(change)


def other_figures(files: Files) -> Files:
    """Tell other figures than follow from the sheets, the log agreeing."""
    value = json.loads(files["feedback.json"])
    value["applications"][0]["median"] = "1"
    text = json_text.encode(value)
    digest = hashlib.sha256(text).hexdigest()
    return told("second-opened", figures=digest)(files | {"feedback.json": text})


def second(change: Callable[[Any], object]) -> Callable[[Files], Files]:
    return edited("results.json", lambda data: change(data["second"]))


WAYS: dict[str, Callable[[Files], Files]] = {
    "other figures": edited("feedback.json", lambda d: d["applications"][0].update(median="1")),
    "other figures, logged": other_figures,
    "figures left out": edited("feedback.json", lambda d: d["applications"].pop()),
    "another format": edited("feedback.json", lambda d: d.update(format="?")),
    "no figures": lambda files: {n: d for n, d in files.items() if n != "feedback.json"},
    "figures of nothing": lambda files: without("second-opened")(
        without("second-closed")(files)
    ),
    "never opened": without("second-opened"),
    "never ended": without("second-closed"),
    "others kept the first": told("second-closed", kept=json.dumps(["01"])),
    "feedback on another sheet": told("feedback-issued", first="0" * 64),
    "feedback to a stranger": told("feedback-issued", expert="99"),
    "opened before closing": moved("second-opened", "round-closed"),
    "opened after the sheets": moved("second-closed", "second-opened"),
    "another result of the first": second(
        lambda d: d["scorings"][0]["applications"][0].update(exact="1")
    ),
    "another result of the second": second(
        lambda d: d["scorings"][1]["applications"][0].update(published="99.00")
    ),
    "the first is said to count": second(lambda d: d.update(counts="first")),
    "opened for no reason": told("second-opened", reason=""),
    "more than scored again": told("second-closed", received=3),
    "feedback before opening": moved("feedback-issued", "second-opened"),
    "nobody kept the first": second(lambda d: d.update(kept=[])),
    "no word of it": edited("results.json", lambda data: data.pop("second")),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_done_to_a_second_scoring_is_found_by_both(
    way: str, honest: Files, tmp_path: Path
) -> None:
    changed = WAYS[way](honest)
    assert changed != honest
    first, second_ = both(rezip(tmp_path / "b.zip", resealed(changed)))
    assert not first.ok
    assert second_.failed
    if way != "no word of it":  # one misses the field, the other finds the sealed digest wrong
        assert first.failed & second_.failed, (first.failed, second_.failed)


def test_a_second_sheet_that_takes_a_recusal_back_fails_both(tmp_path: Path) -> None:
    plan = Plan(again=(1,), recused={1: (2,)}, takes_back=True)
    first, second_ = both(make_archive(tmp_path / "a.zip", plan))
    assert "second" in first.failed & second_.failed


def hidden(files: Files) -> Files:
    """Take every word of the second scoring out but its sheets, which are said to be late."""
    results = json.loads(files["results.json"])
    del results["second"]
    text = json_text.encode(results)
    digest = hashlib.sha256(text).hexdigest()

    def change(lines: Lines) -> Lines:
        closed = next(i for i, each in enumerate(lines) if each.event == "round-closed")
        kept = [(i, e) for i, e in enumerate(lines) if e.event not in SECOND_EVENTS]
        late = [
            (e, {"late": "路上堵车"} if i > closed and "late" in e.details else {})
            for i, e in kept
        ]
        seal = {"results": digest}
        return [
            LogEntry(
                e.at,
                e.event,
                {**e.details, **more, **(seal if e.event == "round-sealed" else {})},
            )
            for e, more in late
        ]

    rest = {name: data for name, data in files.items() if name != "feedback.json"}
    return relogged(change)(rest | {"results.json": text})


def test_a_second_scoring_that_the_log_is_silent_about_fails_both(
    honest: Files, tmp_path: Path
) -> None:
    first, second_ = both(rezip(tmp_path / "b.zip", resealed(hidden(honest))))
    assert first.failed & second_.failed == {"second"}


FIRST_COUNTS = ReviewRules(second=SecondScoring(StageThatCounts.FIRST))


def test_who_steps_back_on_the_second_sheet_counts_no_more_where_the_first_decides(
    tmp_path: Path,
) -> None:
    plan = Plan(rules=FIRST_COUNTS, again=(1, 2), steps_back={1: (2,)})
    files = files_of(make_archive(tmp_path / "a.zip", plan))
    first, _program = both(tmp_path / "a.zip")
    assert first.ok, first.text
    results = json.loads(files["results.json"])
    assert {each["stage"] for each in results["sheets"]} == {1}
    second_one = results["applications"][1]
    assert [each["expert"] for each in second_one["totals"]] == ["02", "03", "04", "05"]
    assert second_one["not_scored"] == [{"expert": "01", "why": "recused"}]
    assert results["second"]["scorings"][0]["applications"][1]["exact"] != second_one["exact"]
    assert b"\r\n02,01," not in files["marks.csv"]
    votes = {2: {1: Vote(Choice.APPROVE), 3: Vote(Choice.REJECT)}}
    voted = replace(plan, sheet_votes=votes, steps_back={2: (2,)}, again=(1,))
    assert both(make_archive(tmp_path / "v.zip", voted))[0].ok
