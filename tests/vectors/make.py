"""Writes every vector anew: ``python -m tests.vectors.make``; keys and times are fixed.

Needed only when a format gets a new version or a case is added: vectors of a published version
never change.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reviewer_app.core.marks import scored
from reviewer_app.core.round import Change
from reviewer_app.sheets import age, cbor, codes, cose, json_text
from reviewer_app.sheets.bureau import sign_roster, verify_roster
from reviewer_app.sheets.keys import ORDER
from reviewer_app.sheets.log import LogEntry, check_log, next_line
from reviewer_app.sheets.receipt import receipt
from reviewer_app.sheets.score_sheet import open_sheet_file, sheet_file, verify_sheet
from tests.sheets.making import (
    BUREAU,
    EXPERT,
    NOON,
    OTHER,
    SECRET,
    Desk,
    app,
    make_application,
    make_assignment,
    make_desk,
    make_expert,
    make_roster,
    make_round,
    rich_changes,
    roster_document,
)
from tests.vectors.make_drafts import draft_vectors
from tests.vectors.make_entries import entry_vectors, form_vectors
from tests.vectors.make_second import feedback_vectors, middle_vectors, order_vectors
from tests.vectors.vector import FOLDER, SUFFIX, Vector, of_bytes

Fields = dict[int, Any]
DESK = make_desk()
CHANGES, COMMENTS = rich_changes(DESK)
FILE = DESK.seal(COMMENTS, **CHANGES)
SHEET, COMMENT_BYTES = open_sheet_file(FILE)


def cbor_vectors() -> Iterator[Vector]:
    """Yield encodings: the one form of each kind, and other forms of the same."""
    for name, what, text in (
        ("zero", "the integer 0", "00"),
        ("small", "the integer 23", "17"),
        ("one-byte", "the integer 24", "1818"),
        ("largest", "the integer 2^64 - 1", "1bffffffffffffffff"),
        ("negative", "the integer -1", "20"),
        ("bytes", "four bytes", "4401020304"),
        ("text", "a text in two scripts", "6761e4b8ade69687"),
        ("array", "an array of three integers", "83010203"),
        ("map", "a map with two ascending keys", "a200010a02"),
        ("deep", "an item inside eight others", "81" * 8 + "00"),
    ):
        yield of_bytes(f"cbor-{name}", "cbor", "accepted", what, bytes.fromhex(text))
    for name, what, text in (
        ("empty", "no bytes at all", ""),
        ("long-integer", "23 in two bytes", "1817"),
        ("long-length", "a length of 1 in two bytes", "580161"),
        ("indefinite-bytes", "a byte string of indefinite length", "5f4161ff"),
        ("indefinite-array", "an array of indefinite length", "9f00ff"),
        ("twice", "a key twice", "a200000001"),
        ("descending", "keys descending", "a201000000"),
        ("text-key", "a key that is text", "a1616100"),
        ("negative-key", "a key below zero", "a12000"),
        ("trailing", "a byte after the end", "0000"),
        ("truncated", "an array with one item too few", "8200"),
        ("false", "false", "f4"),
        ("null", "null", "f6"),
        ("float", "a float", "f93c00"),
        ("tag", "a tag", "c000"),
        ("bignum", "2^64, which needs a tag", "c249010000000000000000"),
        ("not-utf8", "a text that is not UTF-8", "61ff"),
        ("surrogate", "a text with half a surrogate pair", "63eda080"),
        ("nine-levels", "an item inside nine others", "81" * 9 + "00"),
        ("huge", "an array that promises 2^64 - 1 items", "9bffffffffffffffff"),
    ):
        yield of_bytes(f"cbor-{name}", "cbor", "malformed", what, bytes.fromhex(text))


def cose_vectors() -> Iterator[Vector]:
    """Yield envelopes under the public key with the private number 2."""
    message = cose.sign(b"payload", EXPERT)
    r, s = message[-64:-32], int.from_bytes(message[-32:])
    protected: cbor.Plain = cose.PROTECTED
    other = cbor.encode({1: -35})

    def parts(*items: cbor.Plain) -> bytes:
        return cbor.encode(list(items))

    for name, expect, what, data in (
        ("good", "accepted", "an envelope", message),
        ("other-key", "bad-signature", "signed by another", cose.sign(b"payload", OTHER)),
        (
            "altered",
            "bad-signature",
            "another payload",
            message.replace(b"payload", b"Payload"),
        ),
        (
            "larger-s",
            "bad-signature",
            "the other signature that mathematics allows: n - s",
            message[:-32] + (ORDER - s).to_bytes(32),
        ),
        ("s-zero", "bad-signature", "s = 0", message[:-32] + bytes(32)),
        ("r-zero", "bad-signature", "r = 0", message[:-64] + bytes(32) + message[-32:]),
        (
            "r-order",
            "bad-signature",
            "r = n",
            message[:-64] + ORDER.to_bytes(32) + message[-32:],
        ),
        (
            "junk",
            "malformed",
            "something in the unprotected header",
            parts(protected, {4: b"kid"}, b"payload", r + message[-32:]),
        ),
        (
            "algorithm",
            "malformed",
            "another algorithm",
            parts(other, {}, b"payload", r + message[-32:]),
        ),
        ("tagged", "malformed", "with the tag of COSE_Sign1", b"\xd2" + message),
        ("short", "malformed", "a signature of 32 bytes", parts(protected, {}, b"payload", r)),
    ):
        vector = of_bytes(f"cose-{name}", "cose", expect, what, data)
        yield replace(vector, more={"key": EXPERT.public.hex()})


def resigned(message: bytes, change: Callable[[Fields], object], signer: Any = BUREAU) -> bytes:
    """Return the message with its fields changed and signed again."""
    fields: Any = cbor.decode(cose.unverified_payload(message))
    change(fields)
    return cose.sign(cbor.encode(fields), signer)


def document_vectors() -> Iterator[Vector]:
    """Yield rounds, assignments and rosters."""
    round_, assignment = DESK.round, DESK.assignment
    good = of_bytes("round", "round", "accepted", "a round of three", round_.raw)
    yield replace(good, more={"fingerprint": round_.fingerprint})
    other = make_round(title="另一场评审会（示例）")
    yield of_bytes("round-other", "round", "accepted", "another round", other.raw)
    for name, what, change in (
        (
            "type",
            "of a type that does not exist",
            lambda f: f.update({0: "reviewer-app/round/9"}),
        ),
        ("more", "with an unknown field", lambda f: f.update({12: 0})),
        ("scheme-space", "scheme with white space", lambda f: f.update({7: f[7] + " "})),
        ("twice", "an application twice", lambda f: f.update({11: ["01", "01"]})),
    ):
        data = resigned(round_.raw, change)
        yield of_bytes(f"round-{name}", "round", "malformed", f"a round {what}", data)
    forged = cose.sign(cose.unverified_payload(round_.raw), OTHER)
    yield of_bytes("round-forged", "round", "bad-signature", "signed by another", forged)

    second = make_roster(round_, assignment)
    for name, kind, expect, what, data in (
        ("assignment", "assignment", "accepted", "of all three", assignment.raw),
        ("assignment-changes", "assignment", "accepted", "one indicator out", changed().raw),
        (
            "assignment-foreign",
            "assignment",
            "malformed",
            "of another round",
            make_assignment(other).raw,
        ),
        (
            "assignment-forged",
            "assignment",
            "bad-signature",
            "signed by another",
            cose.sign(cose.unverified_payload(assignment.raw), OTHER),
        ),
        ("roster", "roster", "accepted", "version 1", second),
        ("roster-2", "roster", "accepted", "version 2 with its reason", roster_two(second)),
        (
            "roster-no-reason",
            "roster",
            "malformed",
            "version 2 without a reason",
            resigned(second, lambda f: f.update({2: 2, 3: bytes(32)})),
        ),
    ):
        yield replace(of_bytes(name, kind, expect, what, data), more={"round": "round"})


def changed() -> Any:
    """Return an assignment of one application whose indicator 6.2 does not apply."""
    change = Change("6.2", "责任书第 3 条", applicable=False)
    application = replace(make_application(1), changes=(change,))
    return make_assignment(DESK.round, (application,))


def roster_two(first: bytes) -> bytes:
    """Return version 2 after ``first``: expert 02 withdrawn."""
    document = roster_document(DESK.round, DESK.assignment)
    member = replace(document.members[0], withdrawn="突发疾病")
    return sign_roster(
        replace(
            document,
            version=2,
            previous=verify_roster(first, DESK.round).digest,
            reason="突发疾病",
            members=(member,),
        ),
        BUREAU,
    )


def sheet_vectors() -> Iterator[Vector]:
    """Yield sheets: two sound ones, and one for each refusal."""
    plain = DESK.seal()
    for name, expect, what, data in (
        ("plain", "accepted", "three applications, all scored", plain),
        ("rich", "accepted", "every kind of mark, a recusal, votes, a comment", FILE),
        ("truncated", "malformed", "without its last byte", FILE[:-1]),
        ("trailing", "malformed", "with a byte more", FILE + b"\0"),
        (
            "larger-s",
            "bad-signature",
            "with n - s",
            sheet_file(
                SHEET[:-32] + (ORDER - int.from_bytes(SHEET[-32:])).to_bytes(32), COMMENT_BYTES
            ),
        ),
        (
            "no-comments",
            "comments-missing",
            "without its comments",
            cbor.encode({0: "reviewer-app/scoresheet/1", 1: SHEET}),
        ),
        (
            "other-comments",
            "comments-altered",
            "with other comments",
            sheet_file(SHEET, b"{}"),
        ),
        (
            "other-round",
            "other-round",
            "of another round",
            other_desk().seal(),
        ),
        (
            "other-expert",
            "other-assignment",
            "of another expert",
            Desk(DESK.round, make_assignment(DESK.round, expert=make_expert(3))).seal(),
        ),
    ):
        yield sheet_vector(name, expect, what, data)
    yield from dishonest_sheets()


def other_desk() -> Desk:
    """Return the same expert's seat in another round."""
    round_ = make_round(title="另一场评审会（示例）")
    return Desk(round_, make_assignment(round_))


def dishonest_sheets() -> Iterator[Vector]:
    """Yield sheets that a dishonest program signed."""
    for name, expect, what, change in (
        ("missing", "incomplete", "a mark is missing", lambda f: f[6][0].__setitem__(1, -1)),
        ("short-row", "incomplete", "a mark too few", lambda f: f[6][2].pop()),
        ("too-high", "out-of-range", "101 of 100", lambda f: f[6][2].__setitem__(0, 101)),
        ("no-code", "malformed", "mark code -5", lambda f: f[6][2].__setitem__(0, -5)),
        (
            "text-mark",
            "malformed",
            "a mark that is text",
            lambda f: f[6][2].__setitem__(0, "7"),
        ),
        (
            "recused-scored",
            "recused-application",
            "marks for a recused application",
            lambda f: f[6].__setitem__(1, [1, 2, 3]),
        ),
        (
            "recused-voted",
            "recused-application",
            "a vote on a recused application",
            lambda f: f[8].insert(1, ["02", 1, ""]),
        ),
        ("order", "malformed", "votes out of order", lambda f: f[8].reverse()),
        ("ground", "malformed", "an unknown ground", lambda f: f[7][0].__setitem__(1, "mood")),
        ("field", "malformed", "an unknown field", lambda f: f.update({14: 0})),
        ("revision", "malformed", "revision 2 without predecessor", lambda f: f.update({4: 2})),
        ("key", "bad-signature", "a key off the curve", lambda f: f.update({10: bytes(33)})),
        ("tag", "not-enrolled", "a wrong enrolment tag", lambda f: f.update({11: bytes(32)})),
    ):
        data = sheet_file(resigned(SHEET, change, EXPERT), COMMENT_BYTES)
        yield sheet_vector(name, expect, what, data)


def sheet_vector(name: str, expect: str, what: str, data: bytes) -> Vector:
    """Return a vector of a sheet of the standard round, with its receipt where it is sound."""
    more = {"round": "round", "assignment": "assignment", "enrolment": SECRET.hex()}
    if expect == "accepted":
        more["receipt"] = receipt(open_sheet_file(data)[0])
    return replace(of_bytes(f"sheet-{name}", "sheet", expect, what, data), more=more)


def chain_vectors() -> Iterator[Vector]:
    """Yield sheets in an order of arrival, with the verdict on each."""
    first = verify_sheet(DESK.seal(), DESK.round, DESK.assignment)
    marks = dict(first.content.marks)
    marks[app(1)] = dict(marks[app(1)]) | {"6.1": scored(90)}
    later: dict[str, Any] = {
        "revision": 2,
        "reason": "计算有误",
        "marks": marks,
        "previous": first.digest,
    }
    sheets = {
        "r1": DESK.seal(),
        "r1-fork": DESK.seal(marks=marks),
        "r2": DESK.seal(**later),
        "r3-gap": DESK.seal(**later | {"revision": 3, "previous": bytes(32)}),
        "r2-fork": DESK.seal(**later | {"previous": bytes(32)}),
        "second-key": Desk(DESK.round, DESK.assignment, OTHER).seal(),
    }
    for name, data in sheets.items():
        yield sheet_vector(f"chain-{name}", "accepted", f"for the chains: {name}", data)
    for name, what, steps in (
        ("forward", "a revision after the other", "r1 first, r2 supersedes, r2 duplicate"),
        ("older", "the first after the second", "r2 first, r1 older-revision"),
        ("fork", "two first revisions", "r1 first, r1-fork fork, r2-fork fork"),
        ("gap", "the third after the first", "r1 first, r3-gap missing-predecessor"),
        ("key", "another key", "r1 first, second-key second-key"),
    ):
        body = "\n".join(f"sheet-chain-{step}" for step in steps.split(", "))
        yield Vector(f"chain-{name}", "chain", "as stated", what, body)


def passcode_vectors() -> Iterator[Vector]:
    """Yield passcodes as typed, and the identity one of them gives."""
    good = "VJWEA-Y0GMK-45D6S-RAZ84"
    for name, expect, what, body in (
        ("plain", "accepted", "as printed", good),
        ("lower", "accepted", "in small letters with spaces", good.lower().replace("-", " ")),
        ("letter-o", "accepted", "with the letter O for zero", good.replace("0", "O")),
        (
            "wide",
            "accepted",
            "in full-width characters",
            "ＶＪＷＥＡ－Ｙ０ＧＭＫ－４５Ｄ６Ｓ－ＲＡＺ８４",
        ),
        ("wrong", "group 3", "a wrong character in group 3", good.replace("6S", "6T")),
        ("swapped", "group 1", "two characters exchanged in group 1", good.replace("JW", "WJ")),
        ("order", "group 1", "two groups exchanged", "Y0GMK-VJWEA-45D6S-RAZ84"),
        ("letter-u", "group 4", "a letter that is not in the alphabet", good[:-1] + "U"),
        ("short", "length", "one character too few", good[:-1].replace("-", "")),
    ):
        more = {"canonical": good.replace("-", "")} if expect == "accepted" else {}
        yield Vector(f"passcode-{name}", "passcode", expect, what, body, more)
    salt = bytes(range(16))
    identity = age.derive_identity(good.replace("-", ""), salt)
    more = {"salt": salt.hex(), "recipient": age.recipient_of(identity)}
    what = "the age identity of a passcode and a salt"
    yield Vector("identity", "identity", identity, what, good, more)


def code_vectors() -> Iterator[Vector]:
    """Yield printed codes: a whole sheet, one of three parts missing, a false receipt."""
    large = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(80))
    parts = codes.split(large)
    digest = hashlib.sha256(SHEET).hexdigest()
    yield Vector("codes-one", "codes", digest, "a sheet in one code", codes.split(SHEET)[0])
    yield Vector(
        "codes-three",
        "codes",
        hashlib.sha256(large).hexdigest(),
        "three parts in another order, one twice",
        "\n".join([parts[2], parts[0], parts[1], parts[0]]),
    )
    yield Vector(
        "codes-missing",
        "codes",
        f"missing 2 of 3 of {receipt(large)}",
        "the second part is missing",
        "\n".join([parts[2], parts[0]]),
    )
    false = codes.split(SHEET)[0].replace(receipt(SHEET).replace("-", ""), "0" * 12)
    what = "a code that announces another receipt"
    yield Vector("codes-false", "codes", "missing 1 of 1 of 0000-0000-0000", what, false)


def log_vectors() -> Iterator[Vector]:
    """Yield a log, and the same one with a line changed and a line removed."""
    lines: list[bytes] = []
    for event, details in (("round-issued", {"packs": 7}), ("sheet-received", {"专家": "02"})):
        lines.append(next_line(lines[-1] if lines else None, LogEntry(NOON, event, details)))
    lines.append(next_line(lines[-1], LogEntry(NOON, "round-closed")))
    text = "\n".join(line.decode() for line in lines)
    yield Vector("log", "log", check_log(lines), "three lines; expect is the head", text)
    altered = text.replace('"packs":7', '"packs":6')
    yield Vector("log-altered", "log", "line 2", "line 1 was altered", altered)
    without = "\n".join(text.splitlines()[:1] + text.splitlines()[2:])
    yield Vector("log-removed", "log", "line 2", "line 2 was removed", without)


def receipt_vectors() -> Iterator[Vector]:
    """Yield receipts and JSON texts."""
    for name, data in (("empty", b""), ("sheet", SHEET)):
        what = f"the receipt of {name}"
        yield of_bytes(f"receipt-{name}", "receipt", receipt(data), what, data)
    good = json_text.encode({"b": [1, True, None], "a": "é中😀\n"}).decode()
    yield Vector("json-good", "json", "accepted", "the one form", good)
    for name, what, text in (
        ("space", "white space", '{"a": 1}'),
        ("order", "keys out of order", '{"b":1,"a":1}'),
        ("twice", "a key twice", '{"a":1,"a":1}'),
        ("escape", "an escape that is not needed", '"\\u0061"'),
        ("float", "a float with an empty fraction", "1.0"),
        ("surrogate", "half a surrogate pair", '"\\ud800"'),
        ("nan", "not a number", "NaN"),
    ):
        yield Vector(f"json-{name}", "json", "malformed", what, text)


def main() -> None:
    """Replace all vectors in this folder."""
    for path in FOLDER.glob(f"*{SUFFIX}"):
        path.unlink()
    for make in (
        cbor_vectors,
        cose_vectors,
        document_vectors,
        sheet_vectors,
        chain_vectors,
        passcode_vectors,
        code_vectors,
        log_vectors,
        receipt_vectors,
        entry_vectors,
        form_vectors,
        draft_vectors,
        feedback_vectors,
        middle_vectors,
        order_vectors,
    ):
        for vector in make():
            vector.write()


if __name__ == "__main__":
    main()
