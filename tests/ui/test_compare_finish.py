from pathlib import Path

import pytest

from reviewer_app.core.marks import MISSING, scored
from reviewer_app.sheets.score_sheet import verify_sheet
from tests.ui.making import CODES
from ui.expert.compare_presenter import ComparePresenter
from ui.expert.compare_views import Order
from ui.expert.finish_places import place_of
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.sitting import Sitting


def fill(sitting: Sitting, base: int = 80) -> None:
    for shift, number in enumerate(sitting.numbers()):
        for code in CODES:
            sitting.put(number, code, scored(base + shift))


@pytest.fixture
def comparing(sitting: Sitting) -> ComparePresenter:
    fill(sitting)
    presenter = ComparePresenter(sitting)
    presenter.begin("01", "6.1")
    return presenter


def test_all_marks_stand_side_by_side_with_totals(comparing: ComparePresenter) -> None:
    view = comparing.view()
    assert [head.code for head in view.matrix.rows] == list(CODES)
    assert [head.figure for head in view.matrix.columns] == ["80.00", "81.00", "82.00"]
    assert view.matrix.rows[3].begins_group
    assert view.levels == ("优 90+", "良 75+", "中 60+", "差")


def test_the_ranking_tells_small_differences(
    comparing: ComparePresenter, sitting: Sitting
) -> None:
    sitting.put("01", "6.1", scored(85))
    lines = comparing.view().ranking
    assert [(line.rank, line.number) for line in lines] == [(1, "03"), (2, "02"), (3, "01")]
    assert [line.close for line in lines] == [False, False, True]
    assert lines[2].gap == "−0.17"


def test_equal_totals_share_a_rank(sitting: Sitting) -> None:
    for number in sitting.numbers():
        for code in CODES:
            sitting.put(number, code, scored(80))
    presenter = ComparePresenter(sitting)
    presenter.begin("01", "6.1")
    assert [line.rank for line in presenter.view().ranking] == [1, 1, 1]


def test_an_edit_in_the_matrix_is_stored_and_can_be_undone(
    comparing: ComparePresenter, sitting: Sitting
) -> None:
    comparing.edit("6.2", "02", "91")
    assert sitting.record("02", "6.2").mark == scored(91)
    assert comparing.view().can_undo
    comparing.undo()
    assert sitting.record("02", "6.2").mark == scored(81)
    assert comparing.place() == ("02", "6.2")


def test_what_is_no_mark_is_refused_in_the_matrix_too(
    comparing: ComparePresenter, sitting: Sitting
) -> None:
    comparing.edit("6.2", "02", "104")
    assert sitting.record("02", "6.2").mark == scored(81)
    assert comparing.view().foot.save.text == "02 6.2 not saved: 104 is outside 0–100"


def test_gaps_come_first_and_lead_back_to_scoring(
    comparing: ComparePresenter, sitting: Sitting
) -> None:
    wanted: list[tuple[str, str]] = []
    comparing.item_wanted = lambda: wanted.append(comparing.place())
    comparing.finish_wanted = lambda: wanted.append(("finish", ""))
    sitting.put("03", "7.2", MISSING)
    sitting.put("02", "6.1", scored(40))
    view = comparing.view()
    assert view.foot.primary == "Reason for 6.1 of 02"
    assert [gap.words for gap in view.gaps] == [
        "02 第2中心　1 reasons for low marks",
        "03 第3中心　7.2",
    ]
    assert view.matrix.columns[2].figure == "1 left"
    comparing.next()
    sitting.put("02", "6.1", scored(80))
    sitting.put("03", "7.2", scored(80))
    comparing.next()
    assert wanted == [("02", "6.1"), ("finish", "")]


def test_rows_and_columns_change_places(comparing: ComparePresenter) -> None:
    comparing.transpose(transposed=True)
    comparing.move("02", "7.1")
    view = comparing.view()
    assert [head.code for head in view.matrix.rows] == ["01", "02", "03"]
    assert (view.row, view.column) == ("02", "7.1")
    assert comparing.place() == ("02", "7.1")


def test_applications_can_be_ordered_by_total(comparing: ComparePresenter) -> None:
    comparing.order_by(Order.TOTAL)
    assert [head.code for head in comparing.view().matrix.columns] == ["03", "02", "01"]


@pytest.fixture
def finishing(sitting: Sitting) -> FinishPresenter:
    fill(sitting)
    presenter = FinishPresenter(sitting, list)
    presenter.begin()
    return presenter


def test_what_hinders_signing_is_said_one_after_the_other(
    finishing: FinishPresenter, sitting: Sitting, tmp_path: Path
) -> None:
    sitting.put("01", "6.1", MISSING)
    view = finishing.view()
    assert (view.foot.primary, view.checks[0].met) == ("Go to the first gap", False)
    assert view.checks[0].sentence == "1 of 18 answers are missing"
    sitting.put("01", "6.1", scored(80))
    assert "choose a place" in finishing.view().foot.left.text
    finishing.add_place(tmp_path)
    assert "Tick the statement" in finishing.view().foot.left.text
    finishing.agree(agreed=True)
    view = finishing.view()
    assert view.foot.enabled
    assert all(check.met for check in view.checks)
    assert view.checks[0].sentence == "All 18 answers are there"


def test_signing_writes_reads_back_and_shows_the_receipt(
    finishing: FinishPresenter, sitting: Sitting, tmp_path: Path
) -> None:
    finishing.add_place(tmp_path)
    finishing.agree(agreed=True)
    finishing.next()
    view = finishing.view()
    assert view.signed
    assert all(done for _words, done in view.acts)
    file = tmp_path / "02-r1.scoresheet"
    sheet = verify_sheet(
        file.read_bytes(), sitting.desk.pack.round, sitting.desk.pack.assignment
    )
    assert sheet.receipt == view.receipt
    assert view.paper is not None
    assert view.paper.read_bytes().startswith(b"%PDF")
    assert view.foot.primary == "Print the sheet, sign, hand in"
    assert sitting.locked


def test_a_signed_desk_takes_no_mark_until_a_revision_with_a_reason(
    finishing: FinishPresenter, sitting: Sitting, tmp_path: Path
) -> None:
    finishing.add_place(tmp_path)
    finishing.agree(agreed=True)
    finishing.next()
    finishing.begin_revision()
    assert not sitting.locked
    sitting.put("01", "6.1", scored(95))
    finishing.agree(agreed=True)
    view = finishing.view()
    assert view.asks_reason
    assert not view.foot.enabled
    finishing.give_reason("misread the annex")
    finishing.next()
    assert finishing.view().revision == 2
    assert (tmp_path / "02-r2.scoresheet").is_file()


def test_a_stick_that_refuses_leaves_the_signed_sheet_here(
    finishing: FinishPresenter, sitting: Sitting, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    finishing.add_place(blocked / "stick")
    finishing.agree(agreed=True)
    finishing.next()
    view = finishing.view()
    assert view.trouble.tone == "bad"
    assert "kept here" in view.trouble.text
    assert sitting.locked
    finishing.add_place(tmp_path)
    assert finishing.view().foot.primary == f"Write again to {tmp_path}"
    finishing.next()
    assert (tmp_path / "02-r1.scoresheet").is_file()


def test_a_read_only_stick_is_explained_not_hidden(tmp_path: Path) -> None:
    place = place_of(tmp_path, "", 28_400_000_000, read_only=True, source=None)
    assert not place.usable
    assert "write protection" in place.detail
    ours = place_of(
        tmp_path, "KEY", 28_400_000_000, read_only=False, source=tmp_path / "02.reviewpack"
    )
    assert ours.detail == "28.4 GB free，the stick of this round"
