"""Two fingers over the materials: scrolling to the pixel, pinching, Ctrl and the wheel."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import CONTROL, NONE
from tests.ui.test_materials import Shelf, pane, shelf, shown
from ui.expert.materials_pane import MaterialsPane
from ui.expert.page_canvas import PageCanvas

__all__ = ["pane", "shelf"]


def turn(
    view: PageCanvas, angle: int, pixels: QPoint, held: Qt.KeyboardModifier = NONE
) -> None:
    """Turn the wheel over the middle of the pages, as a trackpad or a mouse does."""
    place = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        pixels,
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.ScrollUpdate,
        False,  # noqa: FBT003 - Qt's own
    )
    QApplication.sendEvent(view.viewport(), event)


def pinch(view: PageCanvas, value: float) -> None:
    place = QPointF(view.viewport().rect().center())
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        view.viewport().mapToGlobal(place),
        value,
        QPointF(),
    )
    QApplication.sendEvent(view.viewport(), event)


def test_two_fingers_scroll_to_the_pixel(pane: MaterialsPane, shelf: Shelf, bot: QtBot) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf"))
    shown(pane, bot)
    view = pane.view
    before = view.verticalScrollBar().value()
    turn(view, -9, QPoint(0, -7))
    turn(view, -9, QPoint(0, -6))
    assert view.verticalScrollBar().value() - before == 13


def test_pinching_and_a_little_turn_zoom_a_little(
    pane: MaterialsPane, shelf: Shelf, bot: QtBot
) -> None:
    pane.show_documents(shelf.tabs("建设方案.pdf"))
    shown(pane, bot)
    view = pane.view
    view.zoom(1)
    before = view._layout.factor
    turn(view, 12, QPoint(), CONTROL)
    small = view._layout.factor / before
    assert 1 < small < 1.05
    turn(view, 108, QPoint(), CONTROL)
    assert abs(view._layout.factor / before - 1.2) < 0.001
    pinch(view, -0.1)
    assert abs(view._layout.factor / before - 1.08) < 0.001
