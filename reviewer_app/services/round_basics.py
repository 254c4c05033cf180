"""What a round is called, what it judges, who holds it, when and where: typed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.round import RoundKind, RoundPlan

NEEDED = ("title", "organiser")


@dataclass(frozen=True, slots=True)
class Basics:
    """The five as texts, just as they are typed; ``date`` is 2026-11-21."""

    title: str
    kind: str
    organiser: str
    date: str
    place: str


def basics_of(plan: RoundPlan) -> Basics:
    """Return the five of a plan as they would be typed."""
    return Basics(
        plan.title, plan.kind.value, plan.organiser, plan.date.isoformat(), plan.place
    )


def basics_faults(basics: Basics) -> Mapping[str, str]:
    """Return what is wrong by field; nothing where all can be taken."""
    faults: dict[str, str] = {}
    for name in ("title", "organiser", "place"):
        text = str(getattr(basics, name)).strip()
        try:
            check_text(text, "")
        except InputError as error:
            faults[name] = str(error).lstrip(": ")
        if name in NEEDED and not text:
            faults[name] = _("Must not be empty")
    if basics.kind not in {kind.value for kind in RoundKind}:
        kinds = "、".join(kind.value for kind in RoundKind)
        faults["kind"] = _("Write one of {kinds}").format(kinds=kinds)
    if _date(basics.date) is None:
        faults["date"] = _("Write the date like 2026-11-21")
    return faults


def with_basics(plan: RoundPlan, basics: Basics) -> RoundPlan:
    """Return the plan with the five typed; InputError says which of them cannot be taken."""
    for name, fault in basics_faults(basics).items():
        raise InputError(f"“{name}”: {fault}")
    day = _date(basics.date)
    return replace(
        plan,
        title=basics.title.strip(),
        kind=RoundKind(basics.kind),
        organiser=basics.organiser.strip(),
        date=day or plan.date,
        place=basics.place.strip(),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
