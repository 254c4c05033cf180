"""Accepted sheets as the archive keeps them: files as received, entries as settled."""

from reviewer_app.services.records import SheetRecord, SheetSource
from reviewer_app.services.seating import Seating
from reviewer_app.sheets.archive import ArchivedSheet
from reviewer_app.sheets.score_sheet import sheet_file


def archived_sheets(seating: Seating) -> list[ArchivedSheet]:
    """Return every signed sheet in the order of arrival, superseded ones included."""
    return [
        _archived(each, sheet_file(each.sheet, each.comments))
        for each in seating.records
        if each.source is not SheetSource.REENTERED
    ]


def archived_entries(seating: Seating) -> list[ArchivedSheet]:
    """Return every form that was typed in from paper, in the order of arrival."""
    return [
        _archived(each, each.sheet)
        for each in seating.records
        if each.source is SheetSource.REENTERED
    ]


def _archived(record: SheetRecord, file: bytes) -> ArchivedSheet:
    return ArchivedSheet(record.expert, record.stage, record.revision, file)
