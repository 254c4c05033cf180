"""A new pack for the same expert; a second machine that takes a round in again."""

import csv
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, NotFoundError, RoundStateError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services import closing, reissuing, results, roster, transfer
from reviewer_app.services.collecting import Verdict
from tests.archive.verifying import both
from tests.services.day import NOON, Day, Laptop

REASON = "口令条遗失（示例）"


def reissued(day: Day, expert: str = "02", reason: str = REASON) -> reissuing.Reissue:
    places = day.folder / "again", day.folder / "again-slips.csv"
    bureau = day.context.open_bureau
    return reissuing.reissue_pack(
        bureau, day.round_id, ExpertNumber(expert), reason, places, NOON
    )


def test_the_new_pack_holds_the_same_and_shuts_the_old_one_out(day: Day) -> None:
    old = day.laptops["02"]
    again = reissued(day)
    day.open_packs((again.pack,), again.slips)
    new = day.laptops["02"]
    assert new.pack.assignment.raw == old.pack.assignment.raw
    assert new.pack.enrolment != old.pack.enrolment
    with again.slips.open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 1
    (refused,) = day.collect(old.sign(day.folder, old.content({1: 80, 2: 70, 3: 60})))
    assert (refused.verdict, refused.refusal) == (Verdict.REFUSED, "not-enrolled")
    assert "given last" in refused.sentence
    (taken,) = day.collect(new.sign(day.folder, new.content({1: 80, 2: 70, 3: 60})))
    assert taken.verdict is Verdict.RECEIVED


def test_what_came_from_the_old_pack_counts_until_the_new_one_answers(
    day: Day, tmp_path: Path
) -> None:
    paths = day.sign_all()
    day.collect(*paths)
    again = reissued(day)
    assert again.counting == day.laptops["02"].signed[0].receipt
    (same,) = day.collect(paths[1])
    assert same.verdict is Verdict.DUPLICATE
    day.open_packs((again.pack,), again.slips)
    new = day.laptops["02"]
    (taken,) = day.collect(new.sign(tmp_path, new.content({1: 90, 2: 90, 3: 90})))
    assert taken.verdict is Verdict.SUPERSEDES
    closing.close_round(day.context.open_bureau, day.round_id, NOON)
    archive = tmp_path / "a.zip"
    day.seal(archive)
    for answer in both(archive):
        assert answer.ok, answer.text


def test_a_new_pack_needs_a_reason_a_serving_expert_and_an_open_round(day: Day) -> None:
    with pytest.raises(InputError, match="reason"):
        reissued(day, reason=" ")
    with pytest.raises(NotFoundError):
        reissued(day, "77")
    day.collect(*day.sign_all())
    closing.close_round(day.context.open_bureau, day.round_id, NOON)
    with pytest.raises(RoundStateError):
        reissued(day)
    assert not (day.folder / "again").exists()


def exported(day: Day, name: str) -> Path:
    path = day.folder / name
    transfer.export_round(day.context.open_bureau, day.round_id, path)
    return path


def second_machine(day: Day, tmp_path: Path) -> Day:
    other = Day(tmp_path / "other", day.context.at(tmp_path / "other"), day.round_id)
    transfer.import_round(other.context.open_bureau, exported(day, "first"), NOON)
    return other


def test_a_second_machine_takes_roster_and_packs_again_and_agrees(
    day: Day, tmp_path: Path
) -> None:
    other = second_machine(day, tmp_path)
    (early,) = day.sign_all()[:1]
    other.collect(early)
    change = day.folder / "ROSTER.toml"
    change.write_text('[[withdraw]]\nexpert = "05"\nreason = "突发（示例）"\n', "utf-8")
    roster.change_roster(
        day.context.open_bureau, day.round_id, change, roster.Places(None, None), NOON
    )
    again = reissued(day)
    day.open_packs((again.pack,), again.slips)
    newer = exported(day, "second")
    transfer.import_round(other.context.open_bureau, newer, NOON)
    with pytest.raises(RoundStateError, match="nothing is new"):
        transfer.import_round(other.context.open_bureau, newer, NOON)
    with pytest.raises(RoundStateError, match="older"):
        transfer.import_round(other.context.open_bureau, day.folder / "first", NOON)
    with pytest.raises(RoundStateError, match="which issued it"):
        transfer.import_round(day.context.open_bureau, newer, NOON)
    new = day.laptops["02"]
    paths = [early, new.sign(tmp_path, new.content({1: 90, 2: 80, 3: 70}))]
    digests = []
    for machine, reason in ((day, "其余缺席（示例）"), (other, "只到两份")):
        assert all(v.verdict is not Verdict.REFUSED for v in machine.collect(*paths))
        closing.close_round(machine.context.open_bureau, day.round_id, NOON, reason)
        found = results.results_of(machine.context.open_bureau, day.round_id)
        digests.append(found.digest)
    assert digests[0] == digests[1]


def test_an_older_file_never_brings_a_lost_pack_back(day: Day, tmp_path: Path) -> None:
    other = second_machine(day, tmp_path)
    reissued(day)
    transfer.import_round(other.context.open_bureau, exported(day, "second"), NOON)
    with pytest.raises(RoundStateError, match="older"):
        transfer.import_round(other.context.open_bureau, day.folder / "first", NOON)
    old = day.laptops["02"]
    (late,) = other.collect(old.sign(day.folder, old.content({1: 80, 2: 70, 3: 60})))
    assert (late.verdict, late.refusal) == (Verdict.REFUSED, "not-enrolled")


def test_a_closed_round_is_not_taken_in_again(day: Day, tmp_path: Path) -> None:
    other = second_machine(day, tmp_path)
    other.collect(*day.sign_all())
    closing.close_round(other.context.open_bureau, day.round_id, NOON)
    reissued(day)
    with pytest.raises(RoundStateError, match="closed"):
        transfer.import_round(other.context.open_bureau, exported(day, "second"), NOON)


def test_the_pack_of_a_laptop_stays_what_it_was(day: Day) -> None:
    before = Laptop(day.laptops["03"].pack)
    reissued(day)
    path = before.sign(day.folder, before.content({1: 80, 2: 70, 3: 60}))
    (taken,) = day.collect(path)
    assert taken.verdict is Verdict.RECEIVED
