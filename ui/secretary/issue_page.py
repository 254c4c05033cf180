"""The issue page: a pack an expert with its state; slips and what is frozen at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.places import ProgressCard
from ui.components.table import Table
from ui.components.text import Icon, label
from ui.look.scaling import column, row
from ui.secretary.issue_side import FrozenCard, PlacesCard, StickCard
from ui.secretary.issue_views import IssueView
from ui.secretary.order_card import OrderCard
from ui.secretary.page import StepPage, TwoColumns, side
from ui.secretary.reissue_card import ReissueCard
from ui.secretary.roster_card import RosterCard
from ui.secretary.side_stack import SideStack
from ui.views import Column


class IssuePage(StepPage):
    """Packs and slips; every wish leaves it as a signal."""

    selected = Signal(str)
    collect_requested = Signal()
    try_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working = ""
        self.table = Table(
            _("Review packs"),
            (
                Column(_("No."), 48),
                Column(_("Expert")),
                Column(_("Applications"), 76, right=True),
                Column(_("Pack"), 100),
                Column(_("Size"), 80, right=True),
                Column(_("Slip"), 96),
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
        self._collect = Button(_("Go to collecting"), size="tall")
        self._collect.clicked.connect(self.collect_requested)
        self.foot.add_button(self._collect)
        self.lay(TwoColumns(left, self._make_side()))
        self._lay.setStretch(0, 1)
        self.key("Ctrl+P", self.places.slips_requested)

    def show_issue(self, view: IssueView) -> None:
        """Show the page as it stands."""
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
        self.places.show_places(view)
        self.sticks.show_sticks(view)
        self.frozen.show_frozen(view)
        self.reissue.show_reissue(view.reissue)
        self.roster.show_roster(view.roster)
        self._try_card.setVisible(view.can_try)
        self._try.show_words(_("Open as expert {number}").format(number=view.selected))
        self._collect.setVisible(view.issued and not view.working and view.foot.key != "Enter")
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
        self.places, self.sticks, self.frozen = PlacesCard(), StickCard(), FrozenCard()
        self.reissue, self.roster, self.order = ReissueCard(), RosterCard(), OrderCard()
        before = (self._make_try(), self.places, self.order, self.sticks, self.frozen)
        result = SideStack()
        result.addWidget(side(*before, self.reissue, self.roster))
        return result

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
