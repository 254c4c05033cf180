"""The results page: the ranking with its cut line; re-checks and stability beside it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QStyleOptionViewItem, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.segments import Segments
from ui.components.table import Table, TableDelegate
from ui.components.table_model import Index
from ui.components.text import Icon, code, label, rule
from ui.look.scaling import column, empty, row
from ui.look.theme import look
from ui.secretary.detail_pane import DetailPane
from ui.secretary.page import StepPage, TwoColumns, side
from ui.secretary.results_views import CUT, RecheckLine, ResultsView, StabilityLine
from ui.views import Column


class CompactRows(TableDelegate):
    """Rows of 33 pixels, so that twelve applications and the cut line fit a small screen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the usual height less what air can be spared."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() - look().px(3))


class ResultsPage(StepPage):
    """Scores, once collection is closed; every wish leaves it as a signal."""

    selected = Signal(str)
    detail_requested = Signal(str)
    back_requested = Signal()
    stepped = Signal(int)
    export_requested = Signal(object)
    room_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self._by_dimension: Table | None = None
        self.table = Table(
            _("Ranking"),
            (
                Column(_("Rank"), 46, right=True),
                Column(_("Application")),
                Column(_("Result"), 68, right=True),
                Column(_("Gap"), 60, right=True),
                Column(_("Experts, mean"), 180),
                Column(_("Range"), 52, right=True),
                Column(_("Note"), 88),
            ),
            sortable=False,
        )
        self.table.setItemDelegate(CompactRows(self.table, dense=False))
        self.table.chosen.connect(self.selected)
        self.table.opened.connect(self._on_opened)
        self.detail = DetailPane()
        self.detail.back_requested.connect(self.back_requested)
        self.detail.stepped.connect(self.stepped)
        self._stack = QStackedWidget()
        self._stack.addWidget(TwoColumns(self._make_left(), self._make_side(), 356))
        self._stack.addWidget(self.detail)
        self._export = Button(
            _("Export the summary"), icon="file-down", key="Ctrl E", size="tall"
        )
        self._export.clicked.connect(self._on_export)
        self.foot.add_button(self._export)
        self.lay(self._stack)
        self._lay.setStretch(0, 1)
        self.key("Ctrl+E", self._on_export)
        self.key("Alt+Down", lambda: self.stepped.emit(1))
        self.key("Alt+Up", lambda: self.stepped.emit(-1))

    def show_results(self, view: ResultsView) -> None:
        """Show the ranking and what stands beside it."""
        self._turn(0)
        self.table.show_rows(view.rows)
        if view.selected:
            self.table.select(view.selected)
        self._scale.setText(view.scale)
        self._show_dimensions(view)
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self._rules.setText(_("Rules: {words}").format(words=view.rules))
        self._show_rechecks(view.rechecks)
        self._stability_card.setVisible(bool(view.stability))
        self._stability_title.setText(view.stability_title)
        self._show_stability(view.stability)
        self._show_agreement(view)
        self._digest.setText(view.digest)
        self._export.setVisible(True)
        self.foot.show_foot(view.foot)

    def begin(self) -> None:
        """Give the keyboard to the ranking."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a row opens it, Esc goes back from the detail."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), Table):
            return
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex() == 1:
            self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def show_detail(self) -> None:
        """Turn to the detail, which has been filled."""
        self._turn(1)
        self._export.setVisible(False)
        self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, place: int) -> None:
        if self._stack.currentIndex() != place:
            self._stack.setCurrentIndex(place)
            self.wants_room = place == 1
            self.room_changed.emit()

    # -- building

    def _make_left(self) -> QWidget:
        self._parts = Segments(
            _("What to show"), [("total", _("Totals")), ("dimension", _("By dimension"))]
        )
        self._parts.choose("total")
        self._parts.chosen.connect(self._on_part)
        self._scale = label("", "small", "2")
        legend = row(
            Icon("circle", 12, "accent"),
            label(_("an expert"), "small", "2"),
            Icon("triangle", 13, "warn"),
            label(_("far off"), "small", "2"),
            label(_("| mean"), "small", "2"),
            self._scale,
            gap=6,
        )
        head = row(label(_("Ranking"), "card-title"), margins=(8, 2, 8, 6), gap=12)
        head.put(self._parts, None, legend)
        self._rules = label("", "small", "2", wrap=True)
        below = QWidget()
        below.setLayout(column(self._rules, margins=(8, 8, 8, 4)))
        self._tables = QStackedWidget()
        self._tables.addWidget(self.table)
        card = Card(head, margins=(8, 8, 8, 6), gap=0)
        card.body.addWidget(self._tables, 1)
        card.body.put(rule(), below)
        self._notice = Banner()
        self._notice.hide()
        left = QWidget()
        lane = column(self._notice, gap=10)
        lane.addWidget(card, 1)
        left.setLayout(lane)
        return left

    def _make_side(self) -> QWidget:
        self._rechecks = column(gap=0)
        rechecks = Card(
            row(
                label(_("Re-checks"), "strong"),
                None,
                label(_("point, change nothing"), "small", "2"),
            ),
            self._rechecks,
            margins=(16, 10, 16, 8),
            gap=2,
        )
        self._stability_title = label("", "small", wrap=True)
        self._stability = column(gap=0)
        self._stability_card = Card(
            row(
                Icon("scale", 18),
                label(_("How firm the cut line is"), "strong"),
                None,
                label(_("advisory"), "small", "2"),
                gap=8,
            ),
            self._stability_title,
            self._stability,
            margins=(16, 10, 16, 8),
            gap=4,
        )
        self._agreement = row(gap=28)
        self._agreement_note = label("", "small", "2", wrap=True)
        agreement = Card(
            row(
                label(_("Agreement of the experts"), "strong"),
                None,
                label(_("advisory"), "small", "2"),
            ),
            self._agreement,
            self._agreement_note,
            margins=(16, 10, 16, 10),
            gap=4,
        )
        self._digest = code()
        digest = Card(
            label(_("Results code, equal on every machine"), "small", "2", wrap=True),
            self._digest,
            margins=(16, 10, 16, 10),
            gap=2,
        )
        return side(rechecks, self._stability_card, agreement, digest)

    # -- showing

    def _show_dimensions(self, view: ResultsView) -> None:
        if view.dimension_titles != self._titles or self._by_dimension is None:
            self._titles = view.dimension_titles
            columns = (
                Column(_("Rank"), 56, right=True),
                Column(_("Application"), 170),
                *(Column(title, right=True) for title in view.dimension_titles),
                Column(_("Result"), 76, right=True),
            )
            table = Table(_("By dimension"), columns)
            table.opened.connect(self._on_opened)
            if self._by_dimension:
                self._tables.removeWidget(self._by_dimension)
                self._by_dimension.deleteLater()
            self._by_dimension = table
            self._tables.addWidget(table)
            self._on_part(self._parts.current())
        self._by_dimension.show_rows(view.dimension_rows)

    def _show_rechecks(self, lines: tuple[RecheckLine, ...]) -> None:
        empty(self._rechecks)
        for each in lines:
            icon, tone = ("triangle-alert", "warn") if each.found else ("circle-check", "ok")
            line = row(Icon(icon, 18, tone), margins=(0, 4, 0, 4), gap=9)
            line.addWidget(label(each.name, "", wrap=True), 1)
            if each.found:
                link = Button(each.where, kind="link")
                link.clicked.connect(
                    lambda _c=False, number=each.application: self.detail_requested.emit(number)
                )
                line.addWidget(link)
            line.addWidget(label(str(each.found), "strong"))
            holder = QWidget()
            holder.setAccessibleName(f"{each.name} {each.found} {each.where}")
            holder.setLayout(line)
            self._rechecks.addWidget(holder)

    def _show_stability(self, lines: tuple[StabilityLine, ...]) -> None:
        empty(self._stability)
        for each in lines:
            line = row(margins=(0, 4, 0, 4), gap=8)
            line.addWidget(label(each.name, "small", wrap=True), 1)
            line.addWidget(label(each.outcome, "small-strong"))
            words = _("changes") if each.changes else _("stays")
            line.addWidget(label(words, "small", "warn" if each.changes else "ok"))
            holder = QWidget()
            holder.setLayout(column(line, rule()))
            self._stability.addWidget(holder)

    def _show_agreement(self, view: ResultsView) -> None:
        empty(self._agreement)
        for name, figure in view.agreement:
            holder = QWidget()
            holder.setLayout(
                column(label(name, "small", "2"), label(figure, "card-title"), gap=0)
            )
            self._agreement.addWidget(holder)
        self._agreement.addStretch(1)
        self._agreement_note.setText(view.agreement_note)

    # -- acts

    def _on_opened(self, key: str) -> None:
        if key != CUT:
            QTimer.singleShot(0, lambda: self.detail_requested.emit(key))

    def _on_part(self, key: str) -> None:
        if key == "dimension" and self._by_dimension:
            self._tables.setCurrentWidget(self._by_dimension)
        else:
            self._tables.setCurrentWidget(self.table)

    def _on_export(self) -> None:
        kinds = _("Workbook (*.xlsx)")
        start = f"{_('Summary')}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export the summary"), start, kinds)
        if name:
            self.export_requested.emit(Path(name))
