"""Vectors of paper entries and of the code on a paper form; called by ``make``."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from reviewer_app.sheets import json_text
from reviewer_app.sheets.entry_cells import tidy
from reviewer_app.sheets.form_code import FormCode, form_text
from reviewer_app.sheets.paper_entry import (
    EntryContent,
    Provenance,
    Resolution,
    Typed,
    read_entry,
    write_entry,
)
from tests.sheets.making import NOON, make_desk
from tests.vectors.vector import Vector

DESK = make_desk()
CELLS = {
    ("01", "6.1"): "0",
    ("01", "6.2"): "NA",
    ("01", "6.3"): "AB",
    ("02", "*"): "employment,kinship",
    ("03", "6.1"): "84",
    ("03", "6.2"): "90",
    ("03", "6.3"): "100",
}
ORIGIN = Provenance(
    (Typed("张一（示例）", NOON, "1a" * 16), Typed("李二（示例）", NOON, "2b" * 16)),
    (Resolution("03", "6.2", "96", "90", "90", "原纸为 90", "王三（示例）"),),
    "02.pdf",
    "ab" * 32,
    "笔记本电脑损坏（示例）",
)
Change = Callable[[dict[str, Any]], object]


def entry(revision: int = 1, previous: bytes | None = None) -> bytes:
    """Return a sound entry of the standard round."""
    content = EntryContent(
        DESK.round.digest, DESK.assignment.digest, 1, revision, previous, CELLS
    )
    return write_entry(content, ORIGIN)


def entry_vectors() -> Iterator[Vector]:
    """Yield two sound entries, and one for each thing that makes one unsound."""
    first = entry()
    digest = read_entry(first, DESK.round, {DESK.assignment.digest: DESK.assignment}).digest
    yield _vector("good", "accepted", "every kind of cell, one settled", first)
    yield _vector("second", "accepted", "a second one of the expert", entry(2, digest))
    for name, what, change in UNSOUND:
        data = copy.deepcopy(json.loads(first))
        change(data)
        yield _vector(name, "malformed", what, json_text.encode(data))
    yield _vector("space", "malformed", "not in the one form", first + b" ")


def _cells(**changes: Any) -> Change:
    def change(data: dict[str, Any]) -> None:
        data["content"]["cells"]["03"].update(changes.get("put", {}))
        for code in changes.get("drop", ()):
            del data["content"]["cells"]["03"][code]

    return change


UNSOUND: tuple[tuple[str, str, Change], ...] = (
    ("missing", "an empty box", _cells(drop=("6.1",))),
    ("extra", "a box that the form has not", _cells(put={"9.9": "1"})),
    ("both", "a recusal beside marks", _cells(put={"*": "kinship"})),
    ("range", "a mark above the maximum", _cells(put={"6.1": "101"})),
    ("step", "a mark between two steps", _cells(put={"6.1": "84.123"})),
    ("spelling", "84.0 instead of 84", _cells(put={"6.1": "84.0"})),
    ("word", "an unknown word", _cells(put={"6.1": "na"})),
    ("stranger", "a strange application", lambda d: d["content"]["cells"].update({"77": {}})),
    ("ground", "no ground", lambda d: d["content"]["cells"].update({"02": {"*": "bored"}})),
    ("type", "another type", lambda d: d.update(format="reviewer-app/paper-entry/1")),
    ("field", "a field more", lambda d: d.update(key="00")),
    ("content-field", "a field more inside", lambda d: d["content"].update(key="00")),
    ("other-round", "of another round", lambda d: d["content"].update(round="00" * 32)),
    ("other", "of no assignment", lambda d: d["content"].update(assignment="00" * 32)),
    ("previous", "revision 1 after another", lambda d: d["content"].update(previous="00" * 32)),
    ("revision", "revision 2 after none", lambda d: d["content"].update(revision=2)),
    ("stage", "stage 0", lambda d: d["content"].update(stage=0)),
    ("alone", "typed by one person", lambda d: d["typed"].pop()),
    ("same", "typed by the same person", lambda d: d["typed"][1].update(by=" 张一（示例）")),
    ("nobody", "a typist without a name", lambda d: d["typed"][1].update(by=" ")),
    ("time", "a time that is none", lambda d: d["typed"][0].update(at="noon")),
    ("salt", "a salt too short", lambda d: d["typed"][0].update(salt="1a" * 15)),
    ("salt-space", "spaces in a salt", lambda d: d["typed"][0].update(salt="1a " * 10 + "1a")),
    ("no-salt", "a typing without a salt", lambda d: d["typed"][0].pop("salt")),
    ("value", "another value settled", lambda d: d["resolved"][0].update(value="96")),
    ("no-reason", "settled without a reason", lambda d: d["resolved"][0].update(reason="")),
    ("no-difference", "no difference", lambda d: d["resolved"][0].update(first="90")),
    ("twice", "settled twice", lambda d: d["resolved"].append(d["resolved"][0])),
    ("why", "no reason for the form", lambda d: d.update(reason="")),
    ("scan-space", "spaces", lambda d: d["scan"].update(sha256="ab" * 31 + "  ")),
    ("scan", "no digest of a scan", lambda d: d["scan"].update(sha256="AB" * 32)),
)


def form_vectors() -> Iterator[Vector]:
    """Yield the code of a form, and texts that are none."""
    good = form_text(FormCode(DESK.round.digest, DESK.assignment.digest, "02", 1))
    yield Vector("form-good", "form", "accepted", "the form of expert 02", good)
    for name, what, text in (
        ("cut", "without the full stop", good[:-1]),
        ("kind", "another kind of code", good.replace("RVF1", "RVS1")),
        ("altered", "a character less", good[:40] + good[41:]),
        (
            "stage",
            "scoring 10",
            form_text(FormCode(DESK.round.digest, DESK.assignment.digest, "02", 10)),
        ),
    ):
        yield Vector(f"form-{name}", "form", "malformed", what, text)


def _vector(name: str, expect: str, what: str, data: bytes) -> Vector:
    more = {"round": "round", "assignment": "assignment"}
    if expect == "accepted":
        sheet = read_entry(data, DESK.round, {DESK.assignment.digest: DESK.assignment})
        more |= {"receipt": sheet.receipt, "digest": sheet.digest.hex()}
        assert all(tidy(text) == text for text in sheet.cells.values())
    return Vector(f"entry-{name}", "entry", expect, what, data.decode(), more)
