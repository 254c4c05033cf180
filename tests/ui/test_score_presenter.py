import pytest

from reviewer_app.core.errors import StorageError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, scored
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_place import kept_flags, kept_place
from reviewer_app.services.desk_scoring import Remarks
from tests.ui.making import CODES
from ui.expert import sitting as sitting_module
from ui.expert.score_presenter import ScorePresenter
from ui.expert.sitting import Sitting
from ui.views import Progress, RowState


@pytest.fixture
def scoring(sitting: Sitting) -> ScorePresenter:
    presenter = ScorePresenter(sitting)
    presenter.begin()
    return presenter


def enter(scoring: ScorePresenter, text: str) -> None:
    for place in range(1, len(text) + 1):
        scoring.type_score(text[:place])
    scoring.settle_score(text)


def test_nothing_is_filled_in_beforehand(scoring: ScorePresenter) -> None:
    form = scoring.view().form
    assert (form.code, form.score, form.chosen) == ("6.1", "", None)
    assert "Choose a level" in form.hint


def test_level_first_then_the_number_within_it(scoring: ScorePresenter) -> None:
    asked: list[str] = []
    scoring.focus_score = lambda: asked.append("score")
    scoring.choose_level(1)
    view = scoring.view()
    assert (view.form.chosen, view.form.score) == (1, "")
    assert view.form.bounds == "75–89, step 1"
    assert view.foot.primary == "Enter the score of 6.1"
    assert asked == ["score"]
    assert scoring.sitting.record("01", "6.1").mark == MISSING
    enter(scoring, "84")
    assert scoring.sitting.record("01", "6.1").mark == scored(84)
    assert scoring.view().form.message.text == ""


def test_a_number_moves_the_level_and_says_so(scoring: ScorePresenter) -> None:
    scoring.choose_level(1)
    enter(scoring, "68")
    form = scoring.view().form
    assert form.chosen == 2
    assert form.message.text == "Level changed to 中 (60–74) to match the score"


def test_a_level_empties_a_number_outside_it_and_undo_brings_it_back(
    scoring: ScorePresenter,
) -> None:
    enter(scoring, "84")
    scoring.choose_level(0)
    assert scoring.view().form.score == ""
    assert scoring.sitting.record("01", "6.1").mark == MISSING
    scoring.undo()
    assert scoring.sitting.record("01", "6.1").mark == scored(84)
    assert scoring.view().form.chosen == 1


def test_a_level_keeps_a_number_inside_it(scoring: ScorePresenter) -> None:
    enter(scoring, "84")
    scoring.choose_level(1)
    assert scoring.sitting.record("01", "6.1").mark == scored(84)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("104", "Not saved: 104 is outside 0–100. Enter 100 or less. 84 still counts."),
        ("-1", "Not saved: -1 is outside 0–100. Enter 0 or more. 84 still counts."),
        ("84.5", "Not saved: 84.5 is off the step 1. 84 still counts."),
    ],
)
def test_what_is_no_mark_is_refused_and_the_old_one_counts(
    scoring: ScorePresenter, text: str, said: str
) -> None:
    enter(scoring, "84")
    enter(scoring, text)
    view = scoring.view()
    assert view.form.message.text == said
    assert view.form.field_state == "error"
    assert view.form.score == text
    assert view.foot.primary == "Correct 6.1"
    assert view.foot.save.tone == "bad"
    assert scoring.sitting.record("01", "6.1").mark == scored(84)


def test_a_low_mark_counts_in_the_total_but_not_as_complete(scoring: ScorePresenter) -> None:
    enter(scoring, "52")
    view = scoring.view()
    assert view.total == "8.67"
    assert (view.done, view.of) == (0, 6)
    assert view.form.reason_required
    assert view.form.field_state == "warn"
    assert view.foot.primary == "Write the reason first"
    assert "60 % of the maximum" in view.form.message.text
    scoring.write_reason("No plan at all")
    view = scoring.view()
    assert (view.done, view.foot.primary) == (1, "Next: 6.2")


@pytest.mark.parametrize(
    ("state", "mark", "row"),
    [
        ("not-applicable", NOT_APPLICABLE, RowState.NOT_APPLICABLE),
        ("abstained", ABSTAINED, RowState.ABSTAINED),
    ],
)
def test_no_number_for_a_reason_is_an_answer(
    scoring: ScorePresenter, state: str, mark: object, row: RowState
) -> None:
    scoring.choose_other(state)
    assert scoring.sitting.record("01", "6.1").mark == mark
    shown = scoring.view().groups[0].rows[0]
    assert (shown.state, shown.score) == (row, "／")
    assert scoring.view().done == 1


def test_zero_missing_and_abstained_stay_three_different_things(
    scoring: ScorePresenter,
) -> None:
    enter(scoring, "0")
    scoring.open_indicator("6.2")
    scoring.choose_other("abstained")
    rows = scoring.view().groups[0].rows
    assert [row.score for row in rows] == ["0", "／", "—"]
    assert [row.state for row in rows] == [
        RowState.SCORED,
        RowState.ABSTAINED,
        RowState.MISSING,
    ]


def test_steps_go_by_the_indicators_own_and_stop_at_its_ends(scoring: ScorePresenter) -> None:
    scoring.step_score(1)
    assert scoring.sitting.record("01", "6.1").mark == scored(0)
    scoring.step_score(-1)
    assert scoring.sitting.record("01", "6.1").mark == scored(0)
    enter(scoring, "84")
    scoring.step_score(1)
    assert scoring.sitting.record("01", "6.1").mark == scored(85)


def test_an_emptied_field_takes_the_mark_away(scoring: ScorePresenter) -> None:
    enter(scoring, "84")
    scoring.settle_score("")
    assert scoring.sitting.record("01", "6.1").mark == MISSING
    assert scoring.sitting.can_undo()


def test_the_primary_leads_through_gaps_applications_and_on_to_compare(
    scoring: ScorePresenter,
) -> None:
    reached: list[str] = []
    scoring.compare_wanted = lambda: reached.append("compare")
    labels: list[str] = []
    for _each in range(18):
        enter(scoring, "80")
        labels.append(scoring.view().foot.primary)
        scoring.next()
    assert labels[:6] == [
        "Next: 6.2",
        "Next: 6.3",
        "Next: 7.1",
        "Next: 7.2",
        "Next: 7.3",
        "Next application: 02",
    ]
    assert labels[-1] == "Compare"
    assert reached == ["compare"]
    assert {item.progress for item in scoring.view().rail} == {Progress.DONE}


def test_gaps_left_behind_are_found_again(scoring: ScorePresenter) -> None:
    scoring.open_indicator("7.3")
    enter(scoring, "80")
    assert scoring.view().foot.primary == "Next: 6.1"
    scoring.next_gap()
    assert scoring.place() == ("01", "6.1")


def test_going_about_by_keys(scoring: ScorePresenter) -> None:
    scoring.step_indicator(-1)
    assert scoring.place() == ("01", "6.1")
    scoring.step_indicator(1)
    assert scoring.place() == ("01", "6.2")
    scoring.step_application(1)
    assert scoring.place()[0] == "02"
    scoring.open_group(1)
    assert scoring.place() == ("02", "7.1")
    scoring.step_application(-1)
    assert scoring.place()[0] == "01"


def test_a_half_typed_score_is_there_after_a_crash(
    scoring: ScorePresenter, sitting: Sitting
) -> None:
    scoring.open_at("02", "6.2")
    scoring.type_score("8")
    scoring.type_score("84")
    again = Sitting(sitting.session)
    again.reload()
    later = ScorePresenter(again)
    later.begin()
    assert later.place() == ("02", "6.2")
    assert again.record("02", "6.2").mark == scored(84)


def test_a_draft_that_is_no_mark_comes_back_as_it_was(
    scoring: ScorePresenter, sitting: Sitting
) -> None:
    scoring.type_score("104")
    later = ScorePresenter(sitting)
    later.begin()
    assert later.view().form.score == "104"
    assert later.view().form.field_state == "error"


def test_a_level_chosen_alone_comes_back_too(scoring: ScorePresenter, sitting: Sitting) -> None:
    scoring.choose_level(2)
    later = ScorePresenter(sitting)
    later.begin()
    assert later.view().form.chosen == 2


def test_cited_pages_are_stored_once_and_can_be_taken_back(scoring: ScorePresenter) -> None:
    scoring.cite("建设方案.pdf", 2)
    scoring.cite("建设方案.pdf", 2)
    scoring.cite("附件.pdf", 1)
    assert [c.text for c in scoring.view().form.citations] == ["建设方案 p. 2", "附件 p. 1"]
    scoring.remove_citation(0)
    assert [c.page for c in scoring.view().form.citations] == [1]
    assert scoring.view().groups[0].rows[0].commented


def test_comment_reason_and_mark_do_not_disturb_one_another(scoring: ScorePresenter) -> None:
    enter(scoring, "40")
    scoring.write_comment("four of six signed")
    scoring.write_reason("nothing in writing")
    enter(scoring, "41")
    record = scoring.sitting.record("01", "6.1")
    assert (record.comment, record.reason) == ("four of six signed", "nothing in writing")
    assert record.mark == scored(41)


def test_a_note_is_private_to_its_application(scoring: ScorePresenter) -> None:
    scoring.write_note("ask about the other two")
    assert scoring.view().note == "ask about the other two"
    scoring.open_application("02")
    assert scoring.view().note == ""
    scoring.open_application("01")
    assert scoring.view().note == "ask about the other two"


def test_a_flag_shows_in_the_rail_and_stays(scoring: ScorePresenter, sitting: Sitting) -> None:
    scoring.toggle_flag()
    assert scoring.view().rail[0].flagged
    sitting.reload()
    assert sitting.flags == {"01"}


def test_target_claim_and_comparison_stand_side_by_side(scoring: ScorePresenter) -> None:
    scoring.open_indicator("6.2")
    strip = scoring.view().form.strip
    assert [part.text for part in strip] == ["≥5 个", "6 个，其中已签 4 个", "reached 120%"]
    scoring.open_indicator("6.1")
    assert scoring.view().form.strip == ()


def test_what_the_disk_refuses_is_not_shown_as_saved_and_is_tried_again(
    scoring: ScorePresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("The disk is full; free 50 MB")

    monkeypatch.setattr(sitting_module, "put_mark", full)
    enter(scoring, "84")
    view = scoring.view()
    assert scoring.sitting.record("01", "6.1").mark == MISSING
    assert view.waiting
    assert (view.foot.save.tone, view.foot.save.icon) == ("bad", "circle-x")
    monkeypatch.undo()
    scoring.retry()
    assert scoring.sitting.record("01", "6.1").mark == scored(84)
    assert not scoring.view().waiting
    assert scoring.view().foot.save.tone == "ok"


def test_one_goes_on_and_flags_while_the_disk_refuses(
    scoring: ScorePresenter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("The disk is full; free 50 MB")

    for name in ("put_place", "put_flags"):
        monkeypatch.setattr(sitting_module, name, full)
    scoring.open_indicator("6.2")
    scoring.toggle_flag()
    assert scoring.place() == ("01", "6.2")
    assert scoring.view().waiting
    monkeypatch.undo()
    scoring.retry()
    assert kept_place(desk) == ("01", "6.2")
    assert kept_flags(desk) == {"01"}


def test_marks_are_on_the_disk_before_the_page_looks_again(
    scoring: ScorePresenter, sitting: Sitting
) -> None:
    stored: list[object] = []

    def look() -> None:
        with sitting.desk.unit() as unit:
            stored.append([record.mark for record in unit.marks()])

    scoring.changed = look
    enter(scoring, "84")
    assert stored[-1] == [scored(84)]


def test_the_open_row_is_spoken_whole(scoring: ScorePresenter) -> None:
    enter(scoring, "84")
    assert scoring.view().form.spoken == "6.1 指标6.1，weight 50/3，良，84 points，saved"


def test_a_remark_with_a_forbidden_character_is_refused_in_place(
    scoring: ScorePresenter, sitting: Sitting
) -> None:
    scoring.write_comment("bad\x00text")
    assert sitting.record("01", "6.1").comment == ""
    assert scoring.view().foot.save.tone == "bad"


def test_every_indicator_can_be_opened_and_shown(scoring: ScorePresenter) -> None:
    for code in CODES:
        scoring.open_indicator(code)
        assert scoring.view().form.code == code


def test_recused_applications_are_counted_and_never_named(sitting: Sitting) -> None:
    from reviewer_app.services.recusal import recuse  # noqa: PLC0415

    recuse(sitting.desk, "02", ["office"], "", sitting.session.now())
    sitting.reload()
    scoring = ScorePresenter(sitting)
    scoring.begin()
    view = scoring.view()
    assert [item.number for item in view.rail] == ["01", "03"]
    assert view.recused == "1 stepped back from, no longer shown"
    scoring.open_at("02", "6.1")
    assert scoring.place()[0] != "02"


def test_remarks_are_one_value(sitting: Sitting) -> None:
    sitting.put_remarks("01", "6.1", Remarks("c", "r", ("x.pdf#1",)))
    record = sitting.record("01", "6.1")
    assert (record.comment, record.reason, record.citations) == ("c", "r", ("x.pdf#1",))
