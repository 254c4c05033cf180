"""From marks to points: one sheet's marks for one application, exactly.

A missing mark, one that is not applicable, an abstention and a zero stay four different
things: a missing mark gives nothing yet and is listed; the weight of a mark that is not
applicable or abstained goes to the others under the same heading, an emptied heading's weight
pro rata to the other headings. Formula items take their points from claimed figures.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reviewer_app.core.claims import Claims, claims_of, compute, open_levels
from reviewer_app.core.errors import MarkError
from reviewer_app.core.marks import MISSING, Mark, MarkState, scored
from reviewer_app.core.mechanics import Chosen
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.outcomes import Figures, conclude
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Dimension, Indicator, Level, Pick, Role, Scheme
from reviewer_app.core.scheme_category import for_category
from reviewer_app.core.scoring_tree import Part, add_up

_ZERO = Fraction(0)
_WORDS = {MarkState.NOT_APPLICABLE: "不适用", MarkState.ABSTAINED: "弃权"}


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """What one sheet gives one application; ``total`` is None when nothing is scorable.

    With ``missing`` marks the total is what there is so far, out of ``weight_scored``, and no
    conclusion is drawn; a formula item without its claimed figures is missing too.
    ``by_indicator`` holds contributions in points of the total, ``computed`` the points of
    formula items on their own scale. ``notes`` are Chinese, for the papers.
    """

    total: Fraction | None
    by_dimension: Mapping[str, Fraction | None]
    by_indicator: Mapping[str, Fraction | None]
    missing: tuple[str, ...] = ()
    conclusion: str | None = None
    notes: tuple[str, ...] = ()
    weight_scored: Fraction = _ZERO
    computed: Mapping[str, Fraction] = field(default_factory=dict)


def check_mark(indicator: Indicator, mark: Mark, claims: Claims | None = None) -> None:
    """Refuse a mark that the indicator's scale does not have; raises MarkError.

    With ``claims`` also one outside the level that a claimed figure decides.
    """
    value = mark.value
    if value is None:
        return
    if indicator.is_formula:
        raise MarkError(
            _("{code} is computed from claimed figures; experts give no mark for it").format(
                code=indicator.code
            )
        )
    if not indicator.minimum <= value <= indicator.maximum:
        raise MarkError(
            _("{code}: {value} is outside {minimum}–{maximum}").format(
                code=indicator.code,
                value=plain_text(value),
                minimum=plain_text(indicator.minimum),
                maximum=plain_text(indicator.maximum),
            )
        )
    if (value - indicator.minimum) % indicator.step:
        raise MarkError(
            _("{code}: {value} is not a multiple of the step {step}").format(
                code=indicator.code, value=plain_text(value), step=plain_text(indicator.step)
            )
        )
    _check_level(indicator, value, claims)


def _check_level(indicator: Indicator, value: Fraction, claims: Claims | None) -> None:
    chosen = isinstance(indicator.method, Chosen)
    levels = indicator.levels if claims is None else open_levels(indicator, claims)
    if chosen or levels != indicator.levels:
        check_level(indicator.code, value, levels)


def check_level(code: str, value: Fraction, levels: Sequence[Level]) -> None:
    """Refuse a mark of an indicator that lies in none of these levels; raises MarkError."""
    if not any(level.low <= value <= level.high for level in levels):
        raise MarkError(
            _("{code}: {value} is in none of the levels open here: {levels}").format(
                code=code,
                value=plain_text(value),
                levels="、".join(
                    f"{each.name} {plain_text(each.low)}–{plain_text(each.high)}"
                    for each in levels
                ),
            )
        )


def choices_of_one(scheme: Scheme) -> Iterator[Dimension]:
    """Yield the headings of which an expert may answer one alternative only (二选一)."""
    return (node for node in _headings(scheme.dimensions) if node.pick is Pick.ONE)


def check_choices(scheme: Scheme, marks: Mapping[str, Mark]) -> None:
    """Refuse marks that answer two alternatives of a choice of one; raises MarkError."""
    for heading in choices_of_one(scheme):
        check_choice(heading, marks)


def check_choice(heading: Dimension, marks: Mapping[str, Mark]) -> None:
    """Refuse marks that answer two alternatives of this heading; raises MarkError."""

    def answered_under(child: Dimension | Indicator) -> bool:
        leaves = [child] if isinstance(child, Indicator) else child.indicators()
        return any(marks.get(leaf.code, MISSING).value is not None for leaf in leaves)

    answered = [child.code for child in heading.children if answered_under(child)]
    if len(answered) > 1:
        raise MarkError(
            _("{code} {title}: only one of {answered} may be scored; the others get NA").format(
                code=heading.code, title=heading.title, answered=", ".join(answered)
            )
        )


def _headings(nodes: Iterable[Dimension | Indicator]) -> Iterator[Dimension]:
    for node in nodes:
        if isinstance(node, Dimension):
            yield node
            yield from _headings(node.children)


def missing_claims(scheme: Scheme, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return the codes of formula items whose figures are not all claimed.

    Of a choice, one alternative is enough. Raises MarkError where figures are claimed for two
    of a choice of one, InputError for an impossible figure.
    """
    claims_of(scheme, facts)
    formulas = {leaf.code for leaf in scheme.indicators() if leaf.is_formula}
    if not formulas:
        return ()
    missing = total_sheet(scheme, {}, facts=facts).missing
    return tuple(code for code in missing if code in formulas)


def total_sheet(
    scheme: Scheme,
    marks: Mapping[str, Mark],
    *,
    facts: Sequence[Fact] = (),
    category: str = "",
) -> SheetTotal:
    """Return what the marks, by indicator code, add up to under this scheme.

    Marks may lie between steps: means are totalled the same way. Raises MarkError for a mark
    on a formula item and for a choice answered twice, InputError for an impossible figure.
    """
    scheme = for_category(scheme, category)
    computed, said = _computed(scheme, marks, facts)
    known = {**marks, **computed}
    whole = add_up(scheme, known)
    return SheetTotal(
        total=whole.value,
        by_dimension={each.code: whole.headings[each.code] for each in scheme.dimensions},
        by_indicator=whole.points,
        missing=whole.missing,
        conclusion=None if whole.missing else _conclusion(scheme, whole, known),
        notes=(*_still(said, computed, whole), *_set_aside(scheme, known), *whole.notes),
        weight_scored=whole.weight,
        computed={
            code: mark.value for code, mark in computed.items() if mark.value is not None
        },
    )


def _computed(
    scheme: Scheme, marks: Mapping[str, Mark], facts: Sequence[Fact]
) -> tuple[dict[str, Mark], dict[str, str]]:
    """Return the marks of formula items, and what is to be said of them, by code."""
    leaves = [leaf for leaf in scheme.indicators() if leaf.is_formula]
    if not leaves:
        return {}, {}
    claims, found, notes = claims_of(scheme, facts), {}, {}
    for leaf in leaves:
        check_mark(leaf, marks.get(leaf.code, MISSING))
        result = compute(leaf, scheme, claims)
        found[leaf.code] = MISSING if result.points is None else scored(result.points)
        notes[leaf.code] = result.note
    return found, notes


def _still(notes: Mapping[str, str], computed: Mapping[str, Mark], whole: Part) -> list[str]:
    """Return the notes on formula items, without figures that a choice made unnecessary."""
    return [
        note
        for code, note in notes.items()
        if note and (computed[code] != MISSING or code in whole.missing)
    ]


def _set_aside(scheme: Scheme, marks: Mapping[str, Mark]) -> list[str]:
    """Return which indicators were not applicable or abstained from."""
    notes = []
    for leaf in scheme.indicators():
        word = _WORDS.get(marks.get(leaf.code, MISSING).state)
        if word and leaf.role is Role.SCORE:
            notes.append(f"{leaf.code} {word}，权重{plain_text(leaf.weight)}由其他指标分担")
        elif word:
            notes.append(f"{leaf.code} {word}")
    return notes


def _conclusion(scheme: Scheme, whole: Part, marks: Mapping[str, Mark]) -> str | None:
    screens = {
        leaf.code: marks[leaf.code].value
        for leaf in scheme.indicators()
        if leaf.role is Role.SCREEN and leaf.code in marks
    }
    figures = Figures(whole.value, whole.headings, whole.points, screens)
    return conclude(scheme.outcomes, figures)
