"""One indicator with everything an expert is shown of it; an own one can be changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button, icon_button
from ui.components.flow import Flow
from ui.components.lines import Field, WordsField
from ui.components.text import label
from ui.look.scaling import column, empty, fix, row
from ui.look.theme import set_property
from ui.secretary.page import held
from ui.secretary.scheme_view import IndicatorView, LevelLine

_PLAIN = ("title", "maximum", "step")


class IndicatorPane(QWidget):
    """The fields of one indicator; ``typed`` carries a key and its value as in a file."""

    typed = Signal(str, object)
    left = Signal()
    closed = Signal()
    added = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._levels: list[LevelFields] = []
        self._code = label("", "card-title", wrap=True)
        back = Button(_("Back to the table"), size="compact", icon="arrow-left")
        back.clicked.connect(self.closed)
        names = {
            "title": _("Name of the indicator"),
            "maximum": _("Full marks"),
            "step": _("Step"),
        }
        self.fields = {key: _line(names[key]) for key in _PLAIN}
        for key, field in self.fields.items():
            field.textEdited.connect(lambda text, k=key: self.typed.emit(k, text.strip()))
            field.editingFinished.connect(self.left)
        for key in ("maximum", "step"):
            fix(self.fields[key], width=72)
        self.guidance = WordsField(_("Guidance"), 2, 6)
        self.guidance.typed.connect(lambda text: self.typed.emit("guidance", text))
        self._rows = column(gap=4)
        self.add = Button(_("Add a level"), kind="link")
        self.add.clicked.connect(self._on_add)
        self._own = self._make_own()
        self._why, self._fault = Hint(), Hint()
        self._targets = label("", "small", "2", wrap=True)
        inside = self._make_inside(back)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        self.setLayout(column(scroll))

    def _make_own(self) -> QWidget:
        self.more = Button(_("Add an indicator behind it"), icon="plus", size="compact")
        self.more.clicked.connect(self.added)
        words = _("Remove this indicator")
        self.drop = Button(words, icon="x", kind="danger", size="compact")
        self.drop.clicked.connect(self.dropped)
        return held(Flow(self.more, self.drop))

    def _make_inside(self, back: Button) -> QWidget:
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setLayout(
            column(
                *(row(self._code, None, back), self._why),
                *(label(_("Name of the indicator"), "small", "2"), self.fields["title"]),
                row(
                    *(label(_("Full marks"), "small", "2"), self.fields["maximum"]),
                    *(label(_("Step"), "small", "2"), self.fields["step"], None),
                ),
                *(label(_("Guidance"), "small", "2"), self.guidance),
                *(label(_("Levels, from the best down"), "small", "2"), self._rows, self.add),
                *(self._fault, self._targets, self._own, None),
                margins=(8, 4, 8, 4),
                gap=6,
            )
        )
        return inside

    def show_indicator(self, view: IndicatorView) -> None:
        """Show the indicator as it is being typed."""
        self._code.setText(f"{view.code}　{view.title}")
        self._why.say(view.why, "2", "lock")
        for key, text in zip(_PLAIN, (view.title, view.maximum, view.step), strict=True):
            _show(self.fields[key], text, editable=view.editable)
        self.guidance.show_words(view.guidance)
        self.guidance.setReadOnly(not view.editable)
        self._show_levels(view)
        self.add.setVisible(view.editable)
        self._own.setVisible(view.editable)
        self._fault.say(view.fault, "bad", "circle-x")
        self._targets.setText("\n".join(filter(None, (view.targets, view.source))))

    def level(self, place: int) -> "LevelFields":
        """Return the fields of one level."""
        return self._levels[place]

    def _show_levels(self, view: IndicatorView) -> None:
        if len(view.levels) != len(self._levels):
            empty(self._rows)
            self._levels = [self._make_level(place) for place in range(len(view.levels))]
        for line, fields in zip(view.levels, self._levels, strict=True):
            fields.show_level(line, editable=view.editable, wrong=bool(view.fault))

    def _make_level(self, place: int) -> "LevelFields":
        fields = LevelFields(place + 1)
        fields.typed.connect(self._tell)
        fields.left.connect(self.left)
        fields.drop.clicked.connect(lambda: self._on_drop(place))
        self._rows.addWidget(fields)
        return fields

    def _tell(self) -> None:
        self.typed.emit("levels", [fields.level() for fields in self._levels])

    def _on_add(self) -> None:
        levels = [fields.level() for fields in self._levels]
        self.typed.emit("levels", [*levels, {"name": "", "low": "0", "high": "0"}])

    def _on_drop(self, place: int) -> None:
        levels = [fields.level() for fields in self._levels]
        del levels[place]
        self.typed.emit("levels", levels)
        self.left.emit()


class LevelFields(QWidget):
    """The fields of one level: its name, its points, what it means."""

    typed = Signal()
    left = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        self.name = _line(_("Name of level {place}").format(place=place))
        self.low = _line(_("Least points of level {place}").format(place=place))
        self.high = _line(_("Most points of level {place}").format(place=place))
        self.descriptor = WordsField(_("What level {place} means").format(place=place), 1, 4)
        self.descriptor.typed.connect(self.typed)
        self.drop = icon_button("x", _("Drop level {place}").format(place=place))
        for field in (self.name, self.low, self.high):
            field.textEdited.connect(self.typed)
            field.editingFinished.connect(self.left)
            fix(field, width=64)
        line = row(self.name, self.low, label("–"), self.high, gap=6)
        line.addWidget(self.descriptor, 1)
        line.put(self.drop)
        self.setLayout(line)

    def show_level(self, line: LevelLine, *, editable: bool, wrong: bool) -> None:
        """Show the level as it is being typed."""
        for field, text in (
            (self.name, line.name),
            (self.low, line.low),
            (self.high, line.high),
        ):
            _show(field, text, editable=editable)
            set_property(field, "state", "error" if wrong and field is not self.name else "")
        self.descriptor.show_words(line.descriptor)
        self.descriptor.setReadOnly(not editable)
        self.drop.setVisible(editable)

    def level(self) -> dict[str, str]:
        """Return the level as a scheme file states it."""
        means = self.descriptor.toPlainText().strip()
        found = {key: getattr(self, key).text().strip() for key in ("name", "low", "high")}
        return {**found, "descriptor": means} if means else found


def _line(name: str) -> Field:
    field = Field()
    field.setAccessibleName(name)
    return field


def _show(field: QLineEdit, text: str, *, editable: bool) -> None:
    if field.text().strip() != text:
        field.setText(text)
    field.setReadOnly(not editable)
