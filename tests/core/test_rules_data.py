"""Review rules survive the trip through a file, and every mistake is named."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.core.errors import RulesError
from reviewer_app.core.numbers import Rounding
from reviewer_app.core.ranking import CRITERIA
from reviewer_app.core.rules import (
    Aggregation,
    AggregationLevel,
    Band,
    Decision,
    Method,
    PanelRules,
    RankBasis,
    Ranking,
    Recheck,
    ReviewRules,
    RoundingRules,
    Threshold,
    VoteBase,
)
from reviewer_app.core.rules_data import load_rules, rules_from_data, rules_to_data

EXAMPLE = """
[aggregation]
method = "trimmed"
level = "indicator"
drop_high = 2
drop_low = 1
minimum_sheets = 7
expert_weights = { "组长" = "1.5", "07" = 2 }
[rounding]
mode = "half-even"
sheet_digits = 3
result_digits = 1
[ranking]
basis = "exact"
ties = ["dimension:8", "indicator:8.1", "median", "sum"]
[recheck]
deviation_warn = "20%"
deviation_reason = 0.3
low_mark_reason = "2/3"
[decision]
pass_mark = ">60"
bands = [["优秀", ">=90"], ["合格", ">= 60"], ["不合格", "<60"]]
quorum = "3/4"
majority = "2/3"
majority_of = "entitled"
recommend = 5
[panel]
minimum = 7
odd = false
bureau_share = 0
same_employer = 1
"""

shares = st.fractions(Fraction(1, 1000), 1, max_denominator=1000)
limits = st.builds(
    Threshold,
    st.sampled_from([">=", ">", "<=", "<"]),
    st.decimals(-999, 999, places=2, allow_nan=False).map(Fraction),
)
band_lists = st.lists(st.integers(1, 99), unique=True, max_size=4).map(
    lambda steps: tuple(
        Band(f"第{step}档", Threshold(">=", Fraction(step)))
        for step in sorted(steps, reverse=True)
    )
)
all_rules = st.builds(
    ReviewRules,
    aggregation=st.builds(
        Aggregation,
        st.sampled_from(Method),
        st.sampled_from(AggregationLevel),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(7, 30),
        st.dictionaries(
            st.text("组长技术019", min_size=1, max_size=4),
            st.fractions(Fraction(1, 100), 100, max_denominator=100),
            max_size=3,
        ).map(lambda table: tuple(sorted(table.items()))),
    ),
    rounding=st.builds(
        RoundingRules,
        st.sampled_from(Rounding),
        st.none() | st.integers(0, 6),
        st.integers(0, 6),
    ),
    ranking=st.builds(
        Ranking,
        st.sampled_from(RankBasis),
        st.lists(st.sampled_from([*CRITERIA, "dimension:8", "indicator:8.1"]), unique=True).map(
            tuple
        ),
    ),
    recheck=st.builds(
        lambda warn, more, low: Recheck(warn, warn + more, low),
        shares,
        shares,
        st.none() | shares,
    ),
    decision=st.builds(
        Decision,
        st.none() | limits,
        band_lists,
        shares,
        shares,
        st.sampled_from(VoteBase),
        st.none() | st.integers(1, 300),
    ),
    panel=st.builds(
        PanelRules,
        st.integers(1, 99),
        st.booleans(),
        st.just(Fraction(0)) | shares,
        st.integers(1, 9),
    ),
)


def read(text: str, folder: Path) -> ReviewRules:
    path = folder / "rules.toml"
    path.write_text(text, "utf-8")
    return load_rules(path)


@given(all_rules)
def test_what_is_signed_says_everything(rules: ReviewRules) -> None:
    text = json.dumps(rules_to_data(rules), ensure_ascii=False)
    assert rules_from_data(json.loads(text), "round") == rules


def test_every_key_of_a_file_is_heard(tmp_path: Path) -> None:
    rules = read(EXAMPLE, tmp_path)
    assert rules.aggregation == Aggregation(
        Method.TRIMMED,
        AggregationLevel.INDICATOR,
        drop_high=2,
        drop_low=1,
        minimum_sheets=7,
        expert_weights=(("07", Fraction(2)), ("组长", Fraction(3, 2))),
    )
    assert rules.rounding == RoundingRules(Rounding.HALF_EVEN, 3, 1)
    chain = ("dimension:8", "indicator:8.1", "median", "sum")
    assert rules.ranking == Ranking(RankBasis.EXACT, chain)
    assert rules.recheck == Recheck(Fraction(1, 5), Fraction(3, 10), Fraction(2, 3))
    assert rules.decision == Decision(
        Threshold(">", Fraction(60)),
        (
            Band("优秀", Threshold(">=", Fraction(90))),
            Band("合格", Threshold(">=", Fraction(60))),
            Band("不合格", Threshold("<", Fraction(60))),
        ),
        quorum=Fraction(3, 4),
        majority=Fraction(2, 3),
        majority_of=VoteBase.ENTITLED,
        recommend=5,
    )
    assert rules.panel == PanelRules(7, odd=False, bureau_share=Fraction(0), same_employer=1)


def test_an_empty_file_states_the_defaults_in_full(tmp_path: Path) -> None:
    assert read("", tmp_path) == ReviewRules()
    written = rules_to_data(ReviewRules())
    assert {table: set(keys) for table, keys in written.items()} == {
        table: set(keys) for table, keys in rules_to_data(read(EXAMPLE, tmp_path)).items()
    }


def test_a_mark_of_byte_order_is_forgiven(tmp_path: Path) -> None:
    assert read("\ufeff[panel]\nminimum = 9", tmp_path).panel.minimum == 9


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[agregation]", r"rules\.toml: unknown: “agregation”"),
        ("[aggregation]\nmehtod = 'mean'", r"\[aggregation\]: unknown: “mehtod”"),
        (
            "[aggregation]\nmethod = 'avg'",
            r"\[aggregation\]: “method”: expected one of mean \| trimmed \| median, found avg",
        ),
        ("[aggregation]\nlevel = 1", r"“level”: expected a text, found 1"),
        (
            "[aggregation]\ndrop_high = -1",
            r"“drop_high”: expected a whole number from 0 to 9999",
        ),
        ("[aggregation]\ndrop_high = 1.5", r"“drop_high”: expected .*, found 1\.5"),
        ("[aggregation]\ndrop_high = true", r"“drop_high”: expected .*, found True"),
        ("[aggregation]\nminimum_sheets = 0", r"“minimum_sheets”: expected .* from 1"),
        ("[aggregation]\nexpert_weights = 'all'", r"“expert_weights”: expected “equal” or"),
        ("[aggregation]\nexpert_weights = {a = 0}", r"“a”: expected a weight above zero"),
        ("[aggregation]\nexpert_weights = {a = 'x'}", r"“a”: “x” is not a plain decimal"),
        (
            "[aggregation]\nmethod = 'trimmed'\nminimum_sheets = 2",
            r"drops 2 sheets, so minimum_sheets must be at least 3, found 2",
        ),
        ("[rounding]\nmode = 'up'", r"half-up \| half-even \| truncate, found up"),
        ("[rounding]\nsheet_digits = 'all'", r"“sheet_digits”: expected a whole number"),
        ("[rounding]\nresult_digits = 7", r"“result_digits”: expected .* from 0 to 6, found 7"),
        ("[ranking]\nbasis = 'rounded'", r"published \| exact, found rounded"),
        ("[ranking]\nties = 'median'", r"“ties”: expected a list of texts"),
        (
            "[ranking]\nties = ['dimension']",
            r"“ties”: expected dimension:CODE.*found dimension",
        ),
        (
            "[ranking]\nties = ['sum', 'sum']",
            r"“ties”: expected every criterion once, found sum",
        ),
        ("[recheck]\ndeviation_warn = 'twenty'", r"expected a share such as 20%.*found twenty"),
        (
            "[recheck]\ndeviation_warn = '0%'",
            r"expected a share above 0 and up to 10, found 0%",
        ),
        ("[recheck]\nlow_mark_reason = '61/60'", r"a share above 0 and up to 1, found 61/60"),
        (
            "[recheck]\ndeviation_reason = '10%'",
            r"deviation_reason 10% is below deviation_warn 20%",
        ),
        ("[decision]\npass_mark = 60", r"“pass_mark”: expected a limit with its strictness"),
        ("[decision]\npass_mark = '=>60'", r"such as >=60 or >70, found =>60"),
        ("[decision]\npass_mark = '>=6O'", r"such as >=60 or >70, found >=6O"),
        ("[decision]\nbands = [['优秀']]", r"“bands”: expected pairs such as"),
        ("[decision]\nbands = [['', '>=1']]", r"“bands”: expected pairs such as"),
        (
            "[decision]\nbands = [['优', '>=9'], ['优', '<9']]",
            r"“bands”: expected every name once, found 优",
        ),
        (
            "[decision]\nbands = [['合格', '>=60'], ['优秀', '>=90']]",
            r"no figure can reach “优秀”",
        ),
        (
            "[decision]\nbands = [['上', '>=60'], ['下', '<60'], ['中', '>59']]",
            r"no figure can reach “中”",
        ),
        ("[decision]\nquorum = 2", r"“quorum”: expected a share above 0 and up to 1, found 2"),
        ("[decision]\nmajority_of = 'all'", r"present \| entitled, found all"),
        ("[decision]\nrecommend = 0", r"“recommend”: expected a whole number from 1"),
        ("[panel]\nodd = 1", r"“odd”: expected true or false, found 1"),
        ("panel = 3", r"\[panel\]: a table of keys and values is expected here"),
        ("[panel\nodd = 1", r"rules\.toml: line 1, column 7: a bracket"),
        ("[panel]\nminimum = 1\nminimum = 2", r"rules\.toml: at its end: this is there twice"),
        ("a = " + "[" * 5000, r"nested too deeply"),
        ("a = " + "1" * 5000, r"rules\.toml: a number has thousands of digits"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(RulesError, match=sentence) as caught:
        read(text, tmp_path)
    assert str(caught.value).startswith("rules.toml")


@pytest.mark.parametrize("text", ["pass_mark = '>=60'", "bands = [['中间', '>59']]"])
def test_limits_between_others_can_be_reached(tmp_path: Path, text: str) -> None:
    assert read(f"[decision]\n{text}", tmp_path).decision != Decision()


def test_a_binary_float_is_no_rule() -> None:
    with pytest.raises(RulesError, match="deviation_warn"):
        rules_from_data({"recheck": {"deviation_warn": 0.2}}, "round")


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"none\.toml” does not exist"):
        load_rules(tmp_path / "none.toml")
    (tmp_path / "gb.toml").write_bytes("[panel] # 人数".encode("gb18030"))
    with pytest.raises(RulesError, match=r"gb\.toml is not UTF-8 text"):
        load_rules(tmp_path / "gb.toml")
