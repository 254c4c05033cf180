"""A sealed archive, verified by the program's own code: signatures first, then every figure."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from reviewer_app.core.messages import _
from reviewer_app.services import archive_documents as documents
from reviewer_app.services import archive_entries as entries
from reviewer_app.services import archive_log as logbook
from reviewer_app.services import archive_results as results
from reviewer_app.services.archive_log import Evidence
from reviewer_app.services.archive_manifest import check_manifest
from reviewer_app.services.archive_minutes import check_attached
from reviewer_app.services.archive_order import check_order, order_drawn
from reviewer_app.services.archive_second import check_second, second_held
from reviewer_app.services.checklist import Checklist
from reviewer_app.services.results import Results
from reviewer_app.services.seating import signer_of
from reviewer_app.sheets import archive, json_text
from reviewer_app.sheets.archive import Contents
from reviewer_app.sheets.bureau import VerifiedAssignment, VerifiedRound
from reviewer_app.sheets.keys import fingerprint
from reviewer_app.sheets.paper_entry import EnteredSheet


def verify_archive(path: Path, bureau_key: str = "") -> Checklist:
    """Return every check of an archive, a ZIP or a folder.

    ``bureau_key`` is the fingerprint printed in the minutes, sixteen hexadecimal digits;
    without it the archive can only be found intact under the key that signed it.
    """
    return examine_archive(path, bureau_key)[0]


def examine_archive(path: Path, bureau_key: str = "") -> tuple[Checklist, Results | None]:
    """Return every check of an archive, and its results derived again if it came that far.

    The results are to be used only where every check held.
    """
    checklist = Checklist()
    contents = checklist.run("container", lambda: _opened(path))
    found = _examine(checklist, contents, bureau_key) if contents is not None else None
    return checklist, found


def _opened(path: Path) -> tuple[str, Contents]:
    contents = archive.read_archive(path)
    return _("{count} files").format(count=len(contents.names())), contents


def _examine(checklist: Checklist, contents: Contents, bureau_key: str) -> Results | None:
    run = checklist.run
    round_ = run("round", lambda: documents.open_round(contents))
    if round_ is None:
        return None
    run("manifest", lambda: check_manifest(contents, round_))
    if bureau_key:
        run("bureau-key", lambda: documents.check_bureau_key(round_, bureau_key))
    closing = run("metadata", lambda: documents.read_metadata(contents, round_))
    rosters = run("roster", lambda: documents.open_rosters(contents, round_))
    if rosters is None:
        return None
    assignments = run(
        "assignments", lambda: documents.open_assignments(contents, round_, rosters)
    )
    if assignments is None:
        return None
    by_digest = {each.digest: each for each in assignments.values()}
    sheets = {}
    for name in documents.under(contents, archive.SHEETS):
        work = partial(documents.open_sheet, contents, name, round_, by_digest)
        sheet = run("sheet", work)
        if sheet is not None:
            sheets[name] = sheet
    opened = _entries(checklist, contents, round_, by_digest)
    log, own = run("log", lambda: documents.read_log(contents)), None
    if log is not None and closing is not None:
        evidence = Evidence(round_, rosters, assignments, sheets, log, closing, opened)
        own = _hold_together(checklist, evidence, contents)
    _conclude(checklist, round_.document.bureau_key, bureau_key)
    return own


def _entries(
    checklist: Checklist,
    contents: Contents,
    round_: VerifiedRound,
    by_digest: Mapping[bytes, VerifiedAssignment],
) -> dict[str, EnteredSheet]:
    found = {}
    for name in documents.under(contents, archive.ENTRIES):
        work = partial(entries.open_entry, contents, name, round_, by_digest)
        entry = checklist.run("entry", work)
        if entry is not None:
            found[name] = entry
    return found


def _hold_together(
    checklist: Checklist, evidence: Evidence, contents: Contents
) -> Results | None:
    run = checklist.run
    run("received", lambda: logbook.check_received(evidence))
    if evidence.entries or any(line.entry.event == logbook.ENTERED for line in evidence.log):
        run("entries", lambda: entries.check_entries(evidence))
        checklist.notes.extend(entries.entry_notes(evidence))
    checklist.notes.extend(logbook.void_notes(evidence))
    run("revisions", lambda: logbook.check_revisions(evidence))
    run("closing", lambda: logbook.check_closing(evidence))
    if order_drawn(evidence):
        run("order", lambda: check_order(evidence, checklist.notes))
    run("scans", lambda: logbook.check_scans(evidence, contents))
    stated = run("results", lambda: (_("results.json can be read"), _stated(contents)))
    if stated is None:
        return None
    own = run("tally", lambda: _derived(evidence, stated))
    if own is None:
        return None
    run("completeness", lambda: results.check_completeness(evidence, own))
    derived: dict[str, Any] = json_text.decode(own.text)
    run("basis", lambda: results.check_basis(stated, derived, evidence))
    run("results-sheets", lambda: results.check_rest(stated, derived, ("sheets", "missing")))
    _compare_applications(checklist, stated, derived)
    parts = results.derived_parts(stated, derived)
    run("rechecks", lambda: results.check_rest(stated, derived, parts))
    if second_held(evidence, contents):
        run("second", lambda: check_second(evidence, contents, own))
    run("marks", lambda: results.check_marks(contents.read(archive.MARKS), own))
    run("attached", lambda: check_attached(evidence, contents))
    checklist.notes.append(_("statistics.json is advisory and not derived again"))
    _list_receipts(checklist, own)
    return own


def _stated(contents: Contents) -> dict[str, Any]:
    return results.read_stated(contents.read(archive.RESULTS))


def _derived(evidence: Evidence, stated: dict[str, Any]) -> tuple[str, Results]:
    own = results.derive(evidence, stated)
    return _("{count} applications derived again; results digest {digest}").format(
        count=len(own.tally.applications), digest=own.digest
    ), own


def _compare_applications(
    checklist: Checklist, stated: dict[str, Any], derived: dict[str, Any]
) -> None:
    if len(stated["applications"]) != len(derived["applications"]):
        checklist.fail("results", _("results.json has other applications than the round"))
        return
    pairs = zip(stated["applications"], derived["applications"], strict=True)
    for left, right in pairs:
        checklist.run("result", partial(results.check_application, left, right))


def _list_receipts(checklist: Checklist, own: Results) -> None:
    for expert, sheet in sorted(own.seating.counted.items()):
        checklist.notes.append(
            _(
                "Expert {expert}: receipt {receipt}, key {key} – compare with the signed paper"
            ).format(
                expert=expert,
                receipt=sheet.receipt,
                key=signer_of(sheet) or _("none, entered from paper"),
            )
        )


def _conclude(checklist: Checklist, key: bytes, wanted: str) -> None:
    own = fingerprint(key)
    if not checklist.ok:
        sentence = _("Not intact, or altered")
    elif wanted:
        sentence = _("Intact under the bureau's key {key}, as given").format(key=own)
    else:
        sentence = _("Intact under key {key}; compare it with the minutes").format(key=own)
    checklist.notes.append(sentence)
