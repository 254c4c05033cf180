"""What is worth a second look before signing: for the expert alone, once, never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, plain_text, publish, round_to
from reviewer_app.core.patterns import (
    Contradiction,
    OwnMarks,
    SameForAll,
    StraightLine,
    contradictions,
    same_for_all,
    straight_lines,
)
from ui.expert.sitting import Sitting

_MOST = 3
"""How many findings of one kind are told at most; the most striking come first."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One finding in words; ``key`` tells it again, ``number`` is where to look."""

    key: str
    words: str
    number: str


def advice_of(sitting: Sitting) -> tuple[Advice, ...]:
    """Return what is worth a second look in the marks as they stand."""
    given = [_own(sitting, number) for number in sitting.numbers()]
    same = same_for_all(given)
    lines = [] if same else straight_lines(given)
    return (
        *([_same_words(sitting, same)] if same else []),
        *(_line_words(sitting, line) for line in lines[:_MOST]),
        *(_rank_words(sitting, pair) for pair in _told_apart(sitting, given)[:_MOST]),
    )


def _told_apart(sitting: Sitting, given: Sequence[OwnMarks]) -> list[Contradiction]:
    """Return the contradictions whose totals differ as they are published, too."""
    return [pair for pair in contradictions(given) if Fraction(_gap(sitting, pair))]


def _gap(sitting: Sitting, found: Contradiction) -> str:
    rounding = sitting.desk.rules.rounding
    return publish(found.gap, rounding.result_digits, rounding.mode)


def _own(sitting: Sitting, number: str) -> OwnMarks:
    leaves = [sitting.leaf(number, code) for code in sitting.codes(number)]
    marks = {leaf.code: sitting.record(number, leaf.code).mark for leaf in leaves}
    return OwnMarks(number, leaves, marks, sitting.status(number).total)


def _same_words(sitting: Sitting, found: SameForAll) -> Advice:
    words = _("All {count} applications got the same numbers in {same} of {of} indicators.")
    count = len(sitting.numbers())
    text = words.format(count=count, same=found.same, of=found.scored)
    return Advice(f"same {found.same}", text, sitting.numbers()[0])


def _line_words(sitting: Sitting, found: StraightLine) -> Advice:
    words = _("{name}: {same} of {of} indicators got {share} % of the maximum.")
    share = plain_text(round_to(100 * found.share, 1, Rounding.HALF_UP))
    name = _name(sitting, found.application)
    text = words.format(name=name, same=found.same, of=found.scored, share=share)
    return Advice(f"line {found.application} {share}", text, found.application)


def _rank_words(sitting: Sitting, found: Contradiction) -> Advice:
    words = _(
        "{name} has better levels than {other} ({levels} against {others}), yet its total is "
        "{gap} lower. Weights can be the reason."
    )
    names = _level_names(sitting, found.application)
    text = words.format(
        name=_name(sitting, found.application),
        other=_name(sitting, found.other),
        levels=_counts(names, found.levels),
        others=_counts(names, found.other_levels),
        gap=_gap(sitting, found),
    )
    return Advice(f"rank {found.application} {found.other}", text, found.application)


def _counts(names: Sequence[str], counts: Sequence[int]) -> str:
    return "、".join(f"{name} {count}" for name, count in zip(names, counts, strict=False))


def _level_names(sitting: Sitting, number: str) -> list[str]:
    leaves = [sitting.leaf(number, code) for code in sitting.codes(number)]
    longest = max(leaves, key=lambda leaf: len(leaf.levels))
    return [level.name for level in longest.levels]


def _name(sitting: Sitting, number: str) -> str:
    application = sitting.status(number).application
    return f"{number} {application.short_name or application.name}"
