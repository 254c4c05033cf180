from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.round import ApplicationNumber, Fact, Specialism
from reviewer_app.inputs.lists import read_applications, read_experts, read_facts, yes
from reviewer_app.inputs.numbering import AS_TYPED, Numbering, padded
from tests.core.plans import sample_scheme
from tests.inputs.files import csv, xlsx

ROUND = Numbering(["01", "02", "03", "10"])
EXPERTS = "编号,姓名,工作单位,职称,专业类别,是否主管部门,手机,回避对象"


def test_applications_come_with_padded_numbers_and_folders(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "申报清单.xlsx",
        ["序号", "名称", "简称", "依托单位", "推荐单位", "分类", "材料文件夹", "联系人"],
        [1, "甲中心（示例）", None, "甲公司", "某局", "研发+转化", "01-甲", "x"],
        [12, "乙中心（示例）", "乙", "乙公司", None, None, "乙.zip", "y"],
    )
    listed, notes = read_applications(path)
    assert [(each.application.number, each.folder) for each in listed] == [
        ("01", "01-甲"), ("12", "乙.zip"),
    ]  # fmt: skip
    assert listed[0].application.category == "研发+转化"
    assert notes == ("申报清单.xlsx: these columns were not used: “联系人”",)


def test_experts_come_with_everything_the_roster_knows(tmp_path: Path) -> None:
    path = csv(
        tmp_path / "专家名册.csv", EXPERTS,
        "1,陆喆堃（示例）,括苍中心,正高,技术类,否,,",
        "２,许静澜（示例）,甬江事务所,,财务专家,是,13800000000,3、０１ 10",
        encoding="gb18030",
    )  # fmt: skip
    experts, notes = read_experts(path, ROUND)
    assert [(each.number, each.name, each.specialism) for each in experts] == [
        ("01", "陆喆堃（示例）", Specialism.TECHNOLOGY),
        ("02", "许静澜（示例）", Specialism.FINANCE),
    ]
    assert (experts[0].from_bureau, experts[1].from_bureau) == (False, True)
    assert experts[1].recused == {"01", "03", "10"}
    assert notes == ()


def test_a_bureaus_own_heads_are_known_and_no_conflict_is_passed_over(tmp_path: Path) -> None:
    heads = "序号,姓名,工作单位,职务/职称,手机号码,回避单位"
    experts, notes = read_experts(csv(tmp_path / "e.csv", heads, "1,甲,乙,教授,139,3"), ROUND)
    assert (experts[0].title, experts[0].phone) == ("教授", "139")
    assert experts[0].recused == {"03"}
    assert notes == ()
    named = csv(tmp_path / "n.csv", heads, "1,甲,乙,教授,139,慈东轴承")
    with pytest.raises(InputError, match="there is no number “慈东轴承”"):
        read_experts(named, ROUND)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("01,,甲,,,,,", "column 2: “姓名” is empty"),
        ("张,甲,乙,,,,,", "“张” is not a number"),
        ("01,甲,乙,,玄学,,,", "column 5: “玄学” is none of 技术 管理 财务 投资"),
        ("01,甲,乙,,,也许,,", "column 6: write 是 or 否"),
        ("01,甲,乙,,,,,99", "column 8: there is no number “99”"),
        ("01,甲\x01,乙,,,,,", r"column 2: U\+0001"),
    ],
)
def test_a_faulty_expert_names_the_cell(tmp_path: Path, row: str, said: str) -> None:
    path = csv(tmp_path / "e.csv", EXPERTS, row)
    with pytest.raises(InputError, match=rf"e\.csv line 2, {said}|e\.csv line 2.*{said}"):
        read_experts(path, ROUND)


def test_a_number_given_twice_names_both_places(tmp_path: Path) -> None:
    path = csv(tmp_path / "e.csv", EXPERTS, "1,甲,乙,,,,,", "01,丙,丁,,,,,")
    with pytest.raises(InputError, match=r"line 3.*already taken by e\.csv line 2"):
        read_experts(path, ROUND)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lists nothing"):
        read_experts(csv(tmp_path / "e.csv", EXPERTS), ROUND)


def test_facts_belong_to_targets_and_indicators_of_the_scheme(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "f.xlsx", ["序号", "指标或目标", "数值", "单位", "备注", "出处"],
        [3, "D3-T08", 6, "个", "其中已签 4 个", "建设方案.pdf#47"],
        ["03", 10.2, "０．５０", "亿元", None, None],
        [1, "D3-T08", 12.5, "个", None, None],
    )  # fmt: skip
    facts, _notes = read_facts(path, ROUND, sample_scheme())
    assert facts[ApplicationNumber("03")] == (
        Fact(
            Fraction(6), "个", target="D3-T08", note="其中已签 4 个", source="建设方案.pdf#47"
        ),
        Fact(Fraction(1, 2), "亿元", indicator="10.2"),
    )
    assert facts[ApplicationNumber("01")][0].value == Fraction(25, 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([9, "D3-T08", 6], "A2: there is no number “9”"),
        ([1, "D3-T99", 6], "B2: “D3-T99” is neither an indicator nor a target of zj-tic"),
        ([1, "D3-T08", "约6"], "C2: “约6” is not a plain decimal"),
        ([1, "D3-T08", "1,200"], "C2: “1,200” is not"),
        ([1, "D3-T08", "=3+3"], "C2: it holds a formula"),
        ([1, "D3-T08", None], "C2: “数值” is empty"),
        ([1, "D3-T08", True], "C2: “TRUE” is not"),
    ],
)
def test_a_faulty_fact_names_the_cell(tmp_path: Path, row: list[object], said: str) -> None:
    path = xlsx(tmp_path / "f.xlsx", ["序号", "指标或目标", "数值"], row)
    with pytest.raises(InputError, match=said):
        read_facts(path, ROUND, sample_scheme())


def test_references_forgive_zeros_width_and_case() -> None:
    numbering = Numbering(["01", "A-3", "0"])
    typed = ("1", "０１", "001", "a-3", "Ａ－３", "0")
    assert [numbering.find(text, "x") for text in typed] == [
        "01", "01", "01", "A-3", "A-3", "0",
    ]  # fmt: skip
    assert numbering.has("1")
    assert not numbering.has("2")
    assert AS_TYPED.find("０7", "x") == "07"
    assert padded(["1", "12", "A-3"]) == ("01", "12", "A-3")
    assert padded(["1", "120"]) == ("001", "120")


def test_yes_no_and_everything_else() -> None:
    assert [yes(text) for text in ("是", "Ｙ", "✓", "TRUE", "1")] == [True] * 5
    assert [yes(text) for text in ("", "否", "n", "—", "0")] == [False] * 5
    assert [yes(text) for text in ("x", "2", "是的")] == [None] * 3
