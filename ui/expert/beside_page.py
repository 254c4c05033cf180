"""Two applications' materials side by side at one indicator, over the whole width."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.choice import Choice
from ui.components.text import label, post, rule
from ui.expert.beside_presenter import BesideView, Side
from ui.expert.materials_pane import Fetch, MaterialsPane
from ui.look.scaling import column, row


class BesidePane(QWidget):
    """One side: which application, its mark here, its materials."""

    chosen = Signal(str)

    def __init__(self, fetch: Fetch, name: str) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self._number = ""
        self.choice = Choice(name)
        self.choice.activated.connect(
            lambda place: self.chosen.emit(str(self.choice.itemData(place)))
        )
        self._mark = label("", "strong")
        self.materials = MaterialsPane(fetch)
        self.materials.tools.cite.hide()
        self.materials.tabs.beside.hide()
        head = row(self.choice, None, self._mark, margins=(12, 6, 12, 6), gap=12)
        body = column(head, rule())
        body.addWidget(self.materials, 1)
        self.setLayout(body)

    def show_side(self, side: Side, applications: tuple[tuple[str, str], ...]) -> None:
        """Show an application; its materials open at the page cited for it."""
        self.choice.offer(list(applications), side.number)
        self._mark.setText(side.mark)
        self.materials.show_documents(side.documents)
        if side.cited and self._number != side.number:
            self.materials.open_file(*side.cited)
        self._number = side.number

    def forget(self) -> None:
        """Let go of every document."""
        self._number = ""
        self.materials.forget()


class BesidePage(QWidget):
    """The two sides under one indicator; ``chosen`` carries side (0, 1) and application."""

    chosen = Signal(int, str)
    back_requested = Signal()

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._title = label("", "card-title", wrap=True)
        back = Button(_("Back"), icon="arrow-left", key="Esc")
        back.clicked.connect(self.back_requested)
        self.panes = (
            BesidePane(fetch, _("Application on the left")),
            BesidePane(fetch, _("Application on the right")),
        )
        head = row(back, margins=(16, 8, 16, 8), gap=16)
        head.addWidget(self._title, 1)
        sides = row(gap=0)
        for place, pane in enumerate(self.panes):
            pane.chosen.connect(lambda number, side=place: self.chosen.emit(side, number))
            if place:
                sides.addWidget(post())
            sides.addWidget(pane, 1)
        body = column(head, rule())
        body.addLayout(sides, 1)
        self.setLayout(body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def show_beside(self, view: BesideView) -> None:
        """Show the page as it stands."""
        self._title.setText(view.title)
        for pane, side in zip(self.panes, view.sides, strict=True):
            pane.show_side(side, view.applications)

    def begin(self) -> None:
        """Give the keyboard to the pages on the left."""
        self.panes[0].materials.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every document of both sides."""
        for pane in self.panes:
            pane.forget()
