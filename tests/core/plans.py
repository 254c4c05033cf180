"""Round plans for tests: one that passes every check, and strategies for arbitrary ones."""

import datetime as dt
from functools import cache

from hypothesis import strategies as st

from resources import scheme_path
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Change,
    Expert,
    ExpertNumber,
    Fact,
    Material,
    MaterialKind,
    RoundKind,
    RoundPlan,
    Specialism,
)
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme

MATERIAL = Material("建设方案.pdf", "建设方案", MaterialKind.PLAN, 7, "0" * 64)
FIELDS = ("氢能", "海洋", "磁性", "视觉", "低空")
UNITS = ("甬江", "括苍", "东海", "钱塘", "四明", "曹娥", "瓯越")

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
filled = texts.filter(str.strip)
exact = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)
materials = st.builds(
    Material,
    file=filled,
    title=texts,
    kind=st.sampled_from(MaterialKind),
    size=st.integers(0, 2**40),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
)
facts = st.builds(
    Fact,
    value=exact,
    unit=texts,
    target=st.none() | texts,
    indicator=st.none() | texts,
    note=texts,
    source=texts,
)
changes = st.builds(
    Change,
    indicator=filled,
    reason=texts,
    target=st.none() | texts,
    weight=st.none() | exact,
    applicable=st.booleans(),
)
applications = st.builds(
    Application,
    number=filled.map(ApplicationNumber),
    name=filled,
    short_name=texts,
    unit=texts,
    recommender=texts,
    category=texts,
    materials=st.lists(materials, max_size=3).map(tuple),
    facts=st.lists(facts, max_size=3).map(tuple),
    changes=st.lists(changes, max_size=2).map(tuple),
)
experts = st.builds(
    Expert,
    number=filled.map(ExpertNumber),
    name=filled,
    employer=texts,
    title=texts,
    specialism=st.none() | st.sampled_from(Specialism),
    from_bureau=st.booleans(),
    phone=texts,
    recused=st.frozensets(filled.map(ApplicationNumber), max_size=3),
)


@cache
def sample_scheme() -> Scheme:
    """Return the scheme with suggested weights that comes with the program."""
    return load_scheme(scheme_path("zj-tic"))


def plans() -> st.SearchStrategy[RoundPlan]:
    """Return arbitrary plans over the scheme that comes with the program."""
    return st.builds(
        RoundPlan,
        title=filled,
        kind=st.sampled_from(RoundKind),
        organiser=texts,
        date=st.dates(),
        place=texts,
        scheme=st.just(sample_scheme()),
        rules=st.just(ReviewRules()),
        weights_confirmed_by=texts,
        applications=st.lists(applications, max_size=3).map(tuple),
        experts=st.lists(experts, max_size=3).map(tuple),
        assignment=st.dictionaries(
            filled.map(ExpertNumber),
            st.lists(filled.map(ApplicationNumber), max_size=3).map(tuple),
        ),
        overrides=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    )


def expert(number: int, **changed: object) -> Expert:
    """Return a technology expert with an employer of their own."""
    plain = {
        "number": ExpertNumber(f"{number:02}"),
        "name": f"专家{'甲乙丙丁戊己庚辛壬癸子丑'[number - 1]}（示例）",
        "employer": f"{UNITS[(number - 1) % 7]}研究院（示例）",
        "specialism": Specialism.TECHNOLOGY,
    }
    return Expert(**{**plain, **changed})  # type: ignore[arg-type]  # checked when it is built


def application(number: int, **changed: object) -> Application:
    """Return an application with one material."""
    plain = {
        "number": ApplicationNumber(f"{number:02}"),
        "name": f"浙江省{FIELDS[number - 1]}技术创新中心（示例）",
        "short_name": f"中心{number}",
        "unit": f"{UNITS[number - 1]}公司（示例）",
        "materials": (MATERIAL,),
    }
    return Application(**{**plain, **changed})  # type: ignore[arg-type]  # checked when it is built


def plan(panel: tuple[Expert, ...] = (), given: tuple[Application, ...] = ()) -> RoundPlan:
    """Return a plan of five experts and three applications that passes every check."""
    panel = panel or tuple(expert(number) for number in range(1, 6))
    given = given or tuple(application(number) for number in range(1, 4))
    return RoundPlan(
        title="2026年度论证会（示例）",
        kind=RoundKind.PLAN,
        organiser="示例市科学技术局",
        date=dt.date(2026, 11, 21),
        place="305 会议室",
        scheme=sample_scheme(),
        rules=ReviewRules(),
        weights_confirmed_by="温以宁（示例）",
        applications=given,
        experts=panel,
        assignment={
            each.number: tuple(a.number for a in given if a.number not in each.recused)
            for each in panel
        },
    )
