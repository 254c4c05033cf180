from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, RoundStateError, StorageError
from reviewer_app.core.people import Election, RoundPeople
from reviewer_app.services import closing, people, results, rounds, transfer
from reviewer_app.sheets.log import read_line
from tests.services.day import NOON, Day, plan

NAMED = RoundPeople(host="温以宁（示例）", supervisor="柳清（示例）")


def logged(day: Day) -> list[str]:
    with day.context.open_bureau() as unit:
        entries = [read_line(each.line).entry for each in unit.log(day.round_id)]
    return [str(each.details["people"]) for each in entries if each.event == "people-recorded"]


def test_every_version_is_logged_with_what_it_says(day: Day) -> None:
    bureau = day.context.open_bureau
    people.record_people(bureau, day.round_id, NAMED, NOON)
    elected = replace(NAMED, election=Election("02", "举手推选", (("02", 4), ("01", 1))))
    people.record_people(bureau, day.round_id, elected, NOON)
    first, second = logged(day)
    assert "柳清" in first
    assert ["举手推选" in each for each in (first, second)] == [False, True]
    assert day.people() == elected


def test_people_of_the_plan_are_logged_at_issue_and_on_the_second_machine(
    tmp_path: Path,
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    day = Day.start(tmp_path / "one", replace(plan(), people=NAMED))
    assert not logged(day)
    day.issue()
    assert len(logged(day)) == 1
    transfer.export_round(day.context.open_bureau, day.round_id, tmp_path / "x.round")
    other = Day.start(tmp_path / "two")
    other.round_id = transfer.import_round(
        other.context.open_bureau, tmp_path / "x.round", NOON
    )
    assert logged(other) == logged(day)


def test_a_leader_the_roster_does_not_have_is_refused(day: Day) -> None:
    wrong = RoundPeople(election=Election("09", "举手推选"))
    with pytest.raises(InputError, match="09 is not on the panel"):
        people.record_people(day.context.open_bureau, day.round_id, wrong, NOON)
    assert not logged(day)


def test_nobody_is_elected_before_issue(tmp_path: Path) -> None:
    day = Day.start(tmp_path)
    elected = RoundPeople(election=Election("01", "举手推选"))
    with pytest.raises(InputError, match="after the packs are issued"):
        people.record_people(day.context.open_bureau, day.round_id, elected, NOON)
    people.record_people(day.context.open_bureau, day.round_id, NAMED, NOON)
    assert rounds.show_round(day.context.open_bureau, day.round_id).plan.people == NAMED


def test_people_changed_behind_the_programs_back_are_found(day: Day) -> None:
    bureau = day.context.open_bureau
    people.record_people(bureau, day.round_id, NAMED, NOON)
    day.collect(*day.sign_all())
    closing.close_round(bureau, day.round_id, NOON)
    assert results.results_of(bureau, day.round_id)
    with bureau() as unit:
        record = unit.round(day.round_id)
        unit.update_round(replace(record, plan=record.plan.replace("柳清", "刘清")))
        unit.commit()
    with pytest.raises(StorageError, match="people of the day"):
        results.results_of(bureau, day.round_id)


def test_after_sealing_nobody_is_changed(day: Day, tmp_path: Path) -> None:
    bureau = day.context.open_bureau
    day.collect(*day.sign_all())
    closing.close_round(bureau, day.round_id, NOON)
    day.seal(tmp_path / "a.zip")
    with pytest.raises(RoundStateError, match="sealed"):
        people.record_people(bureau, day.round_id, NAMED, NOON)
