"""From stored answers to what the scoring page shows: rail, rows, target, cited pages."""

from collections.abc import Mapping
from fractions import Fraction

from reviewer_app.core.errors import NumberError
from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import MISSING, Mark, MarkState, scored
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, parse_decimal, plain_text, round_to
from reviewer_app.core.round import Application, Fact
from reviewer_app.core.scheme import Dimension, Indicator, Level, Relation, Scheme, Target
from reviewer_app.core.targets import holds, in_words
from reviewer_app.services.desk_status import ApplicationStatus
from reviewer_app.services.records import MarkRecord
from ui.views import (
    Citation,
    GroupView,
    LevelView,
    Progress,
    RailItem,
    RowState,
    RowView,
    StripPart,
)

Answers = Mapping[str, MarkRecord]
STATES = {
    MarkState.SCORED: RowState.SCORED,
    MarkState.MISSING: RowState.MISSING,
    MarkState.NOT_APPLICABLE: RowState.NOT_APPLICABLE,
    MarkState.ABSTAINED: RowState.ABSTAINED,
}
"""The state of a row for every state of a mark."""


def rail_item(status: ApplicationStatus, *, flagged: bool, signed: bool) -> RailItem:
    """Return an application as the rail shows it."""
    given = status.scored + status.not_applicable + status.abstained
    total = given + len(status.missing)
    attention = False
    if not status.missing and status.reasons_missing:
        words = _("{count} reasons missing").format(count=len(status.reasons_missing))
        attention, progress = True, Progress.WORKING
    elif status.complete:
        word = _("Signed") if signed else _("Complete")
        words, progress = f"{word}　{status.shown or '—'}", Progress.DONE
    elif not given:
        words, progress = _("Not started"), Progress.NOT_BEGUN
    else:
        words = _("Scoring, {count} to go").format(count=len(status.missing))
        progress = Progress.WORKING
    application = status.application
    return RailItem(
        application.number,
        application.short_name or application.name,
        application.name,
        application.unit,
        progress,
        total if progress is Progress.DONE else given,
        total,
        words,
        attention,
        flagged,
    )


def groups(
    scheme: Scheme,
    asked: frozenset[str],
    answers: Answers,
    status: ApplicationStatus,
    computed: Mapping[str, Fraction],
) -> tuple[GroupView, ...]:
    """Return the dimensions with their rows, for those that have any."""
    return tuple(
        _group(dimension, asked, answers, status, computed)
        for dimension in scheme.dimensions
        if any(True for _leaf in dimension.indicators())
    )


def _group(
    dimension: Dimension,
    asked: frozenset[str],
    answers: Answers,
    status: ApplicationStatus,
    computed: Mapping[str, Fraction],
) -> GroupView:
    leaves = list(dimension.indicators())
    mine = [leaf for leaf in leaves if leaf.code in asked]
    unfinished = {*status.missing, *status.reasons_missing}
    return GroupView(
        dimension.code,
        dimension.title,
        _("weight {weight}").format(weight=plain_text(dimension.full_weight)),
        sum(leaf.code not in unfinished for leaf in mine),
        len(mine),
        tuple(_row(leaf, asked, answers, status, computed) for leaf in leaves),
    )


def _row(
    leaf: Indicator,
    asked: frozenset[str],
    answers: Answers,
    status: ApplicationStatus,
    computed: Mapping[str, Fraction],
) -> RowView:
    record = answers.get(leaf.code)
    mark = record.mark if record else MISSING
    if leaf.code not in asked:
        shown = computed.get(leaf.code)
        word = _("by formula") if leaf.is_formula else _("not asked")
        text = "—" if shown is None else publish_short(shown)
        state = RowState.FORMULA
    else:
        state, text, word = STATES[mark.state], mark_text(mark), mark_word(mark)
    place = level_place(leaf, mark.value)
    lacking = _("reason missing") if leaf.code in status.reasons_missing else ""
    level = "" if place is None else leaf.levels[place].name
    spoken = [f"{leaf.code} {leaf.title}", weight_words(leaf), level or word]
    spoken += [_("{score} points").format(score=text)] if mark.value is not None else []
    return RowView(
        leaf.code,
        leaf.title,
        state,
        text,
        level,
        word,
        bool(record and (record.comment or record.citations)),
        lacking,
        "，".join(filter(None, [*spoken, lacking])),
    )


def mark_text(mark: Mark) -> str:
    """Return what stands for a mark: its figure, a dash for none yet, else a stroke."""
    if mark.value is not None:
        return plain_text(mark.value)
    return "—" if mark.state is MarkState.MISSING else "／"


def mark_word(mark: Mark) -> str:
    """Return the word for a mark without a figure."""
    return {
        MarkState.SCORED: "",
        MarkState.MISSING: _("Missing"),
        MarkState.NOT_APPLICABLE: _("Not applicable"),
        MarkState.ABSTAINED: _("Abstained"),
    }[mark.state]


def weight_words(leaf: Indicator) -> str:
    """Return an indicator's weight in words."""
    return _("weight {weight}").format(weight=plain_text(leaf.weight))


def publish_short(value: Fraction) -> str:
    """Return a computed figure for the screen."""
    return plain_text(round_to(value, 2, Rounding.HALF_UP))


def range_words(level: Level) -> str:
    """Return a level's range."""
    return f"{plain_text(level.low)}–{plain_text(level.high)}"


def bounds_words(leaf: Indicator, place: int | None) -> str:
    """Return the range that holds now, and the step."""
    low, high = leaf.minimum, leaf.maximum
    if place is not None:
        low, high = leaf.levels[place].low, leaf.levels[place].high
    return _("{low}–{high}, step {step}").format(
        low=plain_text(low), high=plain_text(high), step=plain_text(leaf.step)
    )


def refusal(leaf: Indicator, text: str) -> tuple[str, str]:
    """Return why a text is no mark of this indicator, and what to enter instead."""
    try:
        value = parse_decimal(text)
    except NumberError:
        advice = _("Enter digits and at most one point.")
        return _("“{text}” is no number").format(text=text[:20]), advice
    low, high = plain_text(leaf.minimum), plain_text(leaf.maximum)
    if leaf.minimum <= value <= leaf.maximum:
        step = plain_text(leaf.step)
        return _("{value} is off the step {step}").format(value=text, step=step), ""
    above = value > leaf.maximum
    advice = _("Enter {high} or less.") if above else _("Enter {low} or more.")
    error = _("{value} is outside {low}–{high}").format(value=text, low=low, high=high)
    return error, advice.format(low=low, high=high)


def clean(text: str) -> str:
    """Return a typed figure without what surrounds it, nor the point it may end with."""
    return text.strip().removesuffix(".")


def mark_of(text: str) -> Mark:
    """Return the mark that a typed text stands for, none for an empty one.

    Raises NumberError for what is no number.
    """
    figure = clean(text)
    return scored(parse_decimal(figure)) if figure else MISSING


def level_views(leaf: Indicator) -> tuple[LevelView, ...]:
    """Return the level buttons of an indicator."""
    return tuple(
        LevelView(level.name, range_words(level), level.descriptor) for level in leaf.levels
    )


def target_strip(
    leaf: Indicator, scheme: Scheme, application: Application
) -> tuple[StripPart, ...]:
    """Return target, claim and comparison; nothing where there is neither target nor claim."""
    by_id = {target.id: target for target in scheme.targets}
    targets = [by_id[each] for each in leaf.targets if each in by_id]
    claims = {fact.target: fact for fact in application.facts if fact.target}
    own = next((f for f in application.facts if f.indicator == leaf.code), None)
    target = next((t for t in targets if t.id in claims), targets[0] if targets else None)
    claim = claims.get(target.id) if target else None
    claim = claim or own
    if target is None and claim is None:
        return ()
    parts = []
    if target:
        date = f"（{target.date}）" if target.date else ""
        words = target.quote if target.value is None else _target_words(target)
        parts.append(StripPart(_("Target") + date, words))
    parts.append(StripPart(_("Claimed"), _claim_words(claim)))
    if target and claim:
        parts.append(_comparison(target, claim))
    return tuple(parts)


def _target_words(target: Target) -> str:
    """Return the target as the claim beside it is written: a space before the unit."""
    return f"{in_words(target).removesuffix(target.unit)} {target.unit}".strip()


def _claim_words(claim: Fact | None) -> str:
    if claim is None:
        return _("nothing claimed")
    note = f"，{claim.note}" if claim.note else ""
    return f"{plain_text(claim.value)} {claim.unit}{note}"


def _comparison(target: Target, claim: Fact) -> StripPart:
    head = _("Comparison")
    reached = holds(target, claim.value)
    if reached is None or (claim.unit and target.unit and claim.unit != target.unit):
        return StripPart(head, _("for you to judge"))
    share = ""
    if target.value and target.relation in (
        Relation.AT_LEAST,
        Relation.MORE_THAN,
        Relation.EQUAL,
    ):
        share = f" {round(claim.value / target.value * 100)}%"
    if reached:
        return StripPart(head, _("reached") + share, "circle-check", "ok")
    return StripPart(head, _("not reached") + share, "triangle-alert", "warn")


def citation_views(
    record: MarkRecord | None, titles: Mapping[str, str]
) -> tuple[Citation, ...]:
    """Return cited pages as chips; one that names no page keeps its own words."""
    views = []
    for text in record.citations if record else ():
        file, _sep, page = text.rpartition("#")
        if page.isdigit():
            title = titles.get(file, file)
            words = _("{title} p. {page}").format(title=title, page=page)
            views.append(Citation(words, file, int(page)))
        else:
            views.append(Citation(text, text, 0))
    return tuple(views)
