"""From marks to places: one exact result an application, votes, bands and the ranking.

The order is fixed: a sheet's marks are totalled by the scheme; the totals are put on one
yardstick where the rules say so (``tally_normalise``); the rules combine the totals or, at
indicator level, the marks, which are then totalled once (``tally_figures``); a group's factor
multiplies the result (``tally_groups``); it is rounded once for publication; bands and the pass
mark look at the published figure; places follow the ranking basis. An expert who did not score
an application does not count there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.errors import InputError, RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.ranking import Place, named_code, rank
from reviewer_app.core.rules import AggregationLevel, Normalise, RankBasis, ReviewRules
from reviewer_app.core.tally_figures import Hearing, application_result, sheet_figures
from reviewer_app.core.tally_footing import Normalisation
from reviewer_app.core.tally_groups import grouped
from reviewer_app.core.tally_normalise import normalisation, normalised
from reviewer_app.core.tally_panel import (
    Panel,
    PanelApplication,
    PanelSheet,
    check_panel,
)
from reviewer_app.core.tally_results import (
    ApplicationResult,
    SheetFigure,
    Spread,
    Tally,
)
from reviewer_app.core.tally_scorer import Scorer
from reviewer_app.core.votes import Ballots, CastVote, VoteCount, count_votes

__all__ = [
    "ApplicationResult",
    "Panel",
    "PanelApplication",
    "PanelSheet",
    "SheetFigure",
    "Spread",
    "Tally",
    "check_panel",
    "tally",
]


def tally(
    panel: Panel,
    rules: ReviewRules,
    votes: Sequence[CastVote | Ballots] = (),
    *,
    entitled: Mapping[str, int] | None = None,
) -> Tally:
    """Return the result of the panel under the rules.

    ``entitled`` says how many may vote on each application; without it, all who scored it.
    Raises MarkError for a sheet with missing marks, RulesError for a tie chain that names a
    dimension or indicator the schemes do not have.
    """
    level = _level(panel, rules)
    check_ties(panel, rules)
    hearings = list(_hearings(panel, rules, level))
    figures = [sheet_figures(hearing) for hearing in hearings]
    stick = _stick(figures, rules, level)
    if stick is not None:
        figures = [normalised(each, stick) for each in figures]
    results, factors = grouped(list(map(application_result, hearings, figures)), rules)
    placed = _decided(results, panel, rules, votes, entitled)
    return Tally(rules, level, placed, normalisation=stick, groups=factors)


def _stick(
    figures: Sequence[Sequence[SheetFigure | None]],
    rules: ReviewRules,
    level: AggregationLevel,
) -> Normalisation | None:
    """Return what the rules measure experts with; None where they do not ask for it."""
    if rules.aggregation.normalise is Normalise.NONE:
        return None
    if level is AggregationLevel.INDICATOR:
        raise RulesError(_("normalise works on totals; this panel is combined by indicator"))
    return normalisation(figures)


def check_ties(panel: Panel, rules: ReviewRules) -> None:
    """Refuse a tie chain that names a dimension or indicator no scheme of the panel has."""
    schemes = {id(each.scheme): each.scheme for each in panel.applications}.values()
    known = {("dimension", each.code) for scheme in schemes for each in scheme.dimensions}
    known |= {("indicator", leaf.code) for scheme in schemes for leaf in scheme.indicators()}
    for name in rules.ranking.ties:
        kind, code = named_code(name)
        if code and (kind, code) not in known:
            raise RulesError(
                _("The tie chain names {name}, which the scheme does not have").format(
                    name=name
                )
            )


def _hearings(panel: Panel, rules: ReviewRules, level: AggregationLevel) -> Iterator[Hearing]:
    """Yield every application with its sheets; those under one plain scheme share its rates."""
    common: Scorer | None = None
    for each in panel.applications:
        if common is None or not common.plain or common.scheme != each.scheme:
            scorer = Scorer(each.scheme, each.facts, each.category)
        else:
            scorer = common
        common = common or scorer
        yield Hearing(each, tuple(panel.sheets_for(each.number)), rules, level, scorer)


def _level(panel: Panel, rules: ReviewRules) -> AggregationLevel:
    if panel.specialised():
        return AggregationLevel.INDICATOR
    return rules.aggregation.level


def _decided(
    results: Sequence[ApplicationResult],
    panel: Panel,
    rules: ReviewRules,
    votes: Sequence[CastVote | Ballots],
    entitled: Mapping[str, int] | None,
) -> tuple[ApplicationResult, ...]:
    """Return an application's results with votes counted and places given; see ``tally``."""
    found = counted_votes(panel, rules, votes, entitled) if votes else {}
    counted = [
        replace(result, vote=found[result.number]) if result.number in found else result
        for result in results
    ]
    published = rules.ranking.basis is RankBasis.PUBLISHED
    places = rank(
        [result.figure if published else result.exact for result in counted],
        rules.ranking.ties,
        lambda index, name: criterion(counted[index], name),
    )
    return tuple(
        _placed(result, place, rules.decision.recommend)
        for result, place in zip(counted, places, strict=True)
    )


def _placed(result: ApplicationResult, place: Place, wanted: int | None) -> ApplicationResult:
    """Return the result with its place; one that keeps its place is kept as it is."""
    recommended = None if wanted is None else place.rank is not None and place.rank <= wanted
    before = (result.rank, result.tie_break, result.recommended)
    if before == (place.rank, place.tie_break, recommended):
        return result
    return replace(result, rank=place.rank, tie_break=place.tie_break, recommended=recommended)


def _voters(panel: Panel) -> dict[str, int]:
    """Return how many experts have each application before them."""
    return Counter(number for sheet in panel.sheets for number in sheet.marks)


def counted_votes(
    panel: Panel,
    rules: ReviewRules,
    votes: Sequence[CastVote | Ballots],
    entitled: Mapping[str, int] | None,
) -> dict[str, VoteCount]:
    """Return the decided votes by application; InputError for a vote on a stranger."""
    may_vote = _voters(panel) if entitled is None else entitled
    heard: dict[str, list[CastVote | Ballots]] = {
        each.number: [] for each in panel.applications
    }
    for vote in votes:
        if vote.application not in heard:
            raise InputError(
                _("A vote on application {application}, which is not in the round").format(
                    application=vote.application
                )
            )
        heard[vote.application].append(vote)
    return {
        number: count_votes(about, may_vote.get(number, 0), rules.decision)
        for number, about in heard.items()
        if about
    }


def criterion(result: ApplicationResult, name: str) -> Fraction | None:
    """Return the exact value of a tie chain's criterion for this application, larger is better.

    The names are those of ``ranking``.
    """
    kind, code = named_code(name)
    if kind == "dimension":
        return result.by_dimension.get(code)
    if kind == "indicator":
        return result.by_indicator.get(code)
    if name == "exact":
        return result.exact
    if name == "approvals":
        return None if result.vote is None else Fraction(result.vote.approve)
    lie = result.spread
    if lie is None:
        return None
    values = {
        "mean": lie.mean,
        "median": lie.median,
        "sum": lie.mean * lie.count,
        "high": lie.high,
        "low": lie.low,
        "spread": lie.low - lie.high,
    }
    return values[name]
