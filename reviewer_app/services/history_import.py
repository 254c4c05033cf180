"""Results of earlier years from their archives: verified, then kept with the units reviewed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import ArchiveError, ConflictError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.core.safe_zip import shown
from reviewer_app.services.archive_verification import examine_archive
from reviewer_app.services.history import published_results
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import HistoryRecord
from reviewer_app.services.results import Results
from reviewer_app.sheets.keys import fingerprint


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One archive's round, as it stands in the history now."""

    round_id: RoundId
    title: str
    date: date
    results: int
    """How many results of units it has."""
    new: bool
    """False where all of them were known before; nothing was changed then."""
    archive: str
    """SHA-256 of the archive's file."""
    bureau_key: str
    """Fingerprint of the key that signed it, to be compared with that year's minutes."""


def take_in_archive(bureau: OpenBureau, path: Path, bureau_key: str = "") -> TakenIn:
    """Verify a sealed archive and keep its results as those of an earlier round, once.

    ``bureau_key`` is the fingerprint printed in that year's minutes. Raises ArchiveError where
    one check does not hold, ConflictError where other results of the round are kept here.
    """
    digest = _digest(path)
    results = _verified(path, bureau_key)
    if _digest(path) != digest:
        raise ArchiveError(
            _("“{name}” changed while it was read; repeat").format(name=shown(path.name))
        )
    document = results.seating.round.document
    signer = fingerprint(document.bureau_key)
    records = [
        replace(each, archive=digest, bureau_key=signer) for each in published_results(results)
    ]
    if not records:
        raise ArchiveError(
            _("“{name}” has no result of a named unit; there is nothing to keep").format(
                name=shown(path.name)
            )
        )
    new = _keep(bureau, document.round_id, records)
    title, day = document.title, document.date
    return TakenIn(document.round_id, title, day, len(records), new, digest, signer)


def _verified(path: Path, bureau_key: str) -> Results:
    """Return the results as derived again from the archive's signed sheets."""
    checklist, results = examine_archive(path, bureau_key)
    failed = next((check for check in checklist.checks if not check.ok), None)
    if failed is not None or results is None:
        raise ArchiveError(
            _("“{name}” was not taken in, it is no intact archive: {why}").format(
                name=shown(path.name), why=failed.detail if failed else _("no results in it")
            )
        )
    return results


def _keep(bureau: OpenBureau, round_id: RoundId, records: Sequence[HistoryRecord]) -> bool:
    """Keep the records unless the same are here; tell whether that changed anything."""
    with bureau() as unit:
        known = unit.history_of_round(round_id)
        if known:
            if set(map(_result, known)) == set(map(_result, records)):
                return False
            raise ConflictError(
                _(
                    "Other results of “{title}” are kept here already; nothing was changed"
                ).format(title=shown(records[0].round_title))
            )
        unit.put_history(records)
        unit.commit()
    return True


def _result(record: HistoryRecord) -> HistoryRecord:
    """Return the record without where it came from."""
    return replace(record, archive="", bureau_key="")


def _digest(path: Path) -> str:
    if path.is_dir():
        raise ArchiveError(
            _("“{name}” is a folder; choose the archive's ZIP file").format(
                name=shown(path.name)
            )
        )
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise disk_fault(error, path) from None
