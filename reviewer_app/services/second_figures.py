"""What a second scoring rests on: how the first panel's marks lie, and both results."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reviewer_app.core.feedback import PanelFigures, middle_of
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.tally import Panel
from reviewer_app.core.tally_quick import quick_tally
from reviewer_app.core.tally_results import ApplicationResult
from reviewer_app.services.panel import panel_of
from reviewer_app.services.seating import Seating
from reviewer_app.services.stages import FIRST, OPENED, SECOND, second_rules
from reviewer_app.sheets.log import LogEntry

_ANSWERS = {"sheet-received", "paper-entered"}


def as_opened(seating: Seating, log: Iterable[LogEntry]) -> Seating:
    """Return the round as it was when the second scoring was opened: the first alone counts."""
    known: set[str] = set()
    for each in log:
        if each.event == OPENED:
            break
        if each.event in _ANSWERS:
            known.add(str(each.details.get("digest")))
    records = tuple(each for each in seating.records if each.digest.hex() in known)
    return replace(seating, records=records, most=FIRST)


def panel_figures(seating: Seating) -> tuple[PanelFigures, ...]:
    """Return how totals and marks of the sheets that count lie, for every application."""
    panel = panel_of(seating)
    found = quick_tally(panel, seating.round.document.rules, ())
    schemes = {each.number: each.scheme for each in panel.applications}
    return tuple(_figures(panel, schemes[each.number], each) for each in found.applications)


def _figures(panel: Panel, scheme: Scheme, result: ApplicationResult) -> PanelFigures:
    given = [marks for _sheet, marks in panel.sheets_for(result.number)]
    indicators = []
    for leaf in scheme.indicators():
        marks = [each[leaf.code].value for each in given if leaf.code in each]
        scored = [value for value in marks if value is not None]
        indicators.append((leaf.code, middle_of(scored)))
    whole = [each.total for each in result.sheets if not each.partial]
    return PanelFigures(result.number, middle_of(whole), tuple(indicators))


def second_data(seating: Seating) -> dict[str, Any]:
    """Return what results.json says of a second scoring; nothing before it has ended."""
    if seating.second is None or seating.second.is_open:
        return {}
    rules = seating.round.document.rules
    return {
        "second": {
            "counts": second_rules(rules).counts.value,
            "kept": kept_first(seating),
            "scorings": [
                {"stage": stage, "applications": _results(replace(seating, most=stage))}
                for stage in (FIRST, SECOND)
            ],
        }
    }


def kept_first(seating: Seating) -> list[str]:
    """Return the experts who handed in once and did not score again, by number."""
    return _last_in(seating, FIRST)


def scored_again(seating: Seating) -> list[str]:
    """Return the experts whose sheet of the second scoring is here, by number."""
    return _last_in(seating, SECOND)


def _last_in(seating: Seating, stage: int) -> list[str]:
    return [
        seat.expert
        for seat in seating.active
        if (found := seating.at_stage(seat.expert, SECOND)) is not None
        and found.sheet.content.stage == stage
    ]


def _results(seating: Seating) -> list[dict[str, str | None]]:
    found = quick_tally(panel_of(seating), seating.round.document.rules, ())
    return [
        {
            "application": each.number,
            "exact": None if each.exact is None else str(each.exact),
            "published": each.published,
        }
        for each in found.applications
    ]
