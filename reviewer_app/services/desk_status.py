"""How far an expert has come: counts, live totals, what is missing, what is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.numbers import publish
from reviewer_app.core.recheck import low_marks
from reviewer_app.core.round import Application, ApplicationNumber
from reviewer_app.core.scoring import total_sheet
from reviewer_app.services.desk import PLEDGE, Desk
from reviewer_app.services.desk_scoring import is_locked
from reviewer_app.services.desk_second import SecondLook, second_look
from reviewer_app.services.desk_stage import current_stage, signed_now
from reviewer_app.services.ports import DeskUnit
from reviewer_app.services.records import MarkRecord
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import open_sheet_file

Answers = Mapping[ApplicationNumber, Mapping[str, MarkRecord]]


@dataclass(frozen=True, slots=True)
class ApplicationStatus:
    """How far one application is scored; ``total`` is what there is so far, exactly.

    ``missing``, ``low`` (marks for which the rules ask for a reason as such) and
    ``reasons_missing`` are indicator codes in printed order.
    """

    application: Application
    scored: int
    not_applicable: int
    abstained: int
    missing: tuple[str, ...]
    low: tuple[str, ...]
    reasons_missing: tuple[str, ...]
    total: Fraction | None
    shown: str | None
    """The total as it would be published."""

    @property
    def complete(self) -> bool:
        """Return whether nothing keeps this application from being signed."""
        return not self.missing and not self.reasons_missing


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """How far the whole desk is; recused applications are counted, never named."""

    applications: tuple[ApplicationStatus, ...]
    recused: int
    pledge_accepted: datetime | None
    revision: int
    """The last signed revision of this scoring, 0 before the first."""
    receipt: str | None
    locked: bool
    """Whether what is on the desk is what was signed."""
    key_fingerprint: str
    stage: int = 1
    """Which scoring goes on: 2 once the bureau's feedback was opened."""

    @property
    def complete(self) -> bool:
        """Return whether the sheet can be signed."""
        return all(each.complete for each in self.applications)


def desk_status(desk: Desk, known: tuple[ApplicationStatus, ...] | None = None) -> DeskStatus:
    """Return how far this expert has come; ``known`` saves adding every application up anew."""
    with desk.unit() as unit:
        signed = signed_now(unit)
        pledge = unit.setting(PLEDGE)
        return DeskStatus(
            applications=_applications(desk, unit) if known is None else known,
            recused=len(unit.recusals()),
            pledge_accepted=datetime.fromisoformat(pledge.decode()) if pledge else None,
            revision=signed[-1].revision if signed else 0,
            receipt=receipt(open_sheet_file(signed[-1].file)[0]) if signed else None,
            locked=is_locked(unit),
            key_fingerprint=fingerprint(desk.signing_key(unit).public),
            stage=current_stage(unit),
        )


def _applications(desk: Desk, unit: DeskUnit) -> tuple[ApplicationStatus, ...]:
    answers, look = answers_of(unit), second_look(desk, unit)
    return tuple(
        application_status(desk, each, answers.get(each.number, {}), look)
        for each in desk.remaining(unit)
    )


def answers_of(unit: DeskUnit) -> Answers:
    """Return every stored answer by application and indicator."""
    answers: dict[ApplicationNumber, dict[str, MarkRecord]] = {}
    for record in unit.marks():
        answers.setdefault(record.application, {})[record.indicator] = record
    return answers


def application_status(
    desk: Desk,
    application: Application,
    answers: Mapping[str, MarkRecord],
    look: SecondLook | None = None,
) -> ApplicationStatus:
    """Return how far one application is scored; ``look`` in a second scoring."""
    number = application.number
    marks = {code: record.mark for code, record in answers.items()}
    states = [marks.get(leaf.code, MISSING).state for leaf in desk.asked(number)]
    total = total_so_far(desk, application, marks)
    low = low_marks(desk.schemes[number], marks, desk.rules.recheck)
    needing = {*low, *(look.changed(number, marks) if look and look.reasons else ())}
    rounding = desk.rules.rounding
    return ApplicationStatus(
        application=application,
        scored=states.count(MarkState.SCORED),
        not_applicable=states.count(MarkState.NOT_APPLICABLE),
        abstained=states.count(MarkState.ABSTAINED),
        missing=tuple(
            leaf.code for leaf in desk.asked(number) if marks.get(leaf.code, MISSING) == MISSING
        ),
        low=tuple(low),
        reasons_missing=tuple(
            leaf.code
            for leaf in desk.asked(number)
            if leaf.code in needing and not answers[leaf.code].reason.strip()
        ),
        total=total,
        shown=None if total is None else publish(total, rounding.result_digits, rounding.mode),
    )


def total_so_far(
    desk: Desk, application: Application, marks: Mapping[str, Mark]
) -> Fraction | None:
    """Return what the marks add up to, exactly; None while nothing can be added."""
    return total_sheet(
        desk.schemes[application.number],
        marks,
        facts=application.facts,
        category=application.category,
    ).total
