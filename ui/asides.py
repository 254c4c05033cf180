"""Pages that lie over the one that is open: help, backup; closing goes back to it."""

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid


class Asides:
    """Shows one page over another and brings back what was there, with its keyboard.

    An aside is made when it is asked for and destroyed when it is closed.
    """

    def __init__(self, stack: QStackedWidget) -> None:
        self._stack = stack
        self._page: QWidget | None = None
        self._below: QWidget | None = None
        self._focus: QWidget | None = None

    def show(self, page: QWidget) -> None:
        """Show ``page`` over what is open now."""
        self.close()
        self._focus = QApplication.focusWidget()
        self._page, self._below = page, self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def close(self) -> None:
        """Go back to what was open, to the field that had the keyboard."""
        if self._page is None:
            return
        page, self._page = self._page, None
        self._stack.removeWidget(page)
        page.deleteLater()
        if self._below and isValid(self._below):
            self._stack.setCurrentWidget(self._below)
        if self._focus and isValid(self._focus):
            self._focus.setFocus()

    def open(self) -> QWidget | None:
        """Return the page that lies over the others, if one does."""
        return self._page
