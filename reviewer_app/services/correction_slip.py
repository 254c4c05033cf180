"""The correction slip (更正单) of one correction, as a file to be printed and signed."""

from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import make_folder
from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.papers.correction import correction_paper
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.services.closed_round import load_closed
from reviewer_app.services.correction_paper import correction_facts
from reviewer_app.services.ports import OpenBureau


def write_slip(
    bureau: OpenBureau, round_id: RoundId, number: int, path: Path, now: datetime
) -> Path:
    """Write the slip of a correction that was answered, as PDF, and return its path.

    Raises NotFoundError where no new sheet has taken the old one's place.
    """
    closed = load_closed(bureau, round_id)
    asked = next((each for each in closed.wishes if each.number == number), None)
    pair = next(
        (
            each
            for each in closed.superseded
            if asked and each.old.sheet.digest.hex() == asked.sheet
        ),
        None,
    )
    if pair is None:
        raise NotFoundError(
            _("Correction {number} has no new sheet yet: there is no slip").format(
                number=number
            )
        )
    make_folder(path.parent)
    write_pdf(correction_paper(correction_facts(closed, pair, now)), path)
    return path
