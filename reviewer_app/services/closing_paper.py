"""The closing statement (封存单) on paper."""

from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.papers.closing import ClosingFacts, ClosingRow, closing_paper
from reviewer_app.papers.model import Document
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.services import printed
from reviewer_app.services.closing import ClosingStatement, SeatState, SeatStatus

_STATES = {
    SeatState.RECEIVED: "已收",
    SeatState.MISSING: "未收",
    SeatState.WITHDRAWN: "已更换或退出",
}


def closing_document(statement: ClosingStatement, now: datetime) -> Document:
    """Return the statement that supervisor and experts sign by hand."""
    people = statement.people
    serving = [s for s in statement.standing.seats if s.state is not SeatState.WITHDRAWN]
    received = [seat for seat in serving if seat.state is SeatState.RECEIVED]
    return closing_paper(
        ClosingFacts(
            round_title=statement.title,
            organiser=statement.organiser,
            closed_at=printed.moment(statement.at),
            expected=len(serving),
            received=len(received),
            rows=tuple(_row(seat) for seat in statement.standing.seats),
            log_head=statement.log_head,
            round_fingerprint=statement.fingerprint,
            bureau_fingerprint=statement.bureau_fingerprint,
            printed_at=printed.moment(now),
            signers=(
                ("监督员：", people.supervisor),
                ("主持人：", people.host),
                ("秘书：", people.secretary),
            ),
            reasons=(statement.reason,) if statement.reason else (),
        )
    )


def write_closing_statement(statement: ClosingStatement, path: Path, now: datetime) -> None:
    """Write the closing statement as PDF."""
    make_folder(path.parent)
    write_pdf(closing_document(statement, now), path)


def _row(seat: SeatStatus) -> ClosingRow:
    notes = [seat.withdrawn] if seat.withdrawn else []
    if seat.superseded:
        notes.append(f"此前 {len(seat.superseded)} 版已被替换")
    if seat.comments_pending:
        notes.append("评语待补")
    return ClosingRow(
        number=seat.expert,
        name=seat.name,
        state=_STATES[seat.state],
        revision=str(seat.revision or ""),
        receipt=seat.receipt,
        key_fingerprint=seat.key_fingerprint,
        note="；".join(notes),
    )
