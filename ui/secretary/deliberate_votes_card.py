"""The card of the votes on one application: by name, or as counted paper ballots."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.chip import StateChip, StateLine
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.components.lines import Field
from ui.components.text import label
from ui.look.scaling import column, fix, row
from ui.secretary.deliberate_views import DeliberateView, SeatVote, vote_word
from ui.secretary.deliberate_votes import KINDS
from ui.secretary.page import held
from ui.views import State, state


class VotesCard(Card):
    """Who voted what; every wish leaves it as a signal."""

    voted = Signal(str, str)
    counted = Signal(str, str)
    paper_wanted = Signal(bool)
    record_requested = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(16, 8, 16, 8), gap=6)
        self._line = label("", "small", "2", wrap=True)
        self._verdict = StateChip(State("", "circle-check"))
        head = row(label(_("Votes"), "card-title"), gap=10)
        head.addWidget(self._line, 1)
        head.addWidget(self._verdict)
        self.body.put(head)
        self._shown: tuple[tuple[str, bool], ...] = ()
        self.choices: dict[str, Choice] = {}
        self._seats: QWidget | None = None
        self.ballots = {kind: Field() for kind in KINDS}
        self._ballot_line = held(Flow(*(self._ballot(kind) for kind in KINDS)))
        self.paper = TickBox(_("Counted paper ballots, without names"))
        self.paper.clicked.connect(lambda: self.paper_wanted.emit(self.paper.isChecked()))
        self.record = Button(_("Record the vote"), icon="vote", size="compact")
        self.record.clicked.connect(self.record_requested)
        self._acts = row(gap=12)
        self._acts.addWidget(self.paper, 1)
        self._acts.addWidget(self.record)
        self.body.put(self._ballot_line, self._acts)

    def show_votes(self, view: DeliberateView) -> None:
        """Show the vote on the open application."""
        self._line.setText(view.vote_line)
        self._verdict.setVisible(bool(view.verdict.text))
        tone = view.verdict.tone if view.verdict.text else ""
        self._verdict.show_state(State(view.verdict.text, view.verdict.icon, tone))
        self._show_seats(view)
        self._ballot_line.setVisible(view.by_paper)
        for kind, field in self.ballots.items():
            if field.text() != view.ballots[kind]:
                field.setText(view.ballots[kind])
            field.setReadOnly(not view.editable)
        self.paper.setChecked(view.by_paper)
        self.paper.setVisible(view.editable)
        self.record.setVisible(view.editable)
        self.record.setEnabled(view.unrecorded)

    def _show_seats(self, view: DeliberateView) -> None:
        seats = tuple((each.expert, each.recused) for each in view.votes)
        if seats != self._shown or self._seats is None:
            self._shown = seats
            self._rebuild(view.votes)
        for each in view.votes:
            choice = self.choices.get(each.expert)
            if choice:
                offers = [(key, vote_word(key)) for key in ("", *KINDS)]
                choice.offer(offers, each.choice)
                choice.setEnabled(view.editable)
        if self._seats:
            self._seats.setVisible(not view.by_paper)

    def _rebuild(self, votes: tuple[SeatVote, ...]) -> None:
        if self._seats:
            self.body.removeWidget(self._seats)
            self._seats.deleteLater()
        self.choices.clear()
        self._seats = held(Flow(*(self._seat(each) for each in votes), gap=10))
        self.body.insertWidget(1, self._seats)

    def _seat(self, each: SeatVote) -> QWidget:
        name = label(f"{each.expert} {each.name}", "small", "2")
        if each.recused:
            return held(column(name, StateLine(state("recused", _("Recused"))), gap=4))
        choice = Choice(_("Vote of expert {expert}").format(expert=each.expert))
        choice.activated.connect(
            lambda place: self.voted.emit(each.expert, str(choice.itemData(place)))
        )
        fix(choice, width=104)
        self.choices[each.expert] = choice
        return held(column(name, choice, gap=2))

    def _ballot(self, kind: str) -> QWidget:
        field = self.ballots[kind]
        field.setAccessibleName(_("Ballots: {vote}").format(vote=vote_word(kind)))
        field.textEdited.connect(lambda text: self.counted.emit(kind, text))
        fix(field, width=64)
        return held(row(label(vote_word(kind), "small"), field, gap=6))
