"""The compare page as one value: the cell in words, own ranking, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import is_

from reviewer_app.core.levels import level_place
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text, publish
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.desk_status import ApplicationStatus
from ui.expert.score_parts import mark_word, range_words
from ui.expert.second_words import panel_words
from ui.expert.sitting import Sitting
from ui.matrix_views import MatrixView
from ui.views import (
    Dots,
    FootView,
    Message,
    RankLine,
)

_CLOSE = Fraction(1, 2)
_MINUS = "−"
_CODES = 5
_GAPS = 12
"""How many applications with gaps are listed; of the rest the number is told."""
Statuses = Sequence[ApplicationStatus]


class Order(StrEnum):
    """How applications are ordered in the matrix."""

    NUMBER = "number"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class CellCard:
    """The current cell in words."""

    application: str
    indicator: str
    level: str
    comment: str
    citations: str
    panel: str = ""
    """In a second scoring: the own first mark, and how the panel's lie."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What an application still needs."""

    number: str
    code: str
    words: str
    icon: str


@dataclass(frozen=True, slots=True)
class CompareView:
    """The whole page."""

    subtitle: str
    matrix: MatrixView
    levels: tuple[str, ...]
    number: str
    row: str
    column: str
    card: CellCard
    ranking: tuple[RankLine, ...]
    gaps: tuple[Gap, ...]
    more_gaps: str
    """How many applications with gaps are not listed, in words."""
    gap_count: str
    done: str
    complete: bool
    reasons: int
    others: str
    order: Order
    transposed: bool
    can_undo: bool
    foot: FootView


def same_objects(some: Statuses, others: Statuses) -> bool:
    """Tell whether no status was made anew: then no mark changed."""
    return len(some) == len(others) and all(map(is_, some, others))


def cell_card(sitting: Sitting, number: str, code: str) -> CellCard:
    """Return one mark in words."""
    application = sitting.desk.assigned.get(ApplicationNumber(number))
    if application is None or code not in sitting.codes(number):
        return CellCard(number, "", "", "", "")
    leaf, record = sitting.leaf(number, code), sitting.record(number, code)
    place = level_place(leaf, record.mark.value)
    level = ""
    if place is not None:
        level = f"{leaf.levels[place].name} {range_words(leaf.levels[place])}"
    return CellCard(
        f"{number} {application.short_name}",
        f"{code} {leaf.title}",
        level or mark_word(record.mark),
        f"“{record.comment}”" if record.comment else "",
        "　".join(record.citations),
        panel_words(sitting, number, code),
    )


def legend(sitting: Sitting) -> tuple[str, ...]:
    """Return the levels of the fills, where all indicators have the same."""
    leaves = sitting.desk.pack.round.document.scheme.indicators()
    scales = {tuple((each.name, each.low) for each in leaf.levels) for leaf in leaves}
    if len(scales) != 1:
        return ()
    levels = scales.pop()
    return (
        *(f"{name} {plain_text(low)}+" for name, low in levels[:-1]),
        *(name for name, _low in levels[-1:]),
    )


def ranking(sitting: Sitting, statuses: Statuses) -> tuple[RankLine, ...]:
    """Return the complete applications in the order of own totals."""
    whole = [
        (status.total, status)
        for status in statuses
        if status.total is not None and not status.missing
    ]
    whole.sort(key=lambda pair: (-pair[0], pair[1].application.number))
    low, high = (whole[-1][0], whole[0][0]) if whole else (Fraction(0), Fraction(1))
    spread = (high - low) or Fraction(1)
    lines: list[RankLine] = []
    rank, before = 0, None
    for place, (total, status) in enumerate(whole, start=1):
        rank = rank if total == before else place
        gap = None if before is None else before - total
        lines.append(
            RankLine(
                rank,
                status.application.number,
                status.application.short_name,
                status.shown or "",
                _gap_words(sitting, gap),
                close=gap is not None and gap < _CLOSE,
                dots=Dots((float((total - low) / spread),)),
            )
        )
        before = total
    return tuple(lines)


def _gap_words(sitting: Sitting, gap: Fraction | None) -> str:
    if gap is None:
        return ""
    rounding = sitting.desk.rules.rounding
    return f"{_MINUS}{publish(gap, rounding.result_digits, rounding.mode)}"


def gaps_of(statuses: Statuses) -> list[Gap]:
    """Return everything that is still to do, application by application."""
    gaps = []
    for status in statuses:
        number = status.application.number
        name = f"{number} {status.application.short_name}"
        if status.missing:
            words = f"{name}　{_missing_words(status)}"
            gaps.append(Gap(number, status.missing[0], words, "circle-dashed"))
        if status.reasons_missing:
            words = _("{count} reasons for low marks")
            text = words.format(count=len(status.reasons_missing))
            code = status.reasons_missing[0]
            gaps.append(Gap(number, code, f"{name}　{text}", "triangle-alert"))
    return gaps


def _missing_words(status: ApplicationStatus) -> str:
    """Return the missing indicators; of many the first, and how many there are."""
    count = len(status.missing)
    if not (status.scored or status.not_applicable or status.abstained):
        return _("all {count}").format(count=count)
    codes = "、".join(status.missing[:_CODES])
    if count <= _CODES:
        return codes
    return _("{codes} … {count} in all").format(codes=codes, count=count)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is done, and what is not, over all applications."""

    given: int
    missing: int
    reasons: int
    skipped: int
    abstained: int

    @classmethod
    def of(cls, statuses: Iterable[ApplicationStatus]) -> "Counts":
        """Count over these applications."""
        each = tuple(statuses)
        skipped = sum(s.not_applicable for s in each)
        abstained = sum(s.abstained for s in each)
        return cls(
            sum(s.scored for s in each) + skipped + abstained,
            sum(len(s.missing) for s in each),
            sum(len(s.reasons_missing) for s in each),
            skipped,
            abstained,
        )

    def done(self) -> str:
        """Return how many are marked of how many."""
        total = self.given + self.missing
        return _("Marked {done}／{total}").format(done=self.given, total=total)

    def others(self) -> str:
        """Return how many marks have no figure."""
        skipped = _("not applicable {count}").format(count=self.skipped)
        abstained = _("abstained {count}").format(count=self.abstained)
        words = (skipped if self.skipped else "", abstained if self.abstained else "")
        return "　".join(filter(None, words))

    def to_do(self) -> str:
        """Return what is still to do."""
        if not (self.missing or self.reasons):
            return _("nothing missing")
        words = _("{missing} missing, {reasons} reasons missing")
        return words.format(missing=self.missing, reasons=self.reasons)


def listed(gaps: Sequence[Gap]) -> tuple[tuple[Gap, ...], str]:
    """Return the gaps to list, and how many more there are in words."""
    more = len(gaps) - _GAPS
    words = _("and {count} more").format(count=more) if more > 0 else ""
    return tuple(gaps[:_GAPS]), words


def foot(gap: Gap | None, save: Message, *, locked: bool) -> FootView:
    """Return what the foot says: the next gap, or to finish."""
    if locked or gap is None:
        return FootView(_("Finish"), "Enter", save=save)
    if gap.icon == "circle-dashed":
        words = _("Score {code} of {number}")
    else:
        words = _("Reason for {code} of {number}")
    return FootView(words.format(code=gap.code, number=gap.number), "F8", save=save)
