"""The elected leader and what interference was met, as they are being written."""

from dataclasses import dataclass, replace

from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.people import Election, Interference, RoundPeople
from reviewer_app.services.closing import SeatState
from reviewer_app.services.records import RoundState
from ui.secretary.bureau import Bureau
from ui.secretary.people_draft import PeopleDraft
from ui.views import NOTHING, Act, Message

INCIDENT = ("when", "who", "what", "handled")


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The whole pane; ``votes`` are (expert, name, count as typed)."""

    leader: str
    candidates: tuple[tuple[str, str], ...]
    how: str
    votes: tuple[tuple[str, str, str], ...]
    none_met: bool
    incidents: tuple[Interference, ...]
    editable: bool
    unrecorded: bool
    notice: Message


class PeoplePresenter:
    """Holds what is being written; recorded, it is in the log and on the papers."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._draft, self._votes = (
            PeopleDraft(bureau, "panel", self._on_failed),
            dict[str, str](),
        )
        self._notice = NOTHING
        self.changed: Act = lambda: None

    def enter(self) -> None:
        """Look at the open round's people."""
        if self._draft.enter():
            self._notice = NOTHING
            self._votes.clear()
        self.changed()

    def choose_leader(self, expert: str) -> None:
        """Take over whom the panel elected; "" nobody yet."""
        how = self._election.how
        elected = Election(expert, how) if expert else None
        self._change(replace(self._draft.now, election=elected))

    def type_how(self, text: str) -> None:
        """Take over how the panel elected."""
        if self._draft.now.election:
            election = replace(self._draft.now.election, how=text)
            self._change(replace(self._draft.now, election=election))

    def type_votes(self, expert: str, text: str) -> None:
        """Take over the votes of one candidate."""
        self._votes[expert] = text
        self.changed()

    def none_met(self, *, none: bool) -> None:
        """Record that no interference was met, or take that back."""
        self._change(replace(self._draft.now, interference=() if none else None))

    def add(self, incident: Interference) -> None:
        """Add what was met."""
        met = (*(self._draft.now.interference or ()), incident)
        self._change(replace(self._draft.now, interference=met))

    def drop(self, place: int) -> None:
        """Take an incident back that was not recorded rightly."""
        met = list(self._draft.now.interference or ())
        del met[place]
        self._change(replace(self._draft.now, interference=tuple(met)))

    def record(self) -> None:
        """Record leader and interference."""
        try:
            people = self._complete()
        except InputError as error:
            self._on_failed(error)
            return

        def done() -> None:
            self._votes.clear()
            self._notice = Message(_("Recorded, in the log"), "ok", "circle-check")

        self._draft.record(people, done)

    def view(self) -> PeopleView:
        """Return the pane as it stands."""
        draft, votes = self._draft.now, dict(self._election.votes)
        board = self.bureau.round.standing
        seats = [
            s for s in (board.seats if board else ()) if s.state is not SeatState.WITHDRAWN
        ]
        counts = {
            each.expert: self._votes.get(each.expert, str(votes.get(each.expert, "")))
            for each in seats
        }
        names = tuple((each.expert, f"{each.expert}　{each.name}") for each in seats)
        return PeopleView(
            leader=draft.leader,
            candidates=(("", _("not elected yet")), *names),
            how=self._election.how,
            votes=tuple((each.expert, each.name, counts[each.expert]) for each in seats),
            none_met=draft.interference == (),
            incidents=draft.interference or (),
            editable=self.bureau.state in (RoundState.ISSUED, RoundState.CLOSED),
            unrecorded=self._draft.unrecorded or bool(self._votes),
            notice=self._notice,
        )

    @property
    def _election(self) -> Election:
        return self._draft.now.election or Election("", "")

    def _complete(self) -> RoundPeople:
        """Return the people with the votes as typed; raises InputError for what is no count."""
        people, election = self._draft.now, self._draft.now.election
        if election is None:
            return people
        typed = {key: str(count) for key, count in election.votes} | self._votes
        counts = []
        for expert, text in sorted(typed.items()):
            plain = text.strip()
            if plain and not (plain.isascii() and plain.isdigit()):
                raise InputError(_("“{text}” is no count of votes").format(text=plain))
            if plain and int(plain):
                counts.append((expert, int(plain)))
        return replace(people, election=replace(election, votes=tuple(counts)))

    def _change(self, people: RoundPeople) -> None:
        self._notice = NOTHING
        self._draft.change(people)
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()
