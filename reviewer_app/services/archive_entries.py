"""An archive's paper entries (纸质补录), held against its log and its scans.

No key signed them. What can be shown: two people typed the same form, one after the other, each
typing stands in the log by its digest, and the scan of the signed form is there to compare.
"""

from collections.abc import Mapping

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import shown
from reviewer_app.services.archive_documents import LoggedEntry, named
from reviewer_app.services.archive_log import (
    ENTERED,
    SCAN,
    Evidence,
)
from reviewer_app.sheets import archive
from reviewer_app.sheets.archive import Contents
from reviewer_app.sheets.bureau import VerifiedAssignment, VerifiedRound
from reviewer_app.sheets.entry_cells import place_words
from reviewer_app.sheets.log import LogEntry
from reviewer_app.sheets.paper_entry import EnteredSheet, read_entry, typed_digests

TYPED, DROPPED = "paper-typed", "typing-dropped"
Typings = list[tuple[str, str]]
"""Who typed and the digest of what, in the order of the log."""


def open_entry(
    contents: Contents,
    name: str,
    round_: VerifiedRound,
    assignments: Mapping[bytes, VerifiedAssignment],
) -> tuple[str, EnteredSheet]:
    """Return one entry, every box of it filled as it may be; raises ArchiveError."""
    with named(name):
        entry = read_entry(contents.read(name), round_, assignments)
    expert = entry.assignment.document.expert.number
    if not name.startswith(f"{archive.ENTRIES}{expert}-"):
        raise ArchiveError(
            _("{file}: holds the sheet of expert {expert}").format(
                file=shown(name), expert=expert
            )
        )
    return (
        _(
            "{file}: expert {expert}, typed in from paper by two people; no key signed it, "
            "only the scan shows the expert's hand"
        ).format(file=shown(name), expert=expert),
        entry,
    )


def check_entries(evidence: Evidence) -> tuple[str, None]:
    """Hold every entry against the log: two typings before it, its document, its scan."""
    by_digest = {entry.digest.hex(): name for name, entry in evidence.entries.items()}
    typed: dict[tuple[object, object], Typings] = {}
    found = set()
    for line in evidence.log:
        entry, details = line.entry, line.entry.details
        place = details.get("expert"), details.get("stage")
        if entry.event == TYPED:
            typed.setdefault(place, []).append(_typing(entry))
        elif entry.event == DROPPED:
            typed.pop(place, None)
        elif entry.event == ENTERED:
            name = by_digest.get(str(details.get("digest")), "")
            _check_entry(line, name, evidence, typed.pop(place, []))
            found.add(name)
    for name in sorted(set(evidence.entries) - found):
        raise ArchiveError(_("{file} is not in the log as entered").format(file=shown(name)))
    return _("{count} paper form(s), each typed by two people as the log says").format(
        count=len(found)
    ), None


def entry_notes(evidence: Evidence) -> list[str]:
    """Return in words who typed each entry and what was settled: compare with the scan."""
    notes = []
    for name, entry in sorted(evidence.entries.items()):
        origin = entry.provenance
        settled = "; ".join(
            f"{place_words(each.application, each.indicator)} "
            f"{each.first or '—'}|{each.second or '—'} → {each.value or '—'} ({each.reason})"
            for each in origin.resolved
        )
        notes.append(
            _(
                "{file}: unsigned, typed by {first} and {second} because: {reason}; settled: "
                "{settled} – compare with the scan {scan}"
            ).format(
                file=shown(name),
                first=shown(origin.typed[0].by),
                second=shown(origin.typed[1].by),
                reason=shown(origin.reason),
                settled=shown(settled) if settled else _("nothing"),
                scan=shown(origin.scan_file),
            )
        )
    return notes


def _typing(entry: LogEntry) -> tuple[str, str]:
    return str(entry.details.get("by")), str(entry.details.get("cells"))


def _check_entry(line: LoggedEntry, name: str, evidence: Evidence, typed: Typings) -> None:
    details = line.entry.details
    if name not in evidence.entries:
        raise ArchiveError(
            _(
                "expert {expert}'s entry with receipt {receipt} is in the log, but not here"
            ).format(
                expert=shown(str(details.get("expert"))),
                receipt=shown(str(details.get("receipt"))),
            )
        )
    entry = evidence.entries[name]
    origin = entry.provenance
    own = {
        "expert": entry.assignment.document.expert.number,
        "stage": entry.content.stage,
        "revision": entry.content.revision,
        "receipt": entry.receipt,
        "document": entry.document_digest,
        "scan": origin.scan_sha256,
    }
    if any(details.get(key) != value for key, value in own.items()):
        raise ArchiveError(_("{file} is not what the log says of it").format(file=shown(name)))
    digests = typed_digests(entry.cells, origin)
    names = (each.by for each in origin.typed)
    if typed != list(zip(names, digests, strict=True)):
        raise ArchiveError(
            _("{file}: the log does not tell of these two typings").format(file=shown(name))
        )
    scans = {e.entry.details.get("digest") for e in evidence.log if e.entry.event == SCAN}
    if origin.scan_sha256 not in scans:
        raise ArchiveError(
            _("{file}: the scan of the signed form was never attached").format(file=shown(name))
        )
