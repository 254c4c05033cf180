"""The issue page: a pack an expert with its state; slips and what is frozen at the right."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.places import ProgressCard
from ui.components.table import Table
from ui.components.text import Icon, code, label, rule
from ui.drives import drives
from ui.look.scaling import column, row
from ui.secretary.issue_presenter import IssueView
from ui.secretary.page import StepPage, TwoColumns, side
from ui.secretary.reissue_card import ReissueCard
from ui.views import Column


class IssuePage(StepPage):
    """Packs and slips; every wish leaves it as a signal."""

    selected = Signal(str)
    folder_chosen = Signal(object)
    copy_requested = Signal(object)
    all_requested = Signal(object)
    slips_requested = Signal()
    try_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: IssueView | None = None
        self._working = ""
        self.table = Table(
            _("Review packs"),
            (
                Column(_("No."), 48),
                Column(_("Expert")),
                Column(_("Applications"), 84, right=True),
                Column(_("Pack"), 116),
                Column(_("Size"), 90, right=True),
                Column(_("Stick"), 136),
            ),
        )
        self.table.chosen.connect(self.selected)
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self._notice = Banner()
        left = QWidget()
        lane = column(self.progress, self._notice, gap=10)
        lane.addWidget(self._make_list(), 1)
        left.setLayout(lane)
        self._folder_button = Button(_("Open the folder"), icon="folder-open", size="tall")
        self._folder_button.clicked.connect(self._on_open_folder)
        self.foot.add_button(self._folder_button)
        self.lay(TwoColumns(left, self._make_side()))
        self._lay.setStretch(0, 1)
        self.key("Ctrl+P", self.slips_requested)

    def show_issue(self, view: IssueView) -> None:
        """Show the page as it stands."""
        self._view = view
        if view.working and view.working != self._working:
            self.progress.begin(view.working, view.keeps, cancellable=bool(view.keeps))
        self.settle_focus(self.progress.cancel, before=self._working, now=view.working)
        self._working = view.working
        self.progress.setVisible(bool(view.working))
        self._subtitle.setText(view.subtitle)
        self.table.show_rows(view.rows)
        if view.selected:
            self.table.select(view.selected)
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self._frozen_icon.show_icon(
            "lock" if view.issued else "info", "ok" if view.issued else ""
        )
        self._frozen.setText(
            _("Weights and rules are frozen and signed")
            if view.issued
            else _("What will be frozen and signed")
        )
        self._rules.setText(view.rules)
        self._rules.setVisible(not view.issued)
        self._again.setVisible(view.issued)
        self._prints.setVisible(view.issued)
        self._fingerprint.setText(view.fingerprint)
        self._bureau.setText(view.bureau_fingerprint)
        self._places.setText(_("Packs: {folder}").format(folder=view.folder))
        self._slips_place.setText(_("Slips: {file}").format(file=view.slips))
        self._elsewhere.setVisible(not view.issued and not view.working)
        self._slips.setVisible(view.issued)
        self._stick.setVisible(view.issued)
        self._copy.setEnabled(view.can_copy)
        self._all.setEnabled(not view.working)
        self.reissue.show_reissue(view.reissue)
        self._copy.show_words(_("Write pack {number} to a stick").format(number=view.selected))
        self._try_card.setVisible(view.can_try)
        self._try.show_words(_("Open as expert {number}").format(number=view.selected))
        self._folder_button.setVisible(view.issued)
        self.foot.show_foot(view.foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops writing."""
        if event.key() == Qt.Key.Key_Escape and self._working:
            self.cancel_requested.emit()
            return
        super().keyPressEvent(event)

    # -- building

    def _make_list(self) -> Card:
        self._subtitle = label("", "small", "2", wrap=True)
        head = row(label(_("Review packs"), "card-title"), margins=(8, 4, 8, 4), gap=12)
        head.addWidget(self._subtitle, 1)
        card = Card(head, margins=(8, 6, 8, 8), gap=0)
        card.body.addWidget(self.table, 1)
        return card

    def _make_side(self) -> QWidget:
        self._frozen, self._rules = (
            label("", "strong", wrap=True),
            label("", "small", wrap=True),
        )
        self._fingerprint, self._bureau = code(), code()
        self._prints = QWidget()
        self._prints.setLayout(
            column(
                rule(),
                4,
                label(_("Fingerprint of the round"), "small", "2"),
                self._fingerprint,
                label(_("Fingerprint of the bureau"), "small", "2"),
                self._bureau,
                gap=2,
            )
        )
        self._frozen_icon = Icon("lock", 18)
        title = row(self._frozen_icon, gap=8)
        title.addWidget(self._frozen, 1)
        self._again = label(
            _("To change them, every pack would have to be voided and issued again."),
            "small",
            "2",
            wrap=True,
        )
        frozen = Card(title, self._again, self._rules, self._prints, gap=6)
        self.reissue = ReissueCard()
        places, stick = self._make_places(), self._make_stick()
        return side(self._make_try(), places, stick, frozen, self.reissue)

    def _make_places(self) -> Card:
        self._places, self._slips_place = (
            label("", "small", wrap=True),
            label("", "small", wrap=True),
        )
        self._elsewhere = Button(_("Another folder"), icon="folder-open")
        self._elsewhere.clicked.connect(self._on_elsewhere)
        self._slips = Button(_("Print the slips"), icon="printer", key="Ctrl P")
        self._slips.clicked.connect(self.slips_requested)
        words = _("One slip each, handed over in person or in a sealed envelope.")
        return Card(
            row(Icon("ticket-check", 18), label(_("Packs and slips"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            self._places,
            self._slips_place,
            row(self._elsewhere, self._slips, None, gap=8),
            gap=6,
        )

    def _make_stick(self) -> Card:
        self._copy = Button("", icon="hard-drive-download")
        self._copy.clicked.connect(self._on_copy)
        self._all = Button(_("Write all packs to a folder"), icon="folder-open")
        self._all.clicked.connect(self._on_all)
        words = _("Each copy is read back; a stick pulled out too early is noticed.")
        self._stick = Card(
            row(Icon("hard-drive", 18), label(_("Sticks"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            row(self._copy, None),
            row(self._all, None),
            gap=6,
        )
        return self._stick

    def _make_try(self) -> Card:
        self._try = Button("", icon="play")
        self._try.clicked.connect(self.try_requested)
        words = _("The sample keeps its passcodes: it is copied for you to paste.")
        self._try_card = Card(
            row(Icon("flask-conical", 18, "accent"), label(_("Try it"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            row(self._try, None),
            gap=6,
        )
        return self._try_card

    # -- acts

    def _on_elsewhere(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where to write the packs"))
        if name:
            self.folder_chosen.emit(Path(name))

    def _on_copy(self) -> None:
        sticks = [drive for drive in drives() if not drive.read_only]
        if len(sticks) == 1:
            self.copy_requested.emit(sticks[0].root)
            return
        name = QFileDialog.getExistingDirectory(self, _("Which stick"))
        if name:
            self.copy_requested.emit(Path(name))

    def _on_all(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where to write the packs"))
        if name:
            self.all_requested.emit(Path(name))

    def _on_open_folder(self) -> None:
        if self._view:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._view.folder))
