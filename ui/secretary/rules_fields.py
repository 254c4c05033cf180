"""The fields that rules are edited with: words and fields on one line, limits, bands, ties."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer_app.core.messages import _
from reviewer_app.services.rules_editing import value_of
from ui.components.banner import Hint
from ui.components.button import Button, icon_button
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.components.text import label, rule
from ui.look.scaling import Box, bound, column, empty, fix, row
from ui.look.theme import set_property
from ui.secretary.rules_view import BandLine, limit_parts

_PLACE = re.compile(r"\{([a-z_.]+)\}")
_RELATIONS = [(">=", "≥"), (">", "＞"), ("<=", "≤"), ("<", "＜")]


def small_field(name: str, wide: int = 64) -> QLineEdit:
    """Return a short field whose figure stands right."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    fix(field, width=wide)
    return field


def word(text: str) -> QWidget:
    """Return words as high as the field they stand beside."""
    result = label(text)
    bound(result, min_height=32)
    return result


class RuleLine(QWidget):
    """One rule: its name, a sentence with fields in it, the fault below."""

    def __init__(self, name: str, sentence: str, fields: dict[str, QWidget]) -> None:
        super().__init__()
        self.fields = tuple(_PLACE.findall(sentence))
        self.fault = Hint()
        self.fault.hide()
        words = _sentence(sentence, fields)
        words.put(self.fault)
        head = label(name, "", "2", wrap=True)
        bound(head, min_width=92, max_width=92, min_height=32)
        line = row(margins=(2, 5, 2, 5), gap=12)
        line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setLayout(column(line, rule()))


def _sentence(sentence: str, fields: dict[str, QWidget]) -> Box:
    """Return words and fields in their order; a field of several lines has its own place."""
    lines, flow = column(gap=4), Flow()
    lines.addLayout(flow)
    for place, part in enumerate(_PLACE.split(sentence)):
        if place % 2 and isinstance(fields[part], BandsField | TiesField):
            lines.addWidget(fields[part])
        elif place % 2:
            flow.addWidget(fields[part])
        elif part.strip():
            flow.addWidget(word(part.strip()))
    return lines


class LimitField(QWidget):
    """A limit with its strictness; ``typed`` carries relation and figure, ``left`` after."""

    typed = Signal(str, str)
    left = Signal()

    def __init__(self, name: str, *, optional: bool = False) -> None:
        super().__init__()
        self._optional = optional
        self.relation = Choice(_("Strictness of {name}").format(name=name))
        self.figure = small_field(name, 56)
        self.relation.activated.connect(self._on_relation)
        self.figure.textEdited.connect(self._emit)
        self.figure.editingFinished.connect(self.left)
        self.setLayout(row(self.relation, self.figure, gap=6))

    def show_limit(self, relation: str, figure: str, *, editable: bool, wrong: bool) -> None:
        """Show a limit as it is being typed."""
        none = [("", _("none"))] if self._optional else []
        self.relation.offer([*none, *_RELATIONS], relation or ("" if none else ">="))
        if value_of(self.figure.text()) != value_of(figure):
            self.figure.setText(figure)
        self.relation.setEnabled(editable)
        self.figure.setReadOnly(not editable)
        set_property(self.figure, "state", "error" if wrong else "")

    def _emit(self) -> None:
        if not self.relation.currentData():
            self.relation.setCurrentIndex(self.relation.findData(">="))
        self.typed.emit(str(self.relation.currentData()), self.figure.text())

    def _on_relation(self) -> None:
        if not self.relation.currentData():
            self.figure.clear()
        self.typed.emit(str(self.relation.currentData()), self.figure.text())
        self.left.emit()


class BandsField(QWidget):
    """The bands in their order; each change says which band and how it reads now."""

    typed = Signal(int, str, str, str)
    left = Signal()
    added = Signal()
    dropped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QLineEdit, LimitField]] = []
        self._flow = Flow()
        self.add = Button(_("Add a band"), kind="link")
        self.add.clicked.connect(self.added)
        self._box = column(self._flow, self.add, gap=4)
        self.setLayout(self._box)

    def show_bands(self, bands: Sequence[BandLine], *, editable: bool, wrong: bool) -> None:
        """Show the bands as they are being typed."""
        if len(bands) != len(self._rows):
            empty(self._flow)
            self._rows = [self._make(place) for place in range(len(bands))]
        for (name, limit), band in zip(self._rows, bands, strict=True):
            if name.text().strip() != band.name:
                name.setText(band.name)
            name.setReadOnly(not editable)
            limit.show_limit(band.relation, band.limit, editable=editable, wrong=wrong)
        self.add.setVisible(editable)

    def band(self, place: int) -> tuple[QLineEdit, LimitField]:
        """Return the name and the limit of one band."""
        return self._rows[place]

    def _make(self, place: int) -> tuple[QLineEdit, LimitField]:
        name = QLineEdit()
        name.setAccessibleName(_("Name of band {place}").format(place=place + 1))
        fix(name, width=84)
        limit = LimitField(_("Limit of band {place}").format(place=place + 1))
        words = _("Drop band {place}").format(place=place + 1)
        drop = icon_button("x", words)

        def tell() -> None:
            relation = str(limit.relation.currentData())
            self.typed.emit(place, name.text(), relation, limit.figure.text())

        name.textEdited.connect(tell)
        name.editingFinished.connect(self.left)
        limit.typed.connect(tell)
        limit.left.connect(self.left)
        drop.clicked.connect(lambda: self.dropped.emit(place))
        holder = QWidget()
        holder.setLayout(row(name, limit, drop, gap=4))
        self._flow.addWidget(holder)
        return name, limit


class TiesField(QWidget):
    """What is compared among equals, in order; a click takes one away, a choice adds one."""

    added = Signal(str)
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._flow = Flow()
        self.more = Choice(_("One more thing to compare"))
        self.more.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.more.setMinimumContentsLength(10)
        self.more.activated.connect(self._on_more)
        self.setLayout(self._flow)
        self._flow.addWidget(self.more)

    def show_ties(
        self,
        ties: tuple[tuple[str, str], ...],
        more: tuple[tuple[str, str], ...],
        *,
        editable: bool,
    ) -> None:
        """Show the chain and what else could be compared."""
        self.more.offer([("", _("Add one …")), *more], "")
        self.more.setVisible(editable)
        if ties == self._shown:
            return
        self._shown = ties
        self._flow.removeWidget(self.more)
        empty(self._flow)
        for name, words in ties:
            chip = Button(words, icon="x", size="compact")
            chip.setAccessibleName(_("Do not compare {name}").format(name=words))
            chip.setEnabled(editable)
            chip.clicked.connect(lambda _c=False, key=name: self.dropped.emit(key))
            self._flow.addWidget(chip)
        self._flow.addWidget(self.more)
        self._flow.invalidate()

    def chip(self, place: int) -> QWidget:
        """Return one thing that is compared."""
        item = self._flow.itemAt(place)
        widget = item.widget() if item else None
        if widget is None:
            raise IndexError(place)
        return widget

    def _on_more(self) -> None:
        name = str(self.more.currentData())
        if name:
            self.added.emit(name)


def show_limit(field: LimitField, text: str, *, editable: bool, wrong: bool) -> None:
    """Show a limit written as ``>=60``."""
    relation, figure = limit_parts(text)
    field.show_limit(relation, figure, editable=editable, wrong=wrong)
