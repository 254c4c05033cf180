"""What a review round is made of: applications, experts, and who scores what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NewType

from reviewer_app.core.people import RoundPeople
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scheme import Scheme

RoundId = NewType("RoundId", str)
"""Sixteen lower-case hexadecimal digits, random, made at creation."""
PackId = NewType("PackId", str)
"""Sixteen lower-case hexadecimal digits, random, one per issued pack."""
ApplicationNumber = NewType("ApplicationNumber", str)
"""The order on the day as printed, e.g. ``03``; unique in the round."""
ExpertNumber = NewType("ExpertNumber", str)
"""As printed on every paper, e.g. ``02``; unique in the round."""


class RoundKind(StrEnum):
    """The occasions of domain.md F; the value is what papers print."""

    PLAN = "论证"
    ANNUAL = "年度绩效评价"
    ACCEPTANCE = "验收"
    RECOGNITION = "认定"
    TRIENNIAL = "三年考核"


class MaterialKind(StrEnum):
    """What a document of an application package is."""

    PLAN = "plan"
    RESPONSIBILITY = "responsibility"
    EVIDENCE = "evidence"
    PRESENTATION = "presentation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Material:
    """One document of a package; ``file`` is a name, never a path; ``sha256`` hexadecimal."""

    file: str
    title: str
    kind: MaterialKind
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A claimed figure, locked for experts, shown beside its target or indicator."""

    value: Fraction
    unit: str
    target: str | None = None
    indicator: str | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a responsibility statement (责任书): a change for this application alone."""

    indicator: str
    reason: str
    target: str | None = None
    weight: Fraction | None = None
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class Application:
    """One unit's application as the round knows it."""

    number: ApplicationNumber
    name: str
    short_name: str
    unit: str
    recommender: str = ""
    category: str = ""
    materials: tuple[Material, ...] = ()
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()


class Specialism(StrEnum):
    """The kinds of experts a panel mixes (domain.md F)."""

    TECHNOLOGY = "技术"
    MANAGEMENT = "管理"
    FINANCE = "财务"
    INVESTMENT = "投资"


@dataclass(frozen=True, slots=True)
class Expert:
    """A panel member; ``recused`` are the applications of conflicts known before issue."""

    number: ExpertNumber
    name: str
    employer: str
    title: str = ""
    specialism: Specialism | None = None
    from_bureau: bool = False
    phone: str = ""
    recused: frozenset[ApplicationNumber] = frozenset()


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """Everything a secretary decides before issue; frozen and signed at issue."""

    title: str
    kind: RoundKind
    organiser: str
    date: date
    place: str
    scheme: Scheme
    rules: ReviewRules
    weights_confirmed_by: str
    applications: tuple[Application, ...]
    experts: tuple[Expert, ...]
    assignment: Mapping[ExpertNumber, tuple[ApplicationNumber, ...]] = field(
        default_factory=dict
    )
    """Applications each expert scores, known conflicts left out; filled by the loader."""
    overrides: tuple[tuple[str, str], ...] = ()
    """Panel checks set aside: (check, written reason), printed in the minutes."""
    people: RoundPeople = field(default_factory=RoundPeople)
    """Who runs the day; facts, never signed into the round."""
