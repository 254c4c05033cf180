"""The finish page: checks and signature at the left, where to and the receipt at the right."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.bars import FootBar
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import PickRow, TickBox
from ui.components.chip import StateLine
from ui.components.lines import WordsField
from ui.components.places import Checklist
from ui.components.shortcuts import listen
from ui.components.text import Icon, code, label, rule
from ui.expert.document_view import MemoryDocument, PageView
from ui.expert.finish_presenter import FinishView, Place
from ui.look.scaling import Box, column, empty, row
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

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._view: FinishView | None = None
        self._places: tuple[Place, ...] = ()
        self._group = QButtonGroup(self)
        self._shown: MemoryDocument | None = None
        self.foot = FootBar()
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
        self._show_places(view)
        self._trouble.setVisible(bool(view.trouble.text))
        self._trouble.say(
            view.trouble.text, tone=view.trouble.tone if view.trouble.text else ""
        )
        self._before.setVisible(not view.signed)
        self._after.setVisible(view.signed)
        icons = {True: ("circle-check", "ok"), False: ("circle-dashed", "")}
        self._acts.show_points((*icons[done], words, "") for words, done in view.acts)
        self._show_receipt(view)
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
        left = column(self._make_checks(), self._make_signature(), None, gap=12)
        self._body = body = row(margins=(20, 16, 20, 16), gap=16)
        body.addLayout(left, 4)
        body.addWidget(self._make_target(), 3)
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
        listen(self, enter)

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

    def _make_target(self) -> Card:
        self._target_title = label("", "card-title")
        self._target_state = label("", "small", "2")
        self._signed_line = StateLine(state("signed", ""))
        self._rows: Box = column(gap=8)
        other = Button(_("Another place"), kind="quiet", icon="folder-open", size="compact")
        other.clicked.connect(self._on_other)
        again = Button(
            _("Look for sticks again"), kind="quiet", icon="refresh-cw", size="compact"
        )
        again.clicked.connect(self.search_requested)
        self._trouble = Banner(tone="bad")
        holder = QWidget()
        holder.setLayout(self._rows)
        self._before, self._after = self._make_before(), self._make_after()
        return Card(
            row(self._target_title, None, self._target_state, self._signed_line),
            holder,
            row(other, again, None, gap=12),
            self._trouble,
            rule(),
            self._before,
            self._after,
            None,
            margins=(20, 14, 20, 14),
            gap=10,
        )

    def _make_before(self) -> QWidget:
        self._acts = Checklist()
        before = QWidget()
        before.setLayout(
            column(
                label(_("The button then does four things in turn"), "strong", wrap=True),
                self._acts,
                label(
                    _("If one fails it stops and says so; a signed sheet is not lost."),
                    "small",
                    "2",
                    wrap=True,
                ),
                gap=4,
            )
        )
        return before

    def _make_after(self) -> QWidget:
        self._receipt = label("", "receipt")
        self._receipt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._file = label("", "small", "2", wrap=True)
        copy = Button(_("Copy"), icon="copy")
        copy.clicked.connect(self._on_copy)
        self._preview_button = Button(_("Preview"))
        self._preview_button.clicked.connect(self._on_preview)
        self._revise = Button("", kind="link")
        self._revise.clicked.connect(self.revision_requested)
        words = column(
            label(_("Print the sheet and sign by hand")),
            label(
                _("With codes: if the stick fails, this paper can be handed in."),
                "small",
                "2",
                wrap=True,
            ),
        )
        paper = row(Icon("printer", 24), gap=12)
        paper.addLayout(words, 1)
        paper.addWidget(self._preview_button)
        after = QWidget()
        after.setLayout(
            column(
                label(
                    _("Receipt code; check it against the secretary's list"),
                    "small",
                    "2",
                    wrap=True,
                ),
                row(self._receipt, None, copy),
                self._file,
                rule(),
                paper,
                rule(),
                row(label(_("To change a score:"), "small", "2"), self._revise, None, gap=4),
                gap=8,
            )
        )
        return after

    def _make_preview(self) -> QWidget:
        self._preview = PageView()
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

    def _show_places(self, view: FinishView) -> None:
        self._target_title.setText(_("Handed in") if view.signed else _("Where to"))
        self._target_state.setVisible(not view.signed)
        self._target_state.setText(_("{count} places found").format(count=len(view.places)))
        self._signed_line.setVisible(view.signed)
        words = _("Signed, revision {number}").format(number=view.revision)
        self._signed_line.show_state(state("done", words))
        if view.places != self._places:
            self._rebuild(view.places)
        for button in self._group.buttons():
            button.setChecked(button.property("root") == view.chosen)

    def _rebuild(self, places: tuple[Place, ...]) -> None:
        self._places = places
        for button in self._group.buttons():
            self._group.removeButton(button)
        empty(self._rows)
        for place in places:
            line = PickRow(place.title, place.detail, "hard-drive", place.state)
            line.setProperty("root", str(place.root))
            line.setEnabled(place.usable)
            line.clicked.connect(
                lambda _c=False, root=str(place.root): self.place_chosen.emit(root)
            )
            self._group.addButton(line)
            self._rows.addWidget(line)

    def _show_receipt(self, view: FinishView) -> None:
        self._receipt.setText(view.receipt)
        self._receipt.setAccessibleName(_("Receipt code {code}").format(code=view.receipt))
        self._file.setText(view.file)
        self._preview_button.setEnabled(view.paper is not None)
        self._revise.show_words(
            _("make revision {number}, with a reason").format(number=view.revision + 1)
        )

    # -- acts

    def _on_leave(self) -> None:
        signed = self._view is not None and self._view.signed
        (self.leave_requested if signed else self.back_requested).emit()

    def _on_other(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Where to write the sheet"))
        if folder:
            self.place_added.emit(Path(folder))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._receipt.text())

    def _on_preview(self) -> None:
        if self._view and self._view.paper:
            self._shown = MemoryDocument(self._view.paper.read_bytes())
            self._preview.setDocument(self._shown.document)
            self._stack.setCurrentIndex(1)
            self._preview.setFocus(Qt.FocusReason.OtherFocusReason)
