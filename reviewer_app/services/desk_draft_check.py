"""Whether the work in a draft can lie on a desk: its marks, its texts, its signed sheets."""

from reviewer_app.core.errors import DraftError, InputError, MarkError, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft_data import DeskWork
from reviewer_app.services.desk_scoring import Remarks, check_answer, check_remarks
from reviewer_app.sheets.score_sheet import VerifiedSheet, verify_sheet


def check_work(desk: Desk, work: DeskWork) -> None:
    """Pass what this desk could have made itself; raises DraftError with the place."""
    gone = {recusal.application for recusal in work.recusals}
    named = gone | {number for number, _text in work.notes}
    if not named <= desk.assigned.keys():
        raise DraftError(_("it names an application that is not in this pack"))
    try:
        for record in work.marks:
            where = f"{record.application} {record.indicator}"
            if record.application in gone:
                raise DraftError(_("it marks an application that was stepped back from"))
            check_answer(desk, record.application, record.indicator, record.mark)
            check_remarks(Remarks(record.comment, record.reason, record.citations), where)
        for number, text in work.notes:
            check_text(text, number, lines=True)
    except (InputError, MarkError) as error:
        raise DraftError(str(error)) from None
    _check_chain(desk, work)


def _check_chain(desk: Desk, work: DeskWork) -> None:
    """Refuse signed sheets that are not one chain under the key of the draft."""
    before: VerifiedSheet | None = None
    for place, record in enumerate(work.signed, start=1):
        try:
            sheet = verify_sheet(record.file, desk.pack.round, desk.pack.assignment)
        except SheetRefusedError as error:
            raise DraftError(str(error)) from None
        content = sheet.content
        linked = content.previous == (before.digest if before else None)
        mine = sheet.public_key == work.key.public
        if not (linked and mine and content.revision == record.revision == place):
            raise DraftError(_("its signed sheets are not one chain of revisions"))
        before = sheet
