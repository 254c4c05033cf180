"""How dates, times, names and marks stand on paper."""

from datetime import date, datetime
from fractions import Fraction

from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.numbers import Rounding, plain_text, publish
from reviewer_app.core.round import Expert

WORDS = {
    MarkState.NOT_APPLICABLE: "不适用",
    MarkState.ABSTAINED: "弃权",
    MarkState.MISSING: "未打",
}
"""What stands in the place of a figure; zero is a figure."""


def day(value: date) -> str:
    """Return ``2026年11月21日``."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Return ``2026-11-21 14:29`` in the time zone of this machine."""
    return value.astimezone().strftime("%Y-%m-%d %H:%M")


def minute(value: datetime) -> str:
    """Return ``2026年11月21日15:10`` in the time zone of this machine."""
    local = value.astimezone()
    return day(local.date()) + local.strftime("%H:%M")


def person(expert: Expert) -> str:
    """Return ``沈知行（钱塘科技大学）``."""
    return f"{expert.name}（{expert.employer}）" if expert.employer else expert.name


def mark(value: Mark) -> str:
    """Return a mark's figure, or the word for why there is none."""
    return WORDS[value.state] if value.value is None else plain_text(value.value)


def percent(share: Fraction) -> str:
    """Return a share with its sign and one decimal: ``+21.6%``, ``−21.6%``."""
    text = publish(share * 100, 1, Rounding.HALF_UP)
    return f"−{text[1:]}%" if text.startswith("-") else f"+{text}%"


def file_name(text: str) -> str:
    """Return the text without what file systems refuse."""
    kept = "".join(char for char in text if char not in '\\/:*?"<>|' and char.isprintable())
    return kept.strip(" .")[:80]
