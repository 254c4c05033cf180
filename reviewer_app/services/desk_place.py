"""Where an expert is: what was declared free of conflict, the draft being typed, the place.

All of it lies in the desk's encrypted file, so that any crash returns to the same keystroke.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.desk import Desk
from reviewer_app.services.ports import DeskUnit

_FREE, _DRAFT, _PLACE, _FLAGS = "declared-free", "draft", "place", "flags"
_SEEN = "advice-seen"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way to a mark, or a level chosen before its number; no mark yet."""

    application: str
    indicator: str
    text: str = ""
    level: int | None = None


def declare_free(desk: Desk, numbers: Iterable[ApplicationNumber]) -> None:
    """Keep that the expert has no conflict with these applications."""
    with desk.unit() as unit:
        kept = {*_read(unit.setting(_FREE)), *numbers}
        unit.set_setting(_FREE, _written(sorted(kept)))
        unit.commit()


def declared_free(desk: Desk) -> frozenset[str]:
    """Return the applications declared free of conflict."""
    with desk.unit() as unit:
        return frozenset(_read(unit.setting(_FREE)))


def put_draft(desk: Desk, draft: Draft | None) -> None:
    """Keep what is being typed, or forget it."""
    with desk.unit() as unit:
        unit.set_setting(_DRAFT, b"" if draft is None else _written(asdict(draft)))
        unit.commit()


def kept_draft(desk: Desk) -> Draft | None:
    """Return what was being typed when the program ended."""
    with desk.unit() as unit:
        data = unit.setting(_DRAFT)
        return Draft(**json.loads(data)) if data else None


def put_place(desk: Desk, application: str, indicator: str) -> None:
    """Keep which indicator of which application is open."""
    with desk.unit() as unit:
        unit.set_setting(_PLACE, _written([application, indicator]))
        unit.commit()


def kept_place(desk: Desk) -> tuple[str, str]:
    """Return the application and indicator that were open, empty before the first."""
    with desk.unit() as unit:
        data = unit.setting(_PLACE)
    application, indicator = json.loads(data) if data else ("", "")
    return str(application), str(indicator)


def put_flags(desk: Desk, numbers: Iterable[str]) -> None:
    """Keep which applications the expert flagged for himself."""
    with desk.unit() as unit:
        unit.set_setting(_FLAGS, _written(sorted(numbers)))
        unit.commit()


def kept_flags(desk: Desk) -> frozenset[str]:
    """Return the applications flagged by the expert."""
    with desk.unit() as unit:
        return frozenset(_read(unit.setting(_FLAGS)))


def put_seen(desk: Desk, keys: Iterable[str]) -> None:
    """Keep that the expert has seen these pieces of advice; they are not told again."""
    with desk.unit() as unit:
        kept = {*_read(unit.setting(_SEEN)), *keys}
        unit.set_setting(_SEEN, _written(sorted(kept)))
        unit.commit()


def seen_advice(desk: Desk) -> frozenset[str]:
    """Return the advice that was seen."""
    with desk.unit() as unit:
        return frozenset(_read(unit.setting(_SEEN)))


def forget_application(unit: DeskUnit, number: str) -> None:
    """Forget the text being typed, the place and the flag of an application, in this unit."""
    draft, place = unit.setting(_DRAFT), unit.setting(_PLACE)
    if draft and json.loads(draft)["application"] == number:
        unit.set_setting(_DRAFT, b"")
    if place and json.loads(place)[0] == number:
        unit.set_setting(_PLACE, b"")
    for name in (_FLAGS, _FREE):
        kept = _read(unit.setting(name))
        if number in kept:
            unit.set_setting(name, _written([each for each in kept if each != number]))


def _read(data: bytes | None) -> list[str]:
    return [str(each) for each in json.loads(data)] if data else []


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
