"""Two secretaries do the same at once, on a file and on a server: one does it, one is told."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from db.bureau import BureauDatabase
from reviewer_app.core.errors import (
    ConflictError,
    InputError,
    ReviewerError,
    RoundStateError,
)
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.votes import Ballots
from reviewer_app.services import (
    closing,
    collecting,
    deliberating,
    paper_entry,
    paper_form,
    people,
    transfer,
)
from reviewer_app.services.deliberating import VoteChange
from reviewer_app.services.paper_entry import Form, Paper, Step
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.unrecorded import keep_typed, typed_before
from tests.services.day import NOON, Day, app


@dataclass(frozen=True)
class Shared:
    """A round that two secretaries have before them."""

    day: Day
    bureau: BureauDatabase


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Day:
    day = Day.start(tmp_path_factory.mktemp("issued"))
    day.issue()
    transfer.export_round(day.context.open_bureau, day.round_id, day.folder / "round.export")
    return day


@pytest.fixture
def shared(issued: Day, bureau: BureauDatabase) -> Shared:
    transfer.import_round(bureau, issued.folder / "round.export", NOON)
    return Shared(issued, bureau)


def at_once(*works: Callable[[], object]) -> list[ReviewerError]:
    """Start all works at one moment and return what those were told that were refused."""
    told: list[ReviewerError] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except ReviewerError as error:
            told.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_a_round_is_closed_by_one_of_two(shared: Shared, tmp_path: Path) -> None:
    laptop = shared.day.laptops["01"]
    points = {1: 80, 2: 70, 3: 60}
    path = laptop.sign(tmp_path, laptop.content(points, revision=1))
    round_id = shared.day.round_id
    collecting.collect(shared.bureau, round_id, [path], NOON)
    (told,) = at_once(
        lambda: closing.close_round(shared.bureau, round_id, NOON, "一（示例）"),
        lambda: closing.close_round(shared.bureau, round_id, NOON, "二（示例）"),
    )
    assert isinstance(told, RoundStateError)
    assert "is closed" in str(told)
    with shared.bureau() as unit:
        lines = [record.line for record in unit.log(round_id)]
    assert sum(b"round-closed" in line for line in lines) == 1


def test_a_form_is_typed_second_by_one_of_two(shared: Shared, tmp_path: Path) -> None:
    bureau, form = shared.bureau, Form(shared.day.round_id, ExpertNumber("02"))
    blank = paper_form.write_form(bureau, form, tmp_path / "form.pdf", NOON)
    cells = {(str(n), row.code): "84" for row in blank.rows for n in row.boxes}
    paper = Paper(tmp_path / "form.pdf", "电脑损坏（示例）")
    paper_entry.type_in(bureau, form, "张", cells, NOON, paper)
    (told,) = at_once(
        lambda: paper_entry.type_in(bureau, form, "李", cells, NOON),
        lambda: paper_entry.type_in(bureau, form, "王", cells, NOON),
    )
    assert isinstance(told, InputError | RoundStateError)
    done = paper_entry.progress_of(bureau, form)
    assert (done.step, done.revision) == (Step.ENTERED, 1)


@pytest.fixture
def closed(shared: Shared, tmp_path: Path) -> Shared:
    laptop = shared.day.laptops["01"]
    path = laptop.sign(tmp_path, laptop.content({1: 80, 2: 70, 3: 60}, revision=1))
    collecting.collect(shared.bureau, shared.day.round_id, [path], NOON)
    closing.close_round(shared.bureau, shared.day.round_id, NOON, "其余缺席（示例）")
    return shared


def opinion(day: Day, overall: str) -> OpinionRecord:
    return OpinionRecord(day.round_id, app(1), overall, "问题（示例）", "建议（示例）")


def test_an_opinion_is_written_by_one_of_two(closed: Shared) -> None:
    bureau, first = closed.bureau, opinion(closed.day, "一（示例）")
    second = opinion(closed.day, "二（示例）")
    (told,) = at_once(
        lambda: deliberating.revise_opinion(bureau, first, None, NOON),
        lambda: deliberating.revise_opinion(bureau, second, None, NOON),
    )
    assert isinstance(told, ConflictError)
    with bureau() as unit:
        (kept,) = unit.opinions(closed.day.round_id)
    assert kept in (first, second)
    deliberating.revise_opinion(bureau, opinion(closed.day, "三（示例）"), kept, NOON)
    with pytest.raises(ConflictError, match="01"):
        deliberating.revise_opinion(bureau, opinion(closed.day, "四（示例）"), kept, NOON)


def test_votes_on_two_applications_at_once_are_both_kept(closed: Shared) -> None:
    bureau, round_id = closed.bureau, closed.day.round_id
    ballots = {number: (Ballots(number, 3, 1, 0),) for number in ("01", "02")}

    def record(number: str) -> None:
        change = VoteChange(number, ballots[number], ())
        deliberating.record_vote(bureau, round_id, change, NOON)

    assert at_once(lambda: record("01"), lambda: record("02")) == []
    with bureau() as unit:
        assert {each.application for each in unit.votes(round_id)} == {"01", "02"}
    with pytest.raises(ConflictError, match="01"):
        record("01")


def test_people_of_the_day_are_changed_by_two(closed: Shared) -> None:
    bureau, day, nobody = closed.bureau, closed.day, RoundPeople()

    def change(**facts: Any) -> None:
        people.change_people(bureau, day.round_id, (nobody, replace(nobody, **facts)), NOON)

    assert (
        at_once(lambda: change(host="温（示例）"), lambda: change(checker="祝（示例）")) == []
    )
    with bureau() as unit:
        known = plan_of(unit.round(day.round_id)).people
    assert (known.host, known.checker) == ("温（示例）", "祝（示例）")
    with pytest.raises(ConflictError):
        change(host="方（示例）")


def test_what_is_typed_is_kept_for_each_machine(closed: Shared) -> None:
    bureau, round_id = closed.bureau, closed.day.round_id
    keep_typed(bureau, round_id, "a", {"opinion 01": ["写了一半"], "vote 02": [1]})
    keep_typed(bureau, round_id, "b", {"opinion 01": ["另一台"]})
    keep_typed(bureau, round_id, "a", {"vote 02": None})
    assert typed_before(bureau, round_id, "a") == {"opinion 01": ["写了一半"]}
    assert typed_before(bureau, round_id, "b") == {"opinion 01": ["另一台"]}
