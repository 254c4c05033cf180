"""Sealing after the kind of day on which everything happens."""

import hashlib
import json
import subprocess
import sys
import zipfile
from typing import Any

import pytest

from resources import archive_resource
from reviewer_app.core.errors import RoundStateError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from reviewer_app.papers.model import Document, PageSetup, Paragraph
from reviewer_app.papers.pdf import archival_bytes
from reviewer_app.services import (
    closing,
    deliberating,
    dossier,
    key_change,
    results,
    roster,
    rounds,
    sealing,
)
from reviewer_app.services.dossier_papers import MINUTES
from reviewer_app.services.records import OpinionRecord, RoundState
from reviewer_app.services.verification import verify_file
from reviewer_app.sheets.codes import split
from reviewer_app.sheets.keys import SigningKey
from tests.services.day import NOON, Day, Laptop, app

ROSTER = """\
[[replace]]
expert = "02"
by = "08"
reason = "突发疾病（示例）"

[[withdraw]]
expert = "03"
reason = "航班取消（示例）"

[[expert]]
number = "08"
name = "专家8（示例）"
employer = "单位8（示例）"
recused = ["03"]
"""


def a_long_day(day: Day) -> None:
    """Collect and close a round in which experts, keys and papers change."""
    bureau, points = day.context.open_bureau, {1: 80, 2: 70, 3: 60}
    paths = dict(zip(day.laptops, day.sign_all(), strict=True))
    day.collect(paths["01"], paths["02"])
    (day.folder / "ROSTER.toml").write_text(ROSTER, "utf-8")
    slips = day.folder / "slips-v2.csv"
    places = roster.Places(day.folder / "packs-v2", slips)
    changed = roster.change_roster(
        bureau, day.round_id, day.folder / "ROSTER.toml", places, NOON
    )
    day.open_packs(changed.packs, slips)
    day.collect(paths["03"])
    scan = day.folder / "scan.txt"
    scan.write_text("\n".join(split(day.laptops["04"].signed[0].sheet)), "utf-8")
    day.collect(scan)
    key_change.accept_next_key(bureau, day.round_id, ExpertNumber("01"), "换电脑（示例）", NOON)
    fresh = Laptop(day.laptops["01"].pack, SigningKey.generate())
    day.collect(fresh.sign(day.folder, fresh.content({1: 85, 2: 70, 3: 60})))
    newcomer = day.laptops["08"]
    day.collect(newcomer.sign(day.folder, newcomer.content(points)))
    closing.close_round(bureau, day.round_id, NOON, "05 未到（示例）")
    day.collect(paths["05"], late_reason="U盘晚到（示例）")
    votes = [CastVote("01", each, Vote(Choice.APPROVE)) for each in ("01", "04", "05")]
    deliberating.record_votes(bureau, day.round_id, [*votes, Ballots("02", 3, 1, 0)], NOON)
    late = day.laptops["05"]
    recused = late.sign(day.folder, late.content(points, recused=(1,)))
    day.collect(recused, late_reason="事后发现关联（示例）")
    opinion = OpinionRecord(
        day.round_id, app(1), "总体（示例）", "问题（示例）", "建议（示例）"
    )
    deliberating.record_opinion(bureau, opinion, NOON)


def test_the_archive_of_a_long_day_proves_itself_twice(day: Day) -> None:
    a_long_day(day)
    archive = day.folder / "archive.zip"
    sealed = day.seal(archive)
    assert not verify_file(archive).failed
    alone = subprocess.run(
        [sys.executable, "-I", str(archive_resource("verify.py")), str(archive)],
        capture_output=True,
        check=False,
    )
    assert alone.returncode == 0, alone.stdout.decode()[-2000:]
    found = results.results_of(day.context.open_bureau, day.round_id)
    assert found.digest == sealed.results_digest
    assert {
        each.number: [sheet.expert for sheet in each.sheets]
        for each in found.tally.applications
    } == {"01": ["01", "04", "08"], "02": ["01", "04", "05", "08"], "03": ["01", "04", "05"]}
    vote = found.tally.of("01").vote
    assert vote is not None
    assert (vote.approve, vote.entitled) == (2, 3)
    unvoted = sum(each.vote is None for each in found.tally.applications)
    assert 0 < unvoted < 3
    assert (sealed.without_vote, sealed.without_opinion) == (unvoted, 2)


def test_votes_recorded_while_papers_are_printed_stop_the_sealing(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau = day.context.open_bureau
    day.collect(*day.sign_all())
    closing.close_round(bureau, day.round_id, NOON)

    def while_printing(*_arguments: Any) -> dict[str, bytes]:
        deliberating.record_votes(bureau, day.round_id, [Ballots("01", 5, 0, 0)], NOON)
        return {}

    monkeypatch.setattr(sealing, "make_dossier", while_printing)
    archive = day.folder / "archive.zip"
    with pytest.raises(RoundStateError, match="changed since"):
        sealing.seal(bureau, day.round_id, archive, NOON)
    assert not archive.exists()
    view = rounds.show_round(bureau, day.round_id)
    assert view.state is RoundState.CLOSED


def test_the_log_names_the_minutes_that_carry_the_results(day: Day) -> None:
    day.collect(*day.sign_all())
    closing.close_round(day.context.open_bureau, day.round_id, NOON)
    found = results.results_of(day.context.open_bureau, day.round_id)
    document = Document("纪要（示例）", PageSetup(), (Paragraph("纪要"),))
    minutes = archival_bytes(document, {"results.json": found.text})
    printed = dossier.Printed(found.digest, {f"{MINUTES}.pdf": minutes})
    archive = day.folder / "archive.zip"
    sealing.seal(day.context.open_bureau, day.round_id, archive, NOON, printed)
    assert verify_file(archive).ok
    with zipfile.ZipFile(archive) as files:
        named = json.loads(files.read("log.jsonl").splitlines()[-1])["details"]["minutes"]
    assert named == hashlib.sha256(minutes).hexdigest()
