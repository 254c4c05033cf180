"""Which pages of a paper are wanted: ``1-3, 5``; nothing typed is all of them."""

import re

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

_PART = re.compile(r"(\d{1,4})(?:\s*[-–—]\s*(\d{1,4}))?")


def page_numbers(text: str, count: int) -> tuple[int, ...]:
    """Return the pages, counted from 0, in the order typed.

    Raises InputError naming what is no page of a paper of ``count`` pages.
    """
    if not text.strip():
        return tuple(range(count))
    pages: list[int] = []
    for part in re.split(r"[,，、;；]", text):
        match = _PART.fullmatch(part.strip())
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not 1 <= first <= last <= count:
            raise InputError(
                _("“{text}” is no page of 1–{count}; write 1-3, 5").format(
                    text=part.strip(), count=count
                )
            )
        pages += range(first - 1, last)
    return tuple(pages)
