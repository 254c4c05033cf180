"""The round's own facts: title, occasion, organiser, date, place; below, putting it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.lines import Field
from ui.components.text import Icon, label
from ui.look.scaling import bound, column, row
from ui.look.theme import set_property
from ui.secretary.basics_presenter import BasicsView
from ui.secretary.new_presenter import TEXTS, field_name
from ui.secretary.page import held


class BasicsPane(QWidget):
    """What was typed when the round was made, changed in place; every wish is a signal."""

    typed = Signal(str, str)
    chosen = Signal(str, str)
    left = Signal()
    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self._faults: dict[str, Hint] = {}
        self.kind = Choice(field_name("kind"))
        self.kind.activated.connect(
            lambda _place: self.chosen.emit("kind", str(self.kind.currentData()))
        )
        card = Card(label(_("The round"), "card-title"), gap=5)
        for name in TEXTS:
            card.body.put(*self._field(name))
        card.body.put(label(field_name("kind"), "small", "2"), self.kind)
        bound(self.kind, max_width=280)
        self._away = self._make_away()
        scroll = QScrollArea()
        scroll.setWidget(held(column(card, self._away, None, gap=12)))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(scroll))

    def show_basics(self, view: BasicsView) -> None:
        """Show the facts as they are being typed."""
        for name, field in self.fields.items():
            text, fault = view.values[name], view.faults.get(name, "")
            if field.text() != text:
                field.setText(text)
            field.setReadOnly(not view.editable)
            set_property(field, "state", "error" if fault else "")
            self._faults[name].say(fault, "bad", "circle-x")
        self.kind.offer([(each, each) for each in view.kinds], view.values["kind"])
        self.kind.setEnabled(view.editable)
        self._away.setVisible(view.editable)

    def _field(self, name: str) -> tuple[QWidget, ...]:
        field, fault = Field(), Hint()
        field.setAccessibleName(field_name(name))
        field.textEdited.connect(lambda text: self.typed.emit(name, text))
        field.editingFinished.connect(self.left)
        self.fields[name], self._faults[name] = field, fault
        return label(field_name(name), "small", "2"), field, fault

    def _make_away(self) -> Card:
        words = _(
            "It leaves every list. Its lists, weights, rules and log are kept, and "
            "“Removed rounds” at the left takes it back."
        )
        self.remove = Button(_("Remove this round"), icon="archive-x", kind="danger")
        self.remove.clicked.connect(self.remove_requested)
        return Card(
            row(Icon("archive-x", 18), label(_("Put the round away"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            row(self.remove, None),
            gap=6,
        )
