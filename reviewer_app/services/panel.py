"""A round's sheets as a panel to be tallied: those that count, each under its own scheme."""

from reviewer_app.core.adjust import for_application
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.tally import Panel, PanelApplication, PanelSheet
from reviewer_app.services.seating import Seating


def panel_of(seating: Seating) -> Panel:
    """Return what is tallied: the sheets that count, each application under its own scheme."""
    scheme = seating.round.document.scheme
    applications = []
    for number in seating.round.document.applications:
        application = seating.applications.get(number)
        if application is None:
            applications.append(PanelApplication(number, scheme))
            continue
        applications.append(
            PanelApplication(
                number,
                for_application(scheme, application.changes),
                application.facts,
                application.category,
            )
        )
    sheets = tuple(
        PanelSheet(
            expert,
            {str(number): marks for number, marks in sheet.content.marks.items()},
            _role(seating, expert),
        )
        for expert, sheet in seating.counted.items()
    )
    return Panel(tuple(applications), sheets)


def _role(seating: Seating, expert: ExpertNumber) -> str:
    specialism = seating.expert(expert).specialism
    return specialism.value if specialism else ""
