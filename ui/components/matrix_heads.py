"""The heads of the matrix: codes, names, weights; totals frozen under the column heads."""

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.components import paint
from ui.components.matrix_model import CELL, MatrixModel
from ui.components.paint import CENTRE, LEFT, MIDDLE, RIGHT, TOP, WRAP, write
from ui.look.fonts import Role
from ui.look.theme import look
from ui.matrix_views import MatrixHead, MatrixView

NAMES, TOTALS = 55, 27


class MatrixHeadView(QHeaderView):
    """Row or column heads: code, name, weight; column heads carry the totals below a rule."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(8)
        self.narrow = False

    def sizeHint(self) -> QSize:
        """Return the room for heads and totals."""
        px = look().px
        if self.orientation() is Qt.Orientation.Horizontal:
            totals = 0 if self._model_view().transposed else TOTALS
            return QSize(0, px(NAMES + totals))
        if self.narrow:
            return QSize(px(96), 0)
        return QSize(px(366 if not self._model_view().transposed else 300), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        orientation = self.orientation()
        head = self.model().headerData(section, orientation, CELL)
        if not isinstance(head, MatrixHead):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parent = self.parent()
        index = parent.currentIndex() if isinstance(parent, QTableView) else QModelIndex()
        across = orientation is Qt.Orientation.Horizontal
        current = index.isValid() and (index.column() if across else index.row()) == section
        if across:
            self._paint_column(painter, rect, head, current=current)
        else:
            self._paint_row(painter, rect, head, current=current)
        painter.restore()

    def _paint_column(
        self, painter: QPainter, rect: QRect, head: MatrixHead, *, current: bool
    ) -> None:
        px = look().px
        painter.fillRect(rect, look().colour("surface"))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), look().colour("line"))
        ink = "accent" if current else "text"
        number = QRect(rect.x(), rect.y() + px(3), rect.width(), px(19))
        write(painter, number, head.code, Role.SMALL_STRONG, ink, CENTRE | MIDDLE)
        name = QRect(rect.x() + 1, rect.y() + px(20), rect.width() - 2, px(NAMES - 20))
        if self._model_view().transposed:
            write(painter, name, head.figure, Role.SMALLEST, "text_2", CENTRE | MIDDLE)
            painter.fillRect(
                rect.x(), rect.bottom(), rect.width(), 1, look().colour("line_strong")
            )
            return
        painter.setClipRect(name)
        write(painter, name, head.name, Role.SMALLEST, ink, CENTRE | TOP | WRAP)
        painter.setClipping(False)
        rule = rect.y() + px(NAMES)
        painter.fillRect(rect.x(), rule, rect.width(), 1, look().colour("line_strong"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look().colour("line_strong"))
        total = QRect(rect.x(), rule, rect.width() - px(6), rect.bottom() - rule)
        role = Role.SMALL if head.tone else Role.SMALL_STRONG
        whole = paint.width(head.figure, role) <= total.width()
        figure = head.figure if whole else f"{head.figure.partition(' ')[0]}…"
        write(painter, total, figure, role, head.tone or "text", CENTRE | MIDDLE)

    def _paint_row(
        self, painter: QPainter, rect: QRect, head: MatrixHead, *, current: bool
    ) -> None:
        px = look().px
        painter.fillRect(rect, look().colour("accent_tint" if current else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look().colour("line"))
        if head.begins_group:
            painter.fillRect(
                QRectF(rect.x(), rect.y() - 0.5, rect.width(), 1.5),
                look().colour("line_strong"),
            )
        code = rect.adjusted(px(6), 0, 0, 0)
        write(painter, code, head.code, Role.CELL, "text_3", LEFT | MIDDLE)
        figure_width = paint.width(head.figure, Role.SMALL) + px(10)
        name = rect.adjusted(px(44), 0, -figure_width, 0)
        name = name.adjusted(0, 0, -name.width(), 0) if self.narrow else name
        role = Role.CELL if paint.width(head.name, Role.CELL) <= name.width() else Role.SMALLEST
        painter.setClipRect(name)
        write(painter, name, head.name, role, "text", LEFT | MIDDLE)
        painter.setClipping(False)
        figure = rect.adjusted(0, 0, -px(8), 0)
        tone = head.tone or ("text" if self._model_view().transposed else "text_2")
        strong = Role.SMALL_STRONG if self._model_view().transposed else Role.SMALL
        write(painter, figure, head.figure, strong, tone, RIGHT | MIDDLE)

    def _model_view(self) -> MatrixView:
        model = self.model()
        return model.view if isinstance(model, MatrixModel) else MatrixView((), (), (), "", "")


class MatrixCorner(QWidget):
    """The corner over the row heads: what the rows are, and that the line below is totals."""

    def __init__(self, table: QTableView, model: MatrixModel) -> None:
        super().__init__(table)
        self._model = model

    def paintEvent(self, _event: object) -> None:
        """Paint both titles."""
        painter, px = QPainter(self), look().px
        view = self._model.view
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look().colour("line"))
        bottom = self.height() if view.transposed else px(NAMES)
        title = QRect(px(8), bottom - px(22), self.width(), px(20))
        words = self._title(view.row_title, Role.SMALL)
        write(painter, title, words, Role.SMALL, "text_2", LEFT | MIDDLE)
        ink = look().colour("line_strong")
        painter.fillRect(0, self.height() - 1, self.width(), 1, ink)
        if not view.transposed:
            painter.fillRect(0, px(NAMES), self.width(), 1, ink)
            total = QRect(px(8), px(NAMES), self.width(), px(TOTALS))
            words = self._title(view.total_title, Role.SMALL_STRONG)
            fits = paint.width(words, Role.SMALL_STRONG) <= self.width() - look().px(12)
            role = Role.SMALL_STRONG if fits else Role.SMALLEST
            write(painter, total, words, role, "text", LEFT | MIDDLE)

    def _title(self, whole: str, role: Role) -> str:
        """Return the whole title, or what stands before its brackets where it has no room."""
        if paint.width(whole, role) <= self.width() - look().px(12):
            return whole
        return whole.partition("（")[0].partition(" (")[0]
