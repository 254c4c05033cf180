"""The minutes page: the chosen paper as it will be printed; what may be written beside it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _, ngettext
from ui.components.banner import Banner
from ui.components.button import Button, icon_button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.places import EmptyState, ProgressCard
from ui.components.text import label, rule
from ui.expert.document_view import MemoryDocument, PageView
from ui.look.scaling import Box, column, row
from ui.printing import print_pages
from ui.secretary.minutes_pages import page_numbers
from ui.secretary.minutes_side import MinutesSide
from ui.secretary.minutes_views import ALL, MinutesView
from ui.secretary.page import StepPage, TwoColumns, held
from ui.views import Message


class MinutesPage(StepPage):
    """Papers from memory; every wish leaves it as a signal."""

    selected = Signal(str)
    folder_chosen = Signal(object, str)
    printed = Signal(object)
    remake_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working = ""
        self._document: MemoryDocument | None = None
        self._data = b""
        self._view: MinutesView | None = None
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self._notice = Banner()
        self._notice.hide()
        lane = column(self.progress, self._notice, gap=10)
        lane.addWidget(self._make_preview(), 1)
        self.side = MinutesSide()
        self.side.export_requested.connect(self.choose_folder)
        self.side.print_requested.connect(self.print_paper)
        self.side.open_requested.connect(self._on_open)
        self._again = Button(_("Make anew"), icon="refresh-cw", size="tall")
        self._again.clicked.connect(self.remake_requested)
        self.foot.add_button(self._again)
        self.lay(TwoColumns(held(lane), self.side, 396))
        self._lay.setStretch(0, 1)
        self.key("Ctrl+P", lambda: self.print_paper(self.side.pages.text()))
        self.key("Ctrl+E", lambda: self.choose_folder(ALL))

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
        self.papers.offer([(name, name) for name in view.papers], view.selected)
        self.side.show_minutes(view)
        self._again.setVisible(not view.working)
        self.foot.show_foot(view.foot)

    def show_paper(self, name: str, data: bytes) -> None:
        """Show one paper; what is no PDF is opened with its own program after export."""
        old, self._document = self._document, None
        self._data = data
        if name.lower().endswith(".pdf"):
            self._document = MemoryDocument(data)
            self.pages.setDocument(self._document.document)
            self._stack.setCurrentIndex(0)
        else:
            self._stack.setCurrentIndex(1)
        if old:
            old.close()
        self._turned()

    def choose_folder(self, kind: str) -> None:
        """Ask where the papers go, all or those of one kind."""
        name = QFileDialog.getExistingDirectory(self, _("Where to write the papers"))
        if name:
            self.folder_chosen.emit(Path(name), kind)

    def print_paper(self, pages: str) -> None:
        """Print pages of the paper that is looked at; what hinders is said on the page."""
        if self._document is None or self._view is None:
            return
        if self._view.locked:
            self.side.focus_other()
            return
        try:
            wanted = page_numbers(pages, self._document.pages)
            done = print_pages(self._data, self._view.selected, wanted, self)
        except ReviewerError as error:
            self.printed.emit(Message(str(error), "bad", "circle-x"))
            return
        if done:
            words = ngettext(
                "{count} page sent to the printer",
                "{count} pages sent to the printer",
                len(wanted),
            ).format(count=len(wanted))
            self.printed.emit(Message(words, "ok", "circle-check"))

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
        other = EmptyState(
            "file-text",
            _("No preview of this kind"),
            _("Export it and open it with its own program."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        self._stack.addWidget(held(column(other, None, margins=(40, 40, 40, 40))))
        card = Card(self._make_head(), rule(), margins=(1, 2, 1, 1), gap=0)
        card.body.addWidget(self._stack, 1)
        return card

    def _make_head(self) -> Box:
        self.papers = Choice(_("Papers"))
        self.papers.activated.connect(
            lambda place: self.selected.emit(str(self.papers.itemData(place)))
        )
        self._page = label("", "small", "2")
        acts: tuple[tuple[str, str, object], ...] = (
            ("chevron-left", _("Previous page"), lambda: self._go(-1)),
            ("chevron-right", _("Next page"), lambda: self._go(1)),
            ("zoom-out", _("Smaller"), lambda: self.pages.zoom(-1)),
            ("zoom-in", _("Larger"), lambda: self.pages.zoom(1)),
        )
        head = row(margins=(10, 4, 6, 4), gap=4)
        head.addWidget(self.papers, 1)
        for place, (icon, words, act) in enumerate(acts):
            button = icon_button(icon, words)
            button.clicked.connect(act)
            if place == 1:
                head.addWidget(self._page)
            head.addWidget(button)
        return head

    def _go(self, step: int) -> None:
        self.pages.go(self.pages.page() + step)

    def _turned(self) -> None:
        pages = self._document.pages if self._document else 0
        self._page.setText(f"{self.pages.page() + 1}／{pages}" if pages else "")

    def _on_open(self) -> None:
        if self._view and self._view.exported:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._view.exported))
