from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.panel_checks import check_panel
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundKind
from reviewer_app.core.rules_words import weights_in_words
from reviewer_app.inputs.round_file import UNPACKED, load_round
from tests.inputs.files import DESCRIPTION, csv, package, pdf, xlsx, zipped

PLAN_OF_03 = (ApplicationNumber("03"), "建设方案.pdf")
ROUND = """
[round]
title = "2026年度论证会（示例）"
kind = "论证"
organiser = "示例市科学技术局"
date = 2026-11-21
place = "305 会议室"
scheme = "zj-tic"
weights_confirmed_by = "温以宁（示例）"
applications = "applications"
experts = "experts.csv"
"""


def described(number: str, field: str, more: str = "") -> str:
    head = DESCRIPTION.split("[[material]]", maxsplit=1)[0]
    return head.replace("03", number).replace("海洋功能材料", field) + more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    package(tmp_path / "applications/10-氢能", described("10", "氢能装备"))
    package(tmp_path / "applications/2-磁性", described("2", "磁性元器件"))
    source = package(tmp_path / "x", described("03", "海洋功能材料"))
    members = {f"03/{each.name}": each.read_bytes() for each in source.iterdir()}
    zipped(tmp_path / "applications/03.zip", members)
    lines = [f"{n},专家{n}（示例）,单位{n},{'3' if n == 2 else ''}" for n in range(1, 6)]
    csv(tmp_path / "experts.csv", "编号,姓名,工作单位,回避对象", *lines)
    (tmp_path / "ROUND.toml").write_text(ROUND, "utf-8")
    return tmp_path


def rewritten(folder: Path, old: str, new: str) -> Path:
    assert old in ROUND
    path = folder / "ROUND.toml"
    path.write_text(ROUND.replace(old, new, 1), "utf-8")
    return path


def test_a_whole_round_is_loaded_in_the_order_of_the_day(folder: Path) -> None:
    loaded = load_round(folder / "ROUND.toml")
    plan = loaded.plan
    assert (plan.kind, plan.date.isoformat(), plan.place) == (
        RoundKind.PLAN, "2026-11-21", "305 会议室",
    )  # fmt: skip
    assert [(each.number, each.short_name) for each in plan.applications] == [
        ("2", "磁性元器件"), ("03", "海洋功能材料"), ("10", "氢能装备"),
    ]  # fmt: skip
    assert plan.assignment[ExpertNumber("02")] == ("2", "10")
    assert plan.assignment[ExpertNumber("01")] == ("2", "03", "10")
    assert set(loaded.paths) == {
        (each.number, material.file)
        for each in plan.applications
        for material in each.materials
    }
    assert all(path.is_file() for path in loaded.paths.values())
    assert loaded.paths[PLAN_OF_03].parent == folder / UNPACKED
    assert plan.rules.decision.recommend is None


def test_materials_of_zips_go_where_they_are_told(folder: Path, tmp_path: Path) -> None:
    loaded = load_round(folder / "ROUND.toml", tmp_path / "elsewhere")
    assert loaded.paths[PLAN_OF_03].parent == tmp_path / "elsewhere"
    assert not (folder / UNPACKED).exists()


def test_suggested_weights_load_but_cannot_be_issued(folder: Path) -> None:
    path = rewritten(folder, 'weights_confirmed_by = "温以宁（示例）"', "")
    blocking = [each.id for each in check_panel(load_round(path).plan) if each.blocks]
    assert "weights-confirmed" in blocking


def test_a_scheme_and_rules_may_be_files_and_weights_may_change(folder: Path) -> None:
    builtin = load_round(folder / "ROUND.toml").plan
    (folder / "rules.toml").write_text('[aggregation]\nmethod = "median"\n', "utf-8")
    path = rewritten(
        folder,
        "[round]",
        '[weights]\nmethod = "熵权法"\n"6.2" = "4.5"\n"6.3" = 4.5\n'
        '[round]\nrules = "rules.toml"',
    )
    plan = load_round(path).plan
    assert plan.rules.aggregation.method == "median"
    assert plan.scheme.indicator("6.2").weight == Fraction(9, 2)
    assert weights_in_words(plan.scheme, "甲") == (
        "权重为建议权重（非官方），由熵权法提出，已由组织单位确认（甲）"
    )
    assert plan.scheme.indicator("8.1") == builtin.scheme.indicator("8.1")
    path = rewritten(folder, "[round]", '[weights]\n"6.2" = 50\n[round]')
    with pytest.raises(InputError, match="must sum to 100"):
        load_round(path)


def test_lists_of_facts_and_assignment_are_taken(folder: Path) -> None:
    csv(folder / "facts.csv", "序号,指标或目标,数值,单位", "3,D3-T08,6,个", "03,10.2,2,亿元")
    csv(folder / "tasks.csv", "序号,01,02,03,04,05", "2,✓,✓,✓,,", "3,✓,,,✓,✓", "10,,✓,✓,✓,✓")
    path = rewritten(
        folder, "[round]", '[round]\nfacts = "facts.csv"\nassignment = "tasks.csv"'
    )
    plan = load_round(path).plan
    assert [fact.target or fact.indicator for fact in plan.applications[1].facts] == [
        "D3-T08",
        "10.2",
    ]
    assert plan.assignment[ExpertNumber("01")] == ("2", "03")
    assert plan.assignment[ExpertNumber("05")] == ("03", "10")


def test_an_override_needs_a_failing_check_by_name_and_a_reason(folder: Path) -> None:
    more = '[[override]]\ncheck = "enough-experts"\nreason = "一人回避"\n[round]'
    plan = load_round(rewritten(folder, "[round]", more)).plan
    assert plan.overrides == (("enough-experts", "一人回避"),)
    assert not any(each.blocks for each in check_panel(plan))
    with pytest.raises(InputError, match="weights-confirmed"):
        load_round(
            rewritten(folder, "[round]", more.replace("enough-experts", "weights-confirmed"))
        )


def test_an_excel_list_takes_folders_without_description(folder: Path) -> None:
    package(folder / "材料/甲", None)
    zipped(folder / "材料/乙.zip", {"建设方案.pdf": pdf()})
    xlsx(
        folder / "申报清单.xlsx", ["序号", "名称", "依托单位", "材料文件夹", "备注"],
        [1, "省氢能中心", "甲公司", "材料/甲", None],
        [3, "省海洋中心", "乙公司", "材料\\乙.zip", None],
    )  # fmt: skip
    loaded = load_round(
        rewritten(folder, 'applications = "applications"', 'applications = "申报清单.xlsx"')
    )
    assert [(each.number, each.short_name) for each in loaded.plan.applications] == [
        ("01", "氢能"), ("03", "海洋"),
    ]  # fmt: skip
    assert loaded.warnings == ("申报清单.xlsx: these columns were not used: “备注”",)
    assert loaded.paths[PLAN_OF_03].read_bytes() == pdf()


@pytest.mark.parametrize("place", ["../applications", "/etc", "C:\\x", "无此文件夹", "a//b"])
def test_a_list_names_folders_beside_itself_only(folder: Path, place: str) -> None:
    xlsx(folder / "l.xlsx", ["序号", "名称", "依托单位", "材料文件夹"], [1, "甲", "乙", place])
    path = rewritten(folder, 'applications = "applications"', 'applications = "l.xlsx"')
    with pytest.raises(InputError, match=r"l\.xlsx \[Sheet\] D2: .*beside the list"):
        load_round(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "2026', 'titel = "2026', r"ROUND\.toml round: “title” is missing"),
        ('kind = "论证"', 'kind = "评比"', r"round: “kind”: expected one of 论证 \|"),
        ("date = 2026-11-21", 'date = "明天"', "“date”: expected a date"),
        ('scheme = "zj-tic"', 'scheme = "xx"', "neither a file nor one of .*zj-tic"),
        ('scheme = "zj-tic"', 'scheme = "my.toml"', r"“scheme”: there is no my\.toml"),
        ("experts.csv", "absent.xlsx", r"“experts”: there is no absent\.xlsx"),
        ('applications = "applications"', 'applications = "nowhere"', "there is no nowhere"),
        ('applications = "applications"', 'applications = "x"', "neither a folder nor a ZIP"),
        ("[round]", "[rounds]", "“round” is missing"),
        ("[round]", "[round]\nscheme = 3", "Cannot overwrite|line"),
        ("[round]", "[extra]\n[round]", "unknown: “extra”"),
        ("[round]", '[round]\norganizer = "x"', "unknown: “organizer”"),
    ],
)
def test_every_fault_names_the_key(folder: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ReviewerError, match=said) as caught:
        load_round(rewritten(folder, old, new))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[fact]]\ntarget = "D3-T99"\nvalue = "6"\n', "Application 10: .*no target D3-T99"),
        ('[[fact]]\nindicator = "1.1"\nvalue = "6"\n', "Application 10: .*no indicator 1.1"),
        (
            '[[fact]]\ntarget = "D3-T08"\nvalue = "6"\n' * 2,
            "Application 10: two figures for D3-T08",
        ),
        ('[[change]]\nindicator = "1.1"\nreason = "x"\napplicable = false\n', "Application 10"),
        (
            '[[change]]\nindicator = "6.2"\nreason = "x"\nweight = 200\n',
            "Application 10: .*leave",
        ),
    ],
)
def test_an_application_that_does_not_fit_the_scheme_is_named(
    folder: Path, more: str, said: str
) -> None:
    package(folder / "applications/10-氢能", described("10", "氢能装备", more))
    with pytest.raises(InputError, match=said):
        load_round(folder / "ROUND.toml")


def test_a_number_used_by_two_packages_names_both(folder: Path) -> None:
    package(folder / "applications/重复", described("002", "另一领域"))
    with pytest.raises(InputError, match="重复: the number 002 is already taken by 2-磁性"):
        load_round(folder / "ROUND.toml")


def test_a_stray_file_among_the_packages_is_refused_and_traces_are_not(folder: Path) -> None:
    (folder / "applications/Thumbs.db").write_bytes(b"x")
    load_round(folder / "ROUND.toml")
    (folder / "applications/说明.txt").write_bytes(b"x")
    with pytest.raises(InputError, match=r"说明\.txt is neither a folder nor a ZIP"):
        load_round(folder / "ROUND.toml")
