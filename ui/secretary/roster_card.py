"""A change of the roster for the chosen expert: withdrawn, or somebody else in the place."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.components.lines import Field, WordsField
from ui.components.text import Icon, label
from ui.look.scaling import row
from ui.secretary.page import held
from ui.secretary.roster_presenter import FIELDS, RosterView


class RosterCard(Card):
    """Shown for an issued round; every wish leaves it as a signal."""

    typed = Signal(str, str)
    withdrawn = Signal()
    replaced = Signal()
    file_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.fields: dict[str, QLineEdit] = {}
        self._title = label("", "strong", wrap=True)
        head = row(Icon("user-x", 18), gap=8)
        head.addWidget(self._title, 1)
        self._effects = label("", "small", "2", wrap=True)
        self.reason = WordsField(_("Reason, kept in the log"), 1, 3)
        self.reason.typed.connect(lambda text: self.typed.emit("reason", text))
        self.withdraw = Button("", icon="user-minus", kind="danger", size="compact")
        self.withdraw.clicked.connect(self.withdrawn)
        self.body.put(head, self._effects, self.reason, row(self.withdraw, None))
        self.body.put(label(_("Or somebody takes the place:"), "small", "2"))
        for name in FIELDS:
            self.body.put(self._field(name))
        self.specialism = Choice(_("Specialism"))
        self.specialism.activated.connect(
            lambda _place: self.typed.emit("specialism", str(self.specialism.currentData()))
        )
        self.bureau_staff = TickBox(_("Bureau staff"))
        self.bureau_staff.toggled.connect(
            lambda on: self.typed.emit("from_bureau", "yes" if on else "")
        )
        self.replace = Button("", icon="user-plus", size="compact")
        self.replace.clicked.connect(self.replaced)
        self._file = Button(_("by a roster file"), kind="link")
        self._file.clicked.connect(self._on_file)
        self._said = Hint()
        self.body.put(
            self.specialism,
            self.bureau_staff,
            held(Flow(self.replace, self._file)),
            self._said,
        )

    def show_roster(self, view: RosterView) -> None:
        """Show the form for the chosen expert."""
        self.setVisible(view.offered)
        self._title.setText(_("Expert {number} cannot come").format(number=view.expert))
        self._effects.setText("\n".join(view.effects))
        self.reason.show_words(view.reason)
        for name, field in self.fields.items():
            if field.text() != view.values.get(name, ""):
                field.setText(view.values.get(name, ""))
        kinds = [("", _("no specialism")), *((kind, kind) for kind in view.specialisms)]
        self.specialism.offer(kinds, view.values.get("specialism", ""))
        self.bureau_staff.blockSignals(True)  # noqa: FBT003 - Qt's own switch
        self.bureau_staff.setChecked(view.values.get("from_bureau") == "yes")
        self.bureau_staff.blockSignals(False)  # noqa: FBT003 - Qt's own switch
        self.withdraw.show_words(_("Withdraw expert {number}").format(number=view.expert))
        self.withdraw.setEnabled(view.can_withdraw)
        words = _("Replace {number} by {other}")
        self.replace.show_words(words.format(number=view.expert, other=view.values["number"]))
        self.replace.setEnabled(view.can_replace)
        self._said.say(view.said.text, view.said.tone, view.said.icon)

    def _field(self, name: str) -> QLineEdit:
        words = {
            "number": _("No."),
            "name": _("Name"),
            "employer": _("Employer"),
            "title": _("Title"),
            "recused": _("Recused from (03、07)"),
        }[name]
        field = Field()
        field.setAccessibleName(words)
        field.setPlaceholderText(words)
        field.textEdited.connect(lambda text: self.typed.emit(name, text))
        self.fields[name] = field
        return field

    def _on_file(self) -> None:
        kinds = _("Roster changes (*.toml)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Roster change"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))
