"""Small panels and schemes that the tests of the tally, its rules and its speed share."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    Method,
    RankBasis,
    Ranking,
    ReviewRules,
    RoundingRules,
)
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet

VECTOR_1 = (
    (18, 26, 40),
    (15, 29, 37),
    (20, 22, 41),
    (17, 27, 45),
    (16, 30, 33),
    (19, 25, 42),
    (14, 28, 39),
)
"""domain.md G, vector 1: seven experts on three indicators out of 20, 30 and 50."""


def leaf(code: str, weight: object, maximum: object = 100, **more: object) -> Indicator:
    """Return an indicator scored from 0 in whole steps."""
    return Indicator(
        code=code,
        title=f"指标{code}",
        source="",
        weight=Fraction(str(weight)),
        minimum=Fraction(0),
        maximum=Fraction(str(maximum)),
        step=Fraction(1),
        **more,  # type: ignore[arg-type]
    )


def scheme(*dimensions: Sequence[Indicator]) -> Scheme:
    """Return a scheme whose dimensions are called 1, 2, 3 …"""
    return Scheme(
        "test",
        "测试",
        "",
        WeightOrigin.OFFICIAL,
        tuple(
            Dimension(str(number), f"维度{number}", "", tuple(leaves))
            for number, leaves in enumerate(dimensions, start=1)
        ),
    )


def plain_scheme(maxima: Sequence[object]) -> Scheme:
    """Return a scheme of one dimension whose indicators weigh what they can give: a, b, c …"""
    return scheme(
        [leaf(code, most, most) for code, most in zip("abcdefgh", maxima, strict=False)]
    )


Row = Sequence[object]


def panel(table: Scheme, scores: Mapping[str, Sequence[Row | None]]) -> Panel:
    """Return a panel of complete sheets: by application, one row an expert or None.

    Experts are called 1, 2, 3 …; a cell is a number or a Mark.
    """
    codes = [each.code for each in table.indicators()]
    experts = max(len(rows) for rows in scores.values())
    marks: list[dict[str, dict[str, Mark]]] = [{} for _ in range(experts)]
    for number, rows in scores.items():
        for expert, row in enumerate(rows):
            if row is not None:
                marks[expert][number] = dict(zip(codes, map(mark, row), strict=True))
    return Panel(
        tuple(PanelApplication(number, table) for number in scores),
        tuple(PanelSheet(str(expert + 1), given) for expert, given in enumerate(marks)),
    )


def single(scores: Mapping[str, Sequence[object]], maximum: object = 100) -> Panel:
    """Return a panel with one indicator: by application, one figure an expert."""
    rows = {
        number: [None if each is None else [each] for each in given]
        for number, given in scores.items()
    }
    return panel(scheme([leaf("a", maximum, maximum)]), rows)


def mark(value: object) -> Mark:
    """Return a mark, from a number or a text that states one."""
    return value if isinstance(value, Mark) else scored(Fraction(str(value)))


def rules(  # noqa: PLR0913 - one for each thing a test varies
    method: str = "mean",
    level: str = "total",
    *,
    drops: tuple[int, int] = (1, 1),
    minimum: int = 3,
    ties: Sequence[str] = (),
    basis: str = "published",
    rounding: RoundingRules | None = None,
) -> ReviewRules:
    """Return rules that differ from the defaults in the parts named."""
    return ReviewRules(
        aggregation=Aggregation(
            Method(method), AggregationLevel(level), drops[0], drops[1], minimum
        ),
        rounding=rounding or RoundingRules(),
        ranking=Ranking(RankBasis(basis), tuple(ties)),
    )
