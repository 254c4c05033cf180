"""Whether the work in a draft can lie on a desk: its marks, its texts, its signed sheets."""

from reviewer_app.core.errors import (
    DocumentError,
    DraftError,
    InputError,
    MarkError,
    SheetRefusedError,
)
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft_data import DeskWork
from reviewer_app.services.desk_scoring import Remarks, check_answer, check_remarks
from reviewer_app.services.desk_second import check_feedback
from reviewer_app.services.desk_stage import FIRST_STAGE
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
    _check_feedback(desk, work)
    _check_chain(desk, work)


def _check_chain(desk: Desk, work: DeskWork) -> None:
    """Refuse signed sheets that are not one chain a scoring under the key of the draft."""
    scorings = [FIRST_STAGE, *(each.stage for each in work.feedback)]
    if [each.stage for each in work.signed] != sorted(each.stage for each in work.signed):
        raise DraftError(_("its signed sheets are not one chain of revisions"))
    before: VerifiedSheet | None = None
    for record in work.signed:
        try:
            sheet = verify_sheet(record.file, desk.pack.round, desk.pack.assignment)
        except SheetRefusedError as error:
            raise DraftError(str(error)) from None
        content = sheet.content
        if before is not None and content.stage != before.content.stage:
            before = None
        linked = content.previous == (before.digest if before else None)
        mine = sheet.public_key == work.key.public
        next_one = before.content.revision + 1 if before else 1
        staged = content.stage == record.stage in scorings
        if not (linked and mine and staged and content.revision == record.revision == next_one):
            raise DraftError(_("its signed sheets are not one chain of revisions"))
        before = sheet


def _check_feedback(desk: Desk, work: DeskWork) -> None:
    """Refuse feedback that did not open these scorings, one after the other."""
    if [each.stage for each in work.feedback] != list(range(2, len(work.feedback) + 2)):
        raise DraftError(_("its feedback is of another scoring"))
    for record in work.feedback:
        try:
            check_feedback(desk, record, work.signed)
        except (DocumentError, InputError, SheetRefusedError) as error:
            raise DraftError(str(error)) from None
