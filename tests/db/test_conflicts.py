"""Two secretaries do the same at once, on a file and on a server: one does it, one is told."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.bureau import BureauDatabase
from reviewer_app.core.errors import InputError, ReviewerError, RoundStateError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services import closing, collecting, paper_entry, paper_form, transfer
from reviewer_app.services.paper_entry import Form, Paper, Step
from tests.services.day import NOON, Day


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
