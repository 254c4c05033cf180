"""The order of speaking in an archive: every draw is made again from the seed in its log."""

from reviewer_app.core.errors import ArchiveError, DocumentError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import shown
from reviewer_app.core.speaking import drawn
from reviewer_app.services.archive_log import Evidence
from reviewer_app.services.speaking import DRAWN, Draw, draw_of


def order_drawn(evidence: Evidence) -> bool:
    """Tell whether the log tells of a draw."""
    return any(line.entry.event == DRAWN for line in evidence.log)


def check_order(evidence: Evidence, notes: list[str]) -> tuple[str, None]:
    """Draw every order anew; a last one that lacks applications of the round is noted."""
    draws = _draws(evidence)
    round_ = evidence.round.document
    for place, draw in enumerate(draws, 1):
        again = drawn(draw.seed, round_.round_id, draw.order)
        if len(set(draw.order)) != len(draw.order) or draw.order != again:
            raise ArchiveError(
                _("draw {number} of the order of speaking does not follow from {seed}").format(
                    number=place, seed=shown(draw.seed)
                )
            )
        if draw.number != place or (place > 1) != bool(draw.reason):
            raise ArchiveError(
                _("draw {number} of the order of speaking lacks its number or reason").format(
                    number=place
                )
            )
    if set(draws[-1].order) != set(round_.applications):
        notes.append(_("Applications changed after the order of speaking was drawn"))
    return _("order of speaking drawn again from its seed, {count} draw(s): {order}").format(
        count=len(draws), order=", ".join(map(shown, draws[-1].order))
    ), None


def _draws(evidence: Evidence) -> list[Draw]:
    try:
        return [draw_of(each.entry) for each in evidence.log if each.entry.event == DRAWN]
    except (DocumentError, KeyError, TypeError, ValueError):
        raise ArchiveError(_("the log does not tell what was drawn")) from None
