"""The materials of one application on their way into the reading process and back."""

from collections.abc import Callable
from itertools import count

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from ui.expert.score_views import DocumentTab
from ui.reading.described import Described
from ui.reading.frames import Head
from ui.reading.link import ReaderLink
from ui.reading.unreadable import LOCKED, OTHER, SLOW, TOO_LARGE

Taken = Callable[[bytes], None]
Failed = Callable[[ReviewerError], None]
Fetch = Callable[[str, Taken, Failed], None]
"""Fetch a document by its entry in the background."""
_NAMES = count(1)


Told = Callable[[Described], None]


class OpenDocuments:
    """Opens documents when they are first asked about; what they consist of is remembered."""

    def __init__(self, fetch: Fetch, link: ReaderLink) -> None:
        self._fetch, self._link = fetch, link
        self._family = next(_NAMES)
        self._known: dict[str, Described] = {}

    def describe(self, tab: DocumentTab, told: Told, *, urgent: bool = True) -> None:
        """Tell what a document consists of, having opened it if need be."""
        if tab.entry in self._known:
            told(self._known[tab.entry])
            return
        self._open(tab, told, urgent=urgent)

    def known(self, tab: DocumentTab) -> Described | None:
        """Return what is known of a document already."""
        return self._known.get(tab.entry)

    def ask(
        self,
        tab: DocumentTab,
        head: Head,
        answered: Callable[[Head, bytes], None],
        *,
        urgent: bool = True,
    ) -> None:
        """Ask about a document; one that the process no longer has is opened again."""
        family, question = self._family, head | {"document": self._name(tab)}

        def check(answer: Head, data: bytes) -> None:
            if family != self._family:
                return
            if answer.get("error") == "gone":
                self._open(tab, lambda _d: send(answered), urgent=urgent)
            else:
                answered(answer, data)

        def send(then: Callable[[Head, bytes], None]) -> None:
            self._link.ask(question, then, urgent=urgent)

        send(check)

    def forget(self) -> None:
        """Let go of every document; nothing that was asked is answered any more."""
        for entry in self._known:
            self._link.ask({"ask": "close", "document": f"{self._family}-{entry}"}, _ignore)
        self._known = {}
        self._family = next(_NAMES)

    def _name(self, tab: DocumentTab) -> str:
        return f"{self._family}-{tab.entry}"

    def _open(self, tab: DocumentTab, told: Told, *, urgent: bool) -> None:
        family = self._family

        def send(data: bytes) -> None:
            if family == self._family:
                head = {"ask": "open", "document": self._name(tab), "file": tab.file}
                self._link.ask(head, take, data, urgent=urgent)

        def take(answer: Head, _data: bytes) -> None:
            if family == self._family:
                self._known[tab.entry] = described = _described(answer, tab)
                told(described)

        def fail(error: ReviewerError) -> None:
            if family == self._family:
                self._known[tab.entry] = described = Described(trouble=str(error))
                told(described)

        self._fetch(tab.entry, send, fail)


def _described(answer: Head, tab: DocumentTab) -> Described:
    if "error" in answer:
        return Described(trouble=_trouble(str(answer["error"]), answer, tab))
    return Described(
        kind=str(answer["kind"]),
        sizes=tuple((wide, high) for wide, high in answer.get("sizes", ())),
        outline=tuple((level, title, page) for level, title, page in answer.get("outline", ())),
        blocks=tuple(answer.get("blocks", ())),
    )


def _trouble(reason: str, answer: Head, tab: DocumentTab) -> str:
    words = {
        LOCKED: _("“{file}” is locked with a password and cannot be shown here."),
        TOO_LARGE: _("“{file}” is too large to be shown here."),
        SLOW: _("“{file}” takes too long to open and was left closed."),
        OTHER: _("“{file}” is of a kind that cannot be shown here."),
    }.get(reason, _("“{file}” is damaged and cannot be shown here."))
    said = words.format(file=tab.file)
    more = str(answer.get("words") or "")
    advice = _("Ask the secretary for a copy on paper.")
    return "\n".join(filter(None, (said, more, advice)))


def _ignore(_answer: Head, _data: bytes) -> None:
    """Nothing depends on the answer."""
