"""The twelve fictional centers of the sample round and every figure their papers quote."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from resources import sample_resource
from reviewer_app.core.numbers import Rounding, publish, round_to

YEARS = ("2026", "2027", "2028", "2029")
SOURCES = ("依托单位", "共建单位", "财政经费", "社会资本")
_HOST, _PUBLIC = 0, 2


class Tier(StrEnum):
    """How well founded a plan reads, which its sample marks follow."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Center:
    """One sample center as ``centers.toml`` describes it."""

    number: str
    field: str
    unit: str
    recommender: str
    tier: Tier
    scientist: str
    product: str
    direction: str
    words: Mapping[str, str]
    """Its cluster, need, gap and approach, for the running text."""
    frontier: tuple[str, ...]
    projects: tuple[str, ...]
    bottlenecks: tuple[tuple[str, ...], ...]
    partners: tuple[tuple[str, ...], ...]
    bases: tuple[tuple[str, str, int], ...]
    signed: int
    staff: tuple[int, int]
    teams: tuple[int, int]
    cooperating: int
    incubated: int
    served: int
    funds: tuple[tuple[Fraction, ...], ...]
    """100 million yuan by source (``SOURCES``) and year (``YEARS``)."""

    @property
    def name(self) -> str:
        """Return the center's full name."""
        return f"浙江省{self.field}技术创新中心（示例）"

    @property
    def index(self) -> int:
        """Return its place from 0, by which sentences take turns."""
        return int(self.number) - 1

    @property
    def funds_total(self) -> Fraction:
        """Return all that is put in over the years."""
        return sum((sum(row, Fraction(0)) for row in self.funds), Fraction(0))

    @property
    def funds_ratio(self) -> Fraction:
        """Return the host's share over the public one, to two decimals."""
        host, public = (sum(self.funds[row], Fraction(0)) for row in (_HOST, _PUBLIC))
        return round_to(host / public, 2, Rounding.HALF_UP)


@cache
def sample_centers() -> tuple[Center, ...]:
    """Return the centers in the order of the day."""
    with sample_resource("centers.toml").open("rb") as file:
        data = tomllib.load(file, parse_float=Fraction)
    return tuple(_center(each) for each in data["center"])


def figures(center: Center) -> dict[str, str]:
    """Return what the placeholders of the sample texts stand for."""
    return {
        **center.words,
        "name": center.name,
        "field": center.field,
        "unit": center.unit,
        "recommender": center.recommender,
        "product": center.product,
        "scientist": center.scientist,
        "direction": center.direction,
        "frontier": "、".join(center.frontier),
        "projects": "；".join(center.projects),
        **_counts(center),
        **_estimates(center),
        "funds_total": _tenths(center.funds_total),
        "funds_host": _tenths(sum(center.funds[_HOST], Fraction(0))),
        "funds_public": _tenths(sum(center.funds[_PUBLIC], Fraction(0))),
        "funds_ratio": publish(center.funds_ratio, 2, Rounding.HALF_UP),
    }


def _counts(center: Center) -> dict[str, str]:
    """Return what ``centers.toml`` states as a number."""
    return {
        "partner_count": str(len(center.partners)),
        "base_count": str(len(center.bases)),
        "signed_count": str(center.signed),
        "cooperating": str(center.cooperating),
        "incubated": str(center.incubated),
        "served": f"{center.served:,}",
        "staff_now": f"{center.staff[0]:,}",
        "staff_end": f"{center.staff[1]:,}",
    }


def _estimates(center: Center) -> dict[str, str]:
    """Return figures that only have to differ: better founded plans state larger ones."""
    size = {Tier.STRONG: 2, Tier.FAIR: 1, Tier.WEAK: 0}[center.tier]
    turn = center.index
    support = center.staff[1] // 24
    return {
        "visited": str(26 + 3 * turn + 9 * size),
        "carriers": str(1 + size + turn % 2),
        "history": str(9 + turn % 5 + 4 * size),
        "standards": str(2 + 3 * size + turn % 3),
        "patents": str(40 + 55 * size + 7 * turn),
        "income": str(40 + 8 * size + turn % 4),
        "fund_size": str(1 + 2 * size),
        "leaders": str(2 + 3 * size + turn % 2),
        "youths": str(4 + 5 * size + turn % 3),
        "doctors": str(22 + 7 * size + turn % 5),
        "students": str(30 + 35 * size + 4 * turn),
        "support": str(support),
        "brokers": str(max(3, support // 5)),
        "replaced": f"{120 + 640 * size + 45 * turn:,}",
        "space": f"{2600 + 450 * turn:,}",
        "equipment": str(90 + 110 * size + 9 * turn),
        "equipment_value": f"{3200 + 4100 * size + 260 * turn:,}",
    }


def _tenths(value: Fraction) -> str:
    return publish(value, 1, Rounding.HALF_UP)


def _center(data: dict[str, Any]) -> Center:
    return Center(
        **{
            key: data[key]
            for key in ("number", "field", "unit", "recommender", "scientist", "product")
        },
        direction=data["direction"],
        tier=Tier(data["tier"]),
        words={key: data[key] for key in ("cluster", "need", "gap", "approach")},
        frontier=tuple(data["frontier"]),
        projects=tuple(data["projects"]),
        bottlenecks=tuple(tuple(row) for row in data["bottlenecks"]),
        partners=tuple(tuple(row) for row in data["partners"]),
        bases=tuple((name, partner, area) for name, partner, area in data["bases"]),
        signed=data["signed"],
        staff=(data["staff"][0], data["staff"][1]),
        teams=(data["teams"][0], data["teams"][1]),
        cooperating=data["cooperating"],
        incubated=data["incubated"],
        served=data["served"],
        funds=tuple(tuple(Fraction(each) for each in row) for row in data["funds"]),
    )
