"""Where to: the sticks, what the button will do, and once signed the receipt and the paper."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import PickRow
from ui.components.chip import StateLine
from ui.components.places import Checklist
from ui.components.text import Icon, label, rule
from ui.expert.finish_places import Place
from ui.expert.finish_views import FinishView
from ui.look.scaling import Box, column, empty, row
from ui.views import state


class TargetCard(Card):
    """The right card of the finish page."""

    place_chosen = Signal(str)
    place_added = Signal(object)
    search_requested = Signal()
    revision_requested = Signal()
    preview_requested = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(20, 14, 20, 14), gap=10)
        self._places: tuple[Place, ...] = ()
        self._group = QButtonGroup(self)
        self._title = label("", "card-title")
        self._state = label("", "small", "2")
        self._signed_line = StateLine(state("signed", ""))
        self._rows: Box = column(gap=8)
        holder = QWidget()
        holder.setLayout(self._rows)
        self._trouble = Banner(tone="bad")
        self._before, self._after = self._make_before(), self._make_after()
        self.body.put(
            row(self._title, None, self._state, self._signed_line),
            holder,
            self._make_buttons(),
            self._trouble,
            rule(),
            self._before,
            self._after,
            None,
        )

    def show_target(self, view: FinishView) -> None:
        """Show the card as it stands."""
        self._show_places(view)
        tone = view.trouble.tone if view.trouble.text else ""
        self._trouble.setVisible(bool(view.trouble.text))
        self._trouble.say(view.trouble.text, tone=tone)
        self._before.setVisible(not view.signed)
        self._after.setVisible(view.signed)
        icons = {True: ("circle-check", "ok"), False: ("circle-dashed", "")}
        self._acts.show_points((*icons[done], words, "") for words, done in view.acts)
        self._show_receipt(view)

    def _make_buttons(self) -> Box:
        other = Button(_("Another place"), kind="quiet", icon="folder-open", size="compact")
        other.clicked.connect(self._on_other)
        again = Button(
            _("Look for sticks again"), kind="quiet", icon="refresh-cw", size="compact"
        )
        again.clicked.connect(self.search_requested)
        return row(other, again, None, gap=12)

    def _make_before(self) -> QWidget:
        self._acts = Checklist()
        title = label(_("The button then does four things in turn"), "strong", wrap=True)
        words = _("If one fails it stops and says so; a signed sheet is not lost.")
        before = QWidget()
        before.setLayout(
            column(title, self._acts, label(words, "small", "2", wrap=True), gap=4)
        )
        return before

    def _make_after(self) -> QWidget:
        self.receipt = label("", "receipt")
        self.receipt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._file = label("", "small", "2", wrap=True)
        copy = Button(_("Copy"), icon="copy")
        copy.clicked.connect(self._on_copy)
        self._revise = Button("", kind="link")
        self._revise.clicked.connect(self.revision_requested)
        check = _("Receipt code; check it against the secretary's list")
        after = QWidget()
        after.setLayout(
            column(
                label(check, "small", "2", wrap=True),
                row(self.receipt, None, copy),
                self._file,
                rule(),
                self._make_paper(),
                rule(),
                row(label(_("To change a score:"), "small", "2"), self._revise, None, gap=4),
                gap=8,
            )
        )
        return after

    def _make_paper(self) -> Box:
        self._preview = Button(_("Preview"))
        self._preview.clicked.connect(self.preview_requested)
        promise = _("With codes: if the stick fails, this paper can be handed in.")
        words = column(
            label(_("Print the sheet and sign by hand")),
            label(promise, "small", "2", wrap=True),
        )
        paper = row(Icon("printer", 24), gap=12)
        paper.addLayout(words, 1)
        paper.addWidget(self._preview)
        return paper

    def _show_places(self, view: FinishView) -> None:
        self._title.setText(_("Handed in") if view.signed else _("Where to"))
        self._state.setVisible(not view.signed)
        self._state.setText(_("{count} places found").format(count=len(view.places)))
        self._signed_line.setVisible(view.signed)
        words = _("Signed, revision {number}").format(number=view.revision)
        self._signed_line.show_state(state("done", words))
        if view.places != self._places:
            self._rebuild(view.places)
        for button in self._group.buttons():
            button.setChecked(button.property("root") == view.chosen)

    def _rebuild(self, places: tuple[Place, ...]) -> None:
        self._places = places
        for button in self._group.buttons():
            self._group.removeButton(button)
        empty(self._rows)
        for place in places:
            line = PickRow(place.title, place.detail, "hard-drive", place.state)
            line.setProperty("root", str(place.root))
            line.setEnabled(place.usable)
            line.clicked.connect(
                lambda _c=False, root=str(place.root): self.place_chosen.emit(root)
            )
            self._group.addButton(line)
            self._rows.addWidget(line)

    def _show_receipt(self, view: FinishView) -> None:
        self.receipt.setText(view.receipt)
        self.receipt.setAccessibleName(_("Receipt code {code}").format(code=view.receipt))
        self._file.setText(view.file)
        self._preview.setEnabled(view.paper is not None)
        self._revise.show_words(
            _("make revision {number}, with a reason").format(number=view.revision + 1)
        )

    def _on_other(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Where to write the sheet"))
        if folder:
            self.place_added.emit(Path(folder))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.receipt.text())
