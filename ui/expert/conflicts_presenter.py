"""Conflicts, one application after the other: nothing, or the grounds of stepping back."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.recusal import Ground, grounds
from reviewer_app.core.round import Application, ApplicationNumber
from reviewer_app.services.desk_place import declare_free, declared_free
from reviewer_app.services.desk_status import desk_status
from reviewer_app.services.recusal import effect_of, recuse, take_back
from ui.expert.session import Session
from ui.views import NOTHING, Act, FootView, Message


class Declared(StrEnum):
    """How an application of the list stands."""

    NOT_YET = "not-yet"
    FREE = "free"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One application of the list."""

    number: str
    name: str
    unit: str
    state: Declared


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """The application at hand: its grounds, which are ticked, what was written."""

    number: str
    name: str
    unit: str
    grounds: tuple[Ground, ...]
    ticked: frozenset[str]
    note: str
    warning: str


@dataclass(frozen=True, slots=True)
class ConflictsView:
    """The page; ``recused`` counts those that are gone, without naming them."""

    lines: tuple[ConflictLine, ...]
    card: ConflictCard | None
    declared: str
    accepted_at: str
    recused: int
    can_take_back: bool
    foot: FootView
    trouble: Message = NOTHING


class ConflictsPresenter:
    """Holds what is ticked before it is declared; ``finished`` when all is declared."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._current = ""
        self._ticked: frozenset[str] = frozenset()
        self._note = ""
        self._waiting: dict[str, tuple[frozenset[str], str]] = {}
        self._last_recused: ApplicationNumber | None = None
        self._saved = ""
        self._trouble = NOTHING
        self.changed: Act = lambda: None
        self.finished: Act = lambda: None
        self.recused: Act = lambda: None

    def begin(self) -> None:
        """Turn to the first application not declared yet."""
        self._turn_to(self._next_open(""))

    def is_done(self) -> bool:
        """Tell whether every application left is declared."""
        free = declared_free(self._session.desk)
        return all(each.number in free for each in self._remaining())

    def view(self) -> ConflictsView:
        """Return the page as it stands."""
        free, remaining = declared_free(self._session.desk), self._remaining()
        left = [each for each in remaining if each.number not in free]
        status = desk_status(self._session.desk)
        accepted = status.pledge_accepted
        declared = _("{done}／{total} declared").format(
            done=len(remaining) - len(left) + status.recused,
            total=len(remaining) + status.recused,
        )
        return ConflictsView(
            lines=tuple(self._line(each, free) for each in remaining),
            card=self._card(),
            declared=declared,
            accepted_at=f"{accepted.astimezone():%H:%M}" if accepted else "",
            recused=status.recused,
            can_take_back=self._can_take_back(),
            foot=self._foot(len(left)),
            trouble=self._trouble,
        )

    def open(self, number: str) -> None:
        """Turn to an application of the list."""
        self._turn_to(number)
        self.changed()

    def next_gap(self) -> None:
        """Turn to the next application not declared yet; without one nothing happens."""
        number = self._next_open(self._current)
        if number:
            self.open(number)

    def tick(self, ticked: Collection[str]) -> None:
        """Take over which grounds are ticked."""
        self._ticked = frozenset(ticked)
        self._trouble = NOTHING
        self.changed()

    def write(self, note: str) -> None:
        """Take over what is written beside the grounds."""
        self._note = note

    def clear(self) -> None:
        """Say that there is no relation after all."""
        self._ticked, self._note = frozenset(), ""
        self.next()

    def rest_free(self) -> None:
        """Declare every application left free of conflict, after one look at the list."""
        numbers = [each.number for each in self._remaining()]
        declare_free(self._session.desk, numbers)
        self._saved = self._session.local_time()
        self._ticked, self._note = frozenset(), ""
        self._waiting.clear()
        self._turn_to("")
        self.changed()

    def next(self) -> None:
        """Declare the application at hand and turn to the next; at the end, go on to score."""
        number = ApplicationNumber(self._current)
        if self.is_done() and not self._ticked:
            self.finished()
            return
        if not number:
            return
        try:
            if self._ticked:
                recuse(
                    self._session.desk,
                    number,
                    sorted(self._ticked),
                    self._note,
                    self._session.now(),
                )
                self._last_recused = number
            else:
                declare_free(self._session.desk, [number])
        except ReviewerError as error:
            self._trouble = Message(str(error), "bad", "circle-x")
            self.changed()
            return
        self._saved = self._session.local_time()
        stepped_back = bool(self._ticked)
        self._ticked, self._note = frozenset(), ""
        self._turn_to(self._next_open(number))
        if stepped_back:
            self.recused()
        self.changed()

    def take_back(self) -> None:
        """Undo the last stepping back."""
        if self._last_recused is None:
            return
        number, self._last_recused = self._last_recused, None
        try:
            take_back(self._session.desk, number)
        except ReviewerError as error:
            self._trouble = Message(str(error), "bad", "circle-x")
        else:
            self._turn_to(number)
        self.changed()

    def _can_take_back(self) -> bool:
        last = self._last_recused
        return last is not None and not effect_of(self._session.desk, last).begun

    def _remaining(self) -> list[Application]:
        desk = self._session.desk
        with desk.unit() as unit:
            return desk.remaining(unit)

    def _next_open(self, after: str) -> str:
        """Return the next application not declared yet, from ``after`` on and round again."""
        free = declared_free(self._session.desk)
        numbers = list(self._session.desk.assigned)
        start = numbers.index(ApplicationNumber(after)) + 1 if after in numbers else 0
        left = {each.number for each in self._remaining() if each.number not in free}
        return next((each for each in numbers[start:] + numbers[:start] if each in left), "")

    def _turn_to(self, number: str) -> None:
        """Turn to an application; what was ticked on another waits until one comes back."""
        self._waiting[self._current] = (self._ticked, self._note)
        self._current = number
        self._ticked, self._note = self._waiting.pop(number, (frozenset(), ""))
        self._trouble = NOTHING

    def _line(self, application: Application, free: Collection[str]) -> ConflictLine:
        state = Declared.FREE if application.number in free else Declared.NOT_YET
        if application.number == self._current and self._ticked:
            state = Declared.OPEN
        return ConflictLine(application.number, application.name, application.unit, state)

    def _card(self) -> ConflictCard | None:
        application = self._session.desk.assigned.get(ApplicationNumber(self._current))
        if application is None:
            return None
        return ConflictCard(
            application.number,
            application.short_name,
            application.unit,
            grounds(),
            self._ticked,
            self._note,
            self._warning(application.number) if self._ticked else "",
        )

    def _warning(self, number: ApplicationNumber) -> str:
        """Say what confirming does, before it is done."""
        effect = effect_of(self._session.desk, number)
        leaves = _("Once confirmed, {number} leaves your list, materials, counts and averages.")
        sentences = [leaves.format(number=number)]
        if not effect.begun:
            sentences.append(_("Until scoring begins you can take it back."))
        elif effect.marks or effect.comments or effect.note:
            words = _("{marks} scores and {comments} comments are deleted with it, for good.")
            if effect.note:
                words = _(
                    "{marks} scores, {comments} comments and your note are deleted with it, "
                    "for good."
                )
            sentences.append(words.format(marks=effect.marks, comments=effect.comments))
        else:
            sentences.append(_("Scoring has begun: it cannot be taken back."))
        if effect.revision:
            words = _("Your sheet is signed: sign revision {revision} afterwards.")
            sentences.append(words.format(revision=effect.revision))
        sentences.append(_("Your declaration is printed for you to sign."))
        return " ".join(sentences).replace("。 ", "。")

    def _foot(self, left: int) -> FootView:
        save = NOTHING
        if self._saved:
            words = _("Saved {time}").format(time=self._saved)
            save = Message(words, "ok", "hard-drive")
        if not left and not self._ticked:
            words = _("All declared; the materials can be opened")
            return FootView(
                _("Start scoring"), left=Message(words, "ok", "circle-check"), save=save
            )
        words = _("{count} applications to declare; materials open afterwards")
        if not left:
            words = _("All declared; the materials can be opened")
        primary = (
            _("No relation to {number}, next")
            if not self._ticked
            else _("Confirm stepping back from {number}, next")
        )
        return FootView(
            primary.format(number=self._current),
            enabled=bool(self._current),
            left=Message(words.format(count=left), "", "circle-dashed"),
            save=save,
        )
