"""P1: one page for 12 × 24, everything in words, codes that read, a line to sign on."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.papers.fonts import Fonts
from reviewer_app.papers.pdf import pdf_bytes
from reviewer_app.papers.score_sheet import (
    ScoreSheetFacts,
    SheetNote,
    score_sheet_paper,
)
from reviewer_app.papers.sheet_ending import STATEMENT
from tests.papers import facts
from tests.papers.looking import (
    codes_in,
    ink,
    longest_rule,
    page_count,
    picture,
    text_of,
    zbar_codes,
)


def printed(sheet: ScoreSheetFacts, fonts: Fonts) -> bytes:
    return pdf_bytes(score_sheet_paper(sheet), fonts)


@pytest.mark.parametrize("codes", [1, 2])
def test_twelve_by_twenty_four_is_one_page(fonts: Fonts, codes: int) -> None:
    pdf = printed(facts.score_sheet(codes=codes), fonts)
    assert page_count(pdf) == 1
    seen = ink(pdf)
    assert seen.left == pytest.approx(25, abs=0.5)
    assert seen.right == pytest.approx(15, abs=0.5)
    assert seen.top > 15
    assert seen.bottom > 8


def test_it_says_everything(fonts: Fonts) -> None:
    sheet = facts.score_sheet(6)
    seen = text_of(printed(sheet, fonts))
    for _code, title, _weight in facts.INDICATORS:
        assert title in seen
    for application in sheet.applications:
        assert application.total in seen
        assert application.short_name in seen
    for row in sheet.marks:
        for mark in row:
            assert mark in seen
    for text in (
        "裴𬭎𫖯（示例）", "天台产业技术研究院", "7KQ2-M4XA-9BTC", "C81E4F07A6D9220B",
        "5F2C91A477D03B8E", STATEMENT, "第1版", "打印于2026-11-2114:29", "以本纸手写签字为准",
        "低分理由（*）", "10的6.5：研究生联合培养仅有协议，无在读名单。", "回避无。",
        "弃权09的8.2：非本人专业领域。", "专家签字：", "年月日", "数据码1／1",
    ):  # fmt: skip
        assert "".join(text.split()) in seen


def test_the_four_states_of_a_mark_stay_apart(fonts: Fonts) -> None:
    sheet = facts.score_sheet()
    marks = [list(row) for row in sheet.marks]
    marks[0][:4] = ["0", "不适用", "弃权", "按公式"]
    changed = replace(sheet, marks=tuple(tuple(row) for row in marks))
    row = text_of(printed(changed, fonts)).split("引进国家级科技领军人才和团队")[1]
    assert row.startswith("50不适用弃权按公式84")


def test_a_recusal_is_said_in_words(fonts: Fonts) -> None:
    sheet = replace(facts.score_sheet(), recusals=("07 近三年有劳动关系，材料曾在包内",))
    assert "回避07近三年有劳动关系，材料曾在包内。" in text_of(printed(sheet, fonts))


@pytest.mark.parametrize("codes", [1, 2])
def test_codes_read_at_150_dpi_with_two_readers(
    fonts: Fonts, tmp_path: Path, codes: int
) -> None:
    sheet = facts.score_sheet(codes=codes, code_length=1100)
    page = picture(printed(sheet, fonts), dpi=150)
    assert sorted(codes_in(page)) == sorted(sheet.codes)
    assert sorted(zbar_codes(page, tmp_path)) == sorted(sheet.codes)


def test_the_signature_line_is_46_mm(fonts: Fonts) -> None:
    pdf = printed(facts.score_sheet(), fonts)
    assert longest_rule(pdf, top_mm=262, bottom_mm=280) == pytest.approx(46, abs=0.3)


def test_many_applications_continue_and_the_signature_comes_last(fonts: Fonts) -> None:
    sheet = facts.score_sheet(applications=40, codes=3)
    pdf = printed(sheet, fonts)
    pages = page_count(pdf)
    assert pages == 4
    texts = [text_of(pdf, page) for page in range(1, pages + 1)]
    for application in sheet.applications:
        assert any(application.total in text for text in texts)
    for page in texts[:-1]:
        assert "指标" in page
        assert "专家签字" not in page
    assert STATEMENT in texts[-1]
    assert "专家签字" in texts[-1]
    assert sorted(codes_in(picture(pdf, pages))) == sorted(sheet.codes)


def test_no_table_is_parted_if_a_page_can_hold_it(fonts: Fonts) -> None:
    pdf = printed(facts.score_sheet(applications=40), fonts)
    for page in range(1, page_count(pdf)):
        text = text_of(pdf, page)
        assert text.count("打造公共创新服务平台") == text.count("引进国家级科技领军人才和团队")


def test_long_reasons_and_names_are_never_cut(fonts: Fonts) -> None:
    reason = "".join(f"理由{place}，" for place in range(700))
    name = "买买提·吐尔逊江·阿不都热合曼" * 3
    sheet = replace(
        facts.score_sheet(),
        reasons=(SheetNote("10", "6.5", reason),),
        comments=(SheetNote("01", "", "总体较好"),),
        expert_name=name,
    )
    pdf = printed(sheet, fonts)
    assert page_count(pdf) > 1
    seen = "".join(
        text_of(pdf, page).removesuffix(f"—{page}—以本纸手写签字为准")
        for page in range(1, page_count(pdf) + 1)
    ).replace("打印于2026-11-2114:29", "")
    assert f"理由{699}" in seen
    assert "评语01：总体较好。" in seen
    assert seen.count("阿不都热合曼") + seen.count("买买提") >= 5
    assert "专家签字" in text_of(pdf, page_count(pdf))


def test_few_applications_and_no_codes_still_make_a_sheet(fonts: Fonts) -> None:
    pdf = printed(facts.score_sheet(applications=1, codes=0), fonts)
    assert page_count(pdf) == 1
    assert STATEMENT in text_of(pdf)


def test_one_reason_for_several_marks_is_said_once(fonts: Fonts) -> None:
    reasons = (
        SheetNote("10", "6.5", "无在读名单。"),
        SheetNote("10", "6.6", "无在读名单。"),
        SheetNote("11", "6.6", "无在读名单"),
    )
    seen = text_of(printed(replace(facts.score_sheet(), reasons=reasons), fonts))
    assert "10的6.5、6.6：无在读名单。11的6.6：无在读名单。" in seen
