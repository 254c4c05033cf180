"""The weights as a table of fields, and beside it their sum, who confirms, the source."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.chip import StateChip
from ui.components.text import Icon, label, rule
from ui.look.scaling import bound, column, empty, fix, row
from ui.look.theme import set_property
from ui.secretary.compare_pane import ComparePane
from ui.secretary.indicator_pane import IndicatorPane
from ui.secretary.scheme_tools import SchemeTools
from ui.secretary.scheme_view import COMPARE, INDICATOR, TABLE, SchemeView
from ui.secretary.weights_view import Share, WeightLine, WeightsView
from ui.views import state

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WeightsPane(Card):
    """Every indicator with its weight; ``typed`` carries (code, text)."""

    typed = Signal(str, str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(margins=(8, 8, 8, 4), gap=0)
        self._fields: dict[str, QLineEdit] = {}
        self._sums: dict[str, QWidget] = {}
        self._codes: list[tuple[str, str]] = []
        self._chip = StateChip(state("attention", _("suggested weights, not official")))
        self.tools, self.compare, self.indicator = SchemeTools(), ComparePane(), IndicatorPane()
        head = row(label(_("Indicators and weights"), "card-title"), self._chip, None, gap=10)
        holder = QWidget()
        holder.setLayout(column(head, self.tools, margins=(8, 0, 8, 8), gap=6))
        self._rows = column(gap=0)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setLayout(column(self._rows, None))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table = QWidget()
        lane = column(_titles(), rule(strong=True))
        lane.addWidget(scroll, 1)
        table.setLayout(lane)
        self._modes = {TABLE: table, COMPARE: self.compare, INDICATOR: self.indicator}
        self.body.put(holder)
        for pane in self._modes.values():
            self.body.addWidget(pane, 1)

    def show_scheme(self, view: SchemeView, *, editable: bool) -> None:
        """Show the table, the comparison of pairs or one indicator."""
        self.tools.show_tools(view, editable=editable)
        for mode, pane in self._modes.items():
            pane.setVisible(mode == view.mode)
        if view.compare:
            self.compare.show_compare(view.compare)
        if view.indicator:
            self.indicator.show_indicator(view.indicator)

    def show_weights(self, view: WeightsView, *, editable: bool) -> None:
        """Show the weights as they are being typed."""
        self._chip.setVisible(view.suggested)
        if [(line.code, line.title) for line in view.lines] != self._codes:
            self._rebuild(view)
        for line in view.lines:
            if line.group:
                set_text(self._sums[line.code], line.weight)
                continue
            field = self._fields[line.code]
            field.setReadOnly(not editable)
            if field.text() != line.weight:
                field.setText(line.weight)
            set_property(field, "state", line.state)

    def field(self, code: str) -> QLineEdit:
        """Return the field of one indicator."""
        return self._fields[code]

    def _rebuild(self, view: WeightsView) -> None:
        self._codes = [(line.code, line.title) for line in view.lines]
        self._fields, self._sums = {}, {}
        empty(self._rows)
        for line in view.lines:
            self._rows.addWidget(self._group(line) if line.group else self._line(line))

    def _group(self, line: WeightLine) -> QWidget:
        result = QFrame()
        result.setProperty("ground", "window")
        fix(result, height=34)
        figure = label(line.weight, "strong")
        self._sums[line.code] = figure
        code = label(line.code, "strong")
        fix(code, width=44)
        inside = row(code, margins=(8, 0, 8, 0), gap=8)
        inside.put(label(line.title, "strong"), 8, label(line.note, "small", "2"), None, figure)
        result.setLayout(inside)
        return result

    def _line(self, line: WeightLine) -> QWidget:
        field = QLineEdit(line.weight)
        field.setAlignment(_RIGHT)
        field.setMaxLength(12)
        field.setProperty("kind", "small")
        field.setAccessibleName(
            _("Weight of {code} {title}").format(code=line.code, title=line.title)
        )
        field.textEdited.connect(lambda text: self.typed.emit(line.code, text))
        fix(field, width=64)
        self._fields[line.code] = field
        code = Button(line.code, kind="link")
        code.setAccessibleName(
            _("Levels of {code} {title}").format(code=line.code, title=line.title)
        )
        code.clicked.connect(lambda: self.opened.emit(line.code))
        nature = label(line.nature, "small", "2")
        target = label(line.target, "small", "2")
        target.setAlignment(_RIGHT)
        for part, wide in ((code, 44), (nature, 52), (target, 110)):
            fix(part, width=wide)
        inside = row(code, margins=(8, 2, 66, 2), gap=8)
        inside.addWidget(label(line.title, "", wrap=True), 1)
        inside.put(nature, target, field)
        result = QWidget()
        result.setLayout(column(inside, rule()))
        return result


class WeightsSide(QWidget):
    """The sum, its bars, who confirms the weights, and where they come from."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._total, self._full = label("", "total"), label("", "", "2")
        self._fits = Hint()
        self._bars = column(gap=5)
        head = row(label(_("Sum of the weights"), "card-title"), None, gap=2)
        head.put(self._total, self._full)
        total = Card(head, self._bars, self._fits, gap=6)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Name of who confirms for the organiser"))
        self.name.setAccessibleName(_("Name of who confirms the weights"))
        self.name.textEdited.connect(self.named)
        title = row(Icon("triangle-alert", 18, "warn"), gap=8)
        title.addWidget(label(_("These weights are not official"), "card-title"), 1)
        words = _(
            "The source states no weights. The organiser confirms or changes them before "
            "issue; name and source are printed under every table."
        )
        self._trouble = Hint()
        self._confirm = Card(
            title, label(words, "small", "2", wrap=True), self.name, self._trouble, state="warn"
        )
        self._source = label("", "small", "2", wrap=True)
        source = Card(label(_("Source"), "card-title"), self._source, gap=4)
        self.setLayout(column(total, self._confirm, source, None, gap=12))

    def show_weights(self, view: WeightsView, *, editable: bool) -> None:
        """Show sums, name and source."""
        self._total.setText(view.total)
        self._full.setText(f"／{view.full}")
        words = "" if view.fits else _("Not {full} yet").format(full=view.full)
        self._fits.say(words, "warn", "triangle-alert")
        empty(self._bars)
        for share in view.shares:
            self._bars.addWidget(_bar(share))
        self._confirm.setVisible(view.suggested)
        if self.name.text() != view.confirmed_by:
            self.name.setText(view.confirmed_by)
        self.name.setReadOnly(not editable)
        set_property(self._confirm, "state", "" if view.confirmed_by.strip() else "warn")
        self._trouble.say(view.trouble.text, "bad", "circle-x")
        self._source.setText(view.source)


def set_text(widget: QWidget, text: str) -> None:
    """Set the text of a label."""
    widget.setProperty("text", text)


def _titles() -> QWidget:
    result = QWidget()
    inside = row(margins=(8, 4, 76, 4), gap=8)
    code, nature = label(_("Code"), "small", "2"), label(_("Nature"), "small", "2")
    target, weight = label(_("Target"), "small", "2"), label(_("Weight"), "small", "2")
    for part, wide in ((code, 44), (nature, 52), (target, 110), (weight, 64)):
        fix(part, width=wide)
    for part in (target, weight):
        part.setAlignment(_RIGHT)
    inside.put(code)
    inside.addWidget(label(_("Indicator"), "small", "2"), 1)
    inside.put(nature, target, weight)
    result.setLayout(inside)
    return result


def _bar(share: Share) -> QWidget:
    bar = QProgressBar()
    bar.setRange(0, 1000)
    bar.setValue(round(share.share * 1000))
    bar.setTextVisible(False)
    bar.setProperty("kind", "thin")
    bar.setAccessibleName(f"{share.name} {share.figure}")
    name, figure = label(share.name, "small", wrap=True), label(share.figure, "strong")
    figure.setAlignment(_RIGHT)
    fix(name, width=112)
    fix(figure, width=34)
    bound(bar, min_width=40, min_height=6, max_height=6)
    line = row(name, gap=8)
    line.addWidget(bar, 1)
    line.addWidget(figure)
    result = QWidget()
    result.setLayout(line)
    return result
