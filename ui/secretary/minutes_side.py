"""Beside the preview: what may be written, the two machines, export and print."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.flow import Flow
from ui.components.lines import Field, WordsField
from ui.components.text import Icon, code, label, set_tone
from ui.look.scaling import column, fix, row
from ui.secretary.minutes_fields import FIELDS, field_name
from ui.secretary.minutes_views import ALL, KINDS, MinutesView, code_of
from ui.secretary.page import held


class MinutesSide(QWidget):
    """The column beside the preview; every wish leaves it as a signal."""

    typed = Signal(str, str)
    write_requested = Signal()
    other_typed = Signal(str)
    carry_chosen = Signal(object)
    export_requested = Signal(str)
    print_requested = Signal(str)
    forms_changed = Signal(bool)
    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field | WordsField] = {}
        body = column(self._make_fields(), self._make_two(), self._make_export(), gap=12)
        body.addStretch(1)
        self.setLayout(body)

    def show_minutes(self, view: MinutesView) -> None:
        """Show what belongs beside the preview."""
        for name, field in self.fields.items():
            text = view.fields[name]
            if isinstance(field, WordsField):
                field.show_words(text)
            elif field.text() != text and not field.hasFocus():
                field.setText(text)
            field.setReadOnly(not view.editable)
        self.write.setVisible(view.editable)
        self.write.setEnabled(view.unwritten and not view.working)
        self._unwritten.setVisible(view.unwritten)
        self._show_two(view)
        self._agreement.say(view.agreement.text, view.agreement.tone, view.agreement.icon)
        self._lock.setVisible(view.locked)
        self.forms.setChecked(view.by_application)
        for button in self.export.values():
            button.setEnabled(not view.locked and bool(view.papers) and not view.working)
        self._open.setVisible(bool(view.exported))

    def _show_two(self, view: MinutesView) -> None:
        """Show which code is compared: that of the sheets alone, and that with the votes."""
        sheets, results = (view.two.sheets, view.two.results) if view.two else ("", "")
        self.code.setText(code_of(sheets))
        self._voted_code.setText(code_of(results))
        self._voted.setVisible(sheets != results)
        asked = view.two is not None and view.two.asked
        self._asked.setText(_("before any paper leaves") if asked else _("optional"))
        set_tone(self._asked, "warn" if asked else "2")
        self.other.setReadOnly(not view.editable)

    def focus_other(self) -> None:
        """Give the keyboard to the other machine's code."""
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _make_fields(self) -> Card:
        words = _("All else comes from the signed sheets.")
        card = Card(label(_("To fill in"), "strong"), label(words, "small", "2", wrap=True))
        card.body.setSpacing(6)
        for name in FIELDS:
            title = label(field_name(name), "small", "2", wrap=True)
            fix(title, width=74)
            line = row(title, gap=8)
            line.addWidget(self._field(name), 1)
            card.body.put(line)
        self.write = Button(_("Write into the minutes"), icon="file-pen-line")
        self.write.clicked.connect(self.write_requested)
        self._unwritten = label(_("not in the minutes yet"), "small", "warn")
        card.body.put(row(self.write, self._unwritten, None, gap=10))
        return card

    def _field(self, name: str) -> QWidget:
        field: Field | WordsField
        if name == "next_step":
            field = WordsField(field_name(name), 2, 4)
            field.setPlaceholderText("")
            field.typed.connect(lambda text: self.typed.emit(name, text))
        else:
            field = Field()
            field.setAccessibleName(field_name(name))
            field.textEdited.connect(lambda text: self.typed.emit(name, text))
        self.fields[name] = field
        return field

    def _make_two(self) -> Card:
        self.code, self.other, self._agreement = code(), Field(), Hint()
        self.other.setPlaceholderText(_("Results code of the other machine"))
        self.other.setAccessibleName(_("Results code of the other machine"))
        self.other.textEdited.connect(self.other_typed)
        carry = Button(_("Carry the round over"), kind="link")
        carry.clicked.connect(self._on_carry)
        self._asked, self._voted_code = label("", "small", "2"), code()
        head = row(Icon("git-compare-arrows", 18), label(_("Two machines"), "strong"), gap=8)
        head.put(None, self._asked)
        own = row(label(_("Code of the sheets"), "small", "2"), self.code, None, gap=8)
        words = label(_("With the votes recorded here"), "small", "2", wrap=True)
        self._voted = held(column(words, self._voted_code, gap=0))
        parts = (head, own, self._voted, self.other, self._agreement, row(carry, None))
        return Card(*parts, gap=6)

    def _make_export(self) -> Card:
        self.export: dict[str, Button] = {}
        for kind in (*KINDS, ALL):
            words = _("Whole set") if kind == ALL else kind.upper()
            button = Button(words, icon="file-down")
            button.clicked.connect(lambda _c=False, kind=kind: self.export_requested.emit(kind))
            self.export[kind] = button
        self._lock = Hint(_("Export unlocks when both machines agree"), "warn", "lock")
        self.forms = TickBox(_("Also a score form for each application"))
        self.forms.clicked.connect(lambda: self.forms_changed.emit(self.forms.isChecked()))
        self.pages = Field()
        self.pages.setAccessibleName(_("Pages to print"))
        self.pages.setPlaceholderText(_("all"))
        fix(self.pages, width=96)
        printer = Button(_("Print"), icon="printer", key="Ctrl P")
        printer.clicked.connect(lambda: self.print_requested.emit(self.pages.text()))
        self._open = Button(_("Open the folder"), icon="folder-open")
        self._open.clicked.connect(self.open_requested)
        pages = row(label(_("Pages"), "small", "2"), self.pages, printer, None, gap=8)
        buttons = held(Flow(*self.export.values(), self._open))
        title = label(_("Export and print"), "strong")
        return Card(title, buttons, self.forms, self._lock, pages, gap=6)

    def _on_carry(self) -> None:
        kinds = _("Carried rounds (*.round)")
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Carry the round over"), "round.round", kinds
        )
        if name:
            self.carry_chosen.emit(Path(name))
