"""What the pages before scoring show: identity, machine, pledge; plain values, no Qt."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core import pledge
from reviewer_app.core.messages import _
from reviewer_app.services.desk_attendance import asks_attendance, attendance, note_arrival
from reviewer_app.services.desk_opening import accept_pledge
from reviewer_app.services.desk_status import desk_status
from ui.expert.attendance_view import clock_words
from ui.expert.passcode_presenter import megabytes
from ui.expert.session import Session
from ui.views import Message

_ENOUGH_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class IdentityView:
    """Whose pack it is, and how this computer stands."""

    opened: str
    facts: tuple[tuple[str, str], ...]
    machine: tuple[Message, ...]
    signed_by: str


@dataclass(frozen=True, slots=True)
class PledgeView:
    """The pledge, who gives it, whether it was given."""

    title: str
    lead: str
    points: tuple[str, ...]
    who: str
    accepted: bool


def identity_view(session: Session, seconds: float) -> IdentityView:
    """Return the identity page of the open desk."""
    desk = session.desk
    document, expert = desk.pack.round.document, desk.expert
    count = len(desk.assigned)
    marks = sum(len(desk.asked(number)) for number in desk.assigned)
    opened = _("Passcode correct, pack opened ({seconds:.1f} s), {size} checked")
    task = _("{count} applications, {marks} marks, scored independently")
    return IdentityView(
        opened=opened.format(seconds=seconds, size=megabytes(session.file.stat().st_size)),
        facts=(
            (_("Expert number"), expert.number),
            (_("Name"), expert.name),
            (_("Employer"), expert.employer),
            (_("Round"), document.title),
            (_("Task"), task.format(count=count, marks=marks)),
            *_arrival(session),
        ),
        machine=_machine(session),
        signed_by=_("Rules signed by {organiser}, fingerprint {fingerprint}").format(
            organiser=document.organiser, fingerprint=desk.pack.round.fingerprint
        ),
    )


def _arrival(session: Session) -> tuple[tuple[str, str], ...]:
    """Return when the expert came, or will have come on going on, where the round asks."""
    if not asks_attendance(session.desk):
        return ()
    at = attendance(session.desk).arrived or session.now()
    words = _("{time} by this computer's clock, not checked; write it on the sign-in sheet")
    return ((_("Arrival"), words.format(time=clock_words(at))),)


def arrive(session: Session) -> None:
    """Keep when the expert came, where the round asks for it."""
    note_arrival(session.desk, session.now())


def pledge_view(session: Session) -> PledgeView:
    """Return the pledge page of the open desk."""
    desk = session.desk
    day = session.now().astimezone()
    lead = _("As an expert of “{title}” I solemnly promise:")
    return PledgeView(
        title=_("Pledge of confidentiality and integrity"),
        lead=lead.format(title=desk.pack.round.document.title),
        points=tuple(clause.sentence for clause in pledge.clauses()),
        who=f"{desk.expert.name}　{_date_words(day)}",
        accepted=desk_status(desk).pledge_accepted is not None,
    )


def _date_words(day: datetime) -> str:
    words = _("{year}-{month:02d}-{day:02d}")
    return words.format(year=day.year, month=day.month, day=day.day)


def accept(session: Session) -> None:
    """Keep that the expert accepted the pledge."""
    accept_pledge(session.desk, session.now())


def _machine(session: Session) -> tuple[Message, ...]:
    free = shutil.disk_usage(session.needs.home).free
    enough = free > _ENOUGH_BYTES
    gigabytes = f"{free / 1e9:.0f} GB" if free >= 10**9 else megabytes(free)
    space = _("{free} free, enough") if enough else _("Only {free} free; make room first")
    clock = _("This computer says {now:%Y-%m-%d %H:%M}; please look whether that is right")
    done = "ok", "circle-check"
    return (
        Message(
            space.format(free=gigabytes),
            *(done if enough else ("warn", "triangle-alert")),
        ),
        Message(_("Your signature is made on this computer alone"), *done),
        Message(clock.format(now=session.now().astimezone()), "warn", "triangle-alert"),
        Message(_("Every score is on the disk at once; a power cut loses nothing"), *done),
    )
