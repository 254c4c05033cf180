"""All indicators of one application: dimension heads, closed lines, one of them open."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.components.indicator_form import IndicatorForm
from ui.components.indicator_row import GroupHead, IndicatorRow
from ui.look.scaling import Box, column, empty
from ui.views import FormView, GroupView


class IndicatorList(QScrollArea):
    """The list; ``opened`` carries the code of a line that was clicked."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = IndicatorForm()
        self._heads: list[GroupHead] = []
        self._rows: dict[str, IndicatorRow] = {}
        self._code = ""
        self._inside = QWidget()
        self._inside.setProperty("ground", "surface")
        self._body: Box = column()
        self._inside.setLayout(self._body)
        self.setWidget(self._inside)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._keep_in_sight)
        self.form.installEventFilter(self)

    def show_groups(self, groups: Sequence[GroupView], form: FormView) -> None:
        """Show every line and the open indicator in its place."""
        codes = [row.code for group in groups for row in group.rows]
        if codes != list(self._rows):
            self._rebuild(groups)
        for head, group in zip(self._heads, groups, strict=True):
            if head.view() != group:
                head.show_group(group)
            for view in group.rows:
                if self._rows[view.code].view() != view:
                    self._rows[view.code].show_row(view)
        self.form.show_form(form)
        if self._code != form.code:
            self._open(form.code)

    def reveal(self) -> None:
        """Scroll so that the open indicator stands in the top third, wholly visible.

        One that is higher than the list shows what is worked on: levels and number, for a low
        mark its reason.
        """
        QTimer.singleShot(0, self, self._reveal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the open indicator in sight in a window that became lower."""
        super().resizeEvent(event)
        self._settling.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the open indicator in sight when it grows, or moves with the text size."""
        moved = event.type() in {QEvent.Type.Resize, QEvent.Type.Move}
        if watched is self.form and moved:
            self._settling.start()
        return super().eventFilter(watched, event)

    def _rebuild(self, groups: Sequence[GroupView]) -> None:
        self._body.removeWidget(self.form)
        self.form.setParent(self)
        self.form.hide()
        empty(self._body)
        self._heads, self._rows, self._code = [], {}, ""
        for group in groups:
            head = GroupHead(group)
            self._heads.append(head)
            self._body.addWidget(head)
            for view in group.rows:
                line = IndicatorRow(view)
                line.clicked.connect(lambda _c=False, code=view.code: self.opened.emit(code))
                self._rows[view.code] = line
                self._body.addWidget(line)
        self._body.addStretch(1)

    def _open(self, code: str) -> None:
        if self._code in self._rows:
            self._rows[self._code].show()
        self._body.removeWidget(self.form)
        self._code = code
        line = self._rows[code]
        self._body.insertWidget(self._body.indexOf(line), self.form)
        line.hide()
        self.form.show()
        self.reveal()

    def _keep_in_sight(self) -> None:
        top = self.form.y() - self.verticalScrollBar().value()
        if top < 0 or top + self.form.height() > self.viewport().height():
            self._reveal()

    def _reveal(self) -> None:
        self._body.activate()
        room, high = self.viewport().height(), self.form.height()
        if high <= room:
            top = self.form.y() - min(room // 3, room - high)
        else:
            top = self.form.y() + max(0, self.form.end_of_answer() - room)
        self.verticalScrollBar().setValue(max(0, top))
