"""The deliberate page: applications by rank, the votes, the opinion in three parts."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QScrollArea, QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.lines import WordsField
from ui.components.table import Table
from ui.components.text import label, rule
from ui.look.scaling import bound, column, row
from ui.look.theme import look
from ui.secretary.deliberate_people_pane import PeoplePane
from ui.secretary.deliberate_views import (
    MANDATORY,
    PARTS,
    DeliberateView,
    part_name,
)
from ui.secretary.deliberate_votes_card import VotesCard
from ui.secretary.page import StepPage, held
from ui.secretary.second_pane import SecondPane
from ui.views import Column

_BESIDE_FROM = 800


class OneOfMany(QStackedWidget):
    """A stack that needs the room of the open one alone."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size of what is open."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else QSize()

    def sizeHint(self) -> QSize:
        """Return the size that what is open would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown else QSize()


class DeliberatePage(StepPage):
    """Votes and opinions; every wish leaves it as a signal."""

    opened = Signal(str)
    typed = Signal(str, str)
    votes_chosen = Signal(object)
    opinions_chosen = Signal(object)
    sample_requested = Signal()
    settled = Signal(bool)
    """What is written here stands (True), or what was recorded elsewhere meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._view: DeliberateView | None = None
        self.list = Table(
            _("By rank"),
            (Column("", 40, right=True), Column(_("Application")), Column("", 44)),
            sortable=False,
        )
        self.list.horizontalHeader().hide()
        self.list.chosen.connect(self._on_chosen)
        self.votes, self.people, self.second = VotesCard(), PeoplePane(), SecondPane()
        self.fields: dict[str, WordsField] = {}
        votes = Button(_("Votes from a list"), icon="vote", size="tall")
        votes.clicked.connect(self._on_votes)
        self._votes_button = votes
        self.foot.add_button(votes)
        self._body, self._ranked = row(margins=(20, 12, 20, 12), gap=12), self._make_list()
        self._body.addWidget(self._ranked)
        self._right = self._make_right()
        self._body.addWidget(self._right, 1)
        self.lay(held(self._body))
        self._lay.setStretch(0, 1)

    def show_deliberate(self, view: DeliberateView) -> None:
        """Show the page as it stands."""
        self._view = view
        self.list.show_rows(view.items)
        self.list.select(view.number)
        offers = [(each.key, each.cells[1].text) for each in view.items if each.cells]
        self.choice.offer(offers, view.number)
        self._written.setText(view.written)
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self.conflict.say(view.conflict, _("What you wrote still stands below."), "warn")
        self.conflict.setVisible(bool(view.conflict))
        self.votes.show_votes(view)
        self._title.setText(view.title)
        for part, field in self.fields.items():
            lacking = part == view.lacking
            field.show_words(view.parts[part], "warn" if lacking else "")
            field.setReadOnly(not view.editable)
        words = ""
        if view.lacking:
            words = _("“{part}” is not written: the opinion cannot be finished.").format(
                part=part_name(view.lacking)
            )
        self._lacking.say(words or view.claim, "warn", "triangle-alert")
        self._conclusion.setText(view.conclusion)
        self._conclusion_box.setVisible(bool(view.conclusion))
        self._files.setVisible(view.editable)
        self._sample.setVisible(view.sample)
        self._votes_button.setVisible(view.editable)
        self.foot.show_foot(view.foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list be a field to choose from where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Look again what there is room for when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        above = self.width() < look().px(_BESIDE_FROM)
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.TopToBottom if above else ways.LeftToRight)
        self._panes.setDirection(ways.LeftToRight if above else ways.TopToBottom)
        for part in (self.list, self._by_rank):
            part.setVisible(not above)
        self.choice.setVisible(above)
        if above:
            bound(self._ranked)
        else:
            bound(self._ranked, min_width=256, max_width=256)

    def focus_part(self) -> None:
        """Give the keyboard to the part that is missing."""
        part = self._view.lacking if self._view else ""
        self.fields[part or MANDATORY[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Give the keyboard to the list."""
        ranked = self.choice if self.list.isHidden() else self.list
        ranked.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _make_list(self) -> Card:
        self._written = label("", "small", "2")
        self._by_rank = label(_("By rank"), "strong")
        self.choice = Choice(_("Application"))
        self.choice.activated.connect(
            lambda place: self._on_chosen(str(self.choice.itemData(place)))
        )
        head = row(self._by_rank, margins=(12, 8, 12, 8), gap=12)
        head.addWidget(self.choice, 1)
        head.put(self._written)
        card = Card(head, rule(strong=True), margins=(1, 1, 1, 1), gap=0)
        card.body.addWidget(self.list, 1)
        self.to_people = Button(_("Leader and interference"), kind="quiet", icon="users")
        self.to_people.setCheckable(True)
        self.to_people.toggled.connect(lambda on: self._on_pane(self.to_people, on))
        self.to_second = Button(_("Second scoring"), kind="quiet", icon="history")
        self.to_second.setCheckable(True)
        self.to_second.toggled.connect(lambda on: self._on_pane(self.to_second, on))
        self._panes = column(self.to_people, self.to_second, gap=0)
        card.body.put(rule(), self._panes)
        return card

    def _make_right(self) -> QScrollArea:
        self._notice = Banner()
        self._notice.hide()
        body = column(self._notice, self._make_conflict(), self.votes, gap=10)
        body.addWidget(self._make_opinion(), 1)
        self._stack = OneOfMany()
        for each in (held(body), self.people, self.second):
            each.setProperty("ground", "window")
            self._stack.addWidget(each)
        inside = self._stack
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _make_conflict(self) -> Banner:
        self.conflict = Banner()
        self.mine = Button(_("Keep what is written here"), size="compact")
        self.theirs = Button(_("Take what was recorded"), size="compact")
        for button, mine in ((self.mine, True), (self.theirs, False)):
            button.clicked.connect(lambda _c=False, mine=mine: self.settled.emit(mine))
            self.conflict.add_button(button)
        self.conflict.hide()
        return self.conflict

    def _make_opinion(self) -> Card:
        self._title = label("", "card-title", wrap=True)
        self._sample = Button(_("Votes and opinions of the sample"), icon="play")
        self._sample.clicked.connect(self.sample_requested)
        folder = Button(_("Opinions from a folder"), kind="quiet", icon="folder-open")
        folder.clicked.connect(self._on_opinions)
        self._files = QWidget()
        self._files.setLayout(row(self._sample, folder, gap=8))
        head = row(gap=12)
        head.addWidget(self._title, 1)
        head.addWidget(self._files)
        card = Card(head, margins=(16, 10, 16, 12), gap=5)
        for part in PARTS:
            field = WordsField(part_name(part), 3 if part in MANDATORY else 1, 8)
            field.setPlaceholderText("")
            field.typed.connect(lambda text, part=part: self.typed.emit(part, text))
            self.fields[part] = field
            title = row(label(part_name(part), "strong"), gap=8)
            needed = _("required") if part in MANDATORY else _("if anybody dissents")
            title.put(label(needed, "small", "bad" if part in MANDATORY else "2"), None)
            card.body.put(title, field)
        self._lacking = Hint()
        self._conclusion = label("", "small-strong", wrap=True)
        self._conclusion_box = QWidget()
        line = row(label(_("The votes make this sentence:"), "small", "2"), gap=6)
        line.addWidget(self._conclusion, 1)
        self._conclusion_box.setLayout(line)
        card.body.put(self._lacking, self._conclusion_box, None)
        return card

    # -- acts

    def _on_pane(self, button: Button, shown: bool) -> None:  # noqa: FBT001 - Qt's own signal
        """Show the pane of a button, or the opinion again; one pane at a time."""
        panes = (self.to_people, self.to_second)
        if shown:
            for other in panes:
                other.setChecked(other is button)
        on = [place for place, each in enumerate(panes, 1) if each.isChecked()]
        self._stack.setCurrentIndex(on[0] if on else 0)
        self._stack.updateGeometry()

    def _on_chosen(self, key: str) -> None:
        self.to_people.setChecked(False)
        self.to_second.setChecked(False)
        if self._view and key not in (self._view.number, "cut-line"):
            self.opened.emit(key)

    def _on_votes(self) -> None:
        kinds = _("Votes (*.csv *.xlsx)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Votes from a list"), "", kinds)
        if name:
            self.votes_chosen.emit(Path(name))

    def _on_opinions(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Opinions from a folder"))
        if name:
            self.opinions_chosen.emit(Path(name))
