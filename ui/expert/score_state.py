"""What is open on the scoring page, and what comes next."""

from dataclasses import dataclass

from ui.views import NOTHING, Message


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: fix, number, reason, item, here, application or compare."""

    kind: str
    application: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """The open indicator, and what the page says about it."""

    number: str = ""
    code: str = ""
    error: str = ""
    advice: str = ""
    said: Message = NOTHING
    note: str = ""
