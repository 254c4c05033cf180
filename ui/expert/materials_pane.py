"""The materials of one application: tabs, tools, pages, outline, private notes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from ui.components.button import Button, icon_button
from ui.components.lines import Field
from ui.components.text import Icon, label, post
from ui.expert.document_view import Finder, MemoryDocument, OutlineTree, PageView
from ui.expert.score_views import DocumentTab
from ui.look.scaling import column, empty, fix, row
from ui.look.theme import look

Fetch = Callable[[str, Callable[[bytes], None], Callable[[ReviewerError], None]], None]
"""Fetch a document by its entry in the background."""
_KEPT = 6


class MaterialsPane(QWidget):
    """Shows one material at a time; ``cited`` carries file and page (from 1)."""

    cited = Signal(str, int)

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self._fetch = fetch
        self._tabs: tuple[DocumentTab, ...] = ()
        self._current: DocumentTab | None = None
        self._open: dict[str, MemoryDocument] = {}
        self._pages: dict[str, int] = {}
        self._wanted: int | None = None
        self._build()
        self._wire()

    def show_documents(self, tabs: Sequence[DocumentTab]) -> None:
        """Show the materials of another application, the first one open."""
        if tuple(tabs) == self._tabs:
            return
        self._leave()
        self._let_go()
        self._tabs = tuple(tabs)
        self._show_tabs()
        if tabs:
            self.open_document(tabs[0].entry)
        else:
            self._say(_("This application has no materials in the pack."))

    def open_document(self, entry: str, page: int | None = None) -> None:
        """Open one material, at a page (from 0) if given."""
        tab = next((each for each in self._tabs if each.entry == entry), None)
        if tab is None:
            return
        self._leave()
        self._current, self._wanted = tab, page
        for button in self._tab_group.buttons():
            button.setChecked(button.property("entry") == entry)
            if button.isChecked():
                self._tab_lane.ensureWidgetVisible(button)
        if entry in self._open:
            self._show_open(tab)
            return
        self._say(_("Opening …"))
        self._fetch(entry, lambda data: self._on_data(tab, data), self._on_failed)

    def open_file(self, file: str, page: int) -> None:
        """Open the material with this file name at a page (from 1)."""
        tab = next((each for each in self._tabs if each.file == file), None)
        if tab:
            self.open_document(tab.entry, page - 1)

    def cite(self) -> None:
        """Cite the page that is shown."""
        if self._current and self._shown():
            self.cited.emit(self._current.file, self.view.page() + 1)

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def set_outline(self, *, shown: bool) -> None:
        """Show or hide the outline."""
        self._outline_button.setChecked(shown)

    def forget(self) -> None:
        """Let go of every document."""
        self._leave()
        self._let_go()

    # -- building

    def _build(self) -> None:
        tabs = self._make_tabs()
        self.view, self.outline = PageView(), OutlineTree()
        self._finder = Finder(self.view, self)
        self._stack = QStackedWidget()
        self._words = label("", "", "2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._words)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.outline)
        self._splitter.addWidget(self._stack)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([look().px(208), look().px(600)])
        self.outline.hide()
        body = column(tabs, self._make_tools())
        body.addWidget(self._splitter, 1)
        self.setLayout(body)

    def _make_tabs(self) -> QFrame:
        """Return the line of tabs; more than fit are reached by wheel, arrows and Tab."""
        self._tab_line = row(margins=(8, 3, 8, 0), gap=0)
        self._tab_group = QButtonGroup(self)
        inside = QWidget()
        inside.setProperty("ground", "rail")
        inside.setLayout(self._tab_line)
        self._tab_lane = QScrollArea()
        self._tab_lane.setWidget(inside)
        self._tab_lane.setWidgetResizable(True)
        self._tab_lane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._tab_lane.setHorizontalScrollBarPolicy(never)
        self._tab_lane.setVerticalScrollBarPolicy(never)
        tabs = QFrame()
        tabs.setProperty("kind", "head")
        tabs.setLayout(column(self._tab_lane))
        fix(tabs, height=36)
        return tabs

    def _make_tools(self) -> QFrame:
        self._outline_button = icon_button("list-tree", _("Outline"))
        self._outline_button.setCheckable(True)
        self._before = icon_button("chevron-left", _("Page before"), key="PgUp")
        self._after = icon_button("chevron-right", _("Page after"), key="PgDn")
        self.page_field = Field()
        self.page_field.setAccessibleName(_("Page"))
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        fix(self.page_field, width=46)
        self._of = label("", "", "2")
        self._smaller = icon_button("zoom-out", _("Smaller"))
        self._zoom = Button(_("Fit width"), kind="quiet", size="compact")
        self._zoom.setAccessibleName(_("Fit the page to the width"))
        self._larger = icon_button("zoom-in", _("Larger"))
        self.search = Field()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search in the document; Enter shows the next hit"))
        self.search.setClearButtonEnabled(False)
        self._hits = QLabel(self.search)
        self._hits.setProperty("role", "small")
        self._hits.setProperty("tone", "2")
        inside = row(Icon("search", 15), None, self._hits, margins=(9, 0, 9, 0))
        self.search.setLayout(inside)
        self.search.setProperty("kind", "search")
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMaximumWidth(look().px(220))
        self._cite = Button(_("Cite page"), icon="quote", key="")
        self._cite.setToolTip("F6")
        tools = QFrame()
        tools.setProperty("kind", "head")
        line = row(margins=(8, 4, 8, 4), gap=2)
        line.put(self._outline_button, 4, post(22), 4, self._before, self.page_field, self._of)
        line.put(self._after, 4, post(22), 4, self._smaller, self._zoom, self._larger, 4)
        line.addStretch(1)
        line.addWidget(self.search, 20)
        line.put(4, self._cite)
        tools.setLayout(line)
        fix(tools, height=40)
        return tools

    def _wire(self) -> None:
        self._outline_button.toggled.connect(self._on_outline)
        self._before.clicked.connect(lambda: self.view.go(self.view.page() - 1))
        self._after.clicked.connect(lambda: self.view.go(self.view.page() + 1))
        self.page_field.returnPressed.connect(self._on_page_typed)
        self._smaller.clicked.connect(lambda: self.view.zoom(-1))
        self._zoom.clicked.connect(lambda: self.view.zoom(0))
        self._larger.clicked.connect(lambda: self.view.zoom(1))
        self.view.zoomed.connect(lambda: self._zoom.show_words(self.view.zoom_words()))
        self.view.turned.connect(lambda _page: self._show_page())
        self.outline.asked.connect(self.view.go)
        self._cite.clicked.connect(self.cite)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(250)
        self._searching.timeout.connect(self._look_for)
        self.search.textChanged.connect(lambda _text: self._searching.start())
        self.search.returnPressed.connect(lambda: self._go_hit(1))
        self._finder.model.countChanged.connect(self._show_hits)

    # -- showing

    def _let_go(self) -> None:
        self.view.show_nothing()
        self.outline.show_document(None)
        self._finder.look_for("", None)
        for held in self._open.values():
            held.close()
        self._open = {}

    def _show_tabs(self) -> None:
        empty(self._tab_line)
        for tab in self._tabs:
            button = Button(tab.title, kind="tab")
            button.setCheckable(True)
            button.setProperty("entry", tab.entry)
            button.setToolTip(tab.file)
            button.clicked.connect(lambda _c=False, e=tab.entry: self.open_document(e))
            self._tab_group.addButton(button)
            self._tab_line.addWidget(button)
        self._tab_line.addStretch(1)

    def _on_data(self, tab: DocumentTab, data: bytes) -> None:
        if tab not in self._tabs:
            return
        held = MemoryDocument(data)
        while len(self._open) >= _KEPT:
            oldest = next(iter(self._open))
            self._open.pop(oldest).close()
        self._open[tab.entry] = held
        if tab == self._current:
            self._show_open(tab)

    def _on_failed(self, error: ReviewerError) -> None:
        self._say(str(error))

    def _show_open(self, tab: DocumentTab) -> None:
        held = self._open[tab.entry]
        if not held.sound:
            words = _("“{file}” cannot be shown here; ask the secretary for a copy on paper.")
            self._say(words.format(file=tab.file))
            return
        self._stack.setCurrentWidget(self.view)
        self.view.setDocument(held.document)
        self.outline.show_document(held.document)
        self.outline.setVisible(self._outline_button.isChecked() and self.outline.has_entries())
        page = self._pages.get(tab.entry, 0) if self._wanted is None else self._wanted
        self.view.go(page)
        QTimer.singleShot(0, self, lambda: self.view.go(page))
        self._of.setText(f"／{held.pages}")
        self._show_page()
        self._look_for()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._stack.setCurrentWidget(self._words)
        self._of.setText("")
        self.page_field.clear()

    def _show_page(self) -> None:
        self.page_field.setText(str(self.view.page() + 1))
        self.outline.show_page(self.view.page())

    def _shown(self) -> bool:
        return self._stack.currentWidget() is self.view

    def _leave(self) -> None:
        if self._current and self._shown():
            self._pages[self._current.entry] = self.view.page()

    def _on_page_typed(self) -> None:
        text = self.page_field.text().strip()
        if text.isdigit():
            self.view.go(int(text) - 1)
        self._show_page()

    def _on_outline(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.outline.setVisible(on and self.outline.has_entries())

    def _look_for(self) -> None:
        held = self._open.get(self._current.entry) if self._current else None
        sound = held.document if held and held.sound else None
        self._finder.look_for(self.search.text().strip(), sound)
        self._show_hits()

    def _go_hit(self, step: int) -> None:
        self._finder.go(step)
        self._show_hits()

    def _show_hits(self) -> None:
        self._hits.setText(self._finder.words() if self.search.text().strip() else "")
