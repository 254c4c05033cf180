"""The whole day of a round on a file and on a server, down to an archive that proves itself."""

from dataclasses import replace
from pathlib import Path

from db.bureau import BureauDatabase
from reviewer_app.bootstrap import wire
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.votes import Ballots
from reviewer_app.services import (
    closing,
    deliberating,
    history,
    people,
    results,
    rounds,
    sealing,
    transfer,
)
from reviewer_app.services.admitting import Verdict
from reviewer_app.services.archive_verification import verify_archive
from reviewer_app.services.records import OpinionRecord, RoundState
from tests.services.day import NOON, Day, app, plan

SCAN = b"\x89PNG\r\n\x1a\n scan"


def test_a_day_from_the_plan_to_the_archive(bureau: BureauDatabase, tmp_path: Path) -> None:
    day = Day(tmp_path, replace(wire(tmp_path / "home"), open_bureau=bureau))
    day.create(plan(applications=2, experts=3))
    day.issue()
    transfer.export_round(bureau, day.round_id, tmp_path / "round.round")
    points = {"01": {1: 80, 2: 71}, "02": {1: 84, 2: 70}, "03": {1: 82, 2: 30}}
    paths = day.sign_all(points)
    assert {each.verdict for each in day.collect(*paths)} == {Verdict.RECEIVED}
    assert {each.verdict for each in day.collect(*paths)} == {Verdict.DUPLICATE}
    closing.close_round(bureau, day.round_id, NOON)
    there = wire(tmp_path / "second")
    transfer.import_round(there.open_bureau, tmp_path / "round.round", NOON)
    second = Day(tmp_path, there, day.round_id)
    second.collect(*paths)
    closing.close_round(there.open_bureau, day.round_id, NOON)
    merged = [results.results_of(each, day.round_id) for each in (bureau, there.open_bureau)]
    assert merged[0].digest == merged[1].digest
    ballots = [Ballots("01", 3, 0, 0), Ballots("02", 1, 2, 0)]
    deliberating.record_votes(bureau, day.round_id, ballots, NOON)
    opinion = OpinionRecord(
        day.round_id, app(1), "可行（示例）", "偏少（示例）", "补充（示例）"
    )
    deliberating.record_opinion(bureau, opinion, NOON)
    people.record_people(bureau, day.round_id, RoundPeople(host="温以宁（示例）"), NOON)
    (tmp_path / "封存单.png").write_bytes(SCAN)
    sealing.attach(bureau, day.round_id, [tmp_path / "封存单.png"], NOON)
    sealed = day.seal(tmp_path / "round.zip")
    assert verify_archive(sealed.path, sealed.bureau_fingerprint).ok
    view = rounds.show_round(bureau, day.round_id)
    assert view.state is RoundState.SEALED
    kept = history.history_of(bureau, view.plan.applications[0].unit)
    assert [each.published for each in kept.results if each.application == "01"] == ["82.00"]
