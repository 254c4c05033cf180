from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.round import Specialism
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.roster_file import load_roster_changes
from tests.inputs.files import csv

PANEL, ROUND = Numbering(["01", "05"]), Numbering(["03", "07"])
REPLACE = '[[replace]]\nexpert = "5"\nby = "08"\nreason = "突发身体原因"\n'
NEWCOMER = '[[expert]]\nnumber = "08"\nname = "严若谷（示例）"\nemployer = "海洋学院"\n'


def changed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ROSTER.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_replacement_brings_the_newcomer_with_it(tmp_path: Path) -> None:
    text = REPLACE + NEWCOMER + 'specialism = "技术"\nfrom_bureau = true\nrecused = ["7"]\n'
    (change,) = load_roster_changes(changed(tmp_path, text), PANEL, ROUND)
    assert (change.expert, change.reason) == ("05", "突发身体原因")
    assert change.by is not None
    assert (change.by.number, change.by.name) == ("08", "严若谷（示例）")
    assert (change.by.specialism, change.by.from_bureau) == (Specialism.TECHNOLOGY, True)
    assert change.by.recused == {"07"}


def test_a_newcomer_may_stand_in_a_list(tmp_path: Path) -> None:
    csv(tmp_path / "补充.csv", "编号,姓名,工作单位,回避对象", "8,严若谷,海洋学院,3")
    path = changed(tmp_path, 'experts = "补充.csv"\n' + REPLACE)
    (change,) = load_roster_changes(path, PANEL, ROUND)
    assert change.by is not None
    assert change.by.number == "08"
    assert change.by.recused == {"03"}


def test_a_withdrawal_needs_nobody(tmp_path: Path) -> None:
    path = changed(tmp_path, '[[withdraw]]\nexpert = "01"\nreason = "回避"\n')
    (change,) = load_roster_changes(path)
    assert (change.expert, change.by) == ("01", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "changes nothing"),
        (REPLACE, "there is no number “08”"),
        (REPLACE.replace("5", "9") + NEWCOMER, "there is no number “9”"),
        (REPLACE.replace("突发身体原因", " ") + NEWCOMER, "“reason” is empty"),
        (REPLACE + NEWCOMER.replace("08", "01"), "there is no number “08”"),
        (REPLACE.replace("08", "01") + NEWCOMER.replace("08", "01"), "already in the panel"),
        (
            REPLACE + REPLACE.replace("08", "09") + NEWCOMER + NEWCOMER.replace("08", "09"),
            "05 is named twice",
        ),
        (REPLACE + REPLACE.replace("5", "1") + NEWCOMER, "08 is named twice"),
        (REPLACE + NEWCOMER + NEWCOMER.replace("08", "09"), "expert 09 replaces nobody"),
        (REPLACE + NEWCOMER + "phone = 1\n", "“phone”"),
        (REPLACE + NEWCOMER + 'recused = ["99"]\n', "no number “99”"),
        ("[[swap]]\n", "changes nothing|unknown"),
        ("[[replace\n", r"ROSTER\.toml.*line 1"),
    ],
)
def test_a_faulty_change_is_refused_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        load_roster_changes(changed(tmp_path, text), PANEL, ROUND)
