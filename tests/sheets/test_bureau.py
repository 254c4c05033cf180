from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from reviewer_app.core.errors import (
    DocumentError,
    NotFoundError,
    ReviewerError,
    SignatureError,
)
from reviewer_app.core.round import Change
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.bureau import (
    application_record,
    check_succession,
    commitment,
    sign_roster,
    sign_round,
    verify_assignment,
    verify_roster,
    verify_round,
)
from tests.sheets.making import (
    BUREAU,
    OTHER,
    app,
    make_application,
    make_assignment,
    make_expert,
    make_roster,
    make_round,
    roster_document,
    salt,
)

Fields = dict[int, Any]
ROUND = make_round()
ASSIGNMENT = make_assignment(ROUND)
ROSTER = make_roster(ROUND, ASSIGNMENT)


def changed(message: bytes, change: Callable[[Fields], object]) -> bytes:
    """Return the document with its fields changed and signed again by the bureau."""
    fields: Any = cbor.decode(cose.unverified_payload(message))
    change(fields)
    return cose.sign(cbor.encode(fields), BUREAU)


def test_a_round_says_after_verifying_what_was_signed() -> None:
    document = ROUND.document
    assert sign_round(document, BUREAU) == ROUND.raw
    assert verify_round(ROUND.raw) == ROUND
    assert len(ROUND.fingerprint) == 19
    assert ROUND.fingerprint.replace(" ", "").lower() == ROUND.digest.hex()[:16]
    assert document.scheme.indicator("6.2").weight == Fraction(100, 3)


def test_a_round_names_its_own_key() -> None:
    with pytest.raises(ValueError, match="another bureau key"):
        sign_round(ROUND.document, OTHER)


def test_a_round_signed_by_another_than_it_names_is_refused() -> None:
    forged = cose.sign(cose.unverified_payload(ROUND.raw), OTHER)
    with pytest.raises(SignatureError, match=r"^The round document: "):
        verify_round(forged)


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.update({0: "reviewer-app/round/2"}),
        lambda f: f.update({0: "reviewer-app/roster/1"}),
        lambda f: f.update({12: 0}),
        lambda f: f.pop(9),
        lambda f: f.update({1: "0011"}),
        lambda f: f.update({1: "00112233445566AA"}),
        lambda f: f.update({2: ""}),
        lambda f: f.update({3: "聚餐"}),
        lambda f: f.update({4: 7}),
        lambda f: f.update({5: "20261121"}),
        lambda f: f.update({5: "2026-02-30"}),
        lambda f: f.update({7: f[7] + " "}),
        lambda f: f.update({7: "{}"}),
        lambda f: f.update({7: "[]"}),
        lambda f: f.update({8: "[]"}),
        lambda f: f.update({10: f[10][:-1]}),
        lambda f: f.update({10: OTHER.public}),
        lambda f: f.update({11: ["01", "01"]}),
        lambda f: f.update({11: ["01", 2]}),
        lambda f: f.update({11: ["01", ""]}),
        lambda f: f.update({11: "01"}),
    ],
)
def test_a_round_in_any_other_form_is_refused(change: Callable[[Fields], object]) -> None:
    with pytest.raises(ReviewerError):
        verify_round(changed(ROUND.raw, change))


def test_documents_of_one_kind_do_not_pass_for_another() -> None:
    with pytest.raises(DocumentError, match="another kind"):
        verify_round(ASSIGNMENT.raw)
    with pytest.raises(DocumentError, match="another kind"):
        verify_assignment(ROSTER, ROUND)
    with pytest.raises(DocumentError, match="another kind"):
        verify_roster(ASSIGNMENT.raw, ROUND)


def test_documents_that_are_too_large_are_refused() -> None:
    with pytest.raises(DocumentError, match="larger"):
        verify_round(bytes(5 << 20))


def test_an_assignment_says_after_verifying_what_was_signed() -> None:
    assert verify_assignment(ASSIGNMENT.raw, ROUND) == ASSIGNMENT
    document = ASSIGNMENT.document
    assert document.application("02") == make_application(2)
    assert [each.entry for each in document.materials] == ["0001", "0002", "0003"]
    with pytest.raises(NotFoundError):
        document.application("09")


def test_telephone_and_known_conflicts_never_leave_the_bureau() -> None:
    assert b"13800000000" not in ASSIGNMENT.raw
    assert b"recused" not in ASSIGNMENT.raw
    assert ASSIGNMENT.document.expert == replace(make_expert(), phone="", recused=frozenset())


def test_an_assignment_keeps_its_own_changes() -> None:
    change = Change("6.2", "责任书第 3 条", applicable=False)
    application = replace(make_application(1), changes=(change,))
    again = make_assignment(ROUND, (application,))
    assert again.document.applications[0].application == application


def test_an_assignment_of_another_round_or_key_is_refused() -> None:
    other = make_round(title="另一场")
    with pytest.raises(DocumentError, match="another round"):
        verify_assignment(make_assignment(other).raw, ROUND)
    forged = cose.sign(cose.unverified_payload(ASSIGNMENT.raw), OTHER)
    with pytest.raises(SignatureError, match=r"^The assignment: "):
        verify_assignment(forged, ROUND)


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.update({4: []}),
        lambda f: f.update({2: f[2].replace('"title"', '"Title"')}),
        lambda f: f.update({2: f[2].replace('"name"', '"phone":"1","name"')}),
        lambda f: f.update({3: f[3] + f[3][:1]}),
        lambda f: f[3][0].update({1: bytes(15)}),
        lambda f: f[3][0].update({2: "{}"}),
        lambda f: f[3][0].update({2: f[3][0][2].replace('"number":"01"', '"number":"09"')}),
        lambda f: f[3][0].update({2: f[3][0][2].replace('"value":"6"', '"value":"6.0"')}),
        lambda f: f[3][0].update({3: 0}),
        lambda f: f.update({1: bytes(32)}),
        lambda f: f.update({1: bytes(31)}),
    ],
)
def test_an_assignment_in_any_other_form_is_refused(
    change: Callable[[Fields], object],
) -> None:
    with pytest.raises(ReviewerError):
        verify_assignment(changed(ASSIGNMENT.raw, change), ROUND)


def test_a_roster_says_after_verifying_what_was_signed() -> None:
    roster = verify_roster(ROSTER, ROUND)
    assert sign_roster(roster.document, BUREAU) == ROSTER
    assert roster.document.member("02").assignment_digest == ASSIGNMENT.digest
    with pytest.raises(NotFoundError):
        roster.document.member("03")


def test_commitments_bind_salt_and_record() -> None:
    roster = verify_roster(ROSTER, ROUND).document
    assert dict(roster.commitments)[app(2)] == commitment(make_application(2), salt(2))
    assert commitment(make_application(2), salt(3)) != commitment(make_application(2), salt(2))
    assert b'"number":"02"' in application_record(make_application(2))


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.update({2: 0}),
        lambda f: f.update({2: 2}),
        lambda f: f.update({3: bytes(32)}),
        lambda f: f.update({3: bytes(31)}),
        lambda f: f.update({4: "理由"}),
        lambda f: f.update({5: -1}),
        lambda f: f.update({6: f[6] * 2}),
        lambda f: f[6][0].update({1: ""}),
        lambda f: f[6][0].update({4: b""}),
        lambda f: f[6][0].update({5: ["01", "01"]}),
        lambda f: f[6][0].update({5: ["09"]}),
        lambda f: f.update({7: f[7][:-1]}),
        lambda f: f.update({7: f[7][::-1]}),
        lambda f: f[7].append(["04", bytes(32)]),
        lambda f: f[7][0].append(0),
        lambda f: f[7].__setitem__(0, ["01", bytes(31)]),
    ],
)
def test_a_roster_in_any_other_form_is_refused(change: Callable[[Fields], object]) -> None:
    with pytest.raises(DocumentError, match=r"^The roster: "):
        verify_roster(changed(ROSTER, change), ROUND)


def test_roster_versions_continue_each_other() -> None:
    first = verify_roster(ROSTER, ROUND)
    later = replace(
        roster_document(ROUND, ASSIGNMENT), version=2, previous=first.digest, reason="突发疾病"
    )
    second = verify_roster(sign_roster(later, BUREAU), ROUND)
    check_succession(first, second)
    foreign = verify_roster(sign_roster(replace(later, previous=bytes(32)), BUREAU), ROUND)
    skipping = verify_roster(sign_roster(replace(later, version=3), BUREAU), ROUND)
    for wrong in (foreign, skipping, first):
        with pytest.raises(DocumentError, match="does not continue"):
            check_succession(first, wrong)
