"""Re-entry from paper, in the board's place: boxes at the left, who, scan and steps beside."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QTableView, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.chip import StateChip
from ui.components.choice import Choice
from ui.components.lines import Field
from ui.components.text import label, rule
from ui.look.scaling import column, empty, fix, row
from ui.secretary.entry_model import EntryModel
from ui.secretary.entry_views import DifferenceView, EntryView, Place
from ui.secretary.page import TwoColumns, held, side
from ui.views import State


class EntryPane(QWidget):
    """Two people type without seeing each other; every wish leaves it as a signal."""

    back_requested = Signal()
    expert_chosen = Signal(str)
    cell_typed = Signal(tuple, str)
    typed = Signal(str, str)
    scan_chosen = Signal(object)
    said = Signal(tuple, str, str)
    print_requested = Signal()
    again_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model, self.table = EntryModel(), QTableView()
        self.settled: dict[Place, tuple[Field, Field]] = {}
        self._differences, self._notice = column(gap=8), Banner()
        self._notice.hide()
        self.setLayout(column(TwoColumns(self._make_left(), self._make_side(), 356)))

    def show_entry(self, view: EntryView) -> None:
        """Show one form as it stands."""
        self.expert.offer(list(view.experts), view.expert)
        self._chip.show_state(view.chip)
        self._words.setText(view.words)
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self.model.show_boxes(view.boxes)
        self.table.setVisible(view.boxes is not None)
        self._show_differences(view.differences)
        for field, text in ((self.by, view.by), (self.reason, view.reason)):
            if field.text() != text:
                field.setText(text)
        self._paper.setVisible(view.first)
        self._scan.setText(view.scan or _("no scan chosen"))
        self._who.setVisible(view.boxes is not None or bool(view.differences))
        self._why.setVisible(view.first or view.may_begin_again)
        self.again.setVisible(view.may_begin_again)

    # -- building

    def _make_left(self) -> QWidget:
        back = Button(_("Score sheets"), kind="quiet", icon="arrow-left", key="Esc")
        back.clicked.connect(self.back_requested)
        self.expert = Choice(_("Whose form"))
        self.expert.activated.connect(
            lambda place: self.expert_chosen.emit(str(self.expert.itemData(place)))
        )
        self._chip = StateChip(State("", "circle-dashed"))
        head = row(back, label(_("Entered from paper"), "card-title"), gap=10)
        head.addWidget(self.expert, 1)
        head.addWidget(self._chip)
        self.model.typed.connect(self.cell_typed)
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Boxes of the form"))
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.table.horizontalHeader().setDefaultSectionSize(64)
        self.table.setTabKeyNavigation(True)
        self._words = label("", "small", "2", wrap=True)
        card = Card(self._words, margins=(8, 8, 8, 8), gap=6)
        card.body.addWidget(self.table, 1)
        card.body.put(self._differences)
        card.body.addStretch(0)
        lane = column(head, self._notice, gap=10)
        lane.addWidget(card, 1)
        return held(lane)

    def _make_side(self) -> QWidget:
        self.by, self.reason = Field(), Field()
        self.by.setAccessibleName(_("Who types"))
        self.by.textEdited.connect(lambda text: self.typed.emit("by", text))
        self.reason.setAccessibleName(_("Why there is a paper form"))
        self.reason.textEdited.connect(lambda text: self.typed.emit("reason", text))
        self._scan = label("", "small", "2", wrap=True)
        self.choose = Button(_("Scan of the signed form"), icon="file-up")
        self.choose.clicked.connect(self.choose_scan)
        form = Button(_("Print the coded form"), icon="printer")
        form.clicked.connect(self.print_requested)
        self.again = Button(_("Begin anew"), kind="danger", icon="undo-2")
        self.again.clicked.connect(self.again_requested)
        self._paper = held(column(row(self.choose, None), self._scan, gap=4))
        why = label(_("Why there is a paper form (printed)"), "small", "2", wrap=True)
        self._who = held(column(label(_("Who types"), "small", "2"), self.by, gap=4))
        self._why = held(column(why, self.reason, gap=4))
        words = _("Two people type the same form; neither sees what the other typed.")
        head = label(_("Blind, twice"), "strong")
        card = Card(head, label(words, "small", "2", wrap=True), gap=8)
        card.body.put(self._who, self._why, self._paper, row(self.again, None))
        blank = Card(
            label(_("The paper"), "strong"),
            label(_("NA: not applicable, AB: abstained, as printed."), "small", "2", wrap=True),
            row(form, None),
            gap=6,
        )
        return side(card, blank)

    def choose_scan(self) -> None:
        """Ask for the scan of the signed form."""
        kinds = _("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Scan of the signed form"), "", kinds)
        if name:
            self.scan_chosen.emit(Path(name))

    # -- showing

    def _show_differences(self, differences: tuple[DifferenceView, ...]) -> None:
        if list(self.settled) == [each.place for each in differences]:
            return
        empty(self._differences)
        self.settled.clear()
        for each in differences:
            self._differences.addWidget(self._difference(each))

    def _difference(self, each: DifferenceView) -> QWidget:
        value, reason = Field(), Field()
        value.setAccessibleName(_("{place}: what holds").format(place=each.words))
        reason.setAccessibleName(_("{place}: why").format(place=each.words))
        reason.setPlaceholderText(_("Why it holds (printed)"))
        fix(value, width=72)
        for field in (value, reason):
            field.textEdited.connect(
                lambda _text: self.said.emit(each.place, value.text(), reason.text())
            )
        self.settled[each.place] = (value, reason)
        read = _("{words}: {first} or {second}").format(
            words=each.words, first=each.first, second=each.second
        )
        line = row(value, margins=(0, 0, 0, 4), gap=8)
        line.addWidget(reason, 1)
        return held(column(label(read, "strong", wrap=True), line, rule(), gap=4), read)
