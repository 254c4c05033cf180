"""P3: GB/T 9704 to the millimetre, and nothing said that was not computed."""

import re
from dataclasses import replace

import pytest

from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.minutes import (
    minutes_paper,
)
from reviewer_app.papers.minutes_facts import (
    MinutesFacts,
)
from reviewer_app.papers.model import plain, walk
from reviewer_app.papers.official import PITCH, body, official_page, ordinal
from reviewer_app.papers.pdf import pdf_bytes
from tests.papers import facts
from tests.papers.looking import ink, lines_of, page_count, picture, text_of


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest) -> bytes:
    """Return the minutes of the invented round."""
    return pdf_bytes(minutes_paper(facts.minutes()), request.getfixturevalue("fonts"))


def test_a_full_page_has_22_lines_of_28_characters(fonts: Fonts) -> None:
    paper = replace(minutes_paper(facts.minutes()), blocks=(body("评" * (28 * 22 * 2 - 2)),))
    pdf = pdf_bytes(paper, fonts)
    assert page_count(pdf) == 2
    lines = lines_of(pdf, 2)[:-1]  # the last is the page number
    assert len(lines) == 22
    assert {len(line.strip()) for line in lines} == {28}


def test_the_text_area_is_156_by_225_mm(fonts: Fonts) -> None:
    paper = replace(minutes_paper(facts.minutes()), blocks=(body("国" * (28 * 22 - 2)),))
    numbered = ink(pdf_bytes(paper, fonts))
    bare = replace(paper, page=replace(paper.page, footer=replace(paper.page.footer)))
    seen = ink(pdf_bytes(bare, fonts))
    # a character fills about 90 % of its square, a line of 29 points holds 15.75 of type
    assert seen.left == pytest.approx(28.3, abs=0.5)
    assert seen.right == pytest.approx(26.3, abs=0.6)
    assert seen.top == pytest.approx(37 + (PITCH - 15.75) / 2 / 72 * 25.4, abs=0.7)
    assert numbered.bottom < 35 - 7


def test_the_page_number_stands_7_mm_below_and_outside(made: bytes) -> None:
    for page, at_left in ((1, False), (2, True)):
        grey = picture(made, page, 254)
        band = grey.crop((0, ((297 - 33) * 10), grey.width, grey.height))
        box = band.point(lambda value: 255 if value < 128 else 0).getbbox()
        assert box
        left, right = box[0] / 10, box[2] / 10
        if at_left:
            assert left == pytest.approx(28 + 14 / 72 * 25.4, abs=1)
        else:
            assert 210 - right == pytest.approx(26 + 14 / 72 * 25.4, abs=1)
    dashes = [y for y in range(2620, 2800) if _dark(grey, y) > 25]
    assert dashes[0] / 10 == pytest.approx(262 + 7, abs=0.6)


def _dark(grey: object, y: int) -> int:
    row = grey.crop((0, y, grey.width, y + 1)).tobytes()  # type: ignore[attr-defined]  # a picture
    return max(
        len(part) for part in "".join("#" if v < 128 else " " for v in row).split() or [""]
    )


def test_the_mark_stands_35_mm_below_the_text_areas_top_and_is_red(fonts: Fonts) -> None:
    pdf = pdf_bytes(minutes_paper(facts.minutes()), fonts)
    assert ink(pdf).top == pytest.approx(37 + 35, abs=1)
    assert "评审会议纪要" in lines_of(pdf, 1)[0]


def test_it_says_everything_that_proves_it(made: bytes) -> None:
    seen = text_of(made)
    given = facts.minutes()
    for receipt in given.receipts:
        assert receipt.receipt in seen
        assert receipt.name in seen
    joined = re.sub(r"—\d+—", "", seen)
    for digest in (given.proof.results_digest, given.proof.verify_digest, given.proof.log_head):
        assert digest in joined
    assert "9A3177B205CDE418" in seen
    for result in given.results:
        for text in (result.name, result.unit, result.result):
            assert text in joined
    for section in ("一、评审情况", "二、评审结果", "三、不同意见与更正", "四、下一步"):
        assert section in seen
    assert "专家05对07号对象回避，该对象由6人评分。" in seen
    assert "裴𬭎𫖯" in joined


SILENT = MinutesFacts(
    title="会",
    serial="",
    organiser="局",
    date="2026年1月1日",
    place="",
    kind="论证",
    subject="方案",
    attendance=replace(
        facts.minutes().attendance, leader="", supervisor="", leader_election=""
    ),
    results=(),
    receipts=(),
    proof=facts.minutes().proof,
)


@pytest.mark.parametrize("given", [facts.minutes(), SILENT])
def test_it_recommends_and_never_decides(given: MinutesFacts) -> None:
    words = "".join(
        plain(text)
        for block in walk(minutes_paper(given).blocks)
        if (text := getattr(block, "text", None)) is not None
    )
    for claim in ("批准", "一致同意", "同意立项", "予以通过"):
        assert claim not in words
    assert "建议" in words


def test_what_did_not_happen_is_said_or_left_out(fonts: Fonts) -> None:
    seen = text_of(pdf_bytes(minutes_paper(SILENT), fonts))
    assert "本场没有回避。" in seen
    assert "没有不同意见。" in seen
    assert "没有更正。" in seen
    assert "局召开论证会" in seen
    assert "任组长" not in seen
    assert "全程在场" not in seen
    assert "例外及理由" not in seen
    assert "封存后收到" not in seen


def test_a_dissent_and_a_late_sheet_are_printed(fonts: Fonts) -> None:
    given = replace(
        facts.minutes(),
        dissents=("专家05 对 05：两地尚无签约。",),
        late=("专家07 第1版，16:20 收到：U盘故障。",),
    )
    seen = text_of(pdf_bytes(minutes_paper(given), fonts))
    assert "专家05对05：两地尚无签约。" in seen
    assert "没有不同意见" not in seen
    assert "（三）封存后收到的评分表专家07第1版，16:20收到：U盘故障。" in seen


def test_the_page_is_the_standards(fonts: Fonts) -> None:
    page = official_page()
    assert (page.top_mm, page.left_mm) == (37, 28)
    assert page.text_width / 72 * 25.4 == pytest.approx(156)
    assert page.text_height / PITCH == pytest.approx(22)
    assert not fonts.missing("评审会议纪要〔〕—")


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (34, "三十四")],
)
def test_ordinals(number: int, word: str) -> None:
    assert ordinal(number) == word
