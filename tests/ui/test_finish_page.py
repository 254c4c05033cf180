"""The finish page by clicks and keys: advice once, sticks explained, gaps on one key."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reviewer_app.core.marks import MISSING, scored
from tests.ui.hands import CONTROL, click, press
from tests.ui.making import CODES
from ui.components.button import Button
from ui.components.check import LinkLine, PickRow
from ui.expert.finish_page import FinishPage
from ui.expert.finish_places import Place, place_of
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.sitting import Sitting
from ui.expert.wires import wire_finish


@pytest.fixture
def finishing(sitting: Sitting, tmp_path: Path) -> FinishPresenter:
    def find() -> list[Place]:
        return [
            place_of(tmp_path / "E", "KEY", 10**9, read_only=True, source=None),
            place_of(tmp_path / "F", "KEY", 1000, read_only=False, source=None),
            place_of(tmp_path, "KEY", 10**9, read_only=False, source=None),
        ]

    return FinishPresenter(sitting, find)


@pytest.fixture
def page(finishing: FinishPresenter, bot: QtBot) -> Iterator[FinishPage]:
    made = FinishPage()
    bot.addWidget(made)
    wire_finish(made, finishing)
    made.resize(1366, 700)
    with bot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def score(
    sitting: Sitting, rows: Mapping[str, Sequence[int]], same: Sequence[int] = ()
) -> None:
    """Score applications by number, or all of them the ``same``."""
    for number, values in (rows or dict.fromkeys(sitting.numbers(), same)).items():
        for code, value in zip(CODES, values, strict=True):
            sitting.put(number, code, scored(value))


def lines(page: FinishPage) -> list[LinkLine]:
    QTest.qWait(1)
    return [each for each in page.advice.findChildren(LinkLine) if each.isVisible()]


def test_patterns_are_told_gently_and_once(
    page: FinishPage, finishing: FinishPresenter, sitting: Sitting
) -> None:
    score(
        sitting,
        {"01": [80] * 6, "02": [95, 95, 95, 95, 75, 75], "03": [89, 91, 87, 89, 91, 89]},
    )
    finishing.begin()
    assert [line.text() for line in lines(page)] == [
        "01 第1中心: 6 of 6 indicators got 80 % of the maximum."
    ]
    looked: list[str] = []
    finishing.look_wanted = looked.append
    click(lines(page)[0])
    assert looked == ["01"]
    [seen] = [b for b in page.advice.findChildren(Button) if b.isVisible()]
    click(seen)
    assert not page.advice.isVisible()
    finishing.begin()
    assert not page.advice.isVisible()
    sitting.put("01", "6.1", scored(81))
    score(sitting, {"02": [74] * 6})
    finishing.begin()
    assert len(lines(page)) == 1


def test_a_ranking_against_the_levels_is_told_with_its_figures(
    page: FinishPage, finishing: FinishPresenter, sitting: Sitting
) -> None:
    score(
        sitting,
        {
            "01": [90, 90, 90, 90, 75, 75],
            "02": [89, 88, 89, 89, 88, 89],
            "03": [70, 71, 72, 73, 74, 60],
        },
    )
    finishing.begin()
    [line] = lines(page)
    assert line.text() == (
        "01 第1中心 has better levels than 02 第2中心 (优 4、良 2、中 0、差 0 against "
        "优 0、良 6、中 0、差 0), yet its total is 3.67 lower. Weights can be the reason."
    )


def test_advice_keeps_nobody_from_signing(
    page: FinishPage, finishing: FinishPresenter, sitting: Sitting
) -> None:
    score(sitting, {}, same=(80, 81, 82, 83, 84, 85))
    finishing.begin()
    assert page.advice.isVisible()
    page.begin()
    press(None, Qt.Key.Key_Space)
    assert page.foot.primary.isEnabled()
    press(None, Qt.Key.Key_Return, CONTROL)
    assert sitting.locked
    assert not page.advice.isVisible()


def test_sticks_that_cannot_take_a_sheet_are_explained_not_offered(
    page: FinishPage, finishing: FinishPresenter
) -> None:
    finishing.begin()
    rows = page.target.findChildren(PickRow)
    assert [row.isEnabled() for row in rows] == [False, False, True]
    assert [row.isChecked() for row in rows] == [False, False, True]
    assert rows[0].accessibleName().endswith("read-only")
    assert rows[1].accessibleName().endswith("full")


def test_f8_leads_to_the_first_gap(
    page: FinishPage, finishing: FinishPresenter, sitting: Sitting
) -> None:
    score(sitting, {}, same=(80, 71, 82, 63, 84, 75))
    wanted: list[bool] = []
    finishing.gap_wanted = lambda: wanted.append(True)
    finishing.begin()
    page.begin()
    press(None, Qt.Key.Key_F8)
    assert wanted == []
    sitting.put("02", "7.1", MISSING)
    finishing.begin()
    press(None, Qt.Key.Key_F8)
    assert wanted == [True]
