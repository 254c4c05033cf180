"""The paper form typed in by two people: blind, settled, counted, refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from reviewer_app.core.errors import InputError, MarkError, RoundStateError, StorageError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.inputs.entry_file import Settled
from reviewer_app.services import (
    closing,
    key_change,
    paper_entry,
    paper_form,
    reissuing,
    results,
)
from reviewer_app.services.collecting import Verdict
from reviewer_app.services.entry_drafts import EntryDraft, draft_of, keep_draft
from reviewer_app.services.paper_entry import EntryProgress, Form, Paper, Step
from reviewer_app.services.verification import verify_file
from reviewer_app.sheets.entry_cells import cells_digest
from reviewer_app.sheets.log import read_line
from tests.papers.looking import picture
from tests.services.day import NOON, Day

FIRST, SECOND = "张记录", "李记录"
REASON = "笔记本电脑损坏（示例）"


def form_of(day: Day, expert: int = 2) -> Form:
    return Form(day.round_id, ExpertNumber(f"{expert:02d}"))


def cells(day: Day, points: int = 80, expert: int = 2) -> dict[tuple[str, str], str]:
    blank = paper_form.blank_form(day.context.open_bureau, form_of(day, expert))
    return {(n, row.code): str(points) for row in blank.rows for n in row.boxes}


def printed(day: Day, expert: int = 2) -> Path:
    """Return the form as PDF: what a scanner would give of it, only cleaner."""
    path = day.folder / f"form-{len(list(day.folder.glob('form-*')))}.pdf"
    paper_form.write_form(day.context.open_bureau, form_of(day, expert), path, NOON)
    return path


def type_first(day: Day, typed: dict[tuple[str, str], str] | None = None) -> EntryProgress:
    paper = Paper(printed(day), REASON)
    bureau = day.context.open_bureau
    mine = typed or cells(day)
    return paper_entry.type_in(bureau, form_of(day), FIRST, mine, NOON, paper)


def type_second(
    day: Day, typed: dict[tuple[str, str], str] | None = None, by: str = SECOND
) -> EntryProgress:
    bureau = day.context.open_bureau
    return paper_entry.type_in(bureau, form_of(day), by, typed or cells(day), NOON)


def test_two_who_read_the_same_make_an_entry_that_counts(day: Day) -> None:
    once = type_first(day)
    assert (once.step, once.differences) == (Step.TYPED_ONCE, ())
    done = type_second(day)
    assert (done.step, done.revision) == (Step.ENTERED, 1)
    assert [each.by for each in done.typed] == [FIRST, SECOND]
    board = closing.standing(day.context.open_bureau, day.round_id)
    seat = next(seat for seat in board.seats if seat.expert == "02")
    assert (seat.source, seat.receipt) == ("re-entered", done.receipt)
    assert (seat.key_fingerprint, seat.comments_pending) == ("", False)


def test_the_second_person_begins_with_an_empty_form_whatever_crashed(day: Day) -> None:
    bureau, form = day.context.open_bureau, form_of(day)
    draft = EntryDraft(FIRST, REASON, cells=cells(day))
    keep_draft(bureau, form, draft)
    assert draft_of(bureau, form) == draft
    type_first(day)  # and nothing after it: the window is gone
    assert draft_of(bureau, form) == EntryDraft()


def test_an_entry_weighs_exactly_what_a_sheet_would(day: Day, tmp_path: Path) -> None:
    signed = day.copy(tmp_path / "signed")
    points = {number: {1: 81, 2: 72, 3: 63} for number in day.laptops}
    paths = signed.sign_all(points)
    signed.collect(*paths)
    day.collect(*(path for path in paths if not path.name.startswith("02")))
    typed = {(number, code): str(points["02"][int(number)]) for number, code in cells(day)}
    type_first(day, typed)
    type_second(day, typed)
    found = []
    for each in (signed, day):
        closing.close_round(each.context.open_bureau, each.round_id, NOON)
        found.append(results.results_of(each.context.open_bureau, each.round_id))
    assert [r.exact for r in found[0].tally.applications] == [
        r.exact for r in found[1].tally.applications
    ]
    assert b'"source":"paper-entry"' in found[1].text
    assert b'"source":"paper-entry"' not in found[0].text


def test_the_second_never_sees_what_the_first_typed(day: Day) -> None:
    type_first(day, cells(day, 77))
    progress = paper_entry.progress_of(day.context.open_bureau, form_of(day))
    assert "77" not in repr(progress)
    with day.context.open_bureau() as unit:
        assert b"77" not in unit.log(day.round_id)[-1].line.split(b'"details"')[0]


def test_whoever_knows_the_log_cannot_try_what_the_first_typed(day: Day) -> None:
    """Only the entry tells the salts; before there is one, equal marks look different."""
    mine = cells(day, 77)
    type_first(day, mine)
    with day.context.open_bureau() as unit:
        logged = read_line(unit.log(day.round_id)[-1].line).entry.details["cells"]
    assert logged != cells_digest(mine, "")
    type_second(day, mine)
    with day.context.open_bureau() as unit:
        typed = [
            str(entry.details["cells"])
            for entry in (read_line(record.line).entry for record in unit.log(day.round_id))
            if entry.event == "paper-typed"
        ]
        entered = json.loads(unit.sheets(day.round_id)[-1].sheet)
    assert typed[0] != typed[1]
    assert typed == [cells_digest(mine, each["salt"]) for each in entered["typed"]]


def test_differences_come_by_cell_and_are_settled_with_a_reason(day: Day) -> None:
    mine = cells(day)
    place = ("02", next(code for number, code in mine if number == "02"))
    type_first(day, mine)
    different = type_second(day, {**mine, place: "85"})
    assert different.step is Step.DIFFERENT
    (only,) = different.differences
    assert (only.application, only.indicator, only.first, only.second) == (*place, "80", "85")
    bureau, form = day.context.open_bureau, form_of(day)
    with pytest.raises(InputError, match="not settled"):
        paper_entry.settle(bureau, form, "王核对", {}, NOON)
    with pytest.raises(InputError, match="say why"):
        paper_entry.settle(bureau, form, "王核对", {place: Settled("85", " ")}, NOON)
    other = {place: Settled("85", "清楚"), ("01", place[1]): Settled("80", "x")}
    with pytest.raises(InputError, match="nothing to settle"):
        paper_entry.settle(bureau, form, "王核对", other, NOON)
    with pytest.raises(MarkError, match="outside"):
        paper_entry.settle(bureau, form, "王核对", {place: Settled("850", "x")}, NOON)
    done = paper_entry.settle(bureau, form, "王核对", {place: Settled("85", "原纸为 85")}, NOON)
    assert done.step is Step.ENTERED
    with bureau() as unit:
        (kept,) = unit.sheets(day.round_id)
    assert "原纸为 85".encode() in kept.sheet
    assert unit.typings(day.round_id) == []


def test_a_new_pack_lets_no_paper_form_take_a_signed_sheets_place(day: Day) -> None:
    day.collect(*day.sign_all())
    bureau, places = day.context.open_bureau, (day.folder / "again", day.folder / "again.csv")
    reissuing.reissue_pack(bureau, day.round_id, ExpertNumber("02"), "遗失", places, NOON)
    with pytest.raises(RoundStateError, match="A signed sheet"):
        type_first(day)
    key_change.accept_next_key(bureau, day.round_id, ExpertNumber("02"), "改用纸质", NOON)
    type_first(day)
    assert type_second(day).step is Step.ENTERED


def test_the_same_person_cannot_be_both(day: Day) -> None:
    type_first(day)
    for name in (FIRST, " 张 记录", "张记录　"):
        with pytest.raises(InputError, match="another person"):
            type_second(day, by=name)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({("01", "6.1"): ""}, "box is empty"),
        ({("01", "6.1"): "101"}, "outside"),
        ({("01", "6.1"): "eighty"}, "not a plain decimal"),
        ({("01", "99"): "8"}, "no such box"),
        ({("01", "*"): "kinship"}, "recused"),
    ],
)
def test_a_box_that_cannot_stand_is_refused_by_name(
    day: Day, change: dict[tuple[str, str], str], sentence: str
) -> None:
    mine = cells(day)
    first_code = next(iter(mine))[1]
    changed = {(n, first_code if c == "6.1" else c): text for (n, c), text in change.items()}
    with pytest.raises(MarkError, match=sentence):
        type_first(day, {**mine, **changed})


def test_a_recusal_on_the_form_leaves_the_application_unscored(day: Day) -> None:
    mine = {place: text for place, text in cells(day).items() if place[0] != "03"}
    mine["03", "*"] = "kinship"
    type_first(day, mine)
    type_second(day, mine)
    closing.close_round(day.context.open_bureau, day.round_id, NOON, "其余缺席（示例）")
    found = results.results_of(day.context.open_bureau, day.round_id)
    assert list(found.seating.counted["02"].content.recusals) == ["03"]  # type: ignore[index]
    assert found.tally.of("03").sheets == ()


def test_a_scan_must_be_this_experts_form(day: Day) -> None:
    bureau = day.context.open_bureau
    paper = Paper(printed(day, 5), REASON)
    with pytest.raises(InputError, match="holds the form of expert 05"):
        paper_entry.type_in(bureau, form_of(day), FIRST, cells(day), NOON, paper)
    uncoded = day.folder / "white.png"
    Image.new("L", (400, 400), 255).save(uncoded)
    with pytest.raises(InputError, match="No code of a paper form"):
        paper_entry.type_in(
            bureau, form_of(day), FIRST, cells(day), NOON, Paper(uncoded, REASON)
        )
    with pytest.raises(InputError, match="gives the scan"):
        paper_entry.type_in(bureau, form_of(day), FIRST, cells(day), NOON)
    with bureau() as unit:
        assert unit.attachments(day.round_id) == []


def test_signed_and_typed_in_replace_each_other_only_when_accepted(day: Day) -> None:
    bureau = day.context.open_bureau
    (path,) = day.sign_all()[1:2]
    day.collect(path)
    with pytest.raises(RoundStateError, match="A signed sheet of expert 02 counts"):
        type_first(day)
    key_change.accept_next_key(bureau, day.round_id, ExpertNumber("02"), "以纸为准", NOON)
    type_first(day)
    entered = type_second(day)
    assert entered.step is Step.ENTERED
    laptop = day.laptops["02"]
    again = laptop.sign(day.folder, laptop.content({1: 1, 2: 2, 3: 3}))
    (refused,) = day.collect(again)
    assert (refused.verdict, refused.refusal) == (Verdict.REFUSED, "second-key")
    assert "typed-in paper form counts" in refused.sentence
    key_change.accept_next_key(bureau, day.round_id, ExpertNumber("02"), "电脑修复", NOON)
    (taken,) = day.collect(again)
    assert taken.verdict is Verdict.SUPERSEDES


def test_a_second_form_corrects_the_first_in_a_chain(day: Day) -> None:
    type_first(day)
    first = type_second(day)
    type_first(day, cells(day, 70))
    second = type_second(day, cells(day, 70))
    assert (first.revision, second.revision) == (1, 2)
    board = closing.standing(day.context.open_bureau, day.round_id)
    seat = next(seat for seat in board.seats if seat.expert == "02")
    assert (seat.receipt, seat.superseded) == (second.receipt, (first.receipt,))
    type_first(day, cells(day, 70))
    with pytest.raises(InputError, match="says what the entry"):
        type_second(day, cells(day, 70))


def test_to_begin_anew_drops_both_typings_and_is_logged(day: Day) -> None:
    bureau, form = day.context.open_bureau, form_of(day)
    with pytest.raises(RoundStateError, match="Nothing has been typed"):
        paper_entry.begin_again(bureau, form, FIRST, "拿错表（示例）", NOON)
    type_first(day)
    with pytest.raises(InputError, match="reason"):
        paper_entry.begin_again(bureau, form, FIRST, " ", NOON)
    after = paper_entry.begin_again(bureau, form, FIRST, "拿错表（示例）", NOON)
    assert after.step is Step.NOTHING
    with bureau() as unit:
        assert b"typing-dropped" in unit.log(day.round_id)[-1].line


def test_what_was_typed_cannot_be_changed_in_the_database(day: Day) -> None:
    mine = cells(day)
    place = next(iter(mine))
    type_first(day, mine)
    bureau = day.context.open_bureau
    with bureau() as unit:
        (typing,) = unit.typings(day.round_id)
        unit.remove_typings(day.round_id, typing.expert, 1)
        unit.add_typing(replace(typing, cells=typing.cells.replace('"80"', '"99"')))
        unit.commit()
    with pytest.raises(StorageError, match="not what the log says"):
        type_second(day, {**mine, place: "99"})


def test_a_form_is_no_sheet_for_collection_nor_for_verify(day: Day) -> None:
    scan = printed(day)
    (verdict,) = day.collect(scan)
    assert verdict.verdict is Verdict.REFUSED
    assert "paper form of expert 02" in verdict.sentence
    report = verify_file(scan)
    assert not report.ok
    assert "holds no signature" in report.checks[0].detail


def test_a_form_is_read_from_a_scan_that_is_turned_and_noisy(day: Day) -> None:
    path = day.folder / "scan.png"
    scanned(printed(day).read_bytes()).save(path)
    bureau, paper = day.context.open_bureau, Paper(path, REASON)
    once = paper_entry.type_in(bureau, form_of(day), FIRST, cells(day), NOON, paper)
    assert once.step is Step.TYPED_ONCE


def scanned(pdf: bytes) -> Image.Image:
    """Return the page as a cheap scanner gives it at 150 dpi: turned, blurred, noisy."""
    page = picture(pdf, dpi=150).rotate(1.7, expand=True, fillcolor=250)
    page = page.filter(ImageFilter.GaussianBlur(0.7))
    return Image.blend(page, Image.effect_noise(page.size, 60), 0.12)
