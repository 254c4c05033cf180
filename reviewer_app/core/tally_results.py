"""What a tally says about every sheet and every application; nothing in it is rounded twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.rules import AggregationLevel, ReviewRules
from reviewer_app.core.tally_footing import GroupFactors, Normalisation
from reviewer_app.core.votes import VoteCount

Points = Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """One expert's total for one application.

    ``counted`` is ``total``, rounded or normalised first where the rules say so. A sheet is
    ``partial`` when its expert is asked only for some indicators; its total is no total of
    the scheme then. ``dropped`` is ``high`` or ``low`` where trimming on totals left it out.
    """

    expert: str
    total: Fraction
    counted: Fraction
    weight: Fraction
    by_dimension: Points
    by_indicator: Points
    partial: bool = False
    dropped: str = ""
    conclusion: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """How the experts' totals lie, each expert counting once; ``variance`` divides by n − 1."""

    count: int
    mean: Fraction
    median: Fraction
    trimmed: Fraction | None
    """The mean without one highest and one lowest; None below three sheets."""
    variance: Fraction | None
    """None for a single sheet; the standard deviation is its square root."""
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class ApplicationResult:
    """One application's result; ``exact`` is None when nobody scored it."""

    number: str
    sheets: Sequence[SheetFigure]
    unscored: tuple[str, ...]
    """Experts whose sheet has nothing scorable for it: all not applicable or abstained."""
    exact: Fraction | None
    figure: Fraction | None
    """The published figure as a number."""
    published: str | None
    by_dimension: Points
    by_indicator: Points
    marks: Points
    """The combined mark of each indicator, in points of the indicator's own scale."""
    trimmed: bool = False
    untrimmed: tuple[str, ...] = ()
    """At indicator level: the indicators that too few experts scored to trim."""
    unheard: tuple[str, ...] = ()
    """Indicators asked of specialists only, none of whom scored it: there is no result then."""
    conclusion: str | None = None
    notes: tuple[str, ...] = ()
    spread: Spread | None = None
    band: str | None = None
    passes: bool | None = None
    rank: int | None = None
    tie_break: str = ""
    recommended: bool | None = None
    vote: VoteCount | None = None
    group: str = ""
    unadjusted: Fraction | None = None
    """In a group: the result before the group's factor."""

    def sheet(self, expert: str) -> SheetFigure | None:
        """Return this expert's figure, or None for one who gave no total."""
        return next((sheet for sheet in self.sheets if sheet.expert == expert), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a round: applications in the panel's order, each with its place."""

    rules: ReviewRules
    level: AggregationLevel
    """The level that was used: specialised schemes are combined by indicator always."""
    applications: tuple[ApplicationResult, ...]
    normalisation: Normalisation | None = None
    """What experts were measured with; None where the rules normalise nothing."""
    groups: GroupFactors | None = None
    """The groups' factors; None where there is one group only."""
    _by_number: Mapping[str, ApplicationResult] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        index = {result.number: result for result in self.applications}
        object.__setattr__(self, "_by_number", index)

    def of(self, number: str) -> ApplicationResult:
        """Return one application's result; raises NotFoundError."""
        if number not in self._by_number:
            raise NotFoundError(
                _("There is no application {application}").format(application=number)
            )
        return self._by_number[number]

    def ranked(self) -> tuple[ApplicationResult, ...]:
        """Return the applications by place; those without a result stand last."""
        return tuple(
            sorted(self.applications, key=lambda each: (each.rank is None, each.rank or 0))
        )

    def cut_is_shared(self) -> bool:
        """Tell whether a shared place straddles the cut line: more are above it than wanted."""
        wanted = self.rules.decision.recommend
        above = sum(result.recommended is True for result in self.applications)
        return wanted is not None and above > wanted
