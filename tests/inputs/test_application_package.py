from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.round import Application, ApplicationNumber, Change, Fact, MaterialKind
from reviewer_app.inputs.application_package import read_package
from tests.inputs.files import DESCRIPTION, package, pdf, zipped

LISTED = Application(
    ApplicationNumber("03"),
    "浙江省海洋功能材料技术创新中心（示例）",
    "海洋",
    "东海材料研究所（示例）",
)


def test_a_described_package_gives_the_whole_application(tmp_path: Path) -> None:
    read = read_package(package(tmp_path / "03-海洋"), tmp_path)
    found = read.application
    assert (found.number, found.unit, found.category) == (
        "03",
        "东海材料研究所（示例）",
        "研发+转化",
    )
    assert found.facts == (
        Fact(
            Fraction(6), "个", target="D3-T08", note="其中已签 4 个", source="建设方案.pdf#47"
        ),
    )
    assert found.changes == (Change("6.4", "责任书第 3 条", target=">=1500 人"),)
    assert [(each.title, each.kind, each.size) for each in found.materials] == [
        ("建设方案", MaterialKind.PLAN, len(pdf())),
        ("附件1_依托单位", MaterialKind.EVIDENCE, len(pdf(2))),
    ]
    assert set(read.paths) == {"建设方案.pdf", "附件1_依托单位.pdf"}
    assert read.notes == (
        "03-海洋/附件1_依托单位.pdf is not described; it is taken as “附件1_依托单位”",
    )


def test_a_zip_gives_the_same_application(tmp_path: Path) -> None:
    folder = package(tmp_path / "03")
    members = {each.name: each.read_bytes() for each in folder.iterdir()}
    path = zipped(tmp_path / "03.zip", members)
    assert (
        read_package(path, tmp_path / "u").application
        == read_package(folder, tmp_path).application
    )


def test_a_folder_without_description_is_taken_when_a_list_names_it(tmp_path: Path) -> None:
    folder = package(tmp_path / "海洋", None, 责任书=pdf(3))
    read = read_package(folder, tmp_path, LISTED)
    assert replace(read.application, materials=()) == LISTED
    assert [each.kind for each in read.application.materials] == [
        MaterialKind.PLAN, MaterialKind.RESPONSIBILITY, MaterialKind.EVIDENCE,
    ]  # fmt: skip
    assert read.notes == ()
    with pytest.raises(InputError, match=r"has no application\.toml, and no list names it"):
        read_package(folder, tmp_path)


def test_list_and_description_complete_each_other_and_must_agree(tmp_path: Path) -> None:
    folder = package(tmp_path / "03")
    listed = replace(LISTED, number=ApplicationNumber("3"))
    assert read_package(folder, tmp_path, listed).application.short_name == "海洋"
    with pytest.raises(
        InputError, match="says “东海材料研究所（示例）”, the list says “别的单位”"
    ):
        read_package(folder, tmp_path, replace(LISTED, unit="别的单位"))
    with pytest.raises(InputError, match="says number 03, the list says 04"):
        read_package(folder, tmp_path, replace(LISTED, number=ApplicationNumber("04")))


def test_bytes_of_gb18030_windows_line_ends_and_a_mark_are_forgiven(tmp_path: Path) -> None:
    expected = read_package(package(tmp_path / "a"), tmp_path).application
    for encoding in ("gb18030", "utf-8-sig"):
        folder = package(tmp_path / encoding)
        text = DESCRIPTION.replace("\n", "\r\n")
        (folder / "application.toml").write_bytes(text.encode(encoding))
        assert read_package(folder, tmp_path).application == expected


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('number = "03"', 'number = "三"', r"\[?application.*“number”.*“三” is not a number"),
        ('number = "03"', "", "“number” is missing"),
        ('unit = "东', 'unti = "东', "“unit” is missing"),
        ('class = "研', 'klass = "研', "unknown: “klass”"),
        ("[[fact]]", "[[facts]]", "unknown: “facts”"),
        ('value = "6"', 'value = "6 个"', r"fact\[1\].*“value”.*not a plain decimal"),
        ('value = "6"', 'value = "六"', r"fact\[1\].*“value”"),
        ('value = "6"', "value = nan", r"fact\[1\].*“value”"),
        ('value = "6"', "value = 1e400", r"fact\[1\].*“value”"),
        (
            'target = "D3-T08"',
            'target = "D3-T08"\nindicator = "10.2"',
            "either a “target” or an",
        ),
        ('target = "D3-T08"', "", "either a “target” or an"),
        ('file = "建设方案.pdf"', 'file = "方案.pdf"', "no file “方案.pdf” in the package"),
        ('file = "建设方案.pdf"', 'file = "../建设方案.pdf"', "no file “../建设方案.pdf”"),
        ('kind = "plan"', 'kind = "film"', r"material\[1\].*“kind”: expected one of plan"),
        ('reason = "责任书第 3 条"', 'reason = ""', r"change\[1\].*“reason” is empty"),
        ('target = ">=1500 人"', "", "a change states"),
        ('target = ">=1500 人"', 'weight = "-1"', "cannot be negative"),
        ('name = "浙', 'name = "\\u0000浙', r"“name”: U\+0000"),
        ('name = "浙', "name = '''浙\n", "Expected"),
        ('name = "', "name = ", "line 4, column 8: text stands"),
        (
            "[application]",
            "[application]\nnumber = 1",
            "line 4, column 14: this is there twice",
        ),
    ],
)
def test_every_fault_of_a_description_names_file_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in DESCRIPTION
    folder = package(tmp_path / "03-海洋", DESCRIPTION.replace(old, new, 1))
    with pytest.raises(InputError, match=said) as caught:
        read_package(folder, tmp_path)
    assert str(caught.value).startswith("03-海洋/application.toml")
    assert len(str(caught.value).splitlines()) == 1


def test_decimals_of_a_description_stay_exact(tmp_path: Path) -> None:
    text = DESCRIPTION.replace('value = "6"', "value = 0.1").replace(
        'target = ">=1500 人"', "weight = 4.55"
    )
    found = read_package(package(tmp_path / "03", text), tmp_path).application
    assert found.facts[0].value == Fraction(1, 10)
    assert found.changes[0].weight == Fraction(455, 100)


def test_a_file_described_twice_is_refused(tmp_path: Path) -> None:
    text = DESCRIPTION + '[[material]]\nfile = "建设方案.pdf"\n'
    with pytest.raises(InputError, match="described twice"):
        read_package(package(tmp_path / "03", text), tmp_path)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "x" * (1 << 21)])
def test_a_bomb_of_a_description_gets_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_package(package(tmp_path / "03", text), tmp_path)
    assert "\n" not in str(caught.value)
