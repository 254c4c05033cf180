"""What a tally starts from: the applications with their schemes, and the experts' marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviewer_app.core.errors import MarkError
from reviewer_app.core.mark_table import MarkTable
from reviewer_app.core.marks import Mark
from reviewer_app.core.messages import _
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.core.scoring import check_mark


@dataclass(frozen=True, slots=True)
class PanelApplication:
    """One application with the scheme that holds for it, its own changes already made."""

    number: str
    scheme: Scheme
    facts: Sequence[Fact] = ()
    category: str = ""


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """One expert's marks by application and indicator; ``role`` is the expert's specialism.

    An application that is not in ``marks`` was not scored: recused, absent or not assigned.
    """

    expert: str
    marks: Mapping[str, Mapping[str, Mark]]
    role: str = ""

    @property
    def count(self) -> int:
        """Return how many marks there are."""
        if isinstance(self.marks, MarkTable):
            return len(self.marks.codes)
        return sum(map(len, self.marks.values()))


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is tallied; the order of the sheets never changes a result."""

    applications: tuple[PanelApplication, ...]
    sheets: tuple[PanelSheet, ...] = field(default=())

    def sheets_for(self, application: str) -> Iterator[tuple[PanelSheet, Mapping[str, Mark]]]:
        """Yield the sheets that scored this application, with their marks for it."""
        for sheet in self.sheets:
            marks = sheet.marks.get(application)
            if marks is not None:
                yield sheet, marks

    def specialised(self) -> bool:
        """Tell whether some indicator is asked only of certain specialisms."""
        schemes = {id(each.scheme): each.scheme for each in self.applications}.values()
        return any(leaf.specialisms for scheme in schemes for leaf in scheme.indicators())


def asked_of(indicator: Indicator, role: str) -> bool:
    """Tell whether an expert of this specialism is asked for the indicator."""
    return not indicator.specialisms or role in indicator.specialisms


def check_panel(panel: Panel) -> None:
    """Refuse marks outside their scale, of unknown indicators or applications, before any sum.

    Raises MarkError with the place: expert, application and indicator.
    """
    known = {application.number for application in panel.applications}
    for sheet in panel.sheets:
        for number in sheet.marks:
            if number not in known:
                raise MarkError(
                    _("Expert {expert}: there is no application {application}").format(
                        expert=sheet.expert, application=number
                    )
                )
    for application in panel.applications:
        leaves = {leaf.code: leaf for leaf in application.scheme.indicators()}
        for sheet, marks in panel.sheets_for(application.number):
            for code, mark in marks.items():
                _check(application, sheet, leaves.get(code), code, mark)


def _check(
    application: PanelApplication,
    sheet: PanelSheet,
    indicator: Indicator | None,
    code: str,
    mark: Mark,
) -> None:
    place = _("Expert {expert}, application {application}").format(
        expert=sheet.expert, application=application.number
    )
    if indicator is None:
        raise MarkError(
            _("{place}: the scheme has no indicator {code}").format(place=place, code=code)
        )
    try:
        check_mark(indicator, mark)
    except MarkError as error:
        raise MarkError(f"{place}, {error}") from None
