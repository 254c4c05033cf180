"""What the correction shows: the four steps, old beside new, the effect as an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.marks import Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Indicator
from reviewer_app.core.tally import Tally
from reviewer_app.services.corrections import (
    ChangedMark,
    Correction,
    CorrectionState,
    Wish,
    changes_of,
    state_of,
)
from reviewer_app.services.results import Results
from ui.secretary.results_views import CorrectionLine, figure_text, short_name
from ui.views import FootView, Message

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CorrectionStep:
    """One of the four steps: its name, what happens in it, how it stands."""

    name: str
    words: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The old or the new value: whose, what, what becomes of it."""

    title: str
    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One figure now and after."""

    name: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The whole pane."""

    title: str
    chip: Message
    steps: tuple[CorrectionStep, ...]
    editable: bool
    applications: Choices
    experts: Choices
    indicators: Choices
    wish: Wish
    old: Box
    new: Box
    others: Message
    trial: str
    trial_note: Message
    effect: tuple[EffectLine, ...]
    keeping: bool
    keep_reason: str
    notice: Message
    foot: FootView


def correction_steps(
    state: CorrectionState | None, *, printed: bool
) -> tuple[CorrectionStep, ...]:
    """Return the four steps; ``state`` is None before the correction is opened."""
    reached = 0 if state is None else 1
    if state is CorrectionState.ANSWERED:
        reached = 4 if printed else 3
    if state is CorrectionState.KEPT:
        reached = 4
    names = (
        (_("The secretary points"), _("where and why, no new score")),
        (_("The expert changes it"), _("a new revision on the own machine, signed")),
        (_("The new sheet comes back"), _("and only this has changed")),
        (_("Print the correction slip"), _("signed by expert, leader, supervisor")),
    )
    return tuple(
        CorrectionStep(name, words, place < reached, place == reached)
        for place, (name, words) in enumerate(names)
    )


def correction_lines(
    results: Results, corrections: Sequence[Correction]
) -> tuple[CorrectionLine, ...]:
    """Return the corrections as the ranking's side lists them."""
    looks = {
        CorrectionState.OPEN: ("circle-dot", "accent", _("waiting for the new sheet")),
        CorrectionState.ANSWERED: ("circle-check", "ok", _("corrected")),
        CorrectionState.KEPT: ("circle-check", "ok", _("kept, with a reason")),
    }
    lines = []
    for each in corrections:
        icon, tone, words = looks[state_of(each, results.seating)]
        lines.append(CorrectionLine(each.number, place_of(each.wish), words, icon, tone))
    return tuple(lines)


def place_of(wish: Wish) -> str:
    """Return which mark it is, in a few words."""
    if not wish.indicator:
        return _("expert {expert}, all of {application}").format(
            expert=wish.expert, application=wish.application
        )
    return _("expert {expert}, {indicator} of {application}").format(
        expert=wish.expert, indicator=wish.indicator, application=wish.application
    )


def leaf_of(results: Results, wish: Wish) -> Indicator | None:
    """Return the indicator that is questioned, None where it is the whole sheet."""
    panel = next(a for a in results.panel.applications if a.number == wish.application)
    return next((x for x in panel.scheme.indicators() if x.code == wish.indicator), None)


def old_mark(results: Results, wish: Wish) -> Mark | None:
    """Return the mark as it counts now."""
    for sheet, marks in results.panel.sheets_for(wish.application):
        if sheet.expert == wish.expert:
            return marks.get(wish.indicator)
    return None


def mark_text(mark: Mark | None, leaf: Indicator | None = None) -> str:
    """Return a mark in words, with the name of its level."""
    if mark is None or mark.value is None:
        return {
            MarkState.NOT_APPLICABLE: _("Not applicable"),
            MarkState.ABSTAINED: _("Abstained"),
        }.get(mark.state if mark else MarkState.MISSING, "—")
    level = _level(leaf, mark.value) if leaf else ""
    return f"{plain_text(mark.value)} {level}".strip()


def old_box(results: Results, wish: Wish, correction: Correction | None) -> Box:
    """Return the value as signed; it stays."""
    leaf = leaf_of(results, wish)
    answered = correction and state_of(correction, results.seating) is CorrectionState.ANSWERED
    change = _changed(results, correction) if correction and answered else None
    if change and leaf:
        figure = mark_text(change.old, leaf)
    elif correction and answered and not leaf:
        count = len(changes_of(correction, results.seating))
        figure = _("{count} marks changed").format(count=count)
    elif leaf:
        figure = mark_text(old_mark(results, wish), leaf)
    else:
        sheet = results.tally.of(wish.application).sheet(wish.expert)
        figure = figure_text(results, sheet.counted if sheet else None)
    number = correction.revision if correction else _revision(results, wish)
    title = _("Old value (rev. {number}, signed)").format(number=number)
    return Box(title, figure, _("kept, never deleted or overwritten"))


def new_box(results: Results, correction: Correction | None) -> Box:
    """Return the value from the expert's new sheet, or who will fill it in."""
    if correction is None or correction.kept:
        title = _("New value")
        kept = correction.kept if correction else ""
        figure = _("the expert keeps it") if kept else _("filled in by the expert")
        return Box(title, figure, kept or _("nobody else can write it"))
    title = _("New value (rev. {number})").format(number=_revision(results, correction.wish))
    if state_of(correction, results.seating) is CorrectionState.OPEN:
        title = _("New value (rev. {number})").format(number=correction.revision + 1)
        words = _("read from the new signed sheet only")
        return Box(title, _("filled in by the expert"), words)
    change = _changed(results, correction)
    leaf = leaf_of(results, correction.wish)
    if change is None:
        return Box(title, _("unchanged"), _("the new sheet says the same here"))
    if leaf is None:
        sheet = results.tally.of(correction.wish.application).sheet(correction.wish.expert)
        total = figure_text(results, sheet.counted if sheet else None)
        return Box(title, total, _("total of the new signed sheet"))
    return Box(title, mark_text(change.new, leaf), _("read from the new signed sheet"))


def other_changes(results: Results, correction: Correction) -> Message:
    """Tell whether the new sheet changed anything besides what was pointed at."""
    if state_of(correction, results.seating) is not CorrectionState.ANSWERED:
        return Message()
    wish = correction.wish
    found = [c for c in changes_of(correction, results.seating) if not c.is_asked_by(wish)]
    if not found:
        return Message(_("Only this has changed"), "ok", "circle-check")
    names = "、".join(
        _("{indicator} of {application}").format(
            indicator=c.indicator, application=c.application
        )
        for c in found
    )
    words = _("{count} other marks changed too: {names}")
    text = words.format(count=len(found), names=names)
    return Message(text, "warn", "triangle-alert")


def effect_lines(results: Results, wish: Wish, then: Tally) -> tuple[EffectLine, ...]:
    """Return result and place of the application now and after."""
    number = wish.application
    before, after = results.tally.of(number), then.of(number)
    lines = [
        EffectLine(
            _("{number} result").format(number=number),
            before.published or "—",
            after.published or "—",
        ),
        EffectLine(
            _("{number} rank").format(number=number),
            str(before.rank or "—"),
            str(after.rank or "—"),
        ),
    ]
    gaps = (_gap(results.tally), _gap(then))
    if all(gap is not None for gap in gaps):
        now, later = (figure_text(results, gap) for gap in gaps)
        lines.append(EffectLine(_("Gap at the cut line"), now, later))
    return tuple(lines)


def effect_words(results: Results, then: Tally) -> Message:
    """Tell whether the recommended list would change."""
    listed = [
        {each.number for each in tally.applications if each.recommended}
        for tally in (results.tally, then)
    ]
    if listed[0] == listed[1]:
        return Message(_("The recommended list stays."), "2", "info")
    names = "、".join(f"{n} {short_name(results, n)}" for n in sorted(listed[0] ^ listed[1]))
    words = _("Would cross the line: {names}").format(names=names)
    return Message(words, "warn", "triangle-alert")


def _gap(tally: Tally) -> Fraction | None:
    ranked = [each for each in tally.ranked() if each.figure is not None]
    above = [each.figure for each in ranked if each.recommended]
    below = [each.figure for each in ranked if each.recommended is False]
    if not above or not below or above[-1] is None or below[0] is None:
        return None
    return above[-1] - below[0]


def _changed(results: Results, correction: Correction) -> ChangedMark | None:
    found = changes_of(correction, results.seating)
    return next((each for each in found if each.is_asked_by(correction.wish)), None)


def _level(leaf: Indicator, value: Fraction) -> str:
    reached = [each for each in leaf.levels if each.low <= value]
    return max(reached, key=lambda each: each.low).name if reached else ""


def _revision(results: Results, wish: Wish) -> int:
    sheet = results.seating.counted.get(wish.expert)
    return sheet.content.revision if sheet else 1
