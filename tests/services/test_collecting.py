from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.services import closing, key_change, results
from reviewer_app.services.collecting import Verdict, skipped_words
from reviewer_app.sheets.codes import split
from reviewer_app.sheets.keys import SigningKey
from tests.services.day import NOON, Day, Laptop, plan
from tests.ui.making import make_pdf


def test_sheets_are_received_once(day: Day) -> None:
    paths = day.sign_all()
    assert {each.verdict for each in day.collect(*paths)} == {Verdict.RECEIVED}
    again = day.collect(*paths)
    assert {each.verdict for each in again} == {Verdict.DUPLICATE}
    with day.context.open_bureau() as unit:
        assert len(unit.sheets(day.round_id)) == 5


def test_a_folder_is_searched_and_other_files_are_left_alone(day: Day, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "notes.docx").write_bytes(b"private")
    for path in day.sign_all():
        path.rename(folder / path.name)
    assert len(day.collect(folder)) == 5


def test_a_wrong_folder_leaves_no_refusals(day: Day, tmp_path: Path) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "方案.pdf").write_bytes(make_pdf("plan", 1))
    (folder / "notes.txt").write_text("HTTPS://EXAMPLE.ORG", "utf-8")
    (folder / "half.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "broken.scoresheet").write_bytes(b"half")
    verdicts = day.collect(folder)
    skipped = [each for each in verdicts if each.verdict is Verdict.SKIPPED]
    assert {Path(each.file).name for each in skipped} == {"方案.pdf", "notes.txt", "half.png"}
    assert "(3)" in skipped_words(verdicts)
    board = closing.standing(day.context.open_bureau, day.round_id)
    assert [each.name for each in board.refusals] == ["broken.scoresheet"]
    (named,) = day.collect(folder / "方案.pdf")
    assert (named.verdict, named.refusal) == (Verdict.REFUSED, "unreadable")
    assert not skipped_words([named])


def test_a_newer_revision_supersedes_whatever_the_order_of_files(day: Day) -> None:
    laptop = day.laptops["03"]
    first = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    second = laptop.sign(day.folder, laptop.content({1: 81, 2: 70, 3: 60}))
    assert [v.verdict for v in day.collect(second, first)] == [
        Verdict.SUPERSEDES,
        Verdict.RECEIVED,
    ]
    board = closing.standing(day.context.open_bureau, day.round_id)
    seat = next(each for each in board.seats if each.expert == "03")
    assert (seat.revision, len(seat.superseded)) == (2, 1)


def test_an_older_revision_is_refused_with_its_name(day: Day) -> None:
    laptop = day.laptops["03"]
    first = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    second = laptop.sign(day.folder, laptop.content({1: 81, 2: 70, 3: 60}))
    day.collect(second)
    (verdict,) = day.collect(first)
    assert (verdict.verdict, verdict.refusal) == (Verdict.REFUSED, "older-revision")
    assert verdict.expert == "03"


def test_a_fork_is_refused(day: Day) -> None:
    laptop = day.laptops["01"]
    one = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}, revision=1))
    other = laptop.sign(day.folder, laptop.content({1: 90, 2: 70, 3: 60}, revision=1))
    day.collect(one)
    (verdict,) = day.collect(other)
    assert verdict.refusal == "fork"


def test_a_second_key_needs_the_secretary_and_a_reason(day: Day) -> None:
    laptop = day.laptops["02"]
    day.collect(laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60})))
    fresh = Laptop(laptop.pack, SigningKey.generate())
    path = fresh.sign(day.folder, fresh.content({1: 60, 2: 60, 3: 60}))
    (refused,) = day.collect(path)
    assert refused.refusal == "second-key"
    with pytest.raises(InputError, match="written reason"):
        key_change.accept_next_key(
            day.context.open_bureau, day.round_id, ExpertNumber("02"), " ", NOON
        )
    key_change.accept_next_key(
        day.context.open_bureau, day.round_id, ExpertNumber("02"), "电脑更换（示例）", NOON
    )
    (accepted,) = day.collect(path)
    assert accepted.verdict is Verdict.SUPERSEDES


def test_a_sheet_of_another_round_is_refused_and_kept(day: Day, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Day.start(tmp_path / "other", plan(experts=3))
    other.issue()
    foreign = other.laptops["01"]
    (verdict,) = day.collect(foreign.sign(other.folder, foreign.content({1: 1, 2: 2, 3: 3})))
    assert verdict.refusal == "other-round"
    board = closing.standing(day.context.open_bureau, day.round_id)
    assert [each.refusal for each in board.refusals] == ["other-round"]
    assert set(board.missing) == {"01", "02", "03", "04", "05"}


def test_a_sheet_made_without_the_pack_is_refused(day: Day) -> None:
    laptop = day.laptops["04"]
    thief = Laptop(replace(laptop.pack, enrolment=bytes(32)))
    (verdict,) = day.collect(thief.sign(day.folder, thief.content({1: 1, 2: 2, 3: 3})))
    assert verdict.refusal == "not-enrolled"


def test_every_flipped_bit_of_a_sheet_is_refused(day: Day) -> None:
    laptop = day.laptops["01"]
    path = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    data = bytearray(path.read_bytes())
    chosen = range(3, 8 * len(data), 8 * len(data) // 25)
    paths = []
    for bit in chosen:
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << (bit % 8)
        flipped = day.folder / f"bit{bit}.scoresheet"
        flipped.write_bytes(changed)
        paths.append(flipped)
    assert {each.verdict for each in day.collect(*paths)} == {Verdict.REFUSED}
    with day.context.open_bureau() as unit:
        assert unit.sheets(day.round_id) == []


def test_garbage_is_a_verdict_not_an_error(day: Day, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.scoresheet", "b.pdf", "c.png", "d.txt")]
    for path in files:
        path.write_bytes(b"\x00garbage" * 10)
    assert {each.verdict for each in day.collect(*files)} == {Verdict.REFUSED}


def test_codes_as_text_carry_the_same_sheet_and_comments_follow(day: Day) -> None:
    laptop = day.laptops["05"]
    path = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    scanned = day.folder / "scan.txt"
    scanned.write_text("\n".join(split(laptop.signed[0].sheet)), "utf-8")
    (paper,) = day.collect(scanned)
    assert paper.verdict is Verdict.RECEIVED
    board = closing.standing(day.context.open_bureau, day.round_id)
    assert [each.comments_pending for each in board.seats if each.expert == "05"] == [True]
    (file,) = day.collect(path)
    assert file.verdict is Verdict.COMMENTS_ADDED


def test_no_result_before_closing(day: Day) -> None:
    day.collect(*day.sign_all())
    with pytest.raises(RoundStateError, match="after closing"):
        results.results_of(day.context.open_bureau, day.round_id)


def test_closing_names_who_is_missing_and_wants_a_reason(day: Day) -> None:
    paths = day.sign_all()
    day.collect(*paths[:4])
    with pytest.raises(RoundStateError, match="05"):
        closing.close_round(day.context.open_bureau, day.round_id, NOON)
    statement = closing.close_round(
        day.context.open_bureau, day.round_id, NOON, "专家05 突发疾病（示例）"
    )
    assert len(statement.log_head) == 64
    with pytest.raises(RoundStateError, match="closed"):
        closing.close_round(day.context.open_bureau, day.round_id, NOON)


def test_a_late_sheet_is_taken_only_with_a_reason(day: Day) -> None:
    paths = day.sign_all()
    day.collect(*paths[:4])
    closing.close_round(day.context.open_bureau, day.round_id, NOON, "缺一份（示例）")
    (refused,) = day.collect(paths[4])
    assert refused.refusal == "after-closing"
    (taken,) = day.collect(paths[4], late_reason="U盘晚到（示例）")
    assert taken.verdict is Verdict.RECEIVED


def test_every_scan_of_the_same_codes_has_its_verdict(day: Day) -> None:
    laptop = day.laptops["05"]
    laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    scans = [day.folder / name for name in ("first.txt", "second.txt")]
    for path in scans:
        path.write_text("\n".join(split(laptop.signed[0].sheet)), "utf-8")
    verdicts = day.collect(*scans)
    assert [(each.file, each.verdict) for each in verdicts] == [
        (str(path), Verdict.RECEIVED) for path in scans
    ]


def test_every_scan_of_an_incomplete_sheet_is_told_what_is_missing(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewer_app.sheets.codes.MAX_PIECE_BYTES", 120)
    laptop = day.laptops["05"]
    laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    parts = split(laptop.signed[0].sheet)
    assert len(parts) > 2
    scans = [day.folder / f"page{number}.txt" for number in (1, len(parts))]
    for path, part in zip(scans, (parts[0], parts[-1]), strict=True):
        path.write_text(part, "utf-8")
    verdicts = day.collect(*scans)
    assert [(each.file, each.verdict) for each in verdicts] == [
        (str(path), Verdict.INCOMPLETE_CODES) for path in scans
    ]


def test_every_scan_of_foreign_codes_has_its_verdict(day: Day) -> None:
    scans = [day.folder / name for name in ("first.txt", "second.txt")]
    for path in scans:
        path.write_text("HTTPS://EXAMPLE.ORG", "utf-8")
    assert [(each.file, each.verdict) for each in day.collect(*scans)] == [
        (str(path), Verdict.REFUSED) for path in scans
    ]


def test_another_code_on_the_page_is_left_aside(day: Day) -> None:
    laptop = day.laptops["05"]
    laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
    scan = day.folder / "scan.txt"
    codes = [*split(laptop.signed[0].sheet), "HTTPS://EXAMPLE.ORG"]
    scan.write_text("\n".join(codes), "utf-8")
    assert [each.verdict for each in day.collect(scan)] == [Verdict.RECEIVED]
