"""The look of Chinese official papers (GB/T 9704—2012), shared by minutes and opinions.

A4, top margin 37 mm, left 28 mm, text area 156 × 225 mm, 22 lines of 28 characters 三号: the
pitch is exactly 225 mm ÷ 22 (29 points) and the type 15.75 points, for 28 of 16 points would be
158 mm wide. Headings: 一、黑体, （一）楷体, the rest 仿宋.
"""

from reviewer_app.papers.model import (
    MM,
    Align,
    Footer,
    PageNumber,
    PageSetup,
    Paragraph,
    Role,
    Style,
    Text,
)

SIZE = 15.75
"""三号, in points."""
PITCH = 225 * MM / 22
RED = "#C8102E"
WIDTH_MM = 156.0
NUMBER_DROP_MM = 4.5
"""Puts the dashes beside the page number, not the figure's head, 7 mm under the text."""

BODY = Style(Role.BODY, SIZE, PITCH, Align.JUSTIFY, first_indent=2)
FLUSH = BODY.with_(first_indent=0)
LEVEL_1 = Style(Role.HEI, SIZE, PITCH, Align.JUSTIFY, first_indent=2, keep_with_next=True)
LEVEL_2 = LEVEL_1.with_(role=Role.KAI)
TITLE = Style(Role.TITLE, 22.0, PITCH * 1.2, Align.CENTRE, keep_with_next=True)
NUMERALS = "一二三四五六七八九十"


def official_page() -> PageSetup:
    """Return the page of an official paper; its numbers stand outside, 四号, between dashes."""
    number = Style(Role.SONG, 14.0, 14.0)
    return PageSetup(
        top_mm=37,
        bottom_mm=35,
        left_mm=28,
        right_mm=26,
        footer=Footer(number=PageNumber.OUTER, style=number, drop_mm=NUMBER_DROP_MM),
        line_pitch=PITCH,
    )


def heading(place: int, text: str) -> Paragraph:
    """Return the heading of a first-level section, such as 一、评审情况."""
    return Paragraph(f"{ordinal(place)}、{text}", LEVEL_1, level=1)


def subheading(place: int, text: str) -> Paragraph:
    """Return the heading of a second-level section, such as （一）回避."""
    return Paragraph(f"（{ordinal(place)}）{text}", LEVEL_2, level=2)


def body(text: Text) -> Paragraph:
    """Return a paragraph of the text, indented by two characters."""
    return Paragraph(text, BODY)


def ordinal(place: int) -> str:
    """Return 1 to 99 in Chinese numerals."""
    tens, ones = divmod(place, 10)
    ten = "" if not tens else ("十" if tens == 1 else f"{NUMERALS[tens - 1]}十")
    return ten + (NUMERALS[ones - 1] if ones else "")
