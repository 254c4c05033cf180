"""Hold what is kept against what the log says was received and recorded.

Signed documents speak for themselves. Votes, opinions, people, scans and the closing are only
rows of the database; the log carries a hash of each, so that rows changed outside the program
are found before a figure is shown. Whoever rewrites the whole log as well meets the head on the
closing statement that was signed by hand; what followed it meets the hand-signed minutes.
"""

import hashlib
from collections.abc import Iterable, Sequence

from reviewer_app.core.errors import StorageError
from reviewer_app.core.messages import _
from reviewer_app.core.people import RoundPeople, people_to_data
from reviewer_app.core.round import RoundId, RoundPlan
from reviewer_app.services.ports import BureauUnit
from reviewer_app.services.records import (
    ClosingRecord,
    OpinionRecord,
    SheetRecord,
    SheetSource,
    VoteRecord,
)
from reviewer_app.services.rounds import plan_of
from reviewer_app.sheets import json_text
from reviewer_app.sheets.log import LogEntry, check_log, line_hash, read_line

PEOPLE = "people-recorded"


def votes_digest(records: Iterable[VoteRecord]) -> str:
    """Return the hash of recorded votes, whatever their order, as the log carries it."""
    return _digest(
        sorted(
            [each.application, each.expert, *_counts(each), each.reservation]
            for each in records
        )
    )


def _counts(record: VoteRecord) -> tuple[int, int, int]:
    return record.approve, record.reject, record.abstain


def opinion_digest(record: OpinionRecord) -> str:
    """Return the hash of one opinion, as the log carries it."""
    return _digest([record.overall, record.problems, record.advice, record.dissent])


def people_digest(people: RoundPeople) -> str:
    """Return the hash of the people of the day, as the log carries it."""
    return _digest(people_to_data(people))


def overrides_digest(overrides: Iterable[tuple[str, str]]) -> str:
    """Return the hash of the checks set aside with their reasons, as the log carries it."""
    return _digest(sorted([check, reason] for check, reason in overrides))


def refuse_altered(unit: BureauUnit, round_id: RoundId, closing: ClosingRecord) -> None:
    """Raise StorageError where sheets, votes, opinions, scans, closing differ from the log."""
    lines = [record.line for record in unit.log(round_id)]
    check_log(lines)
    entries = [read_line(line).entry for line in lines]
    _check_closing(lines, entries, closing)
    _compare(
        _("score sheets"),
        [
            f"{each.details['digest']} {each.details.get('document', '')}"
            for each in entries
            if each.event in {"sheet-received", "paper-entered"}
        ],
        [f"{each.digest.hex()} {_document(each)}" for each in unit.sheets(round_id)],
    )
    votes = unit.votes(round_id)
    _compare(
        _("votes"),
        [str(each.details.get("digest")) for each in _of(entries, "votes-recorded")[-1:]],
        [votes_digest(votes)] if votes or _of(entries, "votes-recorded") else [],
    )
    _compare(
        _("opinions"),
        _latest(_of(entries, "opinion-recorded"), "application"),
        [f"{each.application} {opinion_digest(each)}" for each in unit.opinions(round_id)],
    )
    _check_plan(entries, plan_of(unit.round(round_id)))
    _compare(
        _("attached scans"),
        _latest(_of(entries, "scan-attached"), "file"),
        [
            f"{each.name} {hashlib.sha256(each.data).hexdigest()}"
            for each in unit.attachments(round_id)
        ],
    )


def _check_plan(entries: Sequence[LogEntry], plan: RoundPlan) -> None:
    """Hold what the minutes print of the plan: its people, and the checks set aside."""
    people = [str(each.details.get("digest")) for each in _of(entries, PEOPLE)[-1:]]
    _compare(
        _("people of the day"),
        people or [people_digest(RoundPeople())],
        [people_digest(plan.people)],
    )
    begun = [each for each in entries if each.event in {"round-issued", "round-imported"}]
    told = [str(each.details["overrides"]) for each in begun if "overrides" in each.details]
    if told:
        _compare(_("checks set aside"), told, [overrides_digest(plan.overrides)])


def _document(record: SheetRecord) -> str:
    """Return the hash of an entry's whole file: no signature of an expert holds it."""
    if record.source is not SheetSource.REENTERED:
        return ""
    return hashlib.sha256(record.sheet).hexdigest()


def _check_closing(
    lines: Sequence[bytes], entries: Sequence[LogEntry], closing: ClosingRecord
) -> None:
    _compare(
        _("closing"),
        [
            f"{line_hash(line)} {each.details['reason']} {each.at:%Y-%m-%dT%H:%M:%S}"
            for line, each in zip(lines, entries, strict=True)
            if each.event == "round-closed"
        ],
        [f"{closing.log_head} {closing.reason} {closing.at:%Y-%m-%dT%H:%M:%S}"],
    )


def _of(entries: Iterable[LogEntry], event: str) -> list[LogEntry]:
    return [each for each in entries if each.event == event]


def _latest(entries: Iterable[LogEntry], key: str) -> list[str]:
    """Return what the log says last about each thing named in ``key``."""
    found = {each.details[key]: each.details.get("digest") for each in entries}
    return [f"{name} {digest}" for name, digest in found.items()]


def _compare(what: str, logged: Iterable[str], kept: Iterable[str]) -> None:
    if sorted(logged) != sorted(kept):
        raise StorageError(
            _(
                "What is kept as {what} of this round is not what its log says: the database "
                "was changed outside this program; go back to a backup"
            ).format(what=what)
        )


def _digest(data: object) -> str:
    return hashlib.sha256(json_text.encode(data)).hexdigest()
