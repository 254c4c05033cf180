"""Search through every document of an application, one after the other; no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from reviewer_app.core.messages import _
from ui.expert.score_views import DocumentTab
from ui.reading.described import Described
from ui.reading.frames import Head
from ui.reading.words import places_of, snippet

_AT_ONCE = 10
"""Pages looked through before the pages in sight may be drawn again."""
MOST_HITS = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand; ``page`` from 0, ``place`` counts within a text."""

    tab: DocumentTab
    page: int
    boxes: tuple[tuple[float, ...], ...]
    place: int
    before: str
    match: str
    after: str


class Documents(Protocol):
    """What a search needs of the open documents."""

    def describe(
        self, tab: DocumentTab, told: Callable[[Described], None], *, urgent: bool = True
    ) -> None:
        """Tell what a document consists of."""
        ...

    def ask(
        self,
        tab: DocumentTab,
        head: Head,
        answered: Callable[[Head, bytes], None],
        *,
        urgent: bool = True,
    ) -> None:
        """Ask about a document."""
        ...


class SearchPresenter:
    """Holds what was looked for and what was found; ``changed`` when there is more."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._tabs: tuple[DocumentTab, ...] = ()
        self._turn = 0
        self.words = ""
        self.hits: list[Hit] = []
        self.here = -1
        """Which hit is shown."""
        self.running = False
        self.changed: Callable[[], None] = lambda: None

    def look_for(self, words: str, tabs: Sequence[DocumentTab]) -> None:
        """Begin to search in these documents in turn; what was found before goes."""
        self._turn += 1
        self.words, self._tabs = words.strip(), tuple(tabs)
        self.hits, self.here = [], -1
        self.running = bool(self.words and self._tabs)
        self.changed()
        if self.running:
            self._document(self._turn, 0)

    def step(self, step: int) -> Hit | None:
        """Turn to the next hit (+1) or the one before (−1), round the end."""
        if not self.hits:
            return None
        before = max(self.here, 0 if step < 0 else -1)
        self.here = (before + step) % len(self.hits)
        return self.hits[self.here]

    def turn_to(self, place: int) -> Hit:
        """Turn to one hit of the list."""
        self.here = place
        return self.hits[place]

    def count_words(self) -> str:
        """Return which hit of how many is shown."""
        if not self.words:
            return ""
        more = "+" if self.running or len(self.hits) >= MOST_HITS else ""
        return f"{self.here + 1}／{len(self.hits)}{more}" if self.hits else f"0{more}"

    def none_words(self) -> str:
        """Return that nothing was found, once every document was looked through."""
        if not self.words or self.hits or self.running:
            return ""
        return _("Nothing found for “{words}”").format(words=self.words)

    def boxes(self, tab: DocumentTab) -> dict[int, list[tuple[float, ...]]]:
        """Return every hit of one document as boxes by page."""
        found: dict[int, list[tuple[float, ...]]] = {}
        for hit in self.hits:
            if hit.tab == tab:
                found.setdefault(hit.page, []).extend(hit.boxes)
        return found

    def _document(self, turn: int, place: int) -> None:
        """Go on with the next document, or end."""
        if turn != self._turn:
            return
        if place >= len(self._tabs) or len(self.hits) >= MOST_HITS:
            self.running = False
            self.changed()
            return
        tab = self._tabs[place]

        def told(described: Described) -> None:
            if turn != self._turn:
                return
            if described.kind == "pages":
                self._pages(turn, place, len(described.sizes), 0)
                return
            if described.kind == "text":
                self._add(_in_text(tab, described, self.words))
            self._document(turn, place + 1)

        self._documents.describe(tab, told, urgent=False)

    def _pages(self, turn: int, place: int, pages: int, first: int) -> None:
        if turn != self._turn:
            return
        if first >= pages or len(self.hits) >= MOST_HITS:
            self._document(turn, place + 1)
            return
        tab, count = self._tabs[place], min(_AT_ONCE, pages - first)

        def found(answer: Head, _data: bytes) -> None:
            if turn == self._turn:
                self._add([_hit(tab, each) for each in answer.get("hits", ())])
                self._pages(turn, place, pages, first + count)

        head: Head = {"ask": "find", "words": self.words, "page": first, "count": count}
        self._documents.ask(tab, head, found, urgent=False)

    def _add(self, hits: list[Hit]) -> None:
        if hits:
            self.hits += hits[: MOST_HITS - len(self.hits)]
            self.changed()


def text_of(described: Described) -> str:
    """Return the words of a text document as its view has them."""
    lines = []
    for kind, text, rows in described.blocks:
        lines += [cell for row in rows for cell in row] if kind == "table" else [text]
    return "\n".join(lines)


def _in_text(tab: DocumentTab, described: Described, words: str) -> list[Hit]:
    text = text_of(described)
    return [
        Hit(tab, 0, (), place, **snippet(text, first, end))
        for place, (first, end) in enumerate(places_of(words, text))
    ]


def _hit(tab: DocumentTab, found: Head) -> Hit:
    boxes = tuple(tuple(box) for box in found["boxes"])
    return Hit(tab, found["page"], boxes, 0, found["before"], found["match"], found["after"])
