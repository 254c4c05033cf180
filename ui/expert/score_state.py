"""What is open on the scoring page, and what comes next."""

from dataclasses import dataclass

from reviewer_app.services.desk_place import Draft
from ui.views import NOTHING, Message


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: fix, number, reason, item, here, application or compare."""

    kind: str
    application: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """The open indicator with what is being typed into it."""

    number: str = ""
    code: str = ""
    draft: Draft | None = None
    error: str = ""
    advice: str = ""
    said: Message = NOTHING
    note: str = ""
