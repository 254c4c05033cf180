"""The conflicts page: the list at the left, the application at hand at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.bars import FootBar
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.lines import WordsField
from ui.components.shortcuts import listen
from ui.components.table import Table
from ui.components.text import Icon, key, label, rule
from ui.expert.conflicts_presenter import (
    ConflictCard,
    ConflictLine,
    ConflictsView,
    Declared,
)
from ui.look.scaling import bound, column, empty, row
from ui.views import Cell, Column, State, TableRow


class ConflictsPage(QWidget):
    """Every application is declared free, or stepped back from with its grounds."""

    opened = Signal(str)
    ticked = Signal(frozenset)
    noted = Signal(str)
    clear_requested = Signal()
    rest_free_requested = Signal()
    next_requested = Signal()
    take_back_requested = Signal()
    pledge_requested = Signal()
    gap_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._shown: ConflictCard | None = None
        self._boxes: dict[str, TickBox] = {}
        self._rules: list[QWidget] = []
        self.foot = FootBar()
        self.foot.asked.connect(self.next_requested)
        self.table = Table(
            _("Applications"),
            (Column(_("No."), 52), Column(_("Application")), Column(_("Relation"), 124)),
            sortable=False,
            dense=True,
        )
        self.table.chosen.connect(self.opened)
        self._build()

    def show_conflicts(self, view: ConflictsView) -> None:
        """Show the list, the application at hand, the next step."""
        self._declared.setText(view.declared)
        self.table.show_rows([_line(line) for line in view.lines])
        self._accepted.setText(view.accepted_at)
        gone = _("{count} stepped back from, no longer shown").format(count=view.recused)
        self._gone.setVisible(view.recused > 0)
        self._gone_words.setText(gone)
        self._take_back.setVisible(view.can_take_back)
        self._rest.setEnabled(any(line.state is Declared.NOT_YET for line in view.lines))
        if view.card:
            self.table.select(view.card.number)
        self._show_card(view)
        self.foot.show_foot(view.foot)

    def begin(self) -> None:
        """Give the keyboard to the first ground."""
        boxes = list(self._boxes.values())
        (boxes[0] if boxes else self.foot.primary).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter declares and goes on; Esc clears the ticks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.foot.primary.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.ticked.emit(frozenset())
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._declared = label("", "small", "2")
        self._rest = Button(_("No relation to the rest"), size="compact")
        self._rest.clicked.connect(self.rest_free_requested)
        head = row(margins=(16, 7, 16, 7), gap=12)
        head.addWidget(label(_("Declare conflicts one by one"), "card-title", wrap=True), 1)
        head.put(self._declared, self._rest)
        listing = Card(
            head, rule(strong=True), self.table, self._make_gone(), margins=(1, 1, 1, 4), gap=0
        )
        right = QWidget()
        right.setProperty("ground", "window")
        right.setLayout(column(self._make_accepted(), self._make_card(), None, gap=12))
        scroll = QScrollArea()
        scroll.setWidget(right)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._warning = Banner(tone="warn")
        beside = QWidget()
        at_hand = column(gap=8)
        at_hand.addWidget(scroll, 1)
        at_hand.addWidget(self._warning)
        beside.setLayout(at_hand)
        bound(beside, min_width=340, max_width=480)
        body = row(margins=(20, 14, 20, 14), gap=16)
        body.addWidget(listing, 7)
        body.addWidget(beside, 4)
        self.setLayout(column(body, self.foot))
        self.layout().setStretch(0, 1)  # type: ignore[union-attr]

    def _make_gone(self) -> QWidget:
        self._gone = QWidget()
        self._gone_words = label("", "small", "2", wrap=True)
        self._take_back = Button(_("Take the last one back"), kind="link")
        self._take_back.clicked.connect(self.take_back_requested)
        line = row(Icon("eye-off", 16), margins=(16, 6, 16, 6), gap=8)
        line.addWidget(self._gone_words, 1)
        line.addWidget(self._take_back)
        self._gone.setLayout(column(rule(), line))
        return self._gone

    def _make_accepted(self) -> Card:
        self._accepted = label("", "small", "2")
        again = Button(_("Read again"), kind="link")
        again.clicked.connect(self.pledge_requested)
        return Card(
            row(
                Icon("circle-check", 18, "ok"),
                label(_("Pledge accepted"), "strong"),
                None,
                self._accepted,
                again,
                gap=9,
            ),
            margins=(16, 10, 16, 10),
        )

    def _make_card(self) -> Card:
        self._number = label("", "card-title")
        self._name = label("", "card-title", wrap=True)
        self._unit = label("", "small", "2", wrap=True)
        self._list = column(gap=3)
        holder = QWidget()
        holder.setLayout(self._list)
        self._note = WordsField(_("What the relation is (printed in your declaration)"), 2)
        self._note.typed.connect(self.noted)
        self._trouble = Hint(tone="bad", icon="circle-x")
        none = Button(_("No relation"))
        none.clicked.connect(self.clear_requested)
        listen(self, {"F2": self._toggle_rules, "F8": self.gap_requested.emit})
        head = row(self._number, gap=14)
        head.addWidget(self._name, 1)
        hint = row(
            label(_("Tick what applies. The rule of each:"), "small", "2"),
            key("F2"),
            None,
            gap=6,
        )
        self._card = Card(
            head,
            self._unit,
            hint,
            4,
            holder,
            self._note,
            self._trouble,
            row(none, label(_("clears ticks and words"), "small", "2"), None, gap=10),
            margins=(18, 13, 18, 14),
            gap=6,
            state="current",
        )
        return self._card

    def _show_card(self, view: ConflictsView) -> None:
        card = view.card
        self._card.setVisible(card is not None)
        warning = card.warning if card else ""
        self._warning.say(warning, tone="warn")
        self._warning.setVisible(bool(warning))
        if card is None:
            self._shown = None
            return
        if self._shown is None or self._shown.number != card.number:
            self._fill(card)
        self._shown = card
        for ground, box in self._boxes.items():
            box.setChecked(ground in card.ticked)
        self._note.setVisible(bool(card.ticked))
        self._note.show_words(card.note)
        self._trouble.say(view.trouble.text, view.trouble.tone, view.trouble.icon)

    def _fill(self, card: ConflictCard) -> None:
        self._number.setText(card.number)
        self._name.setText(card.name)
        self._unit.setText(card.unit)
        empty(self._list)
        self._boxes, self._rules = {}, []
        for ground in card.grounds:
            box = TickBox(_sentence(ground.sentence))
            box.clicked.connect(self._on_ticked)
            rule_line = QWidget()
            words = label(ground.rule, "smallest", "2", wrap=True)
            rule_line.setLayout(row(words, margins=(30, 0, 0, 4)))
            rule_line.hide()
            self._boxes[ground.key] = box
            self._rules.append(rule_line)
            self._list.put(box, rule_line)
            box.show()
        self.begin()

    def _on_ticked(self) -> None:
        self.ticked.emit(frozenset(k for k, box in self._boxes.items() if box.isChecked()))

    def _toggle_rules(self) -> None:
        for line in self._rules:
            line.setVisible(line.isHidden())


def _line(line: ConflictLine) -> TableRow:
    shown = {
        Declared.NOT_YET: Cell(_("not declared"), tone="text_2"),
        Declared.FREE: Cell(chip=State(_("none"), "check", "ok")),
        Declared.OPEN: Cell(chip=State(_("declaring"), "user-x", "warn")),
    }[line.state]
    cells = (Cell(line.number, tone="text_2"), Cell(line.name, second=line.unit), shown)
    return TableRow(line.number, cells)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
