"""The rules as sentences with fields in them; beside them an example and the footer."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.text import Icon, label, rule
from ui.look.scaling import column, empty, row
from ui.look.theme import set_property
from ui.secretary.rules_fields import (
    BandsField,
    LimitField,
    RuleLine,
    TiesField,
    show_limit,
    small_field,
)
from ui.secretary.rules_names import choice_lists, field_names, rule_sentences
from ui.secretary.rules_view import BANDS, TIES, ExampleRow, RulesView, reader_of

LIMIT = "decision.pass_mark"
_WIDE = {"aggregation.expert_weights": 190, "groups.applications": 300}


class RulesPane(Card):
    """Every rule, edited in its place; every wish leaves it as a signal."""

    typed = Signal(str, str)
    chosen = Signal(str, str)
    left = Signal()
    limit_typed = Signal(str, str, str)
    file_chosen = Signal(object)
    save_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=4)
        self._lines: list[RuleLine] = []
        self.fields: dict[str, QWidget] = {}
        self.ties, self.bands = TiesField(), BandsField()
        self.pass_mark = LimitField(field_names()[LIMIT], optional=True)
        self._votes = Hint()
        self._frozen = Hint()
        self._make_fields()
        self._read = Button(_("From a rules file"), icon="file-up", size="compact")
        self._read.clicked.connect(self._on_read)
        self._write = Button(_("Save as a file"), icon="file-down", size="compact")
        self._write.clicked.connect(self._on_write)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        lane = column(self._frozen)
        for name, sentence in rule_sentences():
            line = RuleLine(name, sentence, self.fields)
            self._lines.append(line)
            lane.addWidget(line)
            if "decision.quorum" in line.fields:
                lane.put(self._votes)
        lane.addStretch(1)
        inside.setLayout(lane)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(label(_("Review rules"), "card-title"), None, self._read, self._write)
        self.body.put(head)
        self.body.addWidget(scroll, 1)

    def show_rules(self, view: RulesView) -> None:
        """Show the rules as they are being typed."""
        for name, field in self.fields.items():
            self._show_field(name, field, view)
        self.ties.show_ties(view.ties, view.more_ties, editable=view.editable)
        self.bands.show_bands(view.bands, editable=view.editable, wrong=BANDS in view.faults)
        for line in self._lines:
            faults = [view.faults[name] for name in line.fields if name in view.faults]
            line.fault.say("；".join(faults), "bad", "circle-x")
        self._votes.say(view.votes, "2", "info")
        frozen = _("The rules are frozen and signed; nothing here can be changed.")
        self._frozen.say("" if view.editable else frozen, "2", "lock")
        self._read.setVisible(view.editable)

    def _show_field(self, name: str, field: QWidget, view: RulesView) -> None:
        text, wrong = view.values.get(name, ""), name in view.faults
        if isinstance(field, Choice):
            field.offer(choice_lists()[name], text)
            field.setEnabled(view.editable and name not in view.resting)
        elif isinstance(field, LimitField):
            show_limit(field, text, editable=view.editable, wrong=wrong)
        elif isinstance(field, QLineEdit):
            read = reader_of(name)
            if read(field.text()) != read(text):
                field.setText(text)
            field.setReadOnly(not view.editable)
            set_property(field, "state", "error" if wrong else "")

    def _make_fields(self) -> None:
        for name, words in field_names().items():
            if name in choice_lists():
                box = Choice(words)
                box.activated.connect(
                    lambda _i, n=name, b=box: self.chosen.emit(n, str(b.currentData()))
                )
                self.fields[name] = box
            elif name not in (LIMIT, TIES, BANDS):
                field = small_field(words, _WIDE.get(name, 64))
                if name in _WIDE:
                    field.setAlignment(Qt.AlignmentFlag.AlignLeft)
                field.textEdited.connect(lambda text, n=name: self.typed.emit(n, text))
                field.editingFinished.connect(self.left)
                self.fields[name] = field
        self.fields |= {TIES: self.ties, BANDS: self.bands, LIMIT: self.pass_mark}
        self.pass_mark.typed.connect(lambda r, f: self.limit_typed.emit(LIMIT, r, f))
        self.pass_mark.left.connect(self.left)
        self.bands.left.connect(self.left)

    def _on_read(self) -> None:
        kinds = _("Rules (*.toml)")
        name, _kind = QFileDialog.getOpenFileName(self, _("From a rules file"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))

    def _on_write(self) -> None:
        kinds = _("Rules (*.toml)")
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a file"), "rules.toml", kinds
        )
        if name:
            self.save_chosen.emit(Path(name))


class RulesSide(QWidget):
    """The same marks under three rules, and the rules as they will be printed."""

    def __init__(self) -> None:
        super().__init__()
        self._totals = label("", "strong", wrap=True)
        self._rows = column(gap=2)
        words = _("One set of marks, three rules, three results. Fixed once packs are issued.")
        example = Card(
            label(_("Worked out"), "card-title", wrap=True),
            label(_("Invented totals of seven experts"), "small", "2", wrap=True),
            self._totals,
            rule(),
            self._rows,
            label(words, "small", "2", wrap=True),
            gap=6,
        )
        self._printed = label("", "small", "2", wrap=True)
        printed = Card(
            label(_("As it will stand under every table"), "card-title", wrap=True),
            self._printed,
        )
        self._note = Hint()
        self.setLayout(column(example, printed, self._note, None, gap=12))

    def show_rules(self, view: RulesView) -> None:
        """Show the example and the footer under the rules of now."""
        self._totals.setText("　".join(view.totals))
        empty(self._rows)
        for line in view.rows:
            self._rows.addWidget(_example_row(line))
        self._printed.setText(view.printed)
        self._note.say(view.note)

    def printed(self) -> str:
        """Return the footer as it will be printed."""
        return self._printed.text()

    def figures(self) -> list[str]:
        """Return what the example comes to, the rules of now first."""
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        widgets = (item.widget() for item in items if item)
        return [widget.accessibleName() for widget in widgets if widget]


def _example_row(line: ExampleRow) -> QWidget:
    result = QFrame()
    words = label(line.words, "strong" if line.current else "", wrap=True)
    words.setProperty("tone", "accent" if line.current else "")
    inside = row(margins=(8, 5, 8, 5), gap=8)
    if line.current:
        result.setProperty("kind", "badge")
        inside.addWidget(Icon("check", 16, "accent"))
    inside.addWidget(words, 1)
    inside.addWidget(label(line.figure, "card-title"))
    result.setLayout(inside)
    result.setAccessibleName(f"{line.words} {line.figure}")
    return result
