"""The rows of the ranking, and every indicator of every application as a matrix."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.services.results import Results
from ui.components.matrix import MatrixTable
from ui.components.table_delegate import TableDelegate
from ui.components.table_model import Index
from ui.look.theme import look
from ui.matrix_views import MatrixCell, MatrixHead, MatrixView
from ui.secretary.results_views import figure_text, short_name

_NAMED_FROM = 1000


class CompactRows(TableDelegate):
    """Rows of 33 pixels, so that twelve applications and the cut line fit a small screen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the usual height less what air can be spared."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() - look().px(3))


def indicator_matrix(results: Results) -> MatrixView:
    """Return the panel's mean on every indicator, the applications side by side by rank."""
    scheme, ranked = results.seating.round.document.scheme, results.tally.ranked()
    first = {next(iter(each.indicators())).code for each in scheme.dimensions[1:]}
    leaves = scheme.indicators()
    return MatrixView(
        rows=tuple(
            MatrixHead(
                leaf.code,
                leaf.code,
                leaf.title,
                plain_text(leaf.weight),
                begins_group=leaf.code in first,
            )
            for leaf in leaves
        ),
        columns=tuple(
            MatrixHead(
                each.number,
                each.number,
                short_name(results, each.number),
                each.published or "—",
            )
            for each in ranked
        ),
        cells=tuple(
            tuple(
                MatrixCell(figure_text(results, each.marks.get(leaf.code), 1), editable=False)
                for each in ranked
            )
            for leaf in leaves
        ),
        row_title=_("Indicator (weight)"),
        total_title=_("Result"),
    )


class IndicatorMatrix(MatrixTable):
    """Every indicator of every application; named in full only where there is room."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again what there is room for."""
        super().resizeEvent(event)
        self.set_narrow(narrow=self.width() / look().scale < _NAMED_FROM)
