from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.opinion_files import OpinionText, load_opinion, load_opinions
from reviewer_app.inputs.votes_file import load_votes
from tests.inputs.files import csv

ROUND = Numbering(["01", "02", "03"])
PANEL = Numbering(["01", "02"])
OPINION = "总体评价\n目标清楚。\n\n存在问题\n一是…\n二是…\n意见建议\n尽快签约。\n"


def test_named_votes_in_two_languages(tmp_path: Path) -> None:
    path = csv(
        tmp_path / "VOTES.csv", "application,expert,vote,reservation",
        "1,01,approve,", '02,2,弃权,"人员缺口大，\n先补齐"', "02,1,反对,",
    )  # fmt: skip
    assert load_votes(path, ROUND, PANEL) == (
        CastVote("01", "01", Vote(Choice.APPROVE)),
        CastVote("02", "02", Vote(Choice.ABSTAIN, "人员缺口大，\n先补齐")),
        CastVote("02", "01", Vote(Choice.REJECT)),
    )


def test_counted_ballots(tmp_path: Path) -> None:
    path = csv(tmp_path / "v.csv", "对象编号,赞成,反对,弃权", "1,5,1,1", "2,７,0,0")
    assert load_votes(path, ROUND, PANEL) == (Ballots("01", 5, 1, 1), Ballots("02", 7, 0, 0))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["application,expert,vote", "01,01,maybe"], "column 3: “maybe” is no vote"),
        (["application,expert,vote", "01,01,赞成", "1,1,反对"], "line 3.*second vote on 01"),
        (["application,expert,vote", "09,01,赞成"], "no number “09”"),
        (["application,expert,vote", "01,09,赞成"], "no number “09”"),
        (["application,expert,vote", "01,01,"], "“vote” is empty"),
        (["application,approve,reject,abstain", "01,5,-1,0"], "“-1” is not a count"),
        (["application,approve,reject,abstain", "01,5,1.0,0"], "“1.0” is not a count"),
        (["application,approve,reject,abstain", "01,5,1,0", "1,5,1,0"], "second count of 01"),
        (["application,approve", "01,5"], "no header row with the column expert · vote"),
    ],
)
def test_a_faulty_vote_names_the_cell(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_votes(csv(tmp_path / "v.csv", *lines), ROUND, PANEL)


def test_numbers_are_taken_as_typed_when_no_round_is_at_hand(tmp_path: Path) -> None:
    path = csv(tmp_path / "v.csv", "application,expert,vote", "A-7,９,赞成")
    assert load_votes(path) == (CastVote("A-7", "9", Vote(Choice.APPROVE)),)


@pytest.mark.parametrize("name", ["03.txt", "3-海洋功能材料.txt", "03 意见.txt", "03_x.TXT"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_opinion_is_found_by_its_file_name(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(OPINION.replace("\n", "\r\n").encode(encoding))
    assert load_opinion(path, ROUND) == OpinionText(
        "03", "目标清楚。", "一是…\n二是…", "尽快签约。"
    )


def test_headings_may_be_numbered_and_followed_by_text(tmp_path: Path) -> None:
    path = tmp_path / "01.txt"
    path.write_text(
        "一、总体评价：好。\n## 存在问题\n无大碍\n【意见建议】\n补充\n不同意见：专家02保留\n",
        "utf-8",
    )
    assert load_opinion(path, ROUND) == OpinionText(
        "01", "好。", "无大碍", "补充", "专家02保留"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OPINION.replace("尽快签约。", " "), "nothing stands under the heading 意见建议"),
        (
            OPINION.replace("存在问题", "存在的问题"),
            "nothing stands under the heading 存在问题",
        ),
        ("前言\n" + OPINION, "line 1: text before the first heading"),
        (OPINION + OPINION, "line 9: the heading 总体评价 occurs twice"),
        (OPINION + "\x00", r"U\+0000"),
        ("", "总体评价"),
    ],
)
def test_an_unfinished_opinion_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "01.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=rf"01\.txt.*{said}"):
        load_opinion(path, ROUND)


def test_a_folder_of_opinions(tmp_path: Path) -> None:
    for name in ("2.txt", "10.txt", "Thumbs.db"):
        (tmp_path / name).write_text(OPINION, "utf-8")
    numbers = Numbering(["2", "10"])
    assert [each.application for each in load_opinions(tmp_path, numbers)] == ["2", "10"]
    (tmp_path / "02-重复.txt").write_text(OPINION, "utf-8")
    with pytest.raises(InputError, match="a second opinion on 2"):
        load_opinions(tmp_path, numbers)
    (tmp_path / "02-重复.txt").rename(tmp_path / "意见.docx")
    with pytest.raises(InputError, match="text files"):
        load_opinions(tmp_path, numbers)
    with pytest.raises(InputError, match="does not exist; check the name"):
        load_opinions(tmp_path / "absent")
