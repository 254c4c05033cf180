"""The look of the moment: colours, text size, fonts; applied to the whole program at once.

Own-painted widgets ask ``look()`` while they paint, so that a new theme needs no signal: a new
style sheet makes Qt send every widget a StyleChange, which repaints it and asks for its size.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ui.look import fonts, icons
from ui.look.fonts import Role
from ui.look.scaling import rescale_all
from ui.look.sheet import style_sheet
from ui.look.tokens import DARK, LIGHT, Tokens

TEXT_SIZES = (100, 125, 150, 175)
_REFERENCE_DPI = 96


class Mode(StrEnum):
    """Which colours a person chose."""

    LIGHT = "light"
    SYSTEM = "system"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and sizes of now; ``text_size`` in percent, ``scale`` times the screen's."""

    tokens: Tokens = LIGHT
    text_size: int = 100
    scale: float = 1.0
    dark: bool = False

    def px(self, pixels: float) -> int:
        """Return a length given at 100 % in the pixels of now; never 0 for a length above 0."""
        return max(1, round(pixels * self.scale)) if pixels else 0

    def font(self, role: Role) -> QFont:
        """Return the font of ``role`` at the text size of now."""
        return fonts.font(role, self.scale)

    def pixmap(self, name: str, size: float = 16, colour: str = "text_2") -> QPixmap:
        """Return an icon of ``size`` (at 100 %) in the token ``colour``."""
        return icons.pixmap(name, self.px(size), self.hex(colour))

    def icon(self, name: str, size: float = 16, colour: str = "text_2") -> QIcon:
        """Return an icon for a button or menu in the token ``colour``."""
        return icons.icon(name, self.px(size), self.hex(colour))

    def draw_icon(self, painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
        """Draw an icon into ``rect`` in the token ``colour``."""
        icons.draw_icon(painter, name, rect, self.hex(colour))

    def hex(self, token: str) -> str:
        """Return a token's ``#RRGGBB``."""
        return cast("str", getattr(self.tokens, token))

    def colour(self, token: str) -> QColor:
        """Return a token as a colour to paint with."""
        return QColor(self.hex(token))


class _Current:
    look = Look()
    mode = Mode.SYSTEM
    styled = False


def look() -> Look:
    """Return the look of the moment."""
    return _Current.look


def mode() -> Mode:
    """Return which colours the person chose."""
    return _Current.mode


def apply(application: QApplication, mode: Mode = Mode.SYSTEM, text_size: int = 100) -> None:
    """Dress the whole program: style, palette, font, style sheet at ``text_size`` percent."""
    fonts.load()
    dark = mode is Mode.DARK or (mode is Mode.SYSTEM and _system_is_dark(application))
    screen = application.primaryScreen()
    density = screen.logicalDotsPerInch() / _REFERENCE_DPI if screen else 1.0
    tokens = DARK if dark else LIGHT
    _Current.mode = mode
    _Current.look = Look(tokens, text_size, text_size / 100 * density, dark)
    if not _Current.styled:
        application.setStyle(QStyleFactory.create("Fusion"))
        _Current.styled = True
    application.setPalette(palette(tokens))
    application.setFont(_Current.look.font(Role.BASE))
    sheet = style_sheet(tokens, _Current.look.scale)
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)  # polishes every widget there is, even for the same
    rescale_all(_Current.look.scale)


def palette(tokens: Tokens) -> QPalette:
    """Return what the style paints with where no style sheet rule reaches."""
    roles = QPalette.ColorRole
    result = QPalette()
    pairs = {
        roles.Window: tokens.window,
        roles.WindowText: tokens.text,
        roles.Base: tokens.field,
        roles.AlternateBase: tokens.window,
        roles.Text: tokens.text,
        roles.PlaceholderText: tokens.text_3,
        roles.Button: tokens.button,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.bad,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.ToolTipBase: tokens.surface,
        roles.ToolTipText: tokens.text,
        roles.Light: tokens.surface,
        roles.Midlight: tokens.line,
        roles.Mid: tokens.line_strong,
        roles.Dark: tokens.line_strong,
        roles.Shadow: tokens.line_strong,
        roles.Accent: tokens.accent,
    }
    for role, colour in pairs.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text_3))
    return result


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that was just set on ``widget``."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that style rules look at, and show its effect."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def _system_is_dark(application: QApplication) -> bool:
    return application.styleHints().colorScheme() is Qt.ColorScheme.Dark
