"""Lines obey the rules of Chinese composition and lose nothing."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer_app.papers.fonts import Fonts, find_fonts
from reviewer_app.papers.lines import (
    MOST_STRETCH,
    NOT_FIRST,
    NOT_LAST,
    Line,
    compose,
    natural_width,
    visible,
)
from reviewer_app.papers.model import Align, Role, Run, Style
from reviewer_app.papers.official import BODY, FLUSH

FONTS = find_fonts(system=False)
MIXED = st.text(
    st.sampled_from("专家组评审意见，。；：（）“”《》、—…0123456789.%abcXYZ- 　喆𬭎\n"),
    max_size=120,
)


def shown(lines: Sequence[Line]) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines]


@given(text=MIXED, width=st.floats(40, 460), align=st.sampled_from(Align))
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: float, align: Align) -> None:
    style = Style(size=12, align=align)
    lines = compose(FONTS, text, style, width)
    assert "".join(shown(lines)).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    for line in lines:
        assert line.width <= width + 0.02
        for left, right in pairwise(line.pieces):
            assert right.x > left.x


@given(
    text=st.text(st.sampled_from("专家组评审意见，。；：（）“”《》、"), min_size=1, max_size=90)
)
@settings(max_examples=120)
def test_punctuation_never_begins_or_ends_a_line_wrongly(text: str) -> None:
    tidy = text.strip("，。；：（）“”《》、")
    for char in "，。；：）”》、（“《":
        tidy = tidy.replace(char * 2, char)
    lines = shown(compose(FONTS, tidy, Style(size=12, align=Align.LEFT), 120))
    for above, below in pairwise(lines):
        could_have_moved = any(
            left not in NOT_LAST and right not in NOT_FIRST for left, right in pairwise(above)
        )
        if could_have_moved:
            assert below[0] not in NOT_FIRST
            assert above[-1] not in NOT_LAST


@pytest.mark.parametrize("word", ["7KQ2-M4XA-9BTC", "88.65", "20%", "1,742", "reviewpack"])
def test_a_number_or_word_is_not_parted(fonts: Fonts, word: str) -> None:
    for lead in range(12):
        lines = shown(compose(fonts, "字" * lead + word + "字字字字", Style(size=12), 144))
        assert any(word in line for line in lines)


def test_a_word_wider_than_the_line_is_parted_rather_than_cut(fonts: Fonts) -> None:
    digest = "4d9a60c2e7f1835b" * 4
    lines = compose(fonts, digest, Style(Role.MONO, size=10), 100)
    assert "".join(shown(lines)) == digest
    assert len(lines) == 4


def test_a_line_of_the_official_page_holds_28_characters(fonts: Fonts) -> None:
    width = 156 * 72 / 25.4
    assert [len(line) for line in shown(compose(fonts, "评" * 84, FLUSH, width))] == [28] * 3
    assert [len(line) for line in shown(compose(fonts, "评" * 54, BODY, width))] == [26, 28]


def test_a_justified_line_fills_its_width_and_the_last_does_not(fonts: Fonts) -> None:
    text = "专家组独立评分，平均分为82.39分，经表决，同意5票、不同意1票、弃权1票。"
    lines = compose(fonts, text, Style(size=12, align=Align.JUSTIFY), 200)
    assert lines[0].width == pytest.approx(200)
    assert lines[-1].width < 200


def test_a_line_too_loose_stays_ragged(fonts: Fonts) -> None:
    lines = compose(fonts, "回执码X" + "7KQ2-M4XA-9BTC" * 2, Style(size=12), 130)
    for line in lines:
        assert all(piece.space <= MOST_STRETCH * 12 for piece in line.pieces)


def test_centred_lines_are_balanced(fonts: Fonts) -> None:
    title = "2026年度浙江省技术创新中心建设方案论证会纪要"
    style = Style(Role.TITLE, 22, 34, Align.CENTRE)
    first, second = compose(fonts, title, style, 442)
    assert abs(first.width - second.width) < 60
    assert natural_width(fonts, title, style) > 442


def test_bold_is_drawn_only_where_the_face_is_not_heavy(fonts: Fonts) -> None:
    (line,) = compose(fonts, (Run("粗", bold=True), Run("细")), Style(), 100)
    assert [piece.bold for piece in line.pieces] == [True, False]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("一\t二", "一 二"),
        ("葛\U000e0100葛\ufe00", "葛葛"),
        ("坏\ud800字", "坏\ufffd字"),
        ("零\u200b宽", "零\u200b宽"),
    ],
)
def test_only_what_has_no_form_is_changed(text: str, seen: str) -> None:
    assert visible(text) == seen
