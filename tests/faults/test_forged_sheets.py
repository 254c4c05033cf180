"""A1–A4, A7, F10, F11: no forged, swapped, replayed, foreign or damaged sheet is taken."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from reviewer_app.core.errors import SheetRefusedError
from reviewer_app.services.bureau_key import bureau_key
from reviewer_app.services.collecting import Verdict
from reviewer_app.sheets import cbor, cose
from reviewer_app.sheets.bureau import (
    AssignmentDocument,
    RoundDocument,
    sign_assignment,
    sign_round,
    verify_assignment,
    verify_round,
)
from reviewer_app.sheets.keys import ORDER, SigningKey
from reviewer_app.sheets.score_sheet import (
    enrolled,
    open_sheet_file,
    sheet_file,
    verify_sheet,
)
from tests.faults import forging
from tests.faults.conftest import Trials
from tests.services.day import Day, Laptop
from tests.sheets.making import Desk, make_desk

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
REVISIONS = 5


def test_an_older_revision_never_comes_back(
    issued: Day, day: Day, trials: Trials, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A1: whatever arrived first, a lower revision of the same expert is refused."""
    experts = list(day.laptops)[: trials.count(7, 2)]
    chains = {}
    for number in experts:
        laptop = day.laptops[number]
        paths = [
            laptop.sign(day.folder, laptop.content({1: 60 + step, 2: 70, 3: 60}))
            for step in range(REVISIONS)
        ]
        chains[number] = [path.read_bytes() for path in paths]
    tried = 0
    for newer in range(1, REVISIONS):
        fresh = issued.copy(tmp_path_factory.mktemp("replay"))
        offered = forging.offered(fresh, [chains[number][newer] for number in experts])
        assert {each.verdict for each in offered} == {Verdict.RECEIVED}
        for older in range(newer):
            refusals = forging.refused_all(fresh, [chains[n][older] for n in experts])
            assert set(refusals) == {"older-revision"}
            tried += len(experts)
    assert tried == REVISIONS * (REVISIONS - 1) // 2 * len(experts)
    trials.survived("A1 replay", tried)


def test_forks_and_gaps_are_refused(day: Day, trials: Trials) -> None:
    """A1: a second revision of the same number, and one whose predecessor is not there."""
    tried = 0
    for number, laptop in day.laptops.items():
        first = laptop.sign(day.folder, laptop.content({1: 80, 2: 70, 3: 60}))
        day.collect(first)
        fork = laptop.content({1: 81, 2: 70, 3: 60}, revision=1)
        gap = replace(laptop.content({1: 82, 2: 70, 3: 60}, revision=2), revision=3)
        stranger = replace(
            laptop.content({1: 83, 2: 70, 3: 60}, revision=2), previous=bytes(range(32))
        )
        datas = [laptop.sign(day.folder, each).read_bytes() for each in (fork, gap, stranger)]
        assert forging.refused_all(day, datas) == [
            "fork",
            "missing-predecessor",
            "fork",
        ], number
        tried += 3
    trials.survived("A1 fork and gap", tried)


def test_sheets_of_another_round_panel_or_table_are_refused(day: Day, trials: Trials) -> None:
    """A2: signed by the real bureau and the real expert, but for another round."""
    with day.context.open_bureau() as unit:
        bureau = bureau_key(unit)
    datas, expected = [], []
    for laptop in day.laptops.values():
        for document in other_rounds(laptop.pack.round.document):
            datas.append(foreign(laptop, bureau, document))
            expected.append("other-round")
        datas.append(foreign(laptop, bureau, laptop.pack.round.document))
        expected.append("other-assignment")
    assert forging.refused_all(day, datas) == expected
    trials.survived("A2 foreign", len(datas))


def other_rounds(document: RoundDocument) -> list[RoundDocument]:
    """Return rounds that differ in one thing each: id, title, table, rules, applications."""
    scheme = document.scheme
    first, *rest = scheme.dimensions
    leaf, *leaves = first.indicators()
    other_table = replace(
        first, children=(replace(leaf, guidance="另一份指引（示例）"), *leaves)
    )
    rules = document.rules
    return [
        replace(document, round_id=type(document.round_id)("0" * 16)),
        replace(document, title="另一场（示例）"),
        replace(document, scheme=replace(scheme, dimensions=(other_table, *rest))),
        replace(
            document, rules=replace(rules, aggregation=replace(rules.aggregation, drop_high=2))
        ),
        replace(document, weights_confirmed_by="别人（示例）"),
    ]


def foreign(laptop: Laptop, bureau: SigningKey, document: RoundDocument) -> bytes:
    """Return this expert's sheet for another round, or for a second assignment in this one."""
    round_ = verify_round(sign_round(document, bureau))
    mine = laptop.pack.assignment.document
    given = mine.applications if round_.digest != laptop.pack.round.digest else ()
    other = AssignmentDocument(round_.digest, mine.expert, given or mine.applications[:2])
    assignment = verify_assignment(sign_assignment(other, bureau), round_)
    pack = replace(laptop.pack, round=round_, assignment=assignment)
    return Desk(round_, assignment, laptop.key, pack.enrolment).seal()


def off_curve(prefix: bytes) -> bytes:
    """Return a compressed point whose x lies on no point of P-256."""
    for x in range(1, 100):
        square = (x**3 - 3 * x + CURVE_B) % PRIME
        if pow(square, (PRIME - 1) // 2, PRIME) != 1:
            return prefix + x.to_bytes(32)
    raise AssertionError


def with_key(key: bytes) -> Callable[[forging.Fields], object]:
    """Return the change that names another key."""
    return lambda fields: fields.update({10: key})


def test_forged_keys_and_signatures_are_refused(day: Day, trials: Trials) -> None:
    """A3: keys that are none, other people's keys, signatures out of range or written twice."""
    datas = []
    experts = list(day.laptops)[: trials.count(7, 2)]
    for number in experts:
        laptop, data = day.laptops[number], forging.good(day, number)
        other = day.laptops[experts[experts.index(number) - 1]]
        sheet, comments = open_sheet_file(data)
        r, s = int.from_bytes(sheet[-64:-32]), int.from_bytes(sheet[-32:])
        keys = [
            off_curve(b"\x02"), off_curve(b"\x03"), bytes(33), b"\x02" + bytes(32),
            b"\x02" + PRIME.to_bytes(32), b"\x02" + b"\xff" * 32, b"\x04" + bytes(32),
            b"\x05" + laptop.key.public[1:], b"\x00", b"", laptop.key.public + b"\x00",
            bytes([laptop.key.public[0] ^ 1]) + laptop.key.public[1:], other.key.public,
        ]  # fmt: skip
        datas += [forging.resigned(data, laptop.key, with_key(key)) for key in keys]
        pairs = [
            (0, s), (r, 0), (0, 0), (ORDER, s), (r, ORDER), (r, ORDER - s), (ORDER - r, s),
            (s, r), (1, 1), (ORDER - 1, 1), (r, s + 1), (r + 1, s), (2**256 - 1, s),
            (r, 2**256 - 1), (r, 1), (ORDER - r, ORDER - s), (r, ORDER + 1),
        ]  # fmt: skip
        datas += [
            forging.with_signature(data, a.to_bytes(32) + b.to_bytes(32)) for a, b in pairs
        ]
        payload, signature = cose.unverified_payload(sheet), sheet[-64:]
        envelopes: list[Any] = [
            [cose.PROTECTED, {4: b"01"}, payload, signature],
            [cose.PROTECTED, {1: -7}, payload, signature],
            [b"", {1: -7}, payload, signature],
            [bytes.fromhex("a10127"), {}, payload, signature],
            [bytes.fromhex("a1013822"), {}, payload, signature],
            [cose.PROTECTED, {}, payload, signature[:-1]],
            [cose.PROTECTED, {}, payload, signature + b"\x00"],
            [cose.PROTECTED, {}, payload, b""],
            [cose.PROTECTED, {}, payload],
            [cose.PROTECTED, {}, payload, signature, signature],
        ]
        datas += [sheet_file(forging.raw(each), comments) for each in envelopes]
        thief = Laptop(replace(laptop.pack, enrolment=bytes(32)))
        datas.append(thief.sign(day.folder, thief.content(forging.POINTS)).read_bytes())
        datas.append(forging.resigned(data, other.key, with_key(other.key.public)))
    refusals = Counter(forging.refused_all(day, datas))
    assert refusals["not-enrolled"] == 2 * len(experts)
    trials.survived("A3 forged", len(datas))


def test_nobody_signs_another_experts_sheet(day: Day, trials: Trials) -> None:
    """A4: with the own pack's secret and key, but the other's assignment."""
    datas = []
    for mine, theirs in permutations(day.laptops.values(), 2):
        pack = replace(theirs.pack, enrolment=mine.pack.enrolment)
        swapped = Laptop(pack, mine.key)
        path = swapped.sign(day.folder, swapped.content(forging.POINTS))
        datas.append(path.read_bytes())
        path.unlink()
    assert set(forging.refused_all(day, datas)) == {"not-enrolled"}
    trials.survived("A4 swapped", len(datas))


def test_a_second_key_is_refused_until_it_is_accepted(day: Day, trials: Trials) -> None:
    """A3/A4: a thief who has the pack and its passcode still meets the pinned key."""
    day.collect(*day.sign_all())
    datas = []
    for laptop in day.laptops.values():
        second = Laptop(laptop.pack)
        path = second.sign(day.folder, second.content({1: 99, 2: 99, 3: 99}))
        datas.append(path.read_bytes())
        path.unlink()
    assert set(forging.refused_all(day, datas)) == {"second-key"}
    trials.survived("A4 second key", len(datas))


def test_the_same_sheet_again_changes_nothing(day: Day, trials: Trials) -> None:
    """A4: a sheet twice, under other names, in another order."""
    datas = [path.read_bytes() for path in day.sign_all()]
    assert {each.verdict for each in forging.offered(day, datas)} == {Verdict.RECEIVED}
    before = forging.held(day)
    for _again in range(3):
        forging.chance(_again).shuffle(datas)
        verdicts = forging.offered(day, datas)
        assert {each.verdict for each in verdicts} == {Verdict.DUPLICATE}
        assert forging.held(day) == before
    trials.survived("A4 twice", 3 * len(datas))


def test_only_the_one_way_of_writing_is_accepted(day: Day, trials: Trials) -> None:
    """A7: the same meaning in other bytes, at each of the three levels; really signed."""
    laptop, data = day.laptops["01"], forging.good(day)
    sheet, comments = open_sheet_file(data)
    file, message = cbor.decode(data), cbor.decode(sheet)
    chance = forging.chance(7)
    datas: list[bytes] = []
    wanted = trials.count(600, 60)
    while len(datas) < wanted:
        level = len(datas) % 3
        if level == 0:
            new = forging.loose(file, chance)
        elif level == 1:
            new = sheet_file(forging.loose(message, chance), comments)
        else:
            new = forging.resigned(
                data, laptop.key, encode=lambda fields: forging.loose(fields, chance)
            )
        if new != data:
            datas.append(new)
    forging.refused_all(day, datas)
    trials.survived("A7 re-encoded", len(datas))


# --- F10, F11: damaged on the way

REAL = make_desk(12, 24)
REAL_FILE = REAL.seal()


def accepted(data: bytes) -> bool:
    try:
        sheet = verify_sheet(data, REAL.round, REAL.assignment)
    except SheetRefusedError:
        return False
    return enrolled(sheet, REAL.secret)


def test_every_truncated_length_is_refused_and_nothing_changes(
    day: Day, trials: Trials
) -> None:
    """F10: through the whole of collection for a small sheet, the verifier for 12 × 24."""
    assert accepted(REAL_FILE)
    data = forging.good(day)
    lengths = range(0, len(data), 1 if trials.full else 9)
    forging.refused_all(day, [data[:length] for length in lengths])
    real = range(0, len(REAL_FILE), 1 if trials.full else 3)
    assert not [length for length in real if accepted(REAL_FILE[:length])]
    trials.survived("F10 truncated", len(lengths) + len(real))


def test_every_flipped_bit_is_refused(trials: Trials) -> None:
    """F11: every bit of a sheet of 12 applications and 24 indicators."""
    bits = range(0, 8 * len(REAL_FILE), 1 if trials.full else 11)
    found = []
    for bit in bits:
        changed = bytearray(REAL_FILE)
        changed[bit // 8] ^= 1 << bit % 8
        if accepted(bytes(changed)):
            found.append(bit)
    assert not found
    trials.survived("F11 flipped bits", len(bits))
