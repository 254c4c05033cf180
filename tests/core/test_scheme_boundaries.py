"""Published tables at every boundary they print; the points were worked out by hand."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from reviewer_app.core.claims import claims_of, open_levels
from reviewer_app.core.errors import MarkError
from reviewer_app.core.marks import NOT_APPLICABLE
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scoring import check_mark, total_sheet
from tests.core.scheme_tables import facts, marks, published, verdict

Given = Mapping[str, object]


def points(name: str, code: str, claimed: Given, category: str = "") -> str:
    """Return what the figures give for one indicator of a published table."""
    found = total_sheet(published(name), {}, facts=facts(claimed), category=category)
    value = found.by_indicator[code]
    return "—" if value is None else plain_text(value)


def each(code: str, values: str, expected: str) -> list[tuple[str, str, str]]:
    """Return code, value and points, side by side."""
    return [
        (code, value, point)
        for value, point in zip(values.split(), expected.split(), strict=True)
    ]


# 创新型中小企业


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        *each("2", "5 4.99 3 2.99 2 1.99 1 0.99 0", "20 15 15 10 10 5 5 0 0"),
        *each("4", "54.99 55 74.99 75 120", "10 5 5 0 0"),
    ],
)
def test_sme_bands_are_closed_on_the_left(code: str, value: str, expected: str) -> None:
    claimed = {"研发费用": value, "营业收入": 100, "4": value}
    assert points("sme-inno", code, claimed) == expected


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        (100, 115, "20"), (100, "114.99", "15"), (100, 110, "15"), (100, "109.99", "10"),
        (100, 105, "10"), (100, "104.99", "5"), (100, 100, "5"), (100, "99.99", "0"),
        (0, 50, "0"),
    ],
)  # fmt: skip
def test_sme_growth(earlier: object, now: object, expected: str) -> None:
    assert points("sme-inno", "3", {"前年主营": earlier, "上年主营": now}) == expected


INNO = {"1": 20, "5": 5, "a": 0, "b": 0}
CLAIMED = {"研发费用": 5, "营业收入": 100, "上年主营": 60, "前年主营": 55, "4": 55}


@pytest.mark.parametrize(
    ("given", "claimed", "expected"),
    [
        ({}, {}, ("75", "符合")),
        ({}, {"4": 75}, ("70", "不符合")),
        ({"1": 0}, {"研发费用": 3}, ("50", "不符合")),
        ({"1": 5}, {"研发费用": "4.9"}, ("55", "不符合")),
        ({"1": 5, "5": 10}, {"研发费用": "4.9"}, ("60", "符合")),
        ({"1": 0, "a": 1}, {"研发费用": 0}, ("35", "符合（直通）")),
    ],
)
def test_sme_sixty_with_a_floor_in_each_section(
    given: Given, claimed: Given, expected: tuple[str, str]
) -> None:
    found = total_sheet(
        published("sme-inno"), marks({**INNO, **given}), facts=facts({**CLAIMED, **claimed})
    )
    assert verdict(found) == expected


def test_sme_a_field_has_no_third_choice() -> None:
    for mark in (0, 7):
        with pytest.raises(MarkError):
            check_mark(published("sme-inno").indicator("5"), marks({"x": mark})["x"])


# 高新技术企业 2008


@pytest.mark.parametrize(
    ("figure", "value", "level"),
    [
        *each("转化", "4.01 4 3.01 3 2 1.01 1 0.34 0", "A B B C D D E E F"),
        *each("符合", "5 4 3 2 1 0", "A B C D E F"),
    ],
)
def test_hnte_2008_levels(figure: str, value: str, level: str) -> None:
    table = published("hnte-2008")
    leaf = table.indicator("2.1" if figure == "转化" else "3.1")
    (only,) = open_levels(leaf, claims_of(table, facts({figure: value})))
    assert only.name == level


@pytest.mark.parametrize(
    ("third", "level"),
    [(135, "A"), ("134.9", "B"), (125, "B"), (115, "C"), (105, "D"), (100, "E"), (99, "F")],
)
def test_hnte_2008_growth_of_a_company_in_its_second_year(third: object, level: str) -> None:
    table = published("hnte-2008")
    claims = claims_of(table, facts({"销售2": 100, "销售3": third}))
    (only,) = open_levels(table.indicator("4.2"), claims)
    assert only.name == level


@pytest.mark.parametrize(
    ("sales", "expected"), [("0.01", ("70", "不符合")), ("0.02", ("701/10", "符合"))]
)
def test_hnte_2008_seventy_is_not_enough(sales: str, expected: tuple[str, str]) -> None:
    given = {"1.1": "0.74", "2.1": "0.79", "3.1": "0.7", "4.1": 1, "4.2": sales}
    found = total_sheet(published("hnte-2008"), marks(given))
    assert found.by_indicator["3.1"] == 14
    assert (str(found.total), found.conclusion) == expected


# 宁波市企业工程(技术)中心


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        *each("1.1", "2999.99 3000 4999.99 5000 9999 10000", "0 2 2 3 3 5"),
        *each("2.1", "9.99 10 25 49.99 50", "0 3 5 5 10"),
        *each("2.2", "4.99 5 10 20", "0 3 5 10"),
        *each("3.1", "-3 14.9 15 25 35", "0 0 2 3 5"),
        *each("4.1", "19 20 30 40", "0 2 3 5"),
        *each("5.1", "99 100 300 500", "0 2 3 5"),
        *each("6.1", "0 1 2 3", "0 2 3 5"),
        *each("7.1", "4.9 5 10 20", "0 3 5 10"),
        *each("8.1", "0 1 4", "0 5 5"),
    ],
)
def test_ningbo_bands(code: str, value: str, expected: str) -> None:
    assert points("nb-etc", code, {code: value}) == expected


@pytest.mark.parametrize(
    ("inventions", "models", "expected"),
    [(0, 3, "0"), (0, 4, "5"), (1, 7, "10"), (0, 12, "15")],
)  # 2.75 inventions are not three
def test_four_utility_models_are_one_invention(
    inventions: int, models: int, expected: str
) -> None:
    claimed = {"发明": inventions, "实用新型": models}
    assert points("nb-etc", "9.1", claimed) == expected


FULL = {"10.1": 5, "10.2": 5, "10.3": 5, "11.1": 5, "12.1": 5, "12.2": 5}
EXTRAS = dict.fromkeys(("13.1", "13.2", "13.3", "13.4", "13.5"), 0)
TOP = {"1.1": 10000, "2.1": 50, "3.1": 35, "4.1": 40, "5.1": 500, "6.1": 3, "7.1": 20,
       "8.1": 1, "8.2": 1, "发明": 3, "实用新型": 0}  # fmt: skip


@pytest.mark.parametrize(
    ("extras", "total"),
    [
        ({}, 100),
        ({"13.1": 5}, 100),
        ({"13.4": 5}, 95),
        ({"13.5": 20}, 80),
        ({"13.2": 10, "13.5": 20}, 90),
    ],
)
def test_ningbo_extras_and_deductions(extras: Given, total: int) -> None:
    given = marks({**FULL, **EXTRAS, **extras})
    assert total_sheet(published("nb-etc"), given, facts=facts(TOP)).total == total


def test_ningbo_growth_is_claimed_for_one_size_of_company_only() -> None:
    both = facts({**TOP, "2.2": 20})
    with pytest.raises(MarkError, match="only one"):
        total_sheet(published("nb-etc"), marks({**FULL, **EXTRAS}), facts=both)


def test_ningbo_never_falls_below_zero() -> None:
    nothing = dict.fromkeys(TOP, 0)
    given = marks({**dict.fromkeys(FULL, 0), **EXTRAS, "13.5": 20})
    assert total_sheet(published("nb-etc"), given, facts=facts(nothing)).total == 0


# 众创空间


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        *each("1", "0 49 50 51 99 100 500", "0 0 5 5.1 9.9 10 10"),
        *each("5", "4 5 6 25 26", "0 5 5.5 15 15"),
        *each("6", "59.99 60 60.9 61 100", "0 6 6 6.1 10"),
        *each("8", "0 1 4 5", "0 2 8 8"),
        *each("9", "29.99 30 59 240 300", "0 1 1 8 8"),
        *each("10", "2.9 3 8.9 24", "0 1 2 8"),
    ],
)
def test_a_maker_space_starts_scoring_where_the_table_says(
    code: str, value: str, expected: str
) -> None:
    assert points("maker-space", code, {code: value}) == expected


def test_a_maker_space_counts_people_and_events_differently() -> None:
    people = {"大专": 1, "本科": 1, "硕士": 0, "博士": 1}
    assert points("maker-space", "11", people) == "4.5"
    events = {"主办": 2, "承办": 1, "联合主办": 1, "联合承办": 1}
    assert points("maker-space", "4", events) == "3.25"


# 中期评估: 60 % of a table of its own


@pytest.mark.parametrize(
    ("given", "total", "conclusion"),
    [
        ({}, 60, "已评分"),
        ({"1": 49}, Fraction("59.4"), "已评分"),
        ({"1": 29, "2": 7, "3": 3, "4": 5, "5": 2, "6": 0, "7": 8}, Fraction("32.4"), "已评分"),
        ({"8": 100}, 100, "已评分"),
        ({"a": 1}, 60, "不通过（诚信）"),
    ],
)
def test_the_first_part_counts_sixty_per_cent(
    given: Given, total: object, conclusion: str
) -> None:
    best = {"a": 0, "1": 50, "2": 10, "3": 5, "4": 10, "5": 5, "6": 5, "7": 15, "8": 0}
    found = total_sheet(published("mid-eval"), marks({**best, **given}))
    assert (found.total, found.conclusion) == (total, conclusion)


# 北京: basic requirement 60 %, full requirement 100 %, by industry

SOFTWARE, BUILDING = "信息传输、软件和信息技术服务业", "建筑业"


@pytest.mark.parametrize(
    ("category", "staff", "expected"),
    [
        ("", "1.99", "0"), ("", 2, "5.4"), ("", 6, "7.2"), ("", 10, "9"), ("", 40, "9"),
        (SOFTWARE, "29.99", "0"), (SOFTWARE, 30, "5.4"), (SOFTWARE, 60, "9"),
        (BUILDING, "0.99", "0"), (BUILDING, 1, "5.4"), (BUILDING, 3, "7.2"),
        (BUILDING, 5, "9"), ("采矿业", 2, "5.4"),
    ],
)  # fmt: skip
def test_beijing_by_industry(category: str, staff: object, expected: str) -> None:
    claimed = {"研发人员": staff, "职工": 100}
    assert points("bj-etc", "1.2", claimed, category) == expected


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        *each("1.1", "7.99 8 34 60 99", "0 4.8 6.4 8 8"),
        *each("2.5", "499 500 1250 2000", "0 3 4 5"),
        *each("2.6", "0 1 2 3", "0 1.2 2 2"),
    ],
)
def test_beijing_basic_and_full_requirement(code: str, value: str, expected: str) -> None:
    assert points("bj-etc", code, {code: value}) == expected


# 湖南, 省级制造业创新中心: nothing below 10 %, full marks from 50 % or 30 %


@pytest.mark.parametrize(
    ("staff", "expected"),
    [(0, "0"), (10, "0"), (20, "1.75"), (30, "3.5"), (50, "7"), (60, "7")],
)
def test_hunan_staff(staff: int, expected: str) -> None:
    assert points("hn-mic", "1.1", {"科技人员": staff, "职工": 100}) == expected


@pytest.mark.parametrize(
    ("spent", "expected"), [(0, "0"), (250, "5"), (500, "10"), (900, "10")]
)
def test_hunan_spending(spent: int, expected: str) -> None:
    assert points("hn-mic", "6", {"6": spent}) == expected


@pytest.mark.parametrize(
    ("spent", "expected"), [(9, "0"), (10, "0"), (20, "5"), (30, "10"), (31, "10")]
)
def test_provincial_spending(spent: int, expected: str) -> None:
    claimed = {"研发费用": spent, "成本费用": 100}
    assert points("prov-mic-acc", "3.1", claimed) == expected


# 农业科技成果转化资金: what the contract lacks is taken out of the whole table


def test_what_a_contract_lacks_leaves_the_standard_total() -> None:
    given = {"(1)": 9, "(2)": 9, "(3)": 8, "(4)": NOT_APPLICABLE, "(5)": 15}
    found = total_sheet(published("agri-acc"), marks(given))
    assert found.total == Fraction(41, 45) * 55


# 报价


@pytest.mark.parametrize(
    ("price", "shares"),
    [
        (80, ("30", "10", "58")),
        (99, ("30", "19.5", "59.9")),
        (100, ("30", "20", "60")),
        ("101.5", ("29.56", "18.5", "59.7")),
        (120, ("25", "0", "56")),
        (125, ("24", "0", "55")),
        (400, ("7.5", "0", "0")),
    ],
)
def test_three_ways_to_mark_a_price(price: object, shares: tuple[str, ...]) -> None:
    claimed = {"基准价": 100, "报价": price}
    assert (
        tuple(points("price-marks", code, claimed) for code in ("1.1", "2.1", "3.1")) == shares
    )
