"""The two lines above the materials: a tab for each document, and the tools."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button, icon_button
from ui.components.lines import Field
from ui.components.text import Icon, label, post
from ui.expert.score_views import DocumentTab
from ui.look.scaling import empty, fix, row
from ui.look.theme import look

_NARROW = 500


class DocumentTabs(QFrame):
    """A tab for each document; more than fit are reached by wheel, arrows and Tab."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "head")
        self._line = row(margins=(8, 3, 8, 0), gap=0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        inside = QWidget()
        inside.setProperty("ground", "rail")
        inside.setLayout(self._line)
        self._lane = QScrollArea()
        self._lane.setWidget(inside)
        self._lane.setWidgetResizable(True)
        self._lane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._lane.setHorizontalScrollBarPolicy(never)
        self._lane.setVerticalScrollBarPolicy(never)
        self.beside = icon_button(
            "columns-2", _("Side by side with another application"), key="Shift F3"
        )
        line = row(margins=(0, 0, 6, 0), gap=4)
        line.addWidget(self._lane, 1)
        line.addWidget(self.beside)
        self.setLayout(line)
        fix(self, height=36)

    def show_tabs(self, tabs: Sequence[DocumentTab]) -> None:
        """Show the documents of another application."""
        for button in self._buttons.values():
            self._group.removeButton(button)
        empty(self._line)
        self._buttons = {}
        for tab in tabs:
            button = Button(tab.title, kind="tab")
            button.setCheckable(True)
            button.setToolTip(tab.file)
            button.clicked.connect(lambda _c=False, e=tab.entry: self.chosen.emit(e))
            self._buttons[tab.entry] = button
            self._group.addButton(button)
            self._line.addWidget(button)
        self._line.addStretch(1)

    def show_current(self, entry: str) -> None:
        """Mark the document that is shown."""
        for each, button in self._buttons.items():
            button.setChecked(each == entry)
            if each == entry:
                self._lane.ensureWidgetVisible(button)

    def show_pages(self, tab: DocumentTab, pages: int) -> None:
        """Say how many pages a document has, once that is known."""
        if tab.entry in self._buttons and pages:
            words = _("{title}  {count} p.").format(title=tab.title, count=pages)
            self._buttons[tab.entry].show_words(words)


class MaterialTools(QFrame):
    """Outline, pages, zoom, search, citing; wishes leave it as signals."""

    searched = Signal(str)
    hit_stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "head")
        self.outline = icon_button("list-tree", _("Outline"))
        self.outline.setCheckable(True)
        self.back = icon_button("undo-2", _("Back to where you read"), key="Alt+Left")
        self.back.hide()
        self.before = icon_button("chevron-left", _("Page before"), key="PgUp")
        self.after = icon_button("chevron-right", _("Page after"), key="PgDn")
        self.page = Field()
        self.page.setAccessibleName(_("Page"))
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        fix(self.page, width=46)
        self.of = label("", "", "2")
        self.smaller = icon_button("zoom-out", _("Smaller"))
        self.zoom = Button(_("Fit width"), kind="quiet", size="compact")
        self.zoom.setAccessibleName(_("Fit the page to the width"))
        self.larger = icon_button("zoom-in", _("Larger"))
        self.search = self._make_search()
        self.cite = Button(_("Cite page"), icon="quote", key="")
        self.cite.setToolTip("F6")
        self._spare = (post(22), post(22), self.zoom)
        first, second, _zoom = self._spare
        line = row(margins=(8, 4, 8, 4), gap=2)
        line.put(self.outline, self.back, 4, first, 4, self.before, self.page, self.of)
        line.put(self.after, 4, second, 4, self.smaller, self.zoom, self.larger, 4)
        line.addStretch(1)
        line.addWidget(self.search, 20)
        line.put(4, self.cite)
        self.setLayout(line)
        fix(self, height=40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the search where there is little."""
        super().resizeEvent(event)
        narrow = self.width() / look().scale < _NARROW
        for part in self._spare:
            part.setVisible(not narrow)

    def show_hits(self, words: str) -> None:
        """Show which hit of how many is in sight."""
        self.hits.setText(words)
        room = self.hits.sizeHint().width() if words else 0
        self.search.setTextMargins(0, 0, room, 0)

    def _make_search(self) -> Field:
        search = Field()
        search.setPlaceholderText(_("Search"))
        search.setAccessibleName(
            _("Search in all documents of this application; Enter shows the next hit")
        )
        search.setToolTip(_("Enter: next, Shift+Enter: the one before, Esc: end"))
        search.setClearButtonEnabled(False)
        self.hits = QLabel(search)
        self.hits.setProperty("role", "small")
        self.hits.setProperty("tone", "2")
        search.setLayout(row(Icon("search", 15), None, self.hits, margins=(9, 0, 9, 0)))
        search.setProperty("kind", "search")
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        search.setMaximumWidth(look().px(220))
        return search
