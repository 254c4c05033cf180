"""The materials of one application: tabs, tools, pages or text, outline, places found.

What is shown was decrypted in memory and handed to the reading process by a pipe; nothing of it
touches the disk, and no document, however it was made, can stop the window.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.panes import panes
from ui.components.text import label
from ui.expert.document_text import DocumentText
from ui.expert.materials_bars import DocumentTabs, MaterialTools
from ui.expert.open_documents import Fetch, OpenDocuments
from ui.expert.outline_tree import OutlineTree
from ui.expert.page_canvas import PageCanvas
from ui.expert.quote_button import QuoteButton
from ui.expert.score_views import DocumentTab
from ui.expert.search_hits import HitsList
from ui.expert.search_presenter import Hit, SearchPresenter
from ui.look.scaling import column
from ui.look.theme import look
from ui.reading.described import Described
from ui.reading.link import reader_link

__all__ = ["Fetch", "MaterialsPane"]
_SEARCH_MS = 250


class MaterialsPane(QWidget):
    """Shows one material at a time.

    ``cited`` carries file and page (from 1, 0 where it has none); ``quoted`` words before them.
    """

    cited = Signal(str, int)
    quoted = Signal(str, str, int)

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self._documents = OpenDocuments(fetch, reader_link())
        reader_link().warm_up()
        self.searching = SearchPresenter(self._documents)
        self._tabs: tuple[DocumentTab, ...] = ()
        self._current: DocumentTab | None = None
        self._pages: dict[str, int] = {}
        self._wanted: int | None = None
        self._hit: Hit | None = None
        self._back: list[tuple[str, int]] = []
        self._build()
        self._wire()

    def show_documents(self, tabs: Sequence[DocumentTab]) -> None:
        """Show the materials of another application, the first one open."""
        if tuple(tabs) == self._tabs:
            return
        self.forget()
        self._tabs = tuple(tabs)
        self.tabs.show_tabs(self._tabs)
        if tabs:
            self.open_document(tabs[0].entry)
        else:
            self._say(_("This application has no materials in the pack."))
        if self.tools.search.text().strip():
            self._look_for()

    def open_document(self, entry: str, page: int | None = None) -> None:
        """Open one material, at a page (from 0) if given."""
        tab = next((each for each in self._tabs if each.entry == entry), None)
        if tab is None:
            return
        self._leave()
        self._current, self._wanted = tab, page
        self.tabs.show_current(entry)
        if self._documents.known(tab) is None:
            self._say(_("Opening …"))
        self._documents.describe(tab, lambda described: self._on_described(tab, described))

    def open_file(self, file: str, page: int) -> None:
        """Open the material with this file name at a page (from 1); Back returns from it."""
        tab = next((each for each in self._tabs if each.file == file), None)
        if tab is None:
            return
        if self._current:
            self._back.append((self._current.entry, self.view.page()))
            self.tools.back.show()
        self.open_document(tab.entry, max(0, page - 1))

    def go_back(self) -> None:
        """Return to where one read before a citation was opened."""
        if self._back:
            self.open_document(*self._back.pop())
        self.tools.back.setVisible(bool(self._back))

    def cite(self) -> None:
        """Cite the page that is shown."""
        if self._current and not self._is_shown(self._words):
            self.cited.emit(self._current.file, self._page_number())

    def quote(self) -> None:
        """Quote the chosen words; nothing where none are chosen."""
        text = self.text.choice() if self._is_shown(self.text) else self.view.choice
        if self._current and text:
            self.quoted.emit(text, self._current.file, self._page_number())
            self.view.clear_choice()
            self.text.clear_choice()

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.search.selectAll()

    def set_outline(self, *, shown: bool) -> None:
        """Show or hide the outline."""
        self.tools.outline.setChecked(shown)

    def forget(self) -> None:
        """Let go of every document."""
        self._leave()
        self.view.show_nothing()
        self.text.show_nothing()
        self.outline.show_outline(())
        self._documents.forget()
        self.searching.look_for("", ())
        self._tabs, self._current, self._hit, self._back = (), None, None, []
        self.tools.back.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the room to the pages."""
        super().resizeEvent(event)
        self.hits.setMaximumHeight(min(look().px(150), round(self.height() * 0.35)))

    # -- building

    def _build(self) -> None:
        self.tabs, self.tools = DocumentTabs(), MaterialTools()
        self.view, self.text = PageCanvas(), DocumentText()
        self.outline, self.hits = OutlineTree(), HitsList()
        self._words = label("", "", "2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self.view, self.text, self._words):
            self._stack.addWidget(part)
        across = panes(Qt.Orientation.Horizontal, self.outline, self._stack)
        across.setStretchFactor(1, 1)
        across.setSizes([look().px(208), look().px(600)])
        down = panes(Qt.Orientation.Vertical, across, self.hits)
        down.setStretchFactor(0, 1)
        down.setSizes([look().px(420), look().px(150)])
        self.outline.hide()
        self.hits.hide()
        self._quote = QuoteButton(self._stack)
        body = column(self.tabs, self.tools)
        body.addWidget(down, 1)
        self.setLayout(body)

    def _wire(self) -> None:
        tools = self.tools
        tools.outline.toggled.connect(lambda _on: self._show_sides())
        tools.back.clicked.connect(self.go_back)
        tools.before.clicked.connect(lambda: self.view.go(self.view.page() - 1))
        tools.after.clicked.connect(lambda: self.view.go(self.view.page() + 1))
        tools.page.returnPressed.connect(self._on_page_typed)
        for button, step in ((tools.smaller, -1), (tools.zoom, 0), (tools.larger, 1)):
            button.clicked.connect(lambda _c=False, by=step: self._zoom(by))
        self.view.zoomed.connect(lambda: tools.zoom.show_words(self.view.zoom_words()))
        self.view.turned.connect(lambda _page: self._show_page())
        self.view.chosen.connect(self._place_quote)
        self.text.chosen.connect(self._place_quote)
        self._quote.clicked.connect(self.quote)
        self.outline.asked.connect(self.view.go)
        self.tabs.chosen.connect(self.open_document)
        tools.cite.clicked.connect(self.cite)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SEARCH_MS)
        self._waiting.timeout.connect(self._look_for)
        tools.search.textChanged.connect(lambda _text: self._waiting.start())
        tools.search.returnPressed.connect(lambda: self._step_hit(1))
        self.hits.asked.connect(lambda place: self._show_hit(self.searching.turn_to(place)))
        self.searching.changed = self._show_hits
        acts = {
            "Shift+Return": (tools.search, lambda: self._step_hit(-1)),
            "Escape": (tools.search, tools.search.clear),
            "Alt+Left": (self, self.go_back),
            "Shift+F6": (self, self.quote),
        }
        for keys, (where, act) in acts.items():
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- showing

    def _on_described(self, tab: DocumentTab, described: Described) -> None:
        self.tabs.show_pages(tab, len(described.sizes))
        if tab != self._current:
            return
        if described.trouble:
            self._say(described.trouble)
            return
        if described.kind == "text":
            self.text.show_blocks(described.blocks)
            self._stack.setCurrentWidget(self.text)
            self.outline.show_outline(())
        else:
            self._stack.setCurrentWidget(self.view)
            self.view.show_pages(
                described.sizes, lambda head, told: self._documents.ask(tab, head, told)
            )
            self.outline.show_outline(described.outline)
            page = self._pages.get(tab.entry, 0) if self._wanted is None else self._wanted
            self.view.go(page)
        self._show_sides()
        self._show_page()
        self._mark_hits()

    def _say(self, words: str) -> None:
        self.view.show_nothing()
        self._words.setText(words)
        self._stack.setCurrentWidget(self._words)
        self.outline.show_outline(())
        self._show_page()

    def _show_page(self) -> None:
        pages = self._is_shown(self.view)
        count = self.view.count() if pages else 0
        self.tools.of.setText(f"／{count}" if count else "")
        self.tools.page.setText(str(self.view.page() + 1) if count else "")
        for part in (self.tools.before, self.tools.after, self.tools.page):
            part.setEnabled(bool(count))
        zoom = self.text.zoom_words() if self._is_shown(self.text) else self.view.zoom_words()
        self.tools.zoom.show_words(zoom)
        self.outline.show_page(self.view.page())

    def _show_sides(self) -> None:
        self.hits.setVisible(bool(self.searching.words))
        wanted = self.tools.outline.isChecked() and self.outline.has_entries()
        self.outline.setVisible(wanted)

    def _is_shown(self, part: QWidget) -> bool:
        return self._stack.currentWidget() is part

    def _page_number(self) -> int:
        return self.view.page() + 1 if self._is_shown(self.view) else 0

    def _leave(self) -> None:
        if self._current and self._is_shown(self.view):
            self._pages[self._current.entry] = self.view.page()

    def _zoom(self, step: int) -> None:
        (self.text if self._is_shown(self.text) else self.view).zoom(step)
        self._show_page()

    def _on_page_typed(self) -> None:
        text = self.tools.page.text().strip()
        if text.isdigit():
            self.view.go(int(text) - 1)
        self._show_page()

    def _place_quote(self) -> None:
        """Put the button that quotes where the chosen words end."""
        text = self._is_shown(self.text)
        chosen = self.text.choice() if text else self.view.choice
        end = self.text.choice_end() if text else self.view.choice_end()
        self._quote.stand_at(end, shown=bool(chosen))

    # -- searching

    def _look_for(self) -> None:
        self._waiting.stop()
        self._hit = None
        self.searching.look_for(self.tools.search.text(), self._tabs)

    def _step_hit(self, step: int) -> None:
        if self._waiting.isActive():
            self._look_for()
        hit = self.searching.step(step)
        if hit:
            self._show_hit(hit)

    def _show_hit(self, hit: Hit) -> None:
        self._hit = hit
        if hit.tab != self._current:
            self.open_document(hit.tab.entry, hit.page)
        else:
            self._mark_hits()
        self._show_hits()

    def _show_hits(self) -> None:
        self.tools.show_hits(self.searching.count_words())
        found = self.searching
        self.hits.show_hits(found.hits, found.here, found.none_words())
        self._show_sides()
        self._mark_hits()

    def _mark_hits(self) -> None:
        """Mark the hits of the shown document, and go to the one that was asked for."""
        if self._current is None:
            return
        if self._is_shown(self.text):
            self.text.look_for(self.searching.words)
        self.view.mark(self.searching.boxes(self._current))
        hit = self._hit
        if hit and hit.tab == self._current:
            if self._is_shown(self.text):
                self.text.go_hit(hit.place)
            elif self._is_shown(self.view):
                self.view.go_hit(hit.page, list(hit.boxes))
