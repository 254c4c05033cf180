"""Small tables for the tests of schemes and scoring."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.numbers import parse_decimal, plain_text
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme, scheme_from_data
from reviewer_app.core.scoring import SheetTotal

PUBLISHED = Path(__file__).parent / "schemes"


def leaf(code: str, weight: object = 10, **more: object) -> dict[str, Any]:
    """Return an indicator of ``weight`` points."""
    return {"code": code, "title": f"指标{code}", "weight": weight, **more}


def heading(code: str, *leaves: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return a heading over these indicators."""
    return {"code": code, "title": f"维度{code}", "indicator": list(leaves), **more}


def table(*headings: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return the data of a scheme with these headings."""
    return {
        "id": "t",
        "title": "测试表",
        "weight_origin": "official",
        "dimension": list(headings),
        **more,
    }


def scheme(*headings: dict[str, Any], **more: object) -> Scheme:
    """Return the scheme with these headings."""
    return scheme_from_data(table(*headings, **more), "t")


def one(**more: object) -> Scheme:
    """Return a scheme with a single indicator 1.1, described by ``more``."""
    extra = {key: more.pop(key) for key in ("input", "target", "may_exceed") if key in more}
    return scheme(heading("1", leaf("1.1", **more)), **extra)


def published(name: str) -> Scheme:
    """Return one of the published tables."""
    return load_scheme(PUBLISHED / f"{name}.toml")


def marks(given: Mapping[str, object]) -> dict[str, Mark]:
    """Return marks from numbers, texts or marks by code."""
    return {
        code: value if isinstance(value, Mark) else scored(parse_decimal(str(value)))
        for code, value in given.items()
    }


def facts(given: Mapping[str, object]) -> list[Fact]:
    """Return claimed figures by the id of their input or target."""
    return [
        Fact(value=Fraction(str(value)), unit="", target=name) for name, value in given.items()
    ]


def verdict(result: SheetTotal) -> tuple[str, str | None]:
    """Return the total as text and the conclusion."""
    return "—" if result.total is None else plain_text(result.total), result.conclusion
