"""The collect page: the board at the left; the drop zone and what was refused at the right."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.confirm import ConfirmCard
from ui.components.flow import Flow
from ui.components.lines import WordsField
from ui.components.places import ProgressCard
from ui.components.table import Table
from ui.components.text import Icon, label, rule
from ui.look.scaling import Box, column, fix, row
from ui.secretary.collect_side import CollectSide
from ui.secretary.collect_views import CollectView
from ui.secretary.entry_pane import EntryPane
from ui.secretary.entry_views import EntryView
from ui.secretary.page import StepPage, TwoColumns, held
from ui.secretary.side_stack import SideStack
from ui.views import Column


class CollectPage(StepPage):
    """Who has handed in; every wish leaves it as a signal, and no score enters it."""

    files_given = Signal(list)
    reason_typed = Signal(str)
    close_requested = Signal()
    statement_requested = Signal()
    reminder_requested = Signal()
    roster_requested = Signal()
    cancel_requested = Signal()
    entry_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working, self._confirming = "", False
        self._make_board()
        left = QWidget()
        lane = column(self.progress, self.trouble, self._confirm, gap=10)
        lane.addWidget(self._board, 1)
        left.setLayout(lane)
        self._close = Button(_("Close and see the results"), icon="lock", size="tall")
        self._close.clicked.connect(self.close_requested)
        self._statement = Button(_("Closing statement"), icon="printer", size="tall")
        self._statement.clicked.connect(self.statement_requested)
        self.remind = Button(_("Reminder list"), icon="printer", size="tall")
        self.remind.clicked.connect(self.reminder_requested)
        self.foot.add_button(self.remind)
        self.foot.add_button(self._close)
        self.foot.add_button(self._statement)
        self.side = CollectSide()
        self.side.choose_requested.connect(self.choose_files)
        self.entry = EntryPane()
        self._stack = QStackedWidget()
        beside = SideStack()
        beside.addWidget(self.side)
        for pane in (TwoColumns(left, beside, 384), self.entry):
            self._stack.addWidget(pane)
        self.lay(self._stack)
        self._lay.setStretch(0, 1)
        self.side.zone.watch(self)
        self.key("Ctrl+O", self.choose_files)

    def show_collect(self, view: CollectView) -> None:
        """Show the page as it stands."""
        if view.working and view.working != self._working:
            keeps = _("What has been taken in stays; taking a file in twice changes nothing.")
            self.progress.begin(view.working, keeps)
        self.settle_focus(self.progress.cancel, before=self._working, now=view.working)
        self._working, self._confirming = view.working, view.confirming
        self._stack.setCurrentIndex(0)
        self._paper.setVisible(not view.sealed)
        self.progress.setVisible(bool(view.working))
        self.table.show_rows(view.rows)
        self._counts.setText(view.counts)
        self._bar.setValue(round(view.share * 1000))
        self._hidden.setVisible(not view.closed)
        self.trouble.setVisible(bool(view.trouble.text))
        self.trouble.say(view.trouble.text, "", "bad")
        self._show_confirm(view)
        self.side.show_collect(view)
        self._roster.setVisible(not view.closed)
        self._morning.setVisible(not view.closed)
        self._close.setVisible(not view.closed and not view.confirming and bool(view.missing))
        self._close.setEnabled(view.can_close)
        waits = bool(view.missing) and not (view.closed or view.confirming or view.working)
        self.remind.setVisible(waits)
        self._statement.setVisible(view.closed)
        self.foot.show_foot(view.foot)

    def show_entry(self, view: EntryView) -> None:
        """Show a form being entered from paper, in the board's place."""
        fresh = self._stack.currentWidget() is not self.entry
        self._stack.setCurrentWidget(self.entry)
        self.entry.show_entry(view)
        for button in (self._close, self._statement, self.remind):
            button.hide()
        self.foot.show_foot(view.foot)
        if fresh:
            self.entry.expert.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_files(self) -> None:
        """Ask for sheets or scans."""
        kinds = _("Sheets and scans (*.scoresheet *.pdf *.png *.jpg *.jpeg *.tif *.tiff *.txt)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Take in sheets"), "", kinds)
        if names:
            self.files_given.emit([Path(name) for name in names])

    def focus_reason(self) -> None:
        """Give the keyboard to the reason for closing without every sheet."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops reading, or takes back the wish to close."""
        if event.key() == Qt.Key.Key_Escape and (self._working or self._confirming):
            self.cancel_requested.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex():
            self.entry.back_requested.emit()
            return
        super().keyPressEvent(event)

    # -- building

    def _make_board(self) -> None:
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self.trouble = Banner(tone="bad")
        self._make_confirm()
        self.table = Table(
            _("Score sheets"),
            (
                Column(_("No."), 48),
                Column(_("Expert")),
                Column(_("State"), 96),
                Column(_("Revision"), 66),
                Column(_("Time"), 82),
                Column(_("Way"), 74),
                Column(_("Receipt"), 138),
            ),
        )
        self._board = Card(self._make_head(), margins=(8, 6, 8, 6), gap=0)
        self._board.body.addWidget(self.table, 1)
        self._board.body.put(rule(), self._make_below())

    def _make_head(self) -> Box:
        self._counts = label("", "small", "2")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setProperty("kind", "thin")
        fix(self._bar, width=110, height=6)
        self._hidden = QWidget()
        words = label(_("No score can be seen before closing"), "small", "2")
        self._hidden.setLayout(row(Icon("eye-off", 16), words, gap=6))
        head = row(label(_("Score sheets"), "card-title"), margins=(8, 4, 8, 4), gap=12)
        return head.put(self._counts, self._bar, None, self._hidden)

    def _make_below(self) -> QWidget:
        self._roster = Button(_("replace or withdraw an expert"), kind="link")
        self._roster.clicked.connect(self.roster_requested)
        self._morning = label(_("On the morning:"), "small", "2")
        twice = row(Icon("info", 16), gap=6)
        twice.put(label(_("Taking a file in twice changes nothing."), "small", "2"))
        self._paper = Button(_("Enter from paper (two people, blind)"), kind="link")
        self._paper.clicked.connect(self.entry_requested)
        line = held(Flow(held(twice), self._morning, self._roster, self._paper))
        return held(column(line, margins=(8, 8, 8, 4)))

    def _make_confirm(self) -> None:
        self.reason = WordsField(_("Why it is closed without them (printed)"), 1, 3)
        self.reason.typed.connect(self.reason_typed)
        self._confirm = ConfirmCard("lock", self.reason)
        self._confirm.taken_back.connect(self.cancel_requested)

    # -- showing

    def _show_confirm(self, view: CollectView) -> None:
        self._confirm.setVisible(view.confirming)
        words = _("Close collection for good?")
        if view.missing:
            words = _("Close collection without {names}?").format(names=view.missing)
        means = _(
            "Nothing more can be handed in then, except late with a reason. The closing "
            "statement is written for supervisor and experts to sign."
        )
        self._confirm.ask(words, means)
        self.reason.setVisible(bool(view.missing))
        self.reason.show_words(view.reason)
