from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from reviewer_app.bootstrap import wire
from reviewer_app.core.errors import ArchiveError, InputError, RoundStateError
from reviewer_app.core.rules import Aggregation
from reviewer_app.core.votes import Ballots
from reviewer_app.services import (
    archive_verification,
    closing,
    collecting,
    deliberating,
    dossier,
    result_papers,
    results,
    rounds,
    sealing,
    second_machine,
    transfer,
)
from reviewer_app.sheets import cbor
from tests.services.day import NOON, RULES, Day, plan


def exported(day: Day, folder: Path) -> Path:
    path = folder / "round.export"
    transfer.export_round(day.context.open_bureau, day.round_id, path)
    return path


def test_a_round_is_taken_in_once(day: Day, tmp_path: Path) -> None:
    path = exported(day, tmp_path)
    with pytest.raises(RoundStateError, match="already"):
        transfer.import_round(day.context.open_bureau, path, NOON)


def test_papers_wait_for_the_second_machine_that_the_rules_ask_for(tmp_path: Path) -> None:
    rules = replace(RULES, aggregation=Aggregation(machines=2))
    day = Day.start(tmp_path, plan(applications=1, experts=3, rules=rules))
    day.issue()
    paths = day.sign_all({number: {1: 80} for number in day.laptops})
    day.collect(*paths)
    here, round_id = day.context.open_bureau, day.round_id
    closing.close_round(here, round_id, NOON)
    there = wire(tmp_path / "second").open_bureau
    transfer.import_round(there, exported(day, tmp_path), NOON)
    deliberating.record_votes(here, round_id, [Ballots("01", 2, 1, 0)], NOON)
    with pytest.raises(RoundStateError, match="second machine"):
        dossier.write_dossier(here, round_id, tmp_path / "papers", NOON)
    with pytest.raises(RoundStateError, match="second machine"):
        sealing.seal(here, round_id, tmp_path / "a.zip", NOON)
    with pytest.raises(InputError, match="codes differ"):
        second_machine.compare_code(here, round_id, "0123 4567 89AB CDEF", NOON)
    collecting.collect(there, round_id, paths, NOON)
    closing.close_round(there, round_id, NOON)
    code = result_papers.results_code(results.results_of(there, round_id))
    second_machine.compare_code(here, round_id, code.lower(), NOON)
    day.seal(tmp_path / "a.zip")
    assert archive_verification.verify_archive(tmp_path / "a.zip").ok


@pytest.mark.parametrize("lost", [{3: 1}, {2: 1}, {2: 1, 3: 5}], ids=str)
def test_an_export_that_lost_seats_or_rosters_is_refused_and_leaves_nothing(
    day: Day, tmp_path: Path, lost: dict[int, int]
) -> None:
    path = exported(day, tmp_path)
    fields = cast("dict[int, Any]", cbor.decode(path.read_bytes()))
    left = {key: fields[key][count:] for key, count in lost.items()}
    path.write_bytes(cbor.encode({**fields, **left}))
    other = day.context.at(tmp_path / "other")
    with pytest.raises(ArchiveError, match="not an intact round"):
        transfer.import_round(other.open_bureau, path, NOON)
    assert rounds.list_rounds(other.open_bureau) == []
