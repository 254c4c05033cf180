"""What frames every page of the expert: the top bar with its steps, and the pages below."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.bars import TopBar
from ui.components.button import icon_button
from ui.components.segments import Segments
from ui.expert.draft_line import DraftLine
from ui.look.scaling import column, row
from ui.look.theme import TEXT_SIZES, look

_NARROW = 1000


class ExpertFrame(QWidget):
    """Title, steps, draft, text size, lock and help above; one page below."""

    text_size_chosen = Signal(int)
    help_requested = Signal()
    lock_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.top = TopBar()
        self.top.show_title(_("Expert Review"))
        self._sizes = Segments(
            _("Text size"), [("less", _("A−")), ("now", "100%"), ("more", _("A+"))]
        )
        self._sizes.choose("now")
        self._sizes.chosen.connect(self._on_size)
        self.lock_button = icon_button("lock", _("Lock the desk"), key="Ctrl L")
        self.lock_button.clicked.connect(self.lock_requested)
        self.lock_button.hide()
        help_ = icon_button("circle-question-mark", _("Help"), key="F1")
        help_.clicked.connect(self.help_requested)
        self.drafts = DraftLine()
        self.drafts.resized.connect(self.top.fit)
        small = QWidget()
        small.setLayout(row(self.lock_button, help_, gap=0))
        self.top.add_right(self.drafts.button, self._sizes, small)
        self._pages = QStackedWidget()
        body = column(self.top, self.drafts)
        body.addWidget(self._pages, 1)
        self.setLayout(body)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock_requested)

    def add_pages(self, *pages: QWidget) -> None:
        """Put pages below the top bar; the first is shown."""
        for page in pages:
            self._pages.addWidget(page)

    def changeEvent(self, event: QEvent) -> None:
        """Show which text size is in use when it changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.show_text_size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the top bar where the window is narrow."""
        super().resizeEvent(event)
        self._fit()

    def show_text_size(self) -> None:
        """Show which text size is in use."""
        self._sizes.button("now").show_words(f"{look().text_size}%")
        self._fit()

    def _on_size(self, key: str) -> None:
        step = {"less": -1, "more": 1}.get(key, 0)
        place = TEXT_SIZES.index(look().text_size) + step
        self._sizes.choose("now")
        if step and 0 <= place < len(TEXT_SIZES):
            self.text_size_chosen.emit(TEXT_SIZES[place])

    def _fit(self) -> None:
        narrow = self.width() / look().scale < _NARROW
        self.drafts.set_narrow(narrow=narrow)
        self.top.set_narrow(narrow=narrow)
