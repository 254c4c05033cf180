"""The scoring page: applications, materials, indicators side by side; one pane where narrow."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.components.panes import panes
from ui.components.shortcuts import REDO, UNDO, listen
from ui.components.strip import DimensionStrip
from ui.components.text import post, rule
from ui.expert.indicator_list import IndicatorList
from ui.expert.materials_pane import Fetch, MaterialsPane
from ui.expert.notes_pane import NotesPane
from ui.expert.pane_head import PaneHead
from ui.expert.rail_column import RailColumn
from ui.expert.score_foot import ScoreFoot
from ui.expert.score_views import ScoreView
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.settings import Settings
from ui.views import Act

_ROOMY, _SNUG, _USUAL, _TIGHT = 1600, 1320, 1180, 1000
_FORM, _FORM_ROOMY = 452, 520
_RETRY_MS = 5000
_PAINT_MS = 40


class ScorePage(QWidget):
    """Where an expert spends the day; every wish leaves it as a signal."""

    application_requested = Signal(str)
    application_stepped = Signal(int)
    indicator_requested = Signal(str)
    indicator_stepped = Signal(int)
    group_requested = Signal(int)
    note_typed = Signal(str)
    flag_requested = Signal()
    cited = Signal(str, int)
    undo_requested = Signal()
    redo_requested = Signal()
    gap_requested = Signal()
    compare_requested = Signal()
    next_requested = Signal()
    retry_requested = Signal()

    def __init__(self, fetch: Fetch, settings: Settings) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self._settings = settings
        self._view: ScoreView | None = None
        self._width = ""
        self._pane = "form"
        self._head = PaneHead()
        self._rail = RailColumn()
        self.rail = self._rail.list
        self.materials = MaterialsPane(fetch)
        self.list = IndicatorList()
        self.form = self.list.form
        self.strip = DimensionStrip()
        self.below, self.beside = NotesPane(beside=False), NotesPane(beside=True)
        self.foot = ScoreFoot()
        self._build()
        self._wire()
        self._shortcuts()
        self._postponed: list[Act] = []
        self._painting = QTimer(self)
        self._painting.setSingleShot(True)
        self._painting.setInterval(_PAINT_MS)
        self._painting.timeout.connect(self._do_postponed)
        self._retrying = QTimer(self)
        self._retrying.setInterval(_RETRY_MS)
        self._retrying.timeout.connect(self.retry_requested)

    def show_score(self, view: ScoreView) -> None:
        """Show the page as it stands."""
        fresh = self._view is None or self._view.number != view.number
        self._view = view
        self._rail.show_rail(view)
        if fresh:
            self.materials.show_documents(view.documents)
        self.strip.show_groups(view.groups, view.group)
        self.list.show_groups(view.groups, view.form)
        for notes in (self.below, self.beside):
            notes.show_note(view.note)
        self._head.show_head(view)
        self._show_foot(view)

    def show_materials(self) -> None:
        """Turn to the materials where there is room for one pane only."""
        self._turn_pane("materials")

    def focus_levels(self) -> None:
        """Give the keyboard to the level buttons, or to the score where there are none."""
        self._turn_pane("form")
        if self.form.levels.buttons():
            self.form.levels.focus()
        else:
            self.form.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_score(self) -> None:
        """Give the keyboard to the score, what stands there selected."""
        self._turn_pane("form")
        self.form.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.field.selectAll()

    def focus_reason(self) -> None:
        """Give the keyboard to the reason."""
        self._turn_pane("form")
        self.form.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.ensureWidgetVisible(self.form.reason)

    def later(self, act: Act) -> None:
        """Do something once what changed is painted, at the latest when the page settles."""
        self._postponed.append(act)
        self._painting.start()

    def settle(self) -> None:
        """Let everything that is being typed count now."""
        self.form.field.settle()
        self.below.settle()
        self.beside.settle()
        self._do_postponed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the next step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.foot.primary.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the page by its width in the text size of now."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:
        """Break the page anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._break)

    # -- building

    def _build(self) -> None:
        self._form_column = QWidget()
        self._form_column.setProperty("ground", "surface")
        form = column(self.strip)
        form.addWidget(self.list, 1)
        self._form_column.setLayout(form)
        centre = QWidget()
        middle = column()
        middle.addWidget(self.materials, 1)
        middle.put(rule(), self.below)
        centre.setLayout(middle)
        self._centre = centre
        across = Qt.Orientation.Horizontal
        self._splitter = panes(across, centre, self.beside, self._form_column)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.splitterMoved.connect(self._on_moved)
        self.beside.hide()
        self.below.set_open(shown=False)
        work = column(self._head)
        work.addWidget(self._splitter, 1)
        body = row(self._rail, post(), gap=0)
        body.addLayout(work, 1)
        page = column()
        page.addLayout(body, 1)
        page.addWidget(self.foot)
        self.setLayout(page)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.application_requested)
        self._head.pane_chosen.connect(self._turn_pane)
        self._head.group_chosen.connect(self.group_requested)
        self.foot.asked.connect(self._on_next)
        self.foot.flag_requested.connect(self.flag_requested)
        self.foot.compare_requested.connect(self.compare_requested)
        self.list.opened.connect(self.indicator_requested)
        self.strip.chosen.connect(self.group_requested)
        self.materials.cited.connect(self.cited)
        for notes in (self.below, self.beside):
            notes.typed.connect(self.note_typed)
            notes.folded.connect(self._toggle_notes)

    def _shortcuts(self) -> None:
        keys = {
            "Ctrl+Return": self.foot.primary.click,
            "Ctrl+Enter": self.foot.primary.click,
            "Ctrl+Up": lambda: self.indicator_stepped.emit(-1),
            "Ctrl+Down": lambda: self.indicator_stepped.emit(1),
            "Alt+Up": lambda: self.application_stepped.emit(-1),
            "Alt+Down": lambda: self.application_stepped.emit(1),
            "F2": self.form.explain,
            "F3": self.compare_requested.emit,
            "F4": self._toggle_notes,
            "F6": self.materials.cite,
            "F8": self.gap_requested.emit,
            "F9": lambda: self._turn_pane("form" if self._pane != "form" else "materials"),
            "Ctrl+F": self._search,
            UNDO: self._undo,
            **dict.fromkeys(REDO, self._redo),
            "Ctrl+Tab": self._next_area,
            "PgUp": lambda: self._scroll(-1),
            "PgDown": lambda: self._scroll(1),
        }
        listen(self, keys)

    # -- showing

    def _show_foot(self, view: ScoreView) -> None:
        self.foot.show_score(view)
        if view.waiting and not self._retrying.isActive():
            self._retrying.start()
        elif not view.waiting:
            self._retrying.stop()

    def _do_postponed(self) -> None:
        self._painting.stop()
        acts, self._postponed = self._postponed, []
        for act in acts:
            act()

    def _on_next(self) -> None:
        self.form.field.settle()
        self.next_requested.emit()

    # -- room

    def _break(self) -> None:
        """Choose the layout for the width in the text size of now."""
        room = self.width() / look().scale
        names = (("roomy", _ROOMY), ("usual", _USUAL), ("rings", _TIGHT), ("tight", 0))
        name = next(each for each, least in names if room >= least)
        self.foot.shorten(snug=room < _SNUG, narrow=room < _USUAL, tight=room < _TIGHT)
        if name == self._width:
            return
        self._width = name
        tight = name == "tight"
        self._rail.set_narrow(narrow=name in {"rings", "tight"})
        self.beside.setVisible(name == "roomy")
        self.below.setVisible(name != "roomy")
        self.materials.set_outline(shown=name == "roomy")
        self._head.setVisible(tight)
        self.strip.setVisible(not tight)
        self.form.set_narrow(narrow=tight)
        self._turn_pane(self._pane)
        self._restore()

    def _restore(self) -> None:
        """Give the panes the widths of this machine, else those of the design."""
        state = self._settings.state(f"score-{self._width}")
        if state.isEmpty() or not self._splitter.restoreState(state):
            form = look().px(_FORM_ROOMY if self._width == "roomy" else _FORM)
            notes = look().px(232) if self._width == "roomy" else 0
            rest = max(self._splitter.width() - form - notes, look().px(300))
            self._splitter.setSizes([rest, notes, form])

    def _on_moved(self) -> None:
        self._settings.set_state(f"score-{self._width}", self._splitter.saveState())

    def _turn_pane(self, pane: str) -> None:
        """Show one pane where there is room for one only."""
        self._pane = pane
        self._head.choose(pane)
        tight = self._width == "tight"
        self._centre.setVisible(not tight or pane == "materials")
        self._form_column.setVisible(not tight or pane == "form")

    # -- keys

    def _toggle_notes(self) -> None:
        if self._width == "roomy":
            self.beside.focus()
            return
        self._turn_pane("materials" if self._width == "tight" else self._pane)
        self.below.set_open(shown=not self.below.is_open())
        if self.below.is_open():
            self.below.focus()
        else:
            self.focus_levels()

    def _undo(self) -> None:
        self.settle()
        self.undo_requested.emit()

    def _redo(self) -> None:
        self.settle()
        self.redo_requested.emit()

    def _search(self) -> None:
        self._turn_pane("materials" if self._width == "tight" else self._pane)
        self.materials.focus_search()

    def _next_area(self) -> None:
        """Go on from the rail to the document, to the form, and round again."""
        if self.rail.hasFocus():
            self._turn_pane("materials")
            self.materials.view.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.materials.isAncestorOf(self.focusWidget() or self):
            self.focus_levels()
        else:
            self.rail.setFocus(Qt.FocusReason.TabFocusReason)

    def _scroll(self, step: int) -> None:
        bar = self.materials.view.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())
