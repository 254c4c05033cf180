"""The minutes page: the chosen paper as it will be printed, the list, two-machine check."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button, icon_button
from ui.components.card import Card
from ui.components.places import EmptyState, ProgressCard
from ui.components.table import Table
from ui.components.text import Icon, code, label, rule
from ui.expert.document_view import MemoryDocument, PageView
from ui.look.scaling import column, fix, row
from ui.secretary.minutes_presenter import MinutesView
from ui.secretary.page import StepPage
from ui.views import Column


class MinutesPage(StepPage):
    """Papers from memory; every wish leaves it as a signal."""

    selected = Signal(str)
    other_typed = Signal(str)
    folder_chosen = Signal(object)
    carry_chosen = Signal(object)
    remake_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working = ""
        self._document: MemoryDocument | None = None
        self._view: MinutesView | None = None
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self._notice = Banner()
        self._notice.hide()
        left = QWidget()
        lane = column(self.progress, self._notice, gap=10)
        lane.addWidget(self._make_preview(), 1)
        left.setLayout(lane)
        body = row(margins=(20, 12, 20, 12), gap=12)
        body.addWidget(left, 1)
        body.addWidget(self._make_side())
        holder = QWidget()
        holder.setLayout(body)
        self._again = Button(_("Make anew"), icon="refresh-cw", size="tall")
        self._again.clicked.connect(self.remake_requested)
        self.foot.add_button(self._again)
        self.lay(holder)
        self._lay.setStretch(0, 1)

    def show_minutes(self, view: MinutesView) -> None:
        """Show the page as it stands."""
        self._view = view
        if view.working and view.working != self._working:
            self.progress.begin(view.working, view.keeps)
        self.settle_focus(self.progress.cancel, before=self._working, now=view.working)
        self._working = view.working
        self.progress.setVisible(bool(view.working))
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self.table.show_rows(view.rows)
        self.table.select(view.selected)
        self._code.setText(view.code)
        said = view.agreement
        self._agreement.say(said.text, said.tone, said.icon)
        self._open.setVisible(bool(view.exported))
        self._again.setVisible(not view.working)
        self.foot.show_foot(view.foot)

    def show_paper(self, name: str, data: bytes) -> None:
        """Show one paper; what is no PDF is opened with its own program after export."""
        old, self._document = self._document, None
        if name.lower().endswith(".pdf"):
            self._document = MemoryDocument(data)
            self.pages.setDocument(self._document.document)
            self._stack.setCurrentIndex(0)
        else:
            self._stack.setCurrentIndex(1)
        if old:
            old.close()
        self._name.setText(name)
        self._turned()

    def choose_folder(self) -> None:
        """Ask where the papers go."""
        name = QFileDialog.getExistingDirectory(self, _("Where to write the papers"))
        if name:
            self.folder_chosen.emit(Path(name))

    def forget(self) -> None:
        """Let go of the shown document."""
        self.pages.show_nothing()
        if self._document:
            self._document.close()
            self._document = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what is being made."""
        if event.key() == Qt.Key.Key_Escape and self._working:
            self.cancel_requested.emit()
            return
        super().keyPressEvent(event)

    # -- building

    def _make_preview(self) -> Card:
        self.pages = PageView()
        self.pages.turned.connect(lambda _page: self._turned())
        self._name, self._page = label("", "small-strong"), label("", "small", "2")
        back = icon_button("chevron-left", _("Previous page"))
        on = icon_button("chevron-right", _("Next page"))
        back.clicked.connect(lambda: self.pages.go(self.pages.page() - 1))
        on.clicked.connect(lambda: self.pages.go(self.pages.page() + 1))
        smaller = icon_button("zoom-out", _("Smaller"))
        larger = icon_button("zoom-in", _("Larger"))
        smaller.clicked.connect(lambda: self.pages.zoom(-1))
        larger.clicked.connect(lambda: self.pages.zoom(1))
        head = row(margins=(12, 2, 6, 2), gap=4)
        head.addWidget(self._name, 1)
        head.put(back, self._page, on, smaller, larger)
        other = EmptyState(
            "file-text",
            _("No preview of this kind"),
            _("Export it and open it with its own program."),
        )
        plain = QWidget()
        plain.setLayout(column(other, None, margins=(40, 40, 40, 40)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        self._stack.addWidget(plain)
        card = Card(head, rule(), margins=(1, 2, 1, 1), gap=0)
        card.body.addWidget(self._stack, 1)
        return card

    def _make_side(self) -> QWidget:
        self.table = Table(
            _("Papers"), (Column(_("Paper")), Column(_("Kind"), 84)), sortable=False
        )
        self.table.chosen.connect(self.selected)
        papers = Card(margins=(6, 6, 6, 6), gap=0)
        papers.body.addWidget(self.table, 1)
        self._code, self.other = code(), QLineEdit()
        self.other.setPlaceholderText(_("Results code of the other machine"))
        self.other.setAccessibleName(_("Results code of the other machine"))
        self.other.textEdited.connect(self.other_typed)
        self._agreement = Hint()
        carry = Button(_("Carry the round over"), kind="link")
        carry.clicked.connect(self._on_carry)
        own = row(label(_("This machine"), "small", "2"), self._code, None, gap=8)
        two = Card(
            row(
                Icon("git-compare-arrows", 18), label(_("Two machines"), "strong"), None, gap=8
            ),
            own,
            self.other,
            self._agreement,
            row(carry, None),
            gap=6,
        )
        self._open = Button(_("Open the folder"), icon="folder-open")
        self._open.clicked.connect(self._on_open)
        side = QWidget()
        lane = column(gap=12)
        lane.addWidget(papers, 1)
        lane.addWidget(two)
        lane.addWidget(self._open)
        side.setLayout(lane)
        fix(side, width=380)
        return side

    def _turned(self) -> None:
        pages = self._document.pages if self._document else 0
        self._page.setText(f"{self.pages.page() + 1}／{pages}" if pages else "")

    # -- acts

    def _on_carry(self) -> None:
        kinds = _("Carried rounds (*.round)")
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Carry the round over"), "round.round", kinds
        )
        if name:
            self.carry_chosen.emit(Path(name))

    def _on_open(self) -> None:
        if self._view and self._view.exported:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._view.exported))
