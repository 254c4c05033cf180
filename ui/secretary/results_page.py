"""The results page: the ranking with its cut line; detail, trial, correction in its place."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.segments import Segments
from ui.components.table import Table
from ui.components.text import Icon, label, rule
from ui.look.scaling import Box, column, row
from ui.secretary.correction_pane import CorrectionPane
from ui.secretary.detail_pane import DetailPane
from ui.secretary.page import StepPage, TwoColumns
from ui.secretary.results_side import ResultsSide
from ui.secretary.results_tables import CompactRows, IndicatorMatrix
from ui.secretary.results_trial_pane import TrialPane
from ui.secretary.results_views import CUT, ResultsView
from ui.views import Column, FootView, Message, TableRow


class ResultsPage(StepPage):
    """Scores, once collection is closed; every wish leaves it as a signal."""

    selected = Signal(str)
    detail_requested = Signal(str)
    back_requested = Signal()
    stepped = Signal(int)
    export_requested = Signal(object)
    application_export_requested = Signal(object)
    trial_requested = Signal()
    room_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self._working = ""
        self._rows: tuple[TableRow, ...] = ()
        self._dimension_rows: tuple[TableRow, ...] = ()
        self._by_dimension: Table | None = None
        self.table = self._make_table()
        self.side = ResultsSide()
        self.detail, self.trial, self.correction = DetailPane(), TrialPane(), CorrectionPane()
        self.ranking = TwoColumns(self._make_left(), self.side, 356, [self.table])
        self._waiting, waiting = Banner(), QWidget()
        waiting.setLayout(column(self._waiting, None, margins=(20, 20, 20, 20)))
        self.waiting = waiting
        self._stack = QStackedWidget()
        for pane in (waiting, self.ranking, self.detail, self.trial, self.correction):
            self._stack.addWidget(pane)
        for pane in (self.detail, self.trial, self.correction):
            pane.back_requested.connect(self.back_requested)
        self.detail.stepped.connect(self.stepped)
        self.side.detail_requested.connect(self.detail_requested)
        self._export = Button(
            _("Export the summary"), icon="file-down", key="Ctrl E", size="tall"
        )
        self._export.clicked.connect(self._on_export)
        self._export.hide()
        self.foot.add_button(self._export)
        self.foot.add_button(self.correction.keep)
        self.correction.keep.hide()
        self.lay(self._stack)
        self._lay.setStretch(0, 1)
        self.key("Ctrl+E", self._on_export)
        self.key("Ctrl+O", self.correction.choose_sheet)
        self.key("Alt+Down", lambda: self.stepped.emit(1))
        self.key("Alt+Up", lambda: self.stepped.emit(-1))

    def show_waiting(self, words: Message) -> None:
        """Say that there are no results yet, or why there are none."""
        tone = words.tone if words.tone == "bad" else ""
        self._waiting.say(words.text, "", tone)
        self.turn(self.waiting, FootView(""))

    def show_results(self, view: ResultsView) -> None:
        """Show the ranking and what stands beside it."""
        if view.rows is not self._rows:
            self._rows = view.rows
            self.table.show_rows(view.rows)
        if view.selected:
            self.table.select(view.selected)
        self._scale.setText(view.scale)
        self._show_dimensions(view)
        self.matrix.show_matrix(view.matrix)
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self._rules.setText(_("Rules: {words}").format(words=view.rules))
        self.side.show_results(view)
        self.turn(self.ranking, view.foot)

    def turn(self, pane: QWidget, foot: FootView, working: str = "") -> None:
        """Turn to the ranking or to what stands in its place, which has been filled.

        The keyboard comes back to it once it is no more ``working``.
        """
        fresh = self._stack.currentWidget() is not pane
        before, self._working = self._working, working
        self._stack.setCurrentWidget(pane)
        self._export.setVisible(pane in (self.ranking, self.detail))
        detail = pane is self.detail
        self._export.setText(_("Export this one") if detail else _("Export the summary"))
        self.correction.keep.setVisible(pane is self.correction and self.correction.may_keep)
        self.foot.show_foot(foot)
        if fresh:
            self.wants_room = pane is self.detail
            self.room_changed.emit()
            self.begin()
        elif before and not working:
            QTimer.singleShot(0, self.begin)

    def begin(self) -> None:
        """Give the keyboard to the ranking, or to the next step of what is in its place."""
        pane = self._stack.currentWidget()
        if pane is self.ranking:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif pane is self.correction:
            self.correction.begin()
        else:
            super().begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a row opens it, Esc goes back to the ranking."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), Table):
            return
        away = self._stack.currentWidget() is not self.ranking
        if event.key() == Qt.Key.Key_Escape and away:
            self.back_requested.emit()
            return
        super().keyPressEvent(event)

    # -- building

    def _make_table(self) -> Table:
        columns = (
            Column(_("Rank"), 46, right=True),
            Column(_("Application")),
            Column(_("Result"), 68, right=True),
            Column(_("Gap"), 60, right=True),
            Column(_("Experts, mean"), 180),
            Column(_("Range"), 52, right=True),
            Column(_("Note"), 88),
        )
        table = Table(_("Ranking"), columns, sortable=False)
        table.setItemDelegate(CompactRows(table, dense=False))
        table.chosen.connect(self.selected)
        table.opened.connect(self._on_opened)
        return table

    def _make_left(self) -> QWidget:
        self._rules = label("", "small", "2", wrap=True)
        below = QWidget()
        below.setLayout(column(self._rules, margins=(8, 8, 8, 4)))
        self._tables = QStackedWidget()
        self._tables.addWidget(self.table)
        self.matrix = IndicatorMatrix(_("All indicators"))
        self.matrix.opened.connect(lambda _code, number: self._on_opened(number))
        self.matrix.doubleClicked.connect(lambda _index: self.matrix.open_current())
        self._tables.addWidget(self.matrix)
        card = Card(self._make_head(), margins=(8, 8, 8, 6), gap=0)
        card.body.addWidget(self._tables, 1)
        card.body.put(rule(), below)
        self._notice = Banner()
        self._notice.hide()
        left = QWidget()
        lane = column(self._notice, gap=10)
        lane.addWidget(card, 1)
        left.setLayout(lane)
        return left

    def _make_head(self) -> Box:
        parts = [
            ("total", _("Totals")),
            ("dimension", _("By dimension")),
            ("indicator", _("All indicators")),
        ]
        self._parts = Segments(_("What to show"), parts)
        self._parts.choose("total")
        self._parts.chosen.connect(self._on_part)
        what_if = Button(_("What if"), kind="quiet", icon="flask-conical")
        what_if.setToolTip(_("Try other rules and weights; nothing is kept"))
        what_if.clicked.connect(self.trial_requested)
        self.what_if, self._scale = what_if, label("", "small", "2")
        legend = row(Icon("circle", 12, "accent"), label(_("an expert"), "small", "2"), gap=6)
        legend.put(Icon("triangle", 13, "warn"), label(_("far off"), "small", "2"))
        legend.put(label(_("| mean"), "small", "2"), self._scale)
        head = row(label(_("Ranking"), "card-title"), margins=(8, 2, 8, 6), gap=12)
        return head.put(self._parts, what_if, None, legend)

    # -- showing

    def _show_dimensions(self, view: ResultsView) -> None:
        if view.dimension_titles != self._titles or self._by_dimension is None:
            self._titles = view.dimension_titles
            columns = (
                Column(_("Rank"), 46, right=True),
                Column(_("Application")),
                *(Column(title, 80, right=True) for title in view.dimension_titles),
                Column(_("Result"), 68, right=True),
            )
            table = Table(_("By dimension"), columns)
            table.setItemDelegate(CompactRows(table, dense=False))
            table.opened.connect(self._on_opened)
            if self._by_dimension:
                self._tables.removeWidget(self._by_dimension)
                self._by_dimension.deleteLater()
            self._by_dimension = table
            self._tables.addWidget(table)
            self._on_part(self._parts.current())
            self._dimension_rows = ()
        if view.dimension_rows is not self._dimension_rows:
            self._dimension_rows = view.dimension_rows
            self._by_dimension.show_rows(view.dimension_rows)

    # -- acts

    def _on_opened(self, key: str) -> None:
        if key != CUT:
            QTimer.singleShot(0, lambda: self.detail_requested.emit(key))

    def _on_part(self, key: str) -> None:
        shown: dict[str, QWidget | None] = {
            "dimension": self._by_dimension,
            "indicator": self.matrix,
        }
        self._tables.setCurrentWidget(shown.get(key) or self.table)

    def _on_export(self) -> None:
        pane = self._stack.currentWidget()
        if pane is self.ranking:
            self._ask_export(
                _("Export the summary"),
                f"{_('Summary')}.xlsx",
                _("Workbook (*.xlsx)"),
                self.export_requested,
            )
        elif pane is self.detail:
            self._ask_export(
                _("Export this one"),
                f"{self.detail.number}.pdf",
                _("Paper (*.pdf)"),
                self.application_export_requested,
            )

    def _ask_export(self, title: str, start: str, kinds: str, wanted: SignalInstance) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, title, start, kinds)
        if name:
            wanted.emit(Path(name))
