"""The rules are edited in their place: faults by field, a worked example, undo, files."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from reviewer_app.core.rules import (
    ChangeReasons,
    Groups,
    Method,
    ReviewRules,
    SecondScoring,
    StageThatCounts,
)
from reviewer_app.core.rules_data import load_rules, rules_from_data, rules_to_data
from reviewer_app.services.rounds import show_round
from tests.services.day import Day
from tests.ui.hands import CONTROL, click, press
from tests.ui.secretary.conftest import OpenPrepare, PrepareDesk
from ui.components.button import Button
from ui.components.choice import Choice
from ui.secretary.prepare_page import PreparePage
from ui.secretary.prepare_views import RULES
from ui.secretary.rules_fields import RuleLine


def open_rules(desk: PrepareDesk) -> PreparePage:
    click(desk.page.tabs.button(RULES))
    return desk.page


def rules_of(day: Day) -> ReviewRules:
    return show_round(day.context.open_bureau, day.round_id).plan.rules


def words(widget: QWidget) -> str:
    return widget.accessibleName()


def write(desk: PrepareDesk, field: QWidget, text: str) -> None:
    """Type into a field as a person does, and leave it."""
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    press(field, Qt.Key.Key_Backspace)
    for character in text:
        press(field, character)
    press(field, Qt.Key.Key_Tab)
    desk.settle()


def turn(desk: PrepareDesk, box: QWidget) -> None:
    """Choose the next thing of a list with the arrow key."""
    assert isinstance(box, Choice)
    press(box, Qt.Key.Key_Down)
    desk.settle()


def test_every_option_of_the_rules_has_its_field(fresh: Day, open_prepare: OpenPrepare) -> None:
    page = open_rules(open_prepare(fresh))
    listed = (Path(__file__).parents[3] / "docs/rules.md").read_text("utf-8")
    data = tomllib.loads(listed.split("```toml")[1].split("```")[0])
    names = {f"{table}.{key}" for table, keys in data.items() for key in keys}
    assert names == page.rules.fields.keys()
    assert rules_from_data(data, "")
    rules = ReviewRules(groups=Groups(()), second=SecondScoring())
    for part in fields(rules):
        assert len(data[part.name]) == len(fields(getattr(rules, part.name))), part.name


def test_a_choice_is_kept_worked_out_and_undone(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    assert page.rules_side.figures()[0] == "Mean of the totals 83.29"
    turn(desk, page.rules.fields["aggregation.method"])
    assert rules_of(fresh).aggregation.method is Method.TRIMMED
    assert page.rules_side.figures()[:2] == [
        "Totals without extremes 83.00",
        "Mean of the totals 83.29",
    ]
    assert "去掉1 个最高分" in page.rules_side.printed().replace("去掉 1", "去掉1")
    turn(desk, page.rules.fields["aggregation.level"])
    assert page.rules_side.figures()[0] == "Each indicator without extremes 83.80"
    press(page, Qt.Key.Key_Z, CONTROL)
    desk.settle()
    press(page, Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert rules_of(fresh).aggregation.method is Method.MEAN
    assert page.rules_side.figures()[0] == "Mean of the totals 83.29"
    assert not page._undo.isVisible()


def test_a_fault_stands_at_its_field_and_is_not_kept(
    fresh: Day, open_prepare: OpenPrepare
) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    field = page.rules.fields["rounding.result_digits"]
    write(desk, field, "9")
    assert field.property("state") == "error"
    [line] = [each for each in page.rules.findChildren(RuleLine) if each.isAncestorOf(field)]
    assert line.fault.text() == "expected a whole number from 0 to 6, found 9"
    assert rules_of(fresh).rounding.result_digits == 2
    write(desk, field, "3")
    assert field.property("state") == ""
    assert rules_of(fresh).rounding.result_digits == 3


def test_rules_that_contradict_each_other_say_so(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    write(desk, page.rules.fields["recheck.deviation_warn"], "40%")
    reason = page.rules.fields["recheck.deviation_reason"]
    assert reason.property("state") == "error"
    write(desk, reason, "50%")
    assert rules_to_data(rules_of(fresh))["recheck"]["deviation_warn"] == "40%"


def test_bands_are_added_typed_and_dropped(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    for place, (name, limit) in enumerate((("A", "90"), ("B", "60"))):
        click(page.rules.bands.add)
        field, bound = page.rules.bands.band(place)
        write(desk, field, name)
        write(desk, bound.figure, limit)
    bands = rules_to_data(rules_of(fresh))["decision"]["bands"]
    assert bands == [["A", ">=90"], ["B", ">=60"]]
    _name, lower = page.rules.bands.band(1)
    write(desk, lower.figure, "95")
    assert lower.figure.property("state") == "error"
    [drop] = [b for b in page.rules.bands.findChildren(Button) if "Drop band 2" in words(b)]
    click(drop)
    desk.settle()
    assert rules_to_data(rules_of(fresh))["decision"]["bands"] == [["A", ">=90"]]


def test_the_tie_chain_grows_and_shrinks(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    turn(desk, page.rules.ties.more)
    assert rules_of(fresh).ranking.ties == ("dimension:6",)
    click(page.rules.ties.chip(0))
    desk.settle()
    assert rules_of(fresh).ranking.ties == ()


def test_weights_of_experts_are_typed_in_words(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    field = page.rules.fields["aggregation.expert_weights"]
    assert isinstance(field, QLineEdit)
    field.insert("技术 1.5，")
    field.textEdited.emit(field.text())
    assert field.text() == "技术 1.5，"
    write(desk, field, "01 2, 02 1.5")
    weights = rules_to_data(rules_of(fresh))["aggregation"]["expert_weights"]
    assert weights == {"01": "2", "02": "1.5"}


def test_groups_are_named_and_ranked_together(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    shown = open_rules(desk).rules.fields
    turn(desk, shown["groups.factor"])
    write(desk, shown["groups.applications"], "A 01; B 02, 03")
    write(desk, shown["groups.drop_low"], "1")
    groups = rules_of(fresh).groups
    assert groups is not None
    assert groups.members == (("A", ("01",)), ("B", ("02", "03")))
    assert groups.drop_low == 1
    write(desk, shown["groups.applications"], "A 01; B 01")
    assert shown["groups.applications"].property("state") == "error"
    assert rules_of(fresh).groups == groups
    write(desk, shown["groups.applications"], "A 01; B 02, 03")
    press(shown["groups.factor"], Qt.Key.Key_Up)
    desk.settle()
    assert rules_of(fresh).groups is None


def test_a_second_scoring_is_foreseen_kept_and_left_out(
    fresh: Day, open_prepare: OpenPrepare
) -> None:
    desk = open_prepare(fresh)
    page = open_rules(desk)
    counts, reasons = (page.rules.fields[f"second.{key}"] for key in ("counts", "reasons"))
    assert not reasons.isEnabled()
    turn(desk, counts)
    turn(desk, counts)
    turn(desk, reasons)
    foreseen = SecondScoring(StageThatCounts.FIRST, ChangeReasons.CHANGED)
    assert rules_of(fresh).second == foreseen
    assert "结果仍以第一轮评分表计" in page.rules_side.printed()
    write(desk, page.rules.fields["rounding.result_digits"], "3")
    assert rules_of(fresh).second == foreseen
    press(reasons, Qt.Key.Key_Up)
    desk.settle()
    assert rules_of(fresh).second == SecondScoring(StageThatCounts.FIRST)
    for _step in range(2):
        press(counts, Qt.Key.Key_Up)
        desk.settle()
    assert rules_of(fresh).second is None
    assert rules_of(fresh).rounding.result_digits == 3
    assert not reasons.isEnabled()


def test_what_a_choice_shows_goes_back_with_undo(fresh: Day, open_prepare: OpenPrepare) -> None:
    desk = open_prepare(fresh)
    page, rules = open_rules(desk), rules_of(fresh)
    for name in ("aggregation.machines", "panel.attendance", "second.counts"):
        box = page.rules.fields[name]
        assert isinstance(box, Choice)
        before = box.currentData()
        turn(desk, box)
        assert box.currentData() != before
        press(page, Qt.Key.Key_Z, CONTROL)
        desk.settle()
        assert box.currentData() == before
    assert rules_of(fresh) == rules


def test_rules_go_into_a_file_and_come_back(
    fresh: Day, open_prepare: OpenPrepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rules.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    desk = open_prepare(fresh)
    page = open_rules(desk)
    click(page.rules._write)
    desk.settle()
    assert load_rules(file) == rules_of(fresh)
    file.write_text('[aggregation]\nmethod = "medan"\n')
    click(page.rules._read)
    desk.settle()
    assert "rules.toml" in page.foot._words.text()
    file.write_text('[aggregation]\nmethod = "median"\n')
    click(page.rules._read)
    desk.settle()
    assert rules_of(fresh).aggregation.method is Method.MEDIAN


def test_signed_rules_are_shown_and_not_changed(day: Day, open_prepare: OpenPrepare) -> None:
    page = open_rules(open_prepare(day))
    assert not page.rules.fields["aggregation.method"].isEnabled()
    digits = page.rules.fields["rounding.result_digits"]
    assert isinstance(digits, QLineEdit)
    assert digits.isReadOnly()
    assert page.rules._frozen.isVisible()
    assert not page.rules.bands.add.isVisible()
