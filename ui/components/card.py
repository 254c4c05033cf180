"""White sheets on the desk, and plain areas of one colour."""

from PySide6.QtWidgets import QFrame, QWidget

from ui.look.scaling import Margins, Part, column


class Card(QFrame):
    """A white box with a hairline; ``state``: "", "current", "warn", "bad" colours the line."""

    def __init__(
        self,
        *parts: Part,
        margins: Margins = (16, 12, 16, 12),
        gap: int = 8,
        state: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setProperty("state", state)
        self.body = column(*parts, margins=margins, gap=gap)
        self.setLayout(self.body)


class Ground(QWidget):
    """A plain area of a token's colour: "window", "surface", "rail" or "sunken"."""

    def __init__(self, colour: str, *parts: Part, margins: Margins = (0, 0, 0, 0)) -> None:
        super().__init__()
        self.setProperty("ground", colour)
        self.setAutoFillBackground(True)
        self.body = column(*parts, margins=margins)
        self.setLayout(self.body)
