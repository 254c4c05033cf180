"""A round's sheets as a panel to be tallied: those that count, each under its own scheme."""

from typing import TYPE_CHECKING, cast

from reviewer_app.core.adjust import for_application
from reviewer_app.core.round import Change, ExpertNumber
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet
from reviewer_app.services.seating import Seating
from reviewer_app.sheets.paper_entry import CountedSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer_app.core.marks import Mark
    from reviewer_app.core.scheme import Scheme


def panel_of(seating: Seating) -> Panel:
    """Return what is tallied: the sheets that count, each application under its own scheme."""
    scheme = seating.round.document.scheme
    under: dict[tuple[Change, ...], Scheme] = {}
    applications = []
    for number in seating.round.document.applications:
        application = seating.applications.get(number)
        if application is None:
            applications.append(PanelApplication(number, scheme))
            continue
        changes = application.changes
        if changes not in under:
            under[changes] = for_application(scheme, changes)
        facts, category = application.facts, application.category
        applications.append(PanelApplication(number, under[changes], facts, category))
    sheets = tuple(
        PanelSheet(
            expert,
            _marks(seating, expert, sheet),
            _role(seating, expert),
        )
        for expert, sheet in seating.counted.items()
    )
    return Panel(tuple(applications), sheets)


def _marks(
    seating: Seating, expert: ExpertNumber, sheet: CountedSheet
) -> "Mapping[str, Mapping[str, Mark]]":
    """Return the marks that count: none of what the expert stepped back from since."""
    marks = cast("Mapping[str, Mapping[str, Mark]]", sheet.content.marks)
    gone = {str(number) for number in seating.stepped_back[expert] if number in marks}
    return {n: each for n, each in marks.items() if n not in gone} if gone else marks


def _role(seating: Seating, expert: ExpertNumber) -> str:
    specialism = seating.expert(expert).specialism
    return specialism.value if specialism else ""
