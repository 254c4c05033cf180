"""The leader's election and the register of interference, in the opinions' place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from reviewer_app.core.people import Interference
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.components.lines import Field
from ui.components.text import label
from ui.look.scaling import column, empty, fix, row
from ui.secretary.deliberate_people import INCIDENT, PeopleView
from ui.secretary.page import held


class PeoplePane(QWidget):
    """Every wish leaves it as a signal."""

    leader_chosen = Signal(str)
    how_typed = Signal(str)
    votes_typed = Signal(str, str)
    none_changed = Signal(bool)
    added = Signal(object)
    dropped = Signal(int)
    record_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.fields: dict[str, Field] = {}
        self.votes: dict[str, Field] = {}
        self._votes_holder: QWidget | None = None
        self._notice = Hint()
        self.record = Button(_("Record leader and interference"), icon="file-pen-line")
        self.record.clicked.connect(self.record_requested)
        body = column(self._make_election(), self._make_interference(), gap=12)
        body.put(self._notice, row(self.record, None), None)
        self.setLayout(body)

    def show_people(self, view: PeopleView) -> None:
        """Show what was recorded and what is being written."""
        self.leader.offer(list(view.candidates), view.leader)
        self.leader.setEnabled(view.editable)
        if self.how.text() != view.how:
            self.how.setText(view.how)
        self.how.setReadOnly(not view.editable or not view.leader)
        self._show_votes(view)
        self.none.setChecked(view.none_met)
        self.none.setVisible(view.editable and not view.incidents)
        empty(self._met)
        for place, each in enumerate(view.incidents):
            self._met.addWidget(self._incident(place, each, editable=view.editable))
        self._form.setVisible(view.editable)
        self.record.setVisible(view.editable)
        self.record.setEnabled(view.unrecorded)
        self._notice.say(view.notice.text, view.notice.tone, view.notice.icon)

    # -- building

    def _make_election(self) -> Card:
        self.leader = Choice(_("Elected leader"))
        self.leader.activated.connect(
            lambda place: self.leader_chosen.emit(str(self.leader.itemData(place)))
        )
        self.how = Field()
        self.how.setAccessibleName(_("How the panel elected"))
        self.how.setPlaceholderText(_("By show of hands of the experts present"))
        self.how.textEdited.connect(self.how_typed)
        words = _("Nobody from the bureau can lead; the leader's marks weigh like any other.")
        self._votes_place = column()
        return Card(
            label(_("Election of the leader"), "card-title"),
            label(words, "small", "2", wrap=True),
            _line(_("Leader"), self.leader),
            _line(_("How"), self.how),
            label(_("Votes, where they were counted"), "small", "2"),
            self._votes_place,
            gap=6,
        )

    def _make_interference(self) -> Card:
        self.none = TickBox(_("No request and no attempt to interfere was met"))
        self.none.clicked.connect(lambda: self.none_changed.emit(self.none.isChecked()))
        self._met = column(gap=4)
        for name, words in zip(INCIDENT, _incident_words(), strict=True):
            field = Field()
            field.setAccessibleName(words)
            self.fields[name] = field
        add = Button(_("Add to the register"), icon="plus", size="compact")
        add.clicked.connect(self._on_add)
        self.add = add
        lines = (
            _line(words, self.fields[name])
            for name, words in zip(INCIDENT, _incident_words(), strict=True)
        )
        self._form = held(column(*lines, row(add, None), gap=4))
        return Card(
            label(_("Register of interference"), "card-title"),
            self.none,
            self._met,
            self._form,
            gap=6,
        )

    def _show_votes(self, view: PeopleView) -> None:
        if list(self.votes) != [expert for expert, _name, _count in view.votes]:
            self.votes.clear()
            empty(self._votes_place)
            parts = [self._vote(expert, name) for expert, name, _count in view.votes]
            self._votes_place.addWidget(held(Flow(*parts, gap=10)))
        for expert, _name, count in view.votes:
            field = self.votes[expert]
            if field.text() != count:
                field.setText(count)
            field.setReadOnly(not view.editable or not view.leader)

    def _vote(self, expert: str, name: str) -> QWidget:
        field = Field()
        field.setAccessibleName(_("Votes for expert {expert}").format(expert=expert))
        field.textEdited.connect(lambda text: self.votes_typed.emit(expert, text))
        fix(field, width=52)
        self.votes[expert] = field
        short = name.split("（", maxsplit=1)[0]
        return held(row(label(f"{expert} {short}", "small", "2"), field, gap=4))

    def _incident(self, place: int, each: Interference, *, editable: bool) -> QWidget:
        text = "　".join(filter(None, (each.when, each.who, each.what, each.handled)))
        line = row(gap=8)
        line.addWidget(label(text, "", wrap=True), 1)
        if editable:
            drop = Button(_("Take back"), kind="link")
            drop.clicked.connect(lambda: self.dropped.emit(place))
            line.addWidget(drop)
        return held(line, text)

    def _on_add(self) -> None:
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        if not texts["what"]:
            self.fields["what"].setFocus()
            return
        for field in self.fields.values():
            field.clear()
        self.added.emit(Interference(**texts))


def _incident_words() -> tuple[str, ...]:
    return (_("When"), _("By whom"), _("What"), _("What was done"))


def _line(words: str, field: QWidget) -> QWidget:
    title = label(words, "small", "2", wrap=True)
    fix(title, width=84)
    line = row(title, gap=8)
    line.addWidget(field, 1)
    return held(line)
