"""What may be written by hand in the minutes: number, hours, people, the next step."""

from dataclasses import replace

from reviewer_app.core.messages import _
from reviewer_app.core.people import RoundPeople

FIELDS = (
    "serial",
    "hours",
    "host",
    "supervisor",
    "secretary",
    "checker",
    "observers",
    "next_step",
)
_BETWEEN = "、"


def field_name(field: str) -> str:
    """Return what a field is called."""
    return {
        "serial": _("Number of the minutes"),
        "hours": _("Hours"),
        "host": _("Host"),
        "supervisor": _("Supervisor"),
        "secretary": _("Secretary"),
        "checker": _("Checker"),
        "observers": _("Others present"),
        "next_step": _("Next step"),
    }[field]


def field_text(people: RoundPeople, field: str) -> str:
    """Return a field as it stands in its box."""
    if field == "observers":
        return _BETWEEN.join(people.observers)
    return str(getattr(people, field))


def with_field(people: RoundPeople, field: str, text: str) -> RoundPeople:
    """Return the people with one field as written; several names are parted by 、."""
    if field == "observers":
        parts = text.replace("，", _BETWEEN).replace(",", _BETWEEN).split(_BETWEEN)
        return replace(people, observers=tuple(filter(None, (part.strip() for part in parts))))
    changed = {field: text.strip()}
    return replace(people, **changed)  # type: ignore[arg-type]
