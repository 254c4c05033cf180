import csv
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.core.errors import InputError, StorageError
from reviewer_app.core.people import RoundPeople
from reviewer_app.services import packing, people, roster
from reviewer_app.services.collecting import Verdict
from tests.services.day import NOON, Day

REPLACING_TWO = """\
[[replace]]
expert = "02"
by = "08"
reason = "突发疾病（示例）"

[[replace]]
expert = "03"
by = "09"
reason = "航班取消（示例）"

[[expert]]
number = "08"
name = "专家8（示例）"
employer = "单位8（示例）"
recused = ["03"]

[[expert]]
number = "09"
name = "专家9（示例）"
employer = "单位9（示例）"
"""


def change(day: Day, out: Path | None = None, slips: Path | None = None) -> roster.RosterResult:
    file = day.folder / "ROSTER.toml"
    file.write_text(REPLACING_TWO, "utf-8")
    places = roster.Places(out, slips)
    return roster.change_roster(day.context.open_bureau, day.round_id, file, places, NOON)


def test_a_replacement_gets_a_pack_without_what_he_is_recused_from(day: Day) -> None:
    slips = day.folder / "new" / "slips.csv"
    result = change(day, slips=slips)
    assert (result.version, len(result.packs)) == (2, 2)
    day.open_packs(result.packs, slips)
    given = day.laptops["08"].pack.assignment.document.applications
    assert [each.application.number for each in given] == ["01", "02"]
    with slips.open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 2


def test_the_sheet_of_one_who_left_is_refused_and_the_others_stay(day: Day) -> None:
    paths = day.sign_all()
    day.collect(paths[0])
    change(day, slips=day.folder / "slips-v2.csv")
    (gone,) = day.collect(paths[1])
    assert (gone.verdict, gone.refusal) == (Verdict.REFUSED, "expert-withdrawn")
    (stays,) = day.collect(paths[3])
    assert stays.verdict is Verdict.RECEIVED


def test_a_failure_at_the_second_pack_leaves_neither(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = packing.write_and_read_back

    def full_disk(item: packing.PreparedPack) -> packing.IssuedPack:
        if item.expert.number == "09":
            raise StorageError("no room")
        return real(item)

    monkeypatch.setattr("reviewer_app.services.issuing.write_and_read_back", full_disk)
    with pytest.raises(StorageError):
        change(day)
    assert not list(day.folder.glob("packs-v2/*"))
    assert not (day.folder / "slips-v2.pdf").exists()


def test_slips_of_a_replacement_never_lie_with_the_packs(day: Day) -> None:
    out = day.folder / "new"
    with pytest.raises(InputError, match="slips must not lie"):
        change(day, out, out / "slips.pdf")
    assert not out.exists()


def test_slips_that_are_there_are_never_overwritten(day: Day) -> None:
    slips = day.folder / "other.csv"
    slips.write_text("the passcodes of another round", "utf-8")
    with pytest.raises(InputError, match="exists already"):
        change(day, slips=slips)
    assert slips.read_text("utf-8") == "the passcodes of another round"
    assert not list(day.folder.glob("packs-v2/*"))


def test_people_recorded_while_packs_were_written_stay(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau, real = day.context.open_bureau, packing.write_slips

    def while_writing(*arguments: Any) -> None:
        real(*arguments)
        people.record_people(bureau, day.round_id, RoundPeople(host="温以宁（示例）"), NOON)

    monkeypatch.setattr("reviewer_app.services.roster.write_slips", while_writing)
    change(day, slips=day.folder / "slips-v2.pdf")
    assert day.people().host == "温以宁（示例）"
