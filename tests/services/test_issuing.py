from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from reviewer_app.core.errors import InputError, PackError, RoundStateError
from reviewer_app.services import issuing, packing, rounds
from reviewer_app.services.records import RoundState
from tests.services.day import NOON, Day, app, plan, with_known_conflict


def test_every_expert_gets_a_pack_that_opens(tmp_path: Path) -> None:
    day = Day.start(tmp_path, plan(experts=3))
    result = day.issue()
    assert len(result.packs) == 3
    assert set(day.laptops) == {"01", "02", "03"}
    assert {each.pack.round.fingerprint for each in day.laptops.values()} == {
        result.fingerprint
    }
    view = rounds.show_round(day.context.open_bureau, day.round_id)
    assert view.state is RoundState.ISSUED


def test_a_known_conflict_is_not_in_the_pack(tmp_path: Path) -> None:
    day = Day.start(tmp_path, with_known_conflict(plan(experts=5), 2, 3))
    day.issue()
    document = day.laptops["02"].pack.assignment.document
    assert [a.application.number for a in document.applications] == [app(1), app(2)]
    assert {m.application for m in document.materials} == {app(1), app(2)}


def test_slips_never_lie_with_the_packs(tmp_path: Path) -> None:
    day = Day.start(tmp_path)
    with pytest.raises(InputError, match="slips must not lie"):
        issuing.issue(
            day.context.open_bureau,
            day.round_id,
            tmp_path / "packs",
            tmp_path / "packs" / "sub" / "slips.pdf",
            NOON,
        )
    assert not (tmp_path / "packs").exists()


def test_an_even_panel_is_not_issued_without_a_reason(tmp_path: Path) -> None:
    day = Day.start(tmp_path, plan(experts=4))
    with pytest.raises(RoundStateError, match="Cannot issue"):
        day.issue()
    assert not list(tmp_path.glob("packs/*"))


def test_a_reason_sets_the_check_aside_and_is_logged(tmp_path: Path) -> None:
    even = replace(plan(experts=4), overrides=(("panel-odd", "一名专家临时请假（示例）"),))
    day = Day.start(tmp_path, even)
    day.issue()
    with day.context.open_bureau() as unit:
        text = b"\n".join(line.line for line in unit.log(day.round_id)).decode()
    assert "一名专家临时请假（示例）" in text


def test_changed_material_stops_the_issue_and_leaves_nothing(tmp_path: Path) -> None:
    day = Day.start(tmp_path)
    (tmp_path / "materials" / "02.pdf").write_bytes(b"%PDF-1.7 another")
    with pytest.raises(InputError, match="changed after the round was created"):
        day.issue()
    assert not list((tmp_path / "packs").glob("*"))
    assert not (tmp_path / "slips.csv").exists()
    view = rounds.show_round(day.context.open_bureau, day.round_id)
    assert view.state is RoundState.PREPARING


def test_a_round_is_issued_once(day: Day) -> None:
    with pytest.raises(RoundStateError, match="issued"):
        day.issue()


def test_no_passcode_rests_in_the_home(day: Day) -> None:
    slips = (day.folder / "slips.csv").read_text("utf-8-sig")
    passcodes = [
        word for line in slips.splitlines() for word in line.split(",") if word.count("-") == 3
    ]
    assert len(passcodes) == 5
    for path in (day.folder / "home").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(code.replace("-", "").encode() in data for code in passcodes)


def test_slips_that_are_there_are_never_overwritten(tmp_path: Path) -> None:
    day = Day.start(tmp_path, plan(experts=3))
    (tmp_path / "slips.csv").write_text("the passcodes of another round", "utf-8")
    with pytest.raises(InputError, match="exists already"):
        day.issue()
    assert (tmp_path / "slips.csv").read_text("utf-8") == "the passcodes of another round"
    assert not (tmp_path / "packs").exists()


def test_a_plan_changed_while_packs_were_written_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Day.start(tmp_path, plan(experts=3))
    renamed = replace(plan(experts=3), title="另一位秘书改的标题（示例）")
    real = packing.write_slips

    def while_writing(*arguments: Any) -> None:
        real(*arguments)
        rounds.change_plan(
            day.context.open_bureau, day.round_id, plan(experts=3), renamed, NOON
        )

    monkeypatch.setattr("reviewer_app.services.issuing.write_slips", while_writing)
    with pytest.raises(RoundStateError, match="changed while"):
        day.issue()
    view = rounds.show_round(day.context.open_bureau, day.round_id)
    assert (view.state, view.title) == (RoundState.PREPARING, renamed.title)
    assert not list((tmp_path / "packs").glob("*"))


def test_a_pack_that_does_not_read_back_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad_sector(path: Path) -> NoReturn:
        raise PackError(path.name)

    day = Day.start(tmp_path, plan(experts=3))
    monkeypatch.setattr(packing, "read_pack", bad_sector)
    with pytest.raises(PackError):
        day.issue()
    assert not list((tmp_path / "packs").glob("*"))
    assert not (tmp_path / "slips.csv").exists()
