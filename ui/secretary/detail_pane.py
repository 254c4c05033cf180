"""One application in detail: every mark of every expert, the spread, findings, comments."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button, icon_button
from ui.components.card import Card
from ui.components.dots import DotStrip
from ui.components.flow import Flow
from ui.components.matrix import MatrixTable
from ui.components.text import Icon, key, label
from ui.look.scaling import column, empty, fix, row
from ui.look.theme import look
from ui.secretary.detail_views import DetailView
from ui.secretary.page import TwoColumns, held, side

_NARROW = 1000


class DetailPane(QWidget):
    """The detail; scores can be looked at here, never changed."""

    back_requested = Signal()
    stepped = Signal(int)
    correction_requested = Signal()
    slip_requested = Signal(str)
    """The slip that asks this expert to explain is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.number = ""
        self.matrix = MatrixTable(_("Marks of all experts"))
        back = Button(_("Ranking"), kind="quiet", icon="arrow-left", key="Esc")
        back.clicked.connect(self.back_requested)
        self._name, self._place = label("", "card-title", wrap=True), label("", "small", "2")
        up = icon_button("chevron-up", _("Previous application"), key="Alt ↑")
        down = icon_button("chevron-down", _("Next application"), key="Alt ↓")
        up.clicked.connect(lambda: self.stepped.emit(-1))
        down.clicked.connect(lambda: self.stepped.emit(1))
        head = row(back, gap=10)
        head.addWidget(self._name, 1)
        head.put(self._place, up, down, key("Alt ↑↓"))
        card = Card(margins=(6, 6, 6, 6), gap=0)
        card.body.addWidget(self.matrix, 1)
        lane = column(held(column(head, margins=(20, 10, 20, 0))))
        lane.addWidget(TwoColumns(card, self._make_side(), 396), 1)
        self.setLayout(lane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names of indicators out where the window is narrow."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.matrix.set_narrow(narrow=self.width() / look().scale < _NARROW)

    def show_detail(self, view: DetailView) -> None:
        """Show one application."""
        self.number = view.number
        self._name.setText(f"{view.number}　{view.name}")
        self._place.setText(view.place)
        self.matrix.show_matrix(view.matrix)
        empty(self._strips)
        for name, dots in view.strips:
            title = label(name, "small", wrap=True)
            fix(title, width=104)
            line = row(title, margins=(0, 3, 0, 3), gap=8)
            line.addWidget(DotStrip(dots), 1)
            holder = QWidget()
            holder.setLayout(line)
            self._strips.addWidget(holder)
        self._scale.setText(view.scale)
        empty(self._flags)
        for words in view.flags:
            self._flags.addWidget(Hint(words, "", "triangle-alert"))
        empty(self._slips)
        for expert in view.apart:
            words = _("Print the slip for expert {expert}").format(expert=expert)
            slip = Button(words, icon="printer", size="compact")
            slip.clicked.connect(lambda _c=False, who=expert: self.slip_requested.emit(who))
            self._slips.addWidget(slip)
        self._slips.addWidget(self._correction_button())
        self._flags_card.setVisible(bool(view.flags))
        self._anyway.setVisible(not view.flags)
        empty(self._comments)
        for who, text in view.comments:
            line = row(gap=10)
            head = label(who, "small", "2")
            line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(f"“{text}”", "small", wrap=True), 1)
            holder = QWidget()
            holder.setLayout(line)
            self._comments.addWidget(holder)
        self._comments_card.setVisible(bool(view.comments))

    def _make_side(self) -> QWidget:
        self._strips, self._scale = column(gap=0), label("", "small", "2")
        strips = Card(
            row(label(_("Where the experts stand"), "strong"), None, self._scale),
            self._strips,
            label(_("Dimensions in percent of their points"), "smallest", "2", wrap=True),
            gap=4,
        )
        self._flags, self._slips = column(gap=6), Flow()
        self._flags_card = Card(
            row(
                Icon("triangle-alert", 18, "warn"),
                label(_("To look at with the expert"), "strong"),
                None,
                gap=8,
            ),
            self._flags,
            held(self._slips),
            label(
                _("The expert makes a new revision on the own machine, with a reason."),
                "small",
                "2",
                wrap=True,
            ),
            gap=6,
            state="warn",
        )
        self._anyway = Card(row(self._correction_button(), None), margins=(16, 10, 16, 10))
        self._comments = column(gap=6)
        self._comments_card = Card(label(_("Comments"), "strong"), self._comments, gap=6)
        return side(strips, self._flags_card, self._anyway, self._comments_card)

    def _correction_button(self) -> Button:
        button = Button(_("Open a correction"), icon="file-pen-line", size="compact")
        button.clicked.connect(self.correction_requested)
        return button
