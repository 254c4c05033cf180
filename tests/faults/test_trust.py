"""A9–A11, F13: dropped sheets, denied signatures, keys at rest, clocks that are wrong."""

import base64
import dataclasses
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer_app.cli import app
from reviewer_app.core.errors import RoundStateError
from reviewer_app.services import closing, records, results
from reviewer_app.services.bureau_key import bureau_key
from reviewer_app.services.collecting import Verdict, collect
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.verification import verify_file
from reviewer_app.sheets import pack
from reviewer_app.sheets.score_sheet import SheetContent
from tests.archive.verifying import both, by_itself, files_of
from tests.faults import altering, forging
from tests.faults.conftest import Trials
from tests.services.day import NOON, Day
from tests.services.laptop import Laptop, Pack, bytes_under, score_all
from tests.sheets import test_recipe as recipe
from ui import report


def test_a_sheet_that_is_not_merged_is_missed(
    issued: Day, tmp_path: Path, trials: Trials
) -> None:
    """A9: closing wants a reason, results and verifiers name the expert and the reason."""
    count = trials.count(20, 2)
    for trial in range(count):
        day = issued.copy(tmp_path / f"{trial}")
        bureau = day.context.open_bureau
        luck = forging.chance(trial)
        paths = dict(zip(day.laptops, day.sign_all(), strict=True))
        dropped = sorted(luck.sample(list(day.laptops), luck.randint(1, 4)))
        day.collect(*(path for number, path in paths.items() if number not in dropped))
        with pytest.raises(RoundStateError, match=dropped[0]):
            closing.close_round(bureau, day.round_id, NOON)
        closing.close_round(bureau, day.round_id, NOON, "未交（示例）")
        document = json.loads(results.results_of(bureau, day.round_id).text)
        assert [each["expert"] for each in document["missing"]] == dropped
        archive = day.folder / "sealed.zip"
        day.seal(archive)
        alone, program = both(archive)
        assert alone.ok
        for number in dropped:
            receipt = day.laptops[number].signed[0].receipt
            assert receipt not in alone.text
            assert receipt not in program.text
        assert "未交（示例）" in program.text
        altering.close(day)
    trials.survived("A9 not merged", count)


@recipe.pytestmark
def test_an_expert_cannot_deny_a_sheet(day: Day, tmp_path: Path, trials: Trials) -> None:
    """A10: verify.py, the program and openssl alone agree on every sheet in the archive."""
    day.collect(*day.sign_all())
    closing.close_round(day.context.open_bureau, day.round_id, NOON)
    archive = tmp_path / "sealed.zip"
    day.seal(archive)
    altering.close(day)
    told = by_itself(archive)
    assert told.ok
    sheets = {n: d for n, d in files_of(archive).items() if n.endswith(".scoresheet")}
    assert len(sheets) == len(day.laptops)
    for name, data in sheets.items():
        path = forging.write(tmp_path / Path(name).name, data)
        assert recipe.checked(data, tmp_path)
        assert verify_file(path).ok
        altered = bytearray(data)
        altered[200] ^= 1
        assert not recipe.checked(bytes(altered), tmp_path)
    for laptop in day.laptops.values():
        assert laptop.signed[0].receipt in told.text
    trials.survived("A10 denied", len(sheets))


def written_as(secret: bytes) -> list[bytes]:
    """Return the ways in which a secret might be left in a file."""
    plain, web = base64.b64encode(secret), base64.urlsafe_b64encode(secret)
    return [
        secret, secret[::-1], secret.hex().encode(), secret.hex().upper().encode(),
        plain.rstrip(b"=")[:-1], web.rstrip(b"=")[:-1], str(int.from_bytes(secret)).encode(),
    ]  # fmt: skip


def test_no_private_byte_rests_in_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trials: Trials
) -> None:
    """A11: home folders, packs, papers, temporary files; only slips show a passcode."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    pack = Pack(tmp_path, 8, 3)
    with Laptop(tmp_path / "home") as machine:
        desk = machine.open(pack)
        score_all(desk)
        with desk.unit() as unit:
            key = desk.signing_key(unit)
        sign(desk, tmp_path / "usb", "", NOON)
        identity, secret = desk.pack.identity, desk.pack.enrolment
        open_files = bytes_under(tmp_path)
    everything = bytes_under(tmp_path)
    groups = pack.passcode.replace("-", "")
    secrets = [*written_as(key.to_bytes()), *written_as(secret), *written_as(desk.key)]
    secrets += [str(identity).encode(), groups.encode(), pack.passcode.encode()]
    for each in secrets:
        assert each not in open_files
        assert each not in everything
    assert repr(key).encode() not in everything
    assert key.to_bytes().hex() not in repr(key)
    trials.survived("A11 desk secrets", len(secrets))


def test_no_bureau_secret_rests_in_any_file(day: Day, trials: Trials) -> None:
    """A11: the signing key of the bureau and every enrolment secret, after a whole round."""
    altering.whole_day(day)
    with day.context.open_bureau() as unit:
        keys = [
            bureau_key(unit).to_bytes(),
            *(seat.enrolment for seat in unit.seats(day.round_id)),
        ]
    secrets = [form for key in keys for form in written_as(key)]
    found = bytes_under(day.folder)
    altering.close(day)
    found += bytes_under(day.folder)
    assert not [each for each in secrets if each in found]
    trials.survived("A11 bureau secrets", len(secrets))


CLOCKS = [
    datetime(1969, 12, 31, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(2099, 12, 31, tzinfo=UTC),
    datetime(9998, 12, 31, tzinfo=UTC),
]


def test_a_wrong_clock_changes_no_order(issued: Day, tmp_path: Path, trials: Trials) -> None:
    """F13: laptop and bureau each have any time; the later revision counts, log unbroken."""
    digests, tried = set(), 0
    pairs = [(one, other) for one in CLOCKS for other in CLOCKS if one != other]
    for first, second in pairs[:: trials.step(12)]:
        day = issued.copy(tmp_path / f"{tried}")
        bureau = day.context.open_bureau
        laptop = day.laptops["01"]
        old = laptop.content({1: 10, 2: 10, 3: 10})
        one = laptop.sign(day.folder, at(old, first))
        two = laptop.sign(day.folder, at(laptop.content({1: 90, 2: 90, 3: 90}), second))
        verdicts = collect(bureau, day.round_id, [one], second)
        verdicts += collect(bureau, day.round_id, [two], first)
        assert [each.verdict for each in verdicts] == [Verdict.RECEIVED, Verdict.SUPERSEDES]
        closing.close_round(bureau, day.round_id, second, "示例")
        document = json.loads(results.results_of(bureau, day.round_id).text)
        digests.add(tuple(each["exact"] for each in document["applications"]))
        day.seal(day.folder / "x.zip", first)
        assert both(day.folder / "x.zip")[0].ok
        altering.close(day)
        tried += 1
    assert digests == {("90", "90", "90")}
    trials.survived("F13 clocks", tried)


def at(content: SheetContent, moment: datetime) -> SheetContent:
    return replace(content, signed_at=moment)


SECRETS = {"identity", "enrolment", "passcode", "salt"}
OPEN = {
    "AssignedApplication.salt",  # stands in every pack that has the application
    "PackHeader.salt",  # stands in the open head of a pack
    "Stretching.salt",  # lies beside the key that it stretches
    "Typed.salt",  # stands in the entry once both have typed
}


def shown_secrets() -> set[str]:
    """Return the fields by these names that would show in a message with their object."""
    found = set()
    for module in list(sys.modules.values()):
        for kind in list(vars(module).values()):
            if isinstance(kind, type) and str(kind.__module__).startswith("reviewer_app."):
                fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
                shown = {f.name for f in fields if f.repr} & SECRETS
                found |= {f"{kind.__name__}.{name}" for name in shown}
    return found


def test_what_holds_a_secret_does_not_show_it() -> None:
    """A11: a bug's message may name any object, and goes into the log and the report."""
    for command in app.COMMANDS:
        app.build_parser([command])
    assert {"OpenPack", "SeatRecord"} <= vars(pack).keys() | vars(records).keys()
    assert shown_secrets() <= OPEN


def test_neither_report_nor_log_of_a_bug_has_a_secret(tmp_path: Path, trials: Trials) -> None:
    with Laptop(tmp_path / "laptop") as machine:
        made = Pack(tmp_path)
        desk = machine.open(made)
        with desk.unit() as unit:
            key = desk.signing_key(unit)
        secrets = [form for s in (desk.key, desk.pack.enrolment, key.to_bytes())
                   for form in (repr(s), s.hex())]  # fmt: skip
        secrets += [made.passcode, desk.pack.identity]
        error = KeyError(desk, desk.pack, key)
        text = report.describe(KeyError, error, None)
    assert "KeyError" in text
    assert not [each for each in secrets if each in text]
    trials.survived("A11 bug report", len(secrets))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such file there")
def test_a_crash_writes_no_picture_of_the_memory(tmp_path: Path) -> None:
    """A11: the limit is really that of the program that runs."""
    work = (
        "import resource, sys; from reviewer_app.__main__ import main; "
        "main(['scheme', 'list', '--home', sys.argv[1]]); "
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", work, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("(0, 0)\n")
