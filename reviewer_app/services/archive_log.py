"""An archive's log held against its sheets, its closing statement and its scans."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.safe_zip import shown
from reviewer_app.services.archive_documents import LoggedEntry, under
from reviewer_app.services.removing import void_before
from reviewer_app.services.stages import ENDED, FIRST, OPENED
from reviewer_app.sheets import archive
from reviewer_app.sheets.archive import Contents
from reviewer_app.sheets.assignment_document import VerifiedAssignment
from reviewer_app.sheets.chain import Step, check_key, next_step
from reviewer_app.sheets.paper_entry import CountedSheet, EnteredSheet
from reviewer_app.sheets.roster_document import VerifiedRoster
from reviewer_app.sheets.round_document import VerifiedRound
from reviewer_app.sheets.score_sheet import VerifiedSheet

ISSUED, RECEIVED, KEY_ACCEPTED = "round-issued", "sheet-received", "key-accepted"
ENTERED, REISSUED = "paper-entered", "pack-reissued"
CLOSED, SCAN = "round-closed", "scan-attached"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything signed in an archive, opened and believed on its own."""

    round: VerifiedRound
    rosters: Sequence[VerifiedRoster]
    assignments: Mapping[ExpertNumber, VerifiedAssignment]
    sheets: Mapping[str, VerifiedSheet]
    """By file name."""
    log: Sequence[LoggedEntry]
    closing: Mapping[str, str]
    entries: Mapping[str, EnteredSheet] = field(default_factory=dict)
    """What was typed in from paper forms, by file name."""

    @property
    def answers(self) -> dict[str, CountedSheet]:
        """Return everything that may count, signed or typed in, by its digest."""
        every: list[CountedSheet] = [*self.sheets.values(), *self.entries.values()]
        return {sheet.digest.hex(): sheet for sheet in every}


def void_notes(evidence: Evidence) -> list[str]:
    """Return in words which issue was made void before this one, or of this round itself."""
    words = {
        True: _("This round takes the place of round {before}, made void: {reason}"),
        False: _("The issue of this round was made void and taken back: {reason}"),
    }
    return [
        words[bool(each.before)].format(before=shown(each.before), reason=shown(each.reason))
        for each in void_before(line.entry for line in evidence.log)
    ]


def check_received(evidence: Evidence) -> tuple[str, None]:
    """Hold the sheets against the log: what was received is there, and nothing besides."""
    by_digest = {sheet.digest.hex(): name for name, sheet in evidence.sheets.items()}
    if len(by_digest) != len(evidence.sheets):
        raise ArchiveError(_("the same sheet is there twice"))
    issued = [line.entry.details for line in evidence.log if line.entry.event == ISSUED]
    if len(issued) != 1 or issued[0].get("round") != evidence.round.digest.hex():
        raise ArchiveError(_("the log does not tell of this round's issue"))
    if not all(each.reason for each in void_before(line.entry for line in evidence.log)):
        raise ArchiveError(_("an issue was made void without a reason"))
    logged = set()
    for line in evidence.log:
        if line.entry.event == RECEIVED:
            logged.add(_logged_sheet(line, by_digest, evidence))
    for digest, name in by_digest.items():
        if digest not in logged:
            raise ArchiveError(
                _("{file} is not in the log as received").format(file=shown(name))
            )
    return _("the {count} sheets of the log are there, none besides").format(
        count=len(logged)
    ), None


def check_revisions(evidence: Evidence) -> tuple[str, None]:
    """Admit the sheets again in the order of the log: keys, chains, late ones with a reason."""
    by_digest = evidence.answers
    accepted: dict[str, list[CountedSheet]] = {}
    pinned: dict[str, bytes] = {}
    sheets_only = set[str]()
    """Experts with a new pack: it opens the door to sheets made from it, not to an entry."""
    closed, second = False, None
    for line in evidence.log:
        details, event = line.entry.details, line.entry.event
        expert = str(details.get("expert", ""))
        closed = closed or event == CLOSED
        if event in (OPENED, ENDED):
            second = event == OPENED
        if event in (KEY_ACCEPTED, REISSUED):
            need_reason(details.get("reason"), expert)
            pinned.pop(expert, None)
            sheets_only.discard(expert)
            if event == REISSUED and expert in accepted and accepted[expert][-1].public_key:
                sheets_only.add(expert)
        sheet = by_digest.get(str(details.get("digest", "")))
        if sheet is None or event not in (RECEIVED, ENTERED):
            continue
        again = sheet.content.stage > FIRST and second is not None
        if not second if again else closed:
            need_reason(details.get("late"), expert)
        if event == ENTERED and expert in sheets_only:
            check_key(sheet, accepted[expert][-1].public_key)
        sheets_only.discard(expert)
        check_key(sheet, pinned.setdefault(expert, sheet.public_key))
        if next_step(accepted.setdefault(expert, []), sheet) is Step.DUPLICATE:
            raise ArchiveError(
                _("the log has the same sheet of expert {expert} twice").format(expert=expert)
            )
        accepted[expert].append(sheet)
    return _("revisions unbroken, one key for each expert unless a reason is given"), None


def check_closing(evidence: Evidence) -> tuple[str, None]:
    """Hold the head printed on the closing statement against the log."""
    closed = [line for line in evidence.log if line.entry.event == CLOSED]
    if len(closed) != 1:
        raise ArchiveError(_("the log does not tell of exactly one closing"))
    if closed[0].head != evidence.closing["log_head"]:
        raise ArchiveError(_("the head of the closing statement is not that of the closing"))
    if closed[0].entry.details.get("reason", "") != evidence.closing["reason"]:
        raise ArchiveError(_("the reason of the closing is not that of the log"))
    return _("the head of the closing statement is in the log: {head}").format(
        head=closed[0].head
    ), None


def check_scans(evidence: Evidence, contents: Contents) -> tuple[str, None]:
    """Hold the scans of hand-signed papers against the log."""
    entries = [line.entry for line in evidence.log if line.entry.event == SCAN]
    logged = {
        f"{archive.SCANS}{e.details.get('file')}": e.details.get("digest") for e in entries
    }
    present = under(contents, archive.SCANS)
    for name in sorted(set(logged) ^ set(present)):
        raise ArchiveError(
            _("{file} is in the log or here, not in both").format(file=shown(name))
        )
    for name in present:
        if hashlib.sha256(contents.read(name)).hexdigest() != logged[name]:
            raise ArchiveError(
                _("{file} is not what the log says of it").format(file=shown(name))
            )
    return _("{count} scan(s) of hand-signed papers, as in the log").format(
        count=len(present)
    ), None


def need_reason(reason: object, expert: str) -> None:
    """Refuse an absence, a second key or a late sheet that nobody gave a reason for."""
    if not reason:
        raise ArchiveError(
            _("expert {expert}: a sheet or key out of the ordinary has no reason").format(
                expert=expert
            )
        )


def _logged_sheet(line: LoggedEntry, by_digest: Mapping[str, str], evidence: Evidence) -> str:
    details = line.entry.details
    digest = str(details.get("digest", ""))
    if digest not in by_digest:
        raise ArchiveError(
            _(
                "expert {expert}'s sheet with receipt {receipt} is in the log, but not here"
            ).format(
                expert=shown(str(details.get("expert"))),
                receipt=shown(str(details.get("receipt"))),
            )
        )
    sheet = evidence.sheets[by_digest[digest]]
    own = (sheet.assignment.document.expert.number, sheet.content.revision, sheet.receipt)
    if own != tuple(details.get(key) for key in ("expert", "revision", "receipt")):
        raise ArchiveError(
            _("{file} is not what the log says of it").format(file=shown(by_digest[digest]))
        )
    return digest
