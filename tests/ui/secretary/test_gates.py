"""Gates stand with their evidence; an exception is written in its place."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from PySide6.QtWidgets import QLabel

from reviewer_app.core.round import Fact
from reviewer_app.services.rounds import show_round
from reviewer_app.services.schemes import open_scheme
from tests.services.day import Day, plan
from tests.ui.hands import click
from tests.ui.secretary.conftest import OpenPrepare
from ui.components.button import Button
from ui.secretary.prepare_views import APPLICATIONS


def test_a_failed_gate_shows_its_evidence_and_takes_an_exception(
    tmp_path: Path, open_prepare: OpenPrepare
) -> None:
    base = plan(applications=1)
    fact = Fact(Fraction(2), "亿元", target="D5-T02", source="建设方案.pdf#3")
    application = replace(base.applications[0], facts=(fact,))
    scheme = open_scheme("nb-consortium")
    day = Day.start(tmp_path, replace(base, scheme=scheme, applications=(application,)))
    desk = open_prepare(day)
    click(desk.page.tabs.button(APPLICATIONS))
    desk.bot.wait(1)
    shown = [each.text() for each in desk.page.gates.findChildren(QLabel)]
    assert "0 of 12 passed, 11 without figures" in shown
    assert "牵头企业年销售收入（合并会计报表）≥10亿元：2（建设方案.pdf#3）" in shown
    [ask] = [b for b in desk.page.gates.findChildren(Button) if b.isVisible()]
    click(ask)
    assert desk.page.reason.hasFocus()
    desk.page.reason.insertPlainText("主管部门另有批复（示例）")
    desk.page.foot.primary.click()
    desk.settle()
    kept = show_round(day.context.open_bureau, day.round_id).plan
    assert kept.overrides == (("gate-01-G1", "主管部门另有批复（示例）"),)
    desk.bot.wait(1)
    shown = [each.text() for each in desk.page.gates.findChildren(QLabel)]
    assert any("Set aside: 主管部门另有批复（示例）" in each for each in shown)


def test_a_table_without_gates_shows_none(fresh: Day, open_prepare: OpenPrepare) -> None:
    page = open_prepare(fresh).page
    click(page.tabs.button(APPLICATIONS))
    assert not page.gates.isVisible()
