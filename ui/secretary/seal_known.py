"""What is ready for the archive as the database tells it, and what is still open; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.core.messages import _, ngettext
from reviewer_app.services import bureau_log
from reviewer_app.services.closing import SeatState
from reviewer_app.services.result_papers import results_code
from reviewer_app.services.results import load_results
from reviewer_app.services.scans import experts_without_scan
from ui.secretary.bureau import Bureau
from ui.secretary.outline import RoundOutline
from ui.secretary.seal_views import SCANS, SealLine
from ui.secretary.steps import COLLECT, DELIBERATE


@dataclass(frozen=True, slots=True)
class SealKnown:
    """What was found: the points, the scans kept, the results' code, the log's lines."""

    lines: tuple[SealLine, ...]
    scans: tuple[str, ...]
    code: str
    log_lines: int

    @property
    def open_lines(self) -> tuple[SealLine, ...]:
        """Return the points that do not hold."""
        return tuple(line for line in self.lines if not line.ok)


def look_at(bureau: Bureau, outline: RoundOutline) -> SealKnown:
    """Return what is ready; every signature is verified again while the results are read."""
    round_id, plan = outline.view.id, outline.view.plan
    with bureau.open_bureau() as unit:
        results = load_results(unit, round_id)
        bureau_log.head(unit, round_id)
        log_lines = len(unit.log(round_id))
        scans = tuple(record.name for record in unit.attachments(round_id))
    votes = sum(each.vote is not None for each in results.tally.applications)
    applications = len(plan.applications)
    sheets = f"{outline.received}／{outline.expected}"
    findings = ngettext("{count} finding", "{count} findings", len(outline.flags)).format(
        count=len(outline.flags)
    )
    lines = (
        SealLine(ok=True, what=_("Rules signed before issue"), detail=outline.fingerprint),
        SealLine(
            outline.received == outline.expected, _("Sheets and signatures"), sheets, COLLECT
        ),
        SealLine(ok=True, what=_("Totals and ranks from the sheets"), detail=findings),
        SealLine(votes == applications, _("Votes"), f"{votes}／{applications}", DELIBERATE),
        SealLine(
            outline.opinions >= applications,
            _("Opinions, each with its three parts"),
            f"{outline.opinions}／{applications}",
            DELIBERATE,
        ),
        _scan_line(scans, outline),
        SealLine(
            ok=True,
            what=_("Log unbroken"),
            detail=ngettext("{count} line", "{count} lines", log_lines).format(count=log_lines),
        ),
    )
    return SealKnown(lines, scans, results_code(results), log_lines)


def _scan_line(scans: Sequence[str], outline: RoundOutline) -> SealLine:
    """Return how the scans stand; one that is missing is told by its expert."""
    found = ngettext("{count} file", "{count} files", len(scans)).format(count=len(scans))
    seats = outline.standing.seats if outline.standing else ()
    signed = {each.expert: each.name for each in seats if each.state is SeatState.RECEIVED}
    without = experts_without_scan(scans, signed)
    if not without:
        return SealLine(bool(scans), _("Scans of the hand-signed papers"), found, SCANS)
    words = ngettext(
        "No scan is named after expert {experts}",
        "No scan is named after experts {experts}",
        len(without),
    )
    numbers = "、".join(without)
    return SealLine(ok=False, what=words.format(experts=numbers), detail=found, act=SCANS)
