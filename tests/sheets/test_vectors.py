"""Every vector, run by this program and, where it can, by the archive's own second reader."""

import hashlib
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reviewer_app.core.errors import (
    ArchiveError,
    DocumentError,
    PasscodeError,
    Refusal,
    ReviewerError,
    SheetRefusedError,
    SignatureError,
)
from reviewer_app.sheets import age, cbor, codes, cose, json_text
from reviewer_app.sheets.bureau import (
    VerifiedAssignment,
    VerifiedRound,
    verify_assignment,
    verify_roster,
    verify_round,
)
from reviewer_app.sheets.chain import check_key, next_step
from reviewer_app.sheets.keys import digest_fingerprint
from reviewer_app.sheets.log import check_log
from reviewer_app.sheets.passcode import normalise
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import VerifiedSheet, enrolled, verify_sheet
from tests.vectors.vector import Vector, all_vectors, named


def of(*kinds: str) -> pytest.MarkDecorator:
    vectors = all_vectors(*kinds)
    assert vectors
    return pytest.mark.parametrize("vector", vectors, ids=lambda vector: vector.name)


def verdict(work: Any, *arguments: Any) -> str:
    """Return the vectors' word for how ``work`` ends."""
    try:
        work(*arguments)
    except SheetRefusedError as error:
        return error.refusal
    except SignatureError:
        return "bad-signature"
    except DocumentError:
        return "malformed"
    return "accepted"


def the_round(vector: Vector) -> VerifiedRound:
    return verify_round(named(vector.more["round"]).data)


def the_assignment(vector: Vector) -> VerifiedAssignment:
    return verify_assignment(named(vector.more["assignment"]).data, the_round(vector))


def test_every_vector_is_of_a_kind_that_is_run() -> None:
    kinds = {"cbor", "cose", "round", "assignment", "roster", "sheet", "chain", "passcode"}
    kinds |= {"identity", "codes", "log", "receipt", "json", "entry", "form", "draft"}
    kinds |= {"feedback", "middle", "order"}
    folder = Path(__file__).parents[1] / "vectors"
    assert len(all_vectors(*kinds)) == len(list(folder.glob("*.vector")))


def test_every_refusal_a_file_can_earn_has_a_vector() -> None:
    words = {vector.expect for vector in all_vectors("sheet")}
    words |= {line.split()[1] for v in all_vectors("chain") for line in v.body.splitlines()}
    of_the_day = {Refusal.CLOSED, Refusal.WITHDRAWN, Refusal.STAGE}
    assert set(Refusal) - of_the_day <= words


@of("cbor")
def test_cbor(vector: Vector) -> None:
    assert verdict(cbor.decode, vector.data) == vector.expect


@of("json")
def test_json(vector: Vector) -> None:
    assert verdict(json_text.decode, vector.body.encode()) == vector.expect


@of("cose")
def test_cose(vector: Vector) -> None:
    key = bytes.fromhex(vector.more["key"])
    assert verdict(cose.verify, vector.data, key) == vector.expect


@of("round")
def test_round(vector: Vector) -> None:
    assert verdict(verify_round, vector.data) == vector.expect
    if "fingerprint" in vector.more:
        assert verify_round(vector.data).fingerprint == vector.more["fingerprint"]


@of("assignment")
def test_assignment(vector: Vector) -> None:
    assert verdict(verify_assignment, vector.data, the_round(vector)) == vector.expect


@of("roster")
def test_roster(vector: Vector) -> None:
    assert verdict(verify_roster, vector.data, the_round(vector)) == vector.expect


@of("sheet")
def test_sheet(vector: Vector) -> None:
    try:
        sheet = verified(vector)
    except SheetRefusedError as error:
        found: str = error.refusal
    else:
        assert sheet.receipt == vector.more.get("receipt", sheet.receipt)
        known = enrolled(sheet, bytes.fromhex(vector.more["enrolment"]))
        found = "accepted" if known else Refusal.NOT_ENROLLED
    assert found == vector.expect


def verified(vector: Vector) -> VerifiedSheet:
    return verify_sheet(vector.data, the_round(vector), the_assignment(vector))


@of("chain")
def test_chain(vector: Vector) -> None:
    accepted: list[VerifiedSheet] = []
    for line in vector.body.splitlines():
        name, expected = line.split()
        sheet = verified(named(name))
        pinned = accepted[0].public_key if accepted else None
        try:
            check_key(sheet, pinned)
            found: str = next_step(accepted, sheet)
        except SheetRefusedError as error:
            found = error.refusal
        else:
            accepted.append(sheet)
        assert found == expected, line


@of("passcode")
def test_passcode(vector: Vector) -> None:
    try:
        found, canonical = "accepted", normalise(vector.body)
    except PasscodeError as error:
        found, canonical = str(error), ""
    assert vector.expect.replace("length", "20 characters") in found
    assert canonical == vector.more.get("canonical", "")


@of("identity")
def test_identity(vector: Vector) -> None:
    salt = bytes.fromhex(vector.more["salt"])
    identity = age.derive_identity(normalise(vector.body), salt)
    assert identity == vector.expect
    assert age.recipient_of(identity) == vector.more["recipient"]


@of("receipt")
def test_receipt(vector: Vector) -> None:
    assert receipt(vector.data) == vector.expect


@of("codes")
def test_codes(vector: Vector) -> None:
    result = codes.join(vector.body.splitlines())
    found = [hashlib.sha256(each.sheet).hexdigest() for each in result.whole]
    found += [
        f"missing {' '.join(map(str, each.missing))} of {each.total} of {each.receipt}"
        for each in result.missing
    ]
    assert found == [vector.expect]


@of("log")
def test_log(vector: Vector) -> None:
    try:
        found = check_log([line.encode() for line in vector.body.splitlines()])
    except ArchiveError as error:
        found = str(error)
    assert vector.expect.replace("line", "Log line") in found


# --- the second reader, which was written from docs/formats.md alone


@pytest.fixture(scope="module")
def second() -> ModuleType:
    path = Path(__file__).parents[2] / "resources" / "archive" / "verify.py"
    spec = importlib.util.spec_from_file_location("second_reader", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def accepts(second: ModuleType, work: Any, *arguments: Any) -> bool:
    try:
        work(*arguments)
    except second.Refused:
        return False
    return True


@of("cbor")
def test_second_reader_of_cbor(vector: Vector, second: ModuleType) -> None:
    assert accepts(second, second.cbor, vector.data) == (vector.expect == "accepted")


@of("json")
def test_second_reader_of_json(vector: Vector, second: ModuleType) -> None:
    def one_form(text: str) -> None:
        if second.canonical(second.json_value(text, "")) != text:
            raise second.Refused

    assert accepts(second, one_form, vector.body) == (vector.expect == "accepted")


@of("cose")
def test_second_reader_of_envelopes(vector: Vector, second: ModuleType) -> None:
    def opened() -> None:
        payload, signature = second.envelope(vector.data, "")
        signed = cose.signed_bytes(payload)
        if not second.signature_holds(bytes.fromhex(vector.more["key"]), signed, signature):
            raise second.Refused

    assert accepts(second, opened) == (vector.expect == "accepted")


@of("round", "assignment", "roster")
def test_second_reader_of_documents(vector: Vector, second: ModuleType) -> None:
    def opened() -> None:
        if vector.kind == "round":
            assert second.Round(vector.data).digest == hashlib.sha256(vector.data).digest()
            return
        round_ = second.Round(named(vector.more["round"]).data)
        kind = {"assignment": second.Assignment, "roster": second.Roster}[vector.kind]
        kind(vector.data, vector.name, round_)

    assert accepts(second, opened) == (vector.expect == "accepted")


@of("sheet")
def test_second_reader_of_sheets(vector: Vector, second: ModuleType) -> None:
    """It cannot know the enrolment secret, and takes sheets whose comments are to come."""
    round_ = second.Round(named(vector.more["round"]).data)
    assignment = second.Assignment(named(vector.more["assignment"]).data, "a", round_)
    good = vector.expect in {"accepted", Refusal.NOT_ENROLLED, Refusal.COMMENTS_MISSING}
    arguments = (vector.data, vector.name, round_, {assignment.digest: assignment})
    assert accepts(second, second.Sheet, *arguments) == good
    if vector.expect == "accepted":
        sheet = second.Sheet(*arguments)
        assert sheet.receipt == vector.more["receipt"]
        assert second_marks(sheet, second) == first_marks(verified(vector))


def first_marks(sheet: VerifiedSheet) -> dict[str, dict[str, str]]:
    return {
        number: {
            code: mark.state if mark.value is None else str(mark.value)
            for code, mark in marks.items()
        }
        for number, marks in sheet.content.marks.items()
    }


def second_marks(sheet: Any, second: ModuleType) -> dict[str, dict[str, str]]:
    words = {second.NOT_APPLICABLE: "not-applicable", second.ABSTAINED: "abstained"}
    return {
        number: {code: words.get(mark, str(mark)) for code, mark in marks.items()}
        for number, marks in sheet.marks.items()
        if marks
    }


def test_second_reader_of_receipts(second: ModuleType) -> None:
    for vector in all_vectors("receipt"):
        digest = hashlib.sha256(vector.data).digest()
        assert second.receipt(digest) == vector.expect
        assert second.fingerprint(digest) == digest_fingerprint(digest)


def test_a_vector_is_only_refused_with_a_sentence() -> None:
    for vector in all_vectors("round"):
        try:
            verify_round(vector.data)
        except ReviewerError as error:
            assert len(str(error)) > 20  # noqa: PT017 - only some vectors are refused
