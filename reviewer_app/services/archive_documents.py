"""What an archive holds, opened with the program's own readers and held against each other.

Each function checks one thing, returns a line for people with what it found, and raises a
ReviewerError otherwise. ``resources/archive/verify.py`` does the same without this program.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from reviewer_app.core.errors import ArchiveError, Refusal, ReviewerError, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.core.safe_zip import shown
from reviewer_app.sheets import archive, cbor, json_text
from reviewer_app.sheets.archive import Contents
from reviewer_app.sheets.assignment_document import (
    VerifiedAssignment,
    commitment,
    verify_assignment,
)
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.log import LogEntry, check_log, line_hash, read_line
from reviewer_app.sheets.roster_document import VerifiedRoster, check_succession, verify_roster
from reviewer_app.sheets.round_document import VerifiedRound, verify_round
from reviewer_app.sheets.score_sheet import VerifiedSheet, verify_sheet, verify_sheet_bytes

MAX_LOG_BYTES = 16 << 20
_METADATA_KEYS = {
    "bureau_key",
    "closing",
    "date",
    "format",
    "kind",
    "organiser",
    "place",
    "program",
    "round",
    "sealed",
    "title",
}
_CLOSING_KEYS = {"at", "log_head", "reason"}


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """One line of the log with its own hash."""

    head: str
    entry: LogEntry


def under(contents: Contents, folder: str) -> list[str]:
    """Return the names of the files in one folder of the archive."""
    return sorted(name for name in contents.names() if name.startswith(folder))


def open_round(contents: Contents) -> tuple[str, VerifiedRound]:
    """Return the signed round."""
    with named(archive.ROUND):
        found = verify_round(contents.read(archive.ROUND))
    return _("signature valid: {title}, round fingerprint {fingerprint}").format(
        title=shown(found.document.title), fingerprint=found.fingerprint
    ), found


def check_bureau_key(round_: VerifiedRound, wanted: str) -> tuple[str, None]:
    """Hold the signing key against the fingerprint a person read elsewhere."""
    own = fingerprint(round_.document.bureau_key)
    full = hashlib.sha256(round_.document.bureau_key).hexdigest().upper()
    if wanted.replace(" ", "").upper() not in (own.replace(" ", ""), full):
        raise ArchiveError(
            _("signed with the key {own}, not with the one given").format(own=own)
        )
    return _("signed with the key given: {own}").format(own=own), None


def read_metadata(contents: Contents, round_: VerifiedRound) -> tuple[str, Mapping[str, str]]:
    """Return the closing that the metadata state, once they agree with the round."""
    data = json_text.decode(contents.read(archive.METADATA))
    document = round_.document
    own = {
        "format": archive.METADATA_FORMAT,
        "bureau_key": document.bureau_key.hex(),
        "round": document.round_id,
        "title": document.title,
        "kind": document.kind.value,
        "organiser": document.organiser,
        "date": document.date.isoformat(),
        "place": document.place,
    }
    if not isinstance(data, dict) or set(data) != _METADATA_KEYS:
        raise ArchiveError(_("metadata.json has other fields than its format"))
    for key, value in own.items():
        if data[key] != value:
            raise ArchiveError(_("metadata.json contradicts the round: {key}").format(key=key))
    closing = data["closing"]
    if (
        not isinstance(closing, dict)
        or set(closing) != _CLOSING_KEYS
        or not all(isinstance(value, str) for value in closing.values())
    ):
        raise ArchiveError(_("metadata.json does not state the closing"))
    return _("metadata.json agrees with the round"), closing


def open_rosters(contents: Contents, round_: VerifiedRound) -> tuple[str, list[VerifiedRoster]]:
    """Return every version of the roster, each continuing the one before."""
    found = []
    for name in under(contents, archive.ROSTERS):
        with named(name):
            found.append(verify_roster(contents.read(name), round_))
    if not found or found[0].document.version != 1:
        raise ArchiveError(_("the first roster is missing"))
    for older, newer in pairwise(found):
        check_succession(older, newer)
        if newer.document.commitments != found[0].document.commitments:
            raise ArchiveError(_("a roster changes what an application is"))
    return _("{count} version(s), signatures valid, each continues the last").format(
        count=len(found)
    ), found


def open_assignments(
    contents: Contents, round_: VerifiedRound, rosters: Sequence[VerifiedRoster]
) -> tuple[str, dict[ExpertNumber, VerifiedAssignment]]:
    """Return every assignment by expert, as rosters and commitments have it."""
    opened = []
    for name in under(contents, archive.ASSIGNMENTS):
        with named(name):
            opened.append(verify_assignment(contents.read(name), round_))
    found = {each.document.expert.number: each for each in opened}
    if len(found) != len(opened):
        raise ArchiveError(_("an expert has two assignments"))
    for roster in rosters:
        _check_members(roster, found)
    _check_strangers(found, rosters)
    return _("{count} assignment(s), as the roster and its commitments have them").format(
        count=len(found)
    ), found


def open_sheet(
    contents: Contents,
    name: str,
    round_: VerifiedRound,
    assignments: Mapping[bytes, VerifiedAssignment],
) -> tuple[str, VerifiedSheet]:
    """Return one verified sheet; without comments where the archive has only its paper."""
    with named(name):
        sheet = _verified(contents.read(name), round_, assignments)
    expert = sheet.assignment.document.expert.number
    if not name.startswith(f"{archive.SHEETS}{expert}-"):
        raise ArchiveError(
            _("{file}: holds the sheet of expert {expert}").format(
                file=shown(name), expert=expert
            )
        )
    pending = "" if sheet.comments is not None else _(" (comments pending)")
    return (
        _("{file}: expert {expert}, signature, binding, marks and recusals valid").format(
            file=shown(name), expert=expert
        )
        + pending,
        sheet,
    )


def read_log(contents: Contents) -> tuple[str, list[LoggedEntry]]:
    """Return the lines of the unbroken log."""
    data = contents.read(archive.LOG)
    if len(data) > MAX_LOG_BYTES:
        raise ArchiveError(_("the log is larger than any round's can be"))
    if not data.endswith(b"\n"):
        raise ArchiveError(_("the log is empty or its last line is cut off"))
    lines = data.split(b"\n")[:-1]
    head = check_log(lines)
    found = [LoggedEntry(line_hash(line), read_line(line).entry) for line in lines]
    return _("{count} lines, unbroken, head {head}").format(count=len(found), head=head), found


@contextmanager
def named(name: str) -> Iterator[None]:
    """Put the file's name in front of what is wrong in it."""
    try:
        yield
    except ReviewerError as error:
        raise ArchiveError(f"{shown(name)}: {error}") from None


def _check_members(
    roster: VerifiedRoster, found: Mapping[ExpertNumber, VerifiedAssignment]
) -> None:
    for member in roster.document.members:
        assignment = found.get(member.expert)
        if assignment is None or assignment.digest != member.assignment_digest:
            raise ArchiveError(
                _("the assignment of expert {expert} is missing or another one").format(
                    expert=member.expert
                )
            )
        document = assignment.document
        numbers = tuple(each.application.number for each in document.applications)
        if document.expert.name != member.name or numbers != member.applications:
            raise ArchiveError(
                _("the assignment of expert {expert} contradicts the roster").format(
                    expert=member.expert
                )
            )


def _check_strangers(
    found: Mapping[ExpertNumber, VerifiedAssignment], rosters: Sequence[VerifiedRoster]
) -> None:
    """Refuse assignments of nobody on a roster, and records that break their commitment."""
    known = {member.expert for roster in rosters for member in roster.document.members}
    promised: dict[ApplicationNumber, bytes] = dict(rosters[-1].document.commitments)
    for expert, assignment in found.items():
        if expert not in known:
            raise ArchiveError(_("expert {expert} is on no roster").format(expert=expert))
        for each in assignment.document.applications:
            number = each.application.number
            if promised[number] != commitment(each.application, each.salt):
                raise ArchiveError(
                    _("application {number} of expert {expert} is not the promised one").format(
                        number=number, expert=expert
                    )
                )


def _verified(
    data: bytes, round_: VerifiedRound, assignments: Mapping[bytes, VerifiedAssignment]
) -> VerifiedSheet:
    try:
        return verify_sheet(data, round_, assignments)
    except SheetRefusedError as error:
        if error.refusal is not Refusal.COMMENTS_MISSING:
            raise
    match cbor.decode(data):
        case {1: bytes(sheet)}:
            return verify_sheet_bytes(sheet, round_, assignments)
        case _:
            raise ArchiveError(_("it is no score sheet"))
