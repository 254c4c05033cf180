"""Pairs compared by hand: a matrix of degrees, what it comes to, taking it over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from reviewer_app.core.messages import _
from reviewer_app.services.weight_proposals import DEGREES
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.choice import Choice
from ui.components.flow import Flow
from ui.components.text import label
from ui.look.scaling import bound, column, empty, row
from ui.secretary.scheme_view import CompareView

_ITEMS = [
    *((str(degree), str(degree)) for degree in DEGREES),
    *((f"1/{degree}", f"1/{degree}") for degree in reversed(DEGREES[:-1])),
]


class ComparePane(QWidget):
    """The matrix; every wish leaves it as a signal."""

    group_chosen = Signal(str)
    compared = Signal(str, str, str)
    taken_over = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self.boxes: dict[tuple[str, str], Choice] = {}
        self._mirrors: dict[tuple[str, str], QWidget] = {}
        self.group = Choice(_("What is compared"))
        self.group.activated.connect(
            lambda: self.group_chosen.emit(str(self.group.currentData()))
        )
        self.take = Button(_("Take over as a proposal"), size="compact", icon="check")
        self.take.clicked.connect(self.taken_over)
        back = Button(_("Back to the table"), size="compact", icon="arrow-left")
        back.clicked.connect(self.left)
        tools = QWidget()
        tools.setLayout(Flow(self.group, self.take, back))
        words = _(
            "How much more important is the row than the column? 1 equal, 3 somewhat, 5 "
            "clearly, 7 strongly, 9 utterly; 1/3 the other way round."
        )
        self._grid = QGridLayout()
        self._holder = QWidget()
        self._holder.setProperty("ground", "surface")
        self._holder.setLayout(self._grid)
        scroll = QScrollArea()
        scroll.setWidget(self._holder)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._measures, self._verdict = label("", "small", "2", wrap=True), Hint()
        self._proposal = QWidget()
        self._flow = Flow(gap=16)
        self._proposal.setLayout(self._flow)
        lane = column(tools, label(words, "small", "2", wrap=True), margins=(8, 4, 8, 4), gap=6)
        lane.addWidget(scroll, 1)
        lane.put(self._proposal, row(self._measures), self._verdict)
        self.setLayout(lane)

    def show_compare(self, view: CompareView) -> None:
        """Show the matrix and what it comes to."""
        self.group.offer(list(view.groups), view.group)
        if view.members != self._shown:
            self._shown = view.members
            self._rebuild(view)
        for pair, degree in view.degrees.items():
            self.boxes[pair].offer(_ITEMS, degree)
            above, _slash, below = degree.partition("/")
            mirror = f"{below}" if below else (f"1/{above}" if above != "1" else "1")
            self._mirrors[pair].setProperty("text", mirror)
        empty(self._flow)
        for code, share in view.proposal:
            self._flow.addWidget(label(f"{code}　{share}", "strong"))
        self._flow.invalidate()
        self._measures.setText(view.measures)
        self._verdict.say(view.verdict.text, view.verdict.tone, view.verdict.icon)

    def _rebuild(self, view: CompareView) -> None:
        empty(self._grid)
        self.boxes, self._mirrors = {}, {}
        middle = Qt.AlignmentFlag.AlignCenter
        for place, (code, title) in enumerate(view.members, start=1):
            name = label(f"{code} {title}", "small", wrap=True)
            bound(name, min_width=120)
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(label(code, "small", "2"), 0, place, middle)
            self._grid.addWidget(label("1", "", "2"), place, place, middle)
        numbers = {code: place for place, (code, _title) in enumerate(view.members, start=1)}
        for one, other in view.degrees:
            words = _("{one} compared with {other}").format(one=one, other=other)
            box, mirror = Choice(words), label("1", "", "2")
            box.activated.connect(
                lambda _i, b=box, o=one, t=other: self.compared.emit(o, t, b.currentData())
            )
            self.boxes[one, other], self._mirrors[one, other] = box, mirror
            self._grid.addWidget(box, numbers[one], numbers[other])
            self._grid.addWidget(mirror, numbers[other], numbers[one], middle)
