"""The form of a new round: words at the left, folders and lists at the right."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.choice import Choice
from ui.components.places import DropCatcher
from ui.components.text import label
from ui.look.scaling import bound, column, row
from ui.look.theme import set_property
from ui.secretary.lanes import Lanes
from ui.secretary.new_presenter import NEEDED, PATHS, TEXTS, NewView, field_name
from ui.secretary.new_problems import ProblemsCard
from ui.secretary.page import StepPage


class NewPage(StepPage):
    """What a round needs; every wish leaves it as a signal."""

    typed = Signal(str, str)
    lists_folder_chosen = Signal(object)
    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self.kind, self.scheme = Choice(field_name("kind")), Choice(field_name("scheme"))
        for name, box in (("kind", self.kind), ("scheme", self.scheme)):
            box.activated.connect(lambda _i, n=name, b=box: self._on_picked(n, b))
        title = row(label(_("New round"), "page-title"), None)
        body = Lanes(self._make_words(), self._make_lists(), least=900)
        self._trouble, self._notice = ProblemsCard(), Banner(tone="ok")
        inside = QWidget()
        inside.setProperty("ground", "window")
        inside.setLayout(
            column(
                title,
                self._trouble,
                self._notice,
                body,
                None,
                margins=(20, 18, 20, 16),
                gap=12,
            )
        )
        bound(inside, max_width=1180)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        catcher = DropCatcher(self)
        catcher.dropped.connect(self.dropped)
        self.lay(scroll)
        self._lay.setStretch(0, 1)

    def show_new(self, view: NewView) -> None:
        """Show the form as it stands."""
        for name, field in self.fields.items():
            text = view.values.get(name, "")
            if field.text() != text:
                field.setText(text)
            wrong = name == view.lacking and bool(text)
            set_property(field, "state", "error" if wrong else "")
            field.setReadOnly(view.working)
        self.kind.offer([(each, each) for each in view.kinds], view.values.get("kind", ""))
        self.scheme.offer(list(view.schemes), view.values.get("scheme", ""))
        self._trouble.show_problems(view.trouble.text, view.files)
        self._notice.setVisible(bool(view.notice.text))
        self._notice.say(view.notice.text, "", "ok")
        self.foot.show_foot(view.foot)

    def begin(self) -> None:
        """Give the keyboard to the title."""
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_lacking(self, name: str) -> None:
        """Give the keyboard to what is missing."""
        target: QWidget = self.scheme if name == "scheme" else self.fields[name]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _make_words(self) -> Card:
        card = Card(label(_("The round"), "card-title"), gap=6)
        for name in TEXTS:
            card.body.put(*self._field(name))
        self.fields["date"].setPlaceholderText("2026-11-21")
        card.body.put(label(field_name("kind"), "small", "2"), self.kind)
        card.body.put(label(field_name("scheme"), "small", "2"), self.scheme, None)
        return card

    def _make_lists(self) -> Card:
        words = _("Fill the blank lists in Excel, or use your own with the same headings.")
        blank = Button(_("Write the blank lists"), icon="file-down", size="compact")
        blank.clicked.connect(self._on_blank)
        head = row(label(_("Folders and lists"), "card-title"), None, blank)
        card = Card(head, Hint(words), gap=6)
        for name in PATHS:
            title, field = self._field(name)
            choose = Button(_("Choose"), icon="folder-open")
            choose.setAccessibleName(f"{_('Choose')} {field_name(name)}")
            choose.clicked.connect(lambda _c=False, n=name: self._on_choose(n))
            line = row(gap=8)
            line.addWidget(field, 1)
            if name == "applications":
                words = _("The list beside the folders, or a folder of described packages.")
                card.body.put(title, label(words, "smallest", "2", wrap=True), line)
                by_list = Button(_("List"), icon="file-text")
                by_list.clicked.connect(lambda: self._on_choose("applications-list"))
                line.put(choose, by_list)
            else:
                line.put(choose)
                card.body.put(title, line)
        card.body.addStretch(1)
        return card

    def _field(self, name: str) -> tuple[QWidget, QLineEdit]:
        field = QLineEdit()
        field.setAccessibleName(field_name(name))
        field.textEdited.connect(lambda text: self.typed.emit(name, text))
        self.fields[name] = field
        needed = _("required") if name in NEEDED else _("optional")
        tone = "bad" if name in NEEDED else "2"
        title = QWidget()
        title.setLayout(
            row(label(field_name(name), "small", "2"), label(needed, "smallest", tone), None)
        )
        return title, field

    # -- acts

    def _on_picked(self, name: str, box: Choice) -> None:
        self.typed.emit(name, str(box.currentData()))

    def _on_choose(self, name: str) -> None:
        if name == "applications":
            path = QFileDialog.getExistingDirectory(self, field_name(name))
        else:
            kinds = _("Lists (*.xlsx *.csv)")
            if name == "rules":
                kinds = _("Rules (*.toml)")
            wanted = name.removesuffix("-list")
            path, _kind = QFileDialog.getOpenFileName(self, field_name(wanted), "", kinds)
        if path:
            self.typed.emit(name.removesuffix("-list"), path)

    def _on_blank(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("Write the blank lists"))
        if path:
            self.lists_folder_chosen.emit(Path(path))
