"""The finish page as one value, and the five points checked before signing."""

from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.services.desk_status import DeskStatus
from ui.expert.attendance_view import AttendanceView
from ui.expert.finish_advice import Advice
from ui.expert.finish_places import Place
from ui.expert.sitting import Sitting
from ui.views import FootView, Message


@dataclass(frozen=True, slots=True)
class Check:
    """One point before signing."""

    met: bool
    sentence: str
    detail: str


@dataclass(frozen=True, slots=True)
class FinishView:
    """The whole page."""

    checks: tuple[Check, ...]
    places: tuple[Place, ...]
    chosen: str
    agreed: bool
    statement: str
    fingerprint: str
    acts: tuple[tuple[str, bool], ...]
    revision: int
    signed: bool
    receipt: str
    file: str
    paper: Path | None
    asks_reason: bool
    reason: str
    busy: bool
    trouble: Message
    advice: tuple[Advice, ...]
    """What is worth a second look before signing; nothing of it blocks."""
    attendance: AttendanceView | None
    """None where the round does not ask for arrival and leaving."""
    foot: FootView


def checks(sitting: Sitting, status: DeskStatus) -> tuple[Check, ...]:
    """Return the five points as they stand."""
    scale = Check(
        met=True, sentence=_("Every score is in range and on step"), detail=_scale(sitting)
    )
    return (
        _answers_check(status),
        _reasons_check(status),
        scale,
        _conflicts_check(status),
        _notes_check(sitting),
    )


def _answers_check(status: DeskStatus) -> Check:
    each = status.applications
    given = {
        "given": sum(a.scored for a in each),
        "skipped": sum(a.not_applicable for a in each),
        "abstained": sum(a.abstained for a in each),
        "missing": sum(len(a.missing) for a in each),
    }
    counts = _(
        "scored {given}, not applicable {skipped}, abstained {abstained}, missing {missing}"
    )
    sentence = _("All {count} answers are there")
    if given["missing"]:
        sentence = _("{missing} of {count} answers are missing")
    words = sentence.format(count=sum(given.values()), missing=given["missing"])
    return Check(not given["missing"], words, counts.format(**given))


def _reasons_check(status: DeskStatus) -> Check:
    lacking = sum(len(a.reasons_missing) for a in status.applications)
    low = sum(len(each.low) for each in status.applications)
    words = _("{count} low marks, all with reasons").format(count=low)
    if lacking:
        words = _("{count} reasons missing").format(count=lacking)
    return Check(not lacking, _("Reasons for low marks are written"), words)


def _conflicts_check(status: DeskStatus) -> Check:
    gone = _("stepped back from {count}").format(count=status.recused)
    detail = gone if status.recused else _("none")
    return Check(met=True, sentence=_("Conflicts are declared"), detail=detail)


def _notes_check(sitting: Sitting) -> Check:
    words = _("{count} notes, kept on this machine")
    detail = words.format(count=sitting.count_notes())
    return Check(met=True, sentence=_("Private notes are not in the sheet"), detail=detail)


def _scale(sitting: Sitting) -> str:
    leaves = sitting.desk.pack.round.document.scheme.indicators()
    scales = {(leaf.minimum, leaf.maximum, leaf.step) for leaf in leaves}
    if len(scales) != 1:
        return _("each indicator by its own scale")
    low, high, step = (plain_text(value) for value in scales.pop())
    return _("{low}–{high}, step {step}").format(low=low, high=high, step=step)
