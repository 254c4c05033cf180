"""Review rules (评审规则): how sheets become a published result; frozen before the first score.

The fields follow scoring.md one to one; ``rules_data`` reads and writes them.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reviewer_app.core.numbers import Rounding, plain_text

ONE_VOICE = Fraction(1)
"""What an expert weighs unless the rules say otherwise."""


class Method(StrEnum):
    """How the sheets of one application become one figure."""

    MEAN = "mean"
    TRIMMED = "trimmed"
    MEDIAN = "median"


class AggregationLevel(StrEnum):
    """What is averaged or trimmed: each expert's total, or each indicator's marks."""

    TOTAL = "total"
    INDICATOR = "indicator"


class Normalise(StrEnum):
    """Whether experts are put on one yardstick before their totals are combined."""

    NONE = "none"
    Z_SCORE = "z-score"


class RankBasis(StrEnum):
    """Whether ranks follow the published, rounded figure or the exact one."""

    PUBLISHED = "published"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit with its strictness: ``>=60``, ``>70``, ``<60``, ``<=2``."""

    relation: str
    value: Fraction

    def holds(self, figure: Fraction) -> bool:
        """Tell whether ``figure`` satisfies the limit."""
        below, equal = figure < self.value, figure == self.value
        return {
            ">=": not below,
            ">": not below and not equal,
            "<": below,
            "<=": below or equal,
        }[self.relation]

    def __str__(self) -> str:
        return f"{self.relation}{plain_text(self.value)}"


@dataclass(frozen=True, slots=True)
class Band:
    """One named band of results (优秀 ≥90), checked in order."""

    name: str
    threshold: Threshold


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How sheets are combined; with fewer than ``minimum_sheets`` nothing is trimmed."""

    method: Method = Method.MEAN
    level: AggregationLevel = AggregationLevel.TOTAL
    drop_high: int = 1
    drop_low: int = 1
    minimum_sheets: int = 5
    expert_weights: tuple[tuple[str, Fraction], ...] = ()
    """Weight by expert number or role; who is not listed weighs 1; empty: equal."""
    normalise: Normalise = Normalise.NONE
    machines: int = 1
    """2: a second machine has to come to the same results before papers leave the first."""

    def weight_of(self, expert: str, role: str) -> Fraction:
        """Return the weight of this expert's sheets: by number, else by role, else 1."""
        if not self.expert_weights:
            return ONE_VOICE
        table = dict(self.expert_weights)
        return table.get(expert, table.get(role, ONE_VOICE))


@dataclass(frozen=True, slots=True)
class RoundingRules:
    """How figures are rounded; ``sheet_digits`` None keeps each expert's total exact."""

    mode: Rounding = Rounding.HALF_UP
    sheet_digits: int | None = None
    result_digits: int = 2


@dataclass(frozen=True, slots=True)
class Ranking:
    """How places are given; ``ties`` (see ``ranking``) apply in order, then they share."""

    basis: RankBasis = RankBasis.PUBLISHED
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recheck:
    """When a mark or total is flagged; flags never change anything."""

    deviation_warn: Fraction = Fraction(1, 5)
    deviation_reason: Fraction = Fraction(3, 10)
    low_mark_reason: Fraction | None = Fraction(3, 5)


class VoteBase(StrEnum):
    """Whose number a majority is taken of: those who voted, or all who may vote."""

    PRESENT = "present"
    ENTITLED = "entitled"


@dataclass(frozen=True, slots=True)
class Decision:
    """Pass mark, bands, quorum and majority, and how many are recommended.

    ``quorum`` is a share of those who may vote, ``majority`` a share of ``majority_of``; a vote
    with exactly that share passes. ``recommend`` is the cut line.
    """

    pass_mark: Threshold | None = None
    bands: tuple[Band, ...] = ()
    quorum: Fraction = Fraction(2, 3)
    majority: Fraction = Fraction(2, 3)
    majority_of: VoteBase = VoteBase.PRESENT
    recommend: int | None = None


@dataclass(frozen=True, slots=True)
class PanelRules:
    """What the panel itself must satisfy."""

    minimum: int = 5
    odd: bool = True
    bureau_share: Fraction = Fraction(1, 3)
    same_employer: int = 2
    attendance: bool = False
    """Whether each expert's arrival and leaving (到场、离场) are recorded."""


class GroupFactor(StrEnum):
    """What a group's mean is held against: the mean of everybody, or the mean of the means."""

    ALL = "all"
    MEANS = "means"


@dataclass(frozen=True, slots=True)
class Groups:
    """Several groups ranked together; each result is multiplied by its group's factor.

    ``digits`` None keeps means and factors exact. ``drop_high`` and ``drop_low`` results are
    left out of every mean.
    """

    members: tuple[tuple[str, tuple[str, ...]], ...]
    """Each group's name and the numbers of its applications."""
    factor: GroupFactor = GroupFactor.ALL
    drop_high: int = 0
    drop_low: int = 0
    digits: int | None = None

    def of(self, application: str) -> str:
        """Return the group an application is in, or an empty text."""
        return next((name for name, numbers in self.members if application in numbers), "")


class StageThatCounts(StrEnum):
    """Whose marks make the results where an expert scored again after discussion."""

    SECOND = "second"
    FIRST = "first"


class ChangeReasons(StrEnum):
    """Which marks changed in the second scoring need a written reason."""

    NONE = "none"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SecondScoring:
    """A second scoring after discussion (复评), foreseen by the rules.

    With ``FIRST`` the second scoring stays on record beside the first, which decides.
    """

    counts: StageThatCounts = StageThatCounts.SECOND
    reasons: ChangeReasons = ChangeReasons.NONE


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """All rules of one round, as signed into every pack."""

    aggregation: Aggregation = field(default_factory=Aggregation)
    rounding: RoundingRules = field(default_factory=RoundingRules)
    ranking: Ranking = field(default_factory=Ranking)
    recheck: Recheck = field(default_factory=Recheck)
    decision: Decision = field(default_factory=Decision)
    panel: PanelRules = field(default_factory=PanelRules)
    groups: Groups | None = None
    second: SecondScoring | None = None
    """None: the rules foresee no second scoring; one held all the same follows the defaults."""

    @property
    def adjusts(self) -> bool:
        """Tell whether a result depends on other applications' marks, too."""
        return self.groups is not None or self.aggregation.normalise is not Normalise.NONE
