"""Two applications side by side at one indicator: which two, their materials, their marks."""

from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from ui.expert.score_parts import mark_word
from ui.expert.score_views import DocumentTab
from ui.expert.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Side:
    """One application: its materials, its mark, the page cited for it here."""

    number: str
    mark: str
    documents: tuple[DocumentTab, ...]
    cited: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class BesideView:
    """The whole page; ``applications`` as (number, words)."""

    title: str
    applications: tuple[tuple[str, str], ...]
    sides: tuple[Side, Side]


class BesidePresenter:
    """Holds the indicator and the two applications."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._code = self._title = ""
        self._numbers = ["", ""]
        self.changed = _nothing

    def begin(self, number: str, code: str) -> bool:
        """Put an application beside its neighbour; tell whether there are two."""
        numbers = self._sitting.numbers()
        if len(numbers) < 2 or number not in numbers:  # noqa: PLR2004 - side by side
            return False
        place = numbers.index(number)
        neighbour = numbers[place - 1] if place else numbers[1]
        self._code, self._numbers = code, [number, neighbour]
        self._title = f"{code}　{self._sitting.leaf(number, code).title}"
        self.changed()
        return True

    def choose(self, side: int, number: str) -> None:
        """Put another application on the left (0) or the right (1)."""
        self._numbers[side] = number
        self.changed()

    def view(self) -> BesideView:
        """Return the page as it stands."""
        sitting = self._sitting
        names = [(each.number, each.short_name or each.name) for each in sitting.applications]
        left, right = map(self._side, self._numbers)
        return BesideView(
            title=self._title,
            applications=tuple((number, f"{number}　{name}") for number, name in names),
            sides=(left, right),
        )

    def _side(self, number: str) -> Side:
        if self._code not in self._sitting.codes(number):
            words = _("not asked here")
            return Side(number, words, _documents(self._sitting, number), None)
        record = self._sitting.record(number, self._code)
        value = record.mark.value
        return Side(
            number,
            mark_word(record.mark) if value is None else plain_text(value),
            _documents(self._sitting, number),
            _first_page(record.citations),
        )


def _nothing() -> None:
    """Nobody looks yet."""


def _documents(sitting: Sitting, number: str) -> tuple[DocumentTab, ...]:
    materials = sitting.desk.pack.assignment.document.materials
    return tuple(
        DocumentTab(each.entry, each.material.title or each.material.file, each.material.file)
        for each in materials
        if each.application == number
    )


def _first_page(citations: tuple[str, ...]) -> tuple[str, int] | None:
    """Return the first cited page as (file, page from 1)."""
    for text in citations:
        file, _sep, page = text.rpartition("#")
        if page.isdigit():
            return file, int(page)
    return None
