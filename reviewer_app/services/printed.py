"""How dates, times and names stand on paper."""

from datetime import date, datetime

from reviewer_app.core.round import Expert


def day(value: date) -> str:
    """Return ``2026年11月21日``."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Return ``2026-11-21 14:29`` in the time zone of this machine."""
    return value.astimezone().strftime("%Y-%m-%d %H:%M")


def person(expert: Expert) -> str:
    """Return ``沈知行（钱塘科技大学）``."""
    return f"{expert.name}（{expert.employer}）" if expert.employer else expert.name


def file_name(text: str) -> str:
    """Return the text without what file systems refuse."""
    kept = "".join(char for char in text if char not in '\\/:*?"<>|' and char.isprintable())
    return kept.strip(" .")[:80]
