from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.people import Election, Interference, RoundPeople
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.people_file import load_people

EXPERTS = Numbering(("01", "02", "03"))


def people(folder: Path, text: str, known: RoundPeople | None = None) -> RoundPeople:
    path = folder / "PEOPLE.toml"
    path.write_text(text, "utf-8")
    return load_people(path, known or RoundPeople(), EXPERTS)


def test_every_role_leader_and_interference_are_read(tmp_path: Path) -> None:
    found = people(
        tmp_path,
        """
        [people]
        host = " 温以宁 "
        supervisor = "柳清"
        secretary = "方珺"
        checker = "祝镕"
        observers = ["简昇", " "]
        serial = "〔2026〕12号"
        [leader]
        expert = "2"
        how = "举手推选"
        votes = { 1 = 1, 2 = 2 }
        [[interference]]
        when = "10:20"
        who = "某单位"
        what = "打听名单"
        handled = "告知监督员"
        """,
    )
    assert (found.host, found.observers, found.serial) == ("温以宁", ("简昇",), "〔2026〕12号")
    assert found.election == Election("02", "举手推选", (("02", 2), ("01", 1)))
    assert found.interference == (Interference("10:20", "某单位", "打听名单", "告知监督员"),)


def test_what_a_file_does_not_name_stays(tmp_path: Path) -> None:
    known = RoundPeople(host="温以宁", observers=("简昇",))
    found = people(tmp_path, '[leader]\nexpert = "01"\nhow = "一致推选"\n', known)
    assert (found.host, found.observers, found.leader) == ("温以宁", ("简昇",), "01")
    assert found.interference is None
    assert people(tmp_path, "interference = []\n", known).interference == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[people]\nchair = "x"', "chair"),
        ('[leader]\nexpert = "09"\nhow = "x"', "no number “09”"),
        ('[leader]\nexpert = "01"\nhow = " "', "“how” is empty"),
        ('[leader]\nexpert = "01"\nhow = "x"\nvotes = { 1 = 1, 01 = 2 }', "named twice"),
        ('[leader]\nexpert = "01"\nhow = "x"\nvotes = { 1 = -1 }', "a whole number"),
        ('[[interference]]\nwho = "x"', "“what” is missing"),
        ('[people]\nhost = "a\\u0000b"', "U\\+0000"),
        ("surprise = 1", "surprise"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        people(tmp_path, text)
