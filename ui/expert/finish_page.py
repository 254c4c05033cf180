"""The finish page: checks and signature at the left, where to and the receipt at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from reviewer_app.core.messages import _
from ui.components.bars import FootBar
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.chip import StateLine
from ui.components.lines import WordsField
from ui.components.places import Checklist, DropCatcher
from ui.components.shortcuts import listen
from ui.components.text import Icon, code, label
from ui.expert.advice_card import AdviceCard
from ui.expert.attendance_card import AttendanceCard
from ui.expert.finish_target import TargetCard
from ui.expert.finish_views import FinishView
from ui.expert.paper_view import PaperView
from ui.expert.second_card import SecondCard
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.views import state

_NARROW = 1000


class FinishPage(QWidget):
    """The last page; every wish leaves it as a signal."""

    place_chosen = Signal(str)
    place_added = Signal(object)
    search_requested = Signal()
    agreed = Signal(bool)
    reason_typed = Signal(str)
    next_requested = Signal()
    revision_requested = Signal()
    back_requested = Signal()
    leave_requested = Signal()
    gap_requested = Signal()
    look_requested = Signal(str)
    advice_dismissed = Signal()
    leaving_recorded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._view: FinishView | None = None
        self.foot = FootBar()
        self.target = TargetCard()
        self._build()

    def show_finish(self, view: FinishView) -> None:
        """Show the page as it stands."""
        just_signed = view.signed and self._view is not None and not self._view.signed
        self._view = view
        self._show_checks(view)
        self._statement.setText(view.statement)
        self._statement.setChecked(view.agreed)
        self._statement.setEnabled(not view.signed)
        self._key.setText(view.fingerprint)
        self._reason_box.setVisible(view.asks_reason)
        self.reason.show_words(view.reason)
        self.target.show_target(view)
        self.advice.show_advice(view.advice)
        self.attendance.show_attendance(view.attendance)
        words = _("Lock and leave") if view.signed else _("Look at the scores")
        self._leave.show_words(words, icon="lock" if view.signed else "arrow-left")
        self.foot.show_foot(view.foot)
        if just_signed:
            self.begin()

    def begin(self) -> None:
        """Give the keyboard to the statement, or to the next step."""
        signed = self._view is not None and self._view.signed
        target = self.foot.primary if signed else self._statement
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the preview."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex() == 1:
            self._stack.setCurrentIndex(0)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below one another where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() / look().scale < _NARROW
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    # -- building

    def _build(self) -> None:
        self._leave = Button("", icon="arrow-left", size="tall")
        self._leave.clicked.connect(self._on_leave)
        self.foot.add_button(self._leave)
        self.foot.asked.connect(self.next_requested)
        self.advice, self.attendance = AdviceCard(), AttendanceCard()
        self.second = SecondCard()
        cards = (self._make_checks(), self.advice, self._make_signature(), self.attendance)
        left = column(self.second, *cards, None, gap=12)
        self._body = body = row(margins=(20, 16, 20, 16), gap=16)
        body.addLayout(left, 4)
        body.addWidget(self.target, 3)
        inside = QWidget()
        inside.setProperty("ground", "window")
        inside.setLayout(body)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll)
        self._stack.addWidget(self._make_preview())
        page = column()
        page.addWidget(self._stack, 1)
        page.addWidget(self.foot)
        self.setLayout(page)
        enter = dict.fromkeys(("Ctrl+Return", "Ctrl+Enter", "Ctrl+P"), self.foot.primary.click)
        listen(self, {**enter, "F8": self.gap_requested.emit})
        self._wire()
        DropCatcher(self).dropped.connect(self.second.take)

    def _wire(self) -> None:
        target = self.target
        target.place_chosen.connect(self.place_chosen)
        target.place_added.connect(self.place_added)
        target.search_requested.connect(self.search_requested)
        target.revision_requested.connect(self.revision_requested)
        target.preview_requested.connect(self._on_preview)
        self.advice.opened.connect(self.look_requested)
        self.advice.dismissed.connect(self.advice_dismissed)
        self.attendance.leaving.connect(self.leaving_recorded)

    def _make_checks(self) -> Card:
        self._all_met = StateLine(state("done", ""))
        self._checks = Checklist(ruled=True)
        head = row(label(_("Before handing in"), "card-title"), None, self._all_met)
        return Card(head, self._checks, margins=(20, 12, 20, 8), gap=2)

    def _make_signature(self) -> Card:
        self._statement = TickBox("")
        self._statement.clicked.connect(lambda: self.agreed.emit(self._statement.isChecked()))
        self._key = code()
        key = row(
            Icon("key-round", 16),
            label(_("Your key"), "small", "2"),
            self._key,
            label(_("only on this computer"), "small", "2"),
            None,
            margins=(29, 0, 0, 0),
            gap=8,
        )
        self.reason = WordsField(_("Why the signed sheet is changed"), 2)
        self.reason.typed.connect(self.reason_typed)
        self._reason_box = QWidget()
        words = label(_("Reason for the new revision (required)"), "small", "2", wrap=True)
        self._reason_box.setLayout(column(words, self.reason, gap=4))
        return Card(
            label(_("Signature"), "card-title"),
            self._statement,
            key,
            self._reason_box,
            margins=(20, 12, 20, 14),
            gap=6,
        )

    def _make_preview(self) -> QWidget:
        self._preview = PaperView()
        back = Button(_("Close the preview"), icon="arrow-left", key="Esc")
        back.clicked.connect(lambda: self._stack.setCurrentIndex(0))
        preview = QWidget()
        body = column(row(back, None, margins=(16, 8, 16, 8)))
        body.addWidget(self._preview, 1)
        preview.setLayout(body)
        return preview

    # -- showing

    def _show_checks(self, view: FinishView) -> None:
        met = sum(check.met for check in view.checks)
        whole = met == len(view.checks)
        words = _("{met} of {count} met").format(met=met, count=len(view.checks))
        self._all_met.show_state(state("done" if whole else "attention", words))
        shapes = {True: ("circle-check", "ok"), False: ("triangle-alert", "warn")}
        self._checks.show_points(
            (*shapes[check.met], check.sentence, check.detail) for check in view.checks
        )

    # -- acts

    def _on_leave(self) -> None:
        signed = self._view is not None and self._view.signed
        (self.leave_requested if signed else self.back_requested).emit()

    def _on_preview(self) -> None:
        if self._view and self._view.paper:
            self._preview.show_paper(self._view.paper)
            self._stack.setCurrentIndex(1)
            self._preview.pages.setFocus(Qt.FocusReason.OtherFocusReason)
