"""The scorings of a round (第一轮, 第二轮) as its log tells them.

Collection is the first. After closing the secretary may open a second one, once; it ends once.
Nothing but the log says so: it cannot be rewritten without breaking its chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.core.rules import ReviewRules, SecondScoring, StageThatCounts
from reviewer_app.services.ports import BureauUnit
from reviewer_app.sheets.log import LogEntry, read_line
from reviewer_app.sheets.signed_sheet import MAX_STAGE

FIRST, SECOND = 1, 2
OPENED, ENDED, FEEDBACK = "second-opened", "second-closed", "feedback-issued"
_MARK = b'"second-'


@dataclass(frozen=True, slots=True)
class SecondState:
    """A second scoring that was opened; ``ended`` is None while sheets are awaited."""

    opened: datetime
    reason: str
    """Why it is held; empty where the rules foresee it."""
    figures: str
    """SHA-256 of the anonymised figures, see ``sheets.feedback.figures_text``."""
    ended: datetime | None = None
    ended_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether sheets of the second scoring are awaited."""
        return self.ended is None


def second_of(entries: Iterable[LogEntry]) -> SecondState | None:
    """Return the second scoring that a log tells of, None where there was none."""
    found: SecondState | None = None
    for each in entries:
        details = each.details
        if each.event == OPENED:
            figures = str(details.get("figures", ""))
            found = SecondState(each.at, str(details.get("reason", "")), figures)
        elif each.event == ENDED and found is not None:
            reason = str(details.get("reason", ""))
            found = SecondState(found.opened, found.reason, found.figures, each.at, reason)
    return found


def read_second(unit: BureauUnit, round_id: RoundId) -> SecondState | None:
    """Return the second scoring of a round in the database."""
    lines = (record.line for record in unit.log(round_id) if _MARK in record.line)
    return second_of(read_line(line).entry for line in lines)


def second_rules(rules: ReviewRules) -> SecondScoring:
    """Return what holds for a second scoring, whether the rules foresee one or not."""
    return rules.second or SecondScoring()


def second_decides(rules: ReviewRules) -> bool:
    """Tell whether the sheets of a second scoring make the results."""
    return second_rules(rules).counts is StageThatCounts.SECOND


def refuse_while_open(second: SecondState | None) -> None:
    """Raise RoundStateError while a second scoring is open: what is final waits for its end."""
    if second is not None and second.is_open:
        raise RoundStateError(
            _("The second scoring is open; end it first (round second ID --end)")
        )


def last_that_counts(second: SecondState | None, rules: ReviewRules) -> int:
    """Return the last scoring whose sheets make the results as things stand."""
    if second is None:
        return MAX_STAGE
    return FIRST if second.is_open or not second_decides(rules) else MAX_STAGE
