"""The one style sheet, generated from the tokens at a text size.

Widgets say what they are with properties, never with colours: ``role`` (size of a text),
``tone`` (its colour), ``kind`` (of a button or frame), ``state`` (error, warning, …).
"""

from string import Template

from ui.look.fonts import mono_families
from ui.look.tokens import Tokens, mix

_TEXT = """
QLabel { background: transparent; }
QLabel[role="page-title"] { font-size: $p20; font-weight: 700; }
QLabel[role="card-title"] { font-size: $p17; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="large"] { font-size: $p17; }
QLabel[role="small"] { font-size: $p13; }
QLabel[role="small-strong"] { font-size: $p13; font-weight: 700; }
QLabel[role="smallest"] { font-size: $p12; }
QLabel[role="total"] { font-size: $p26; font-weight: 700; }
QLabel[role="receipt"] { font-size: $p34; font-weight: 700; }
QLabel[tone="2"] { color: $text_2; }
QLabel[tone="3"] { color: $text_3; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[role="disc"], QLabel[role="disc-current"] { font-size: $p15; border-radius: $r13;
  border: 1px solid $line_strong; color: $text_2; }
QLabel[role="disc-current"] { border: 1px solid $accent; background: $accent;
  color: $on_accent; font-weight: 700; }
QLabel[role="code"] { font-size: $p14; font-family: $mono; }
QLabel[role="key"] { font-size: $p12; color: $text_2; background: $surface;
  border: 1px solid $line; border-radius: 4px; padding: 0px $p5; }
QToolTip { font-size: $p13; color: $text; background: $surface; border: 1px solid $line_strong;
  padding: $p4; }
"""

_FRAMES = """
QWidget[ground="window"] { background: $window; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="rail"] { background: $rail; }
QWidget[ground="sunken"] { background: $sunken; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="card"][state="current"] { border: 2px solid $accent; }
QFrame[kind="card"][state="warn"] { border: 1px solid $warn; }
QFrame[kind="card"][state="bad"] { border: 1px solid $bad; }
QFrame[kind="strip"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[kind="rule"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[kind="rule-strong"] { background: $line_strong; border: none; min-height: 1px;
  max-height: 1px; }
QFrame[kind="post"] { background: $line; border: none; min-width: 1px; max-width: 1px; }
QFrame[kind="top-bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[kind="foot-bar"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[kind="head"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[kind="banner"] { border-radius: 6px; border: 1px solid $accent;
  background: $accent_tint; }
QFrame[kind="banner"][state="ok"] { border-color: $ok; background: $ok_tint; }
QFrame[kind="banner"][state="warn"] { border-color: $warn; background: $warn_tint; }
QFrame[kind="banner"][state="bad"] { border-color: $bad; background: $bad_tint; }
QFrame[kind="drop"] { border: 2px dashed $line_strong; border-radius: 8px;
  background: transparent; }
QFrame[kind="drop"][state="over"] { border: 2px solid $accent; background: $accent_tint; }
QFrame[kind="open-row"] { background: $surface; border: none; border-left: 3px solid $accent;
  border-bottom: 1px solid $line; }
QFrame[kind="recent"] { background: $surface; border: 2px solid transparent; }
QFrame[kind="recent"]:hover { background: $button_hover; }
QFrame[kind="recent"][state="current"] { background: $accent_tint; }
QFrame[kind="recent"]:focus { border: 2px solid $accent; }
QFrame[kind="level-1"] { background: $level_1; border: none; }
QFrame[kind="level-2"] { background: $level_2; border: none; }
QFrame[kind="level-3"] { background: $level_3; border: none; }
QFrame[kind="level-4"] { background: $level_4; border: none; }
QFrame[kind="badge"] { background: $accent_tint; border: none; border-radius: 6px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; }
"""

_BUTTONS = """
QPushButton { background: $button; color: $text; border: 1px solid $line_strong;
  border-radius: 6px; padding: 0px $p12; min-height: $h32a; }
QPushButton:hover { background: $button_hover; }
QPushButton:focus { border: 2px solid $accent; padding: 0px $i12; min-height: $h32b; }
QPushButton:disabled { background: $window; color: $text_3; border: 1px solid $line; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 700; padding: 0px $p20; min-height: $h40a; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 0px $i20;
  min-height: $h40b; }
QPushButton[kind="primary"]:disabled { background: $window; color: $text_3;
  border: 1px solid $line; }
QPushButton[cut="tall"] { min-height: $h40a; }
QPushButton[cut="tall"]:focus { min-height: $h40b; }
QPushButton[kind="primary"][cut="middle"] { min-height: $h36a; padding: 0px $p12; }
QPushButton[kind="primary"][cut="middle"]:focus { min-height: $h36b; padding: 0px $i12; }
QPushButton[cut="middle"] { min-height: $h36a; padding: 0px $p12; }
QPushButton[cut="middle"]:focus { min-height: $h36b; padding: 0px $i12; }
QPushButton[cut="compact"] { min-height: $h28a; font-size: $p13; }
QPushButton[cut="compact"]:focus { min-height: $h28b; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent;
  color: $text_2; }
QPushButton[kind="quiet"]:hover { background: $button_hover; }
QPushButton[kind="quiet"]:checked { background: $accent_tint; color: $accent; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="quiet"]:disabled { background: transparent; color: $text_3; }
QPushButton[cut="icon"] { padding: 0px $p6; }
QPushButton[cut="icon"]:focus { padding: 0px $i6; }
QPushButton[kind="danger"] { color: $bad; border: 1px solid $bad; }
QPushButton[kind="danger"]:focus { border: 2px solid $bad; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent;
  color: $accent; font-size: $p13; padding: 0px 1px; min-height: $h22a; text-align: left; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0px; min-height: $h22b; }
QPushButton[kind="link"]:disabled { color: $text_3; }
QPushButton[kind="gap"] { background: transparent; border: 1px solid transparent;
  padding: 0px $p4; min-height: $h28a; }
QPushButton[kind="gap"]:hover { background: $button_hover; }
QPushButton[kind="gap"]:focus { border: 2px solid $accent; padding: 0px $i4;
  min-height: $h28b; }
QPushButton[segment="first"], QPushButton[segment="middle"], QPushButton[segment="last"],
  QPushButton[segment="only"] { border-radius: 0px; padding: 0px $p10; min-height: $h30a;
  color: $text_2; background: $surface; }
QPushButton[segment="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px;
  border-right: none; }
QPushButton[segment="middle"] { border-right: none; }
QPushButton[segment="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QPushButton[segment="only"] { border-radius: 6px; }
QPushButton[segment]:hover { background: $button_hover; }
QPushButton[segment]:checked { background: $accent_tint; color: $accent; font-weight: 700; }
QPushButton[segment]:focus { border: 2px solid $accent; padding: 0px $i10; min-height: $h30b; }
QPushButton[kind="tab"] { background: transparent; border: 1px solid transparent;
  border-bottom: none; border-radius: 0px; color: $text_2; font-size: $p13; min-height: $h32a;
  padding: 0px $p12; }
QPushButton[kind="tab"]:hover { background: $button_hover; }
QPushButton[kind="tab"]:checked { background: $surface; border: 1px solid $line;
  border-bottom: none; color: $text; border-top-left-radius: 6px;
  border-top-right-radius: 6px; }
QPushButton[kind="tab"]:focus { border: 2px solid $accent; padding: 0px $i12;
  min-height: $h32b; }
QPushButton::menu-indicator { image: none; width: 0px; }
QMenu { background: $surface; color: $text; border: 1px solid $line_strong; padding: $p4; }
QMenu::item { padding: $p6 $p16; border-radius: 4px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $text_3; }
QMenu::separator { height: 1px; background: $line; margin: $p4; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox { background: $field; color: $text;
  border: 1px solid $line_strong; border-radius: 6px; padding: 0px $p9;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QDateEdit, QSpinBox { min-height: $h32a; }
QPlainTextEdit { padding: $p4 $p6; font-size: $p13; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {
  border: 2px solid $accent; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus { padding: 0px $i9;
  min-height: $h32b; }
QPlainTextEdit:focus { padding: $i4 $i6; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] { border: 2px solid $warn; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border: 2px solid $bad; }
QLineEdit[state="warn"], QLineEdit[state="error"] { padding: 0px $i9; min-height: $h32b; }
QPlainTextEdit[state="warn"], QPlainTextEdit[state="error"] { padding: $i4 $i6; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; border: 1px solid $line; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $window;
  color: $text_3; border: 1px solid $line; }
QLineEdit[kind="score"] { font-size: $p22; font-weight: 700; min-height: $h38a;
  max-height: $h38a; padding: 0px $p12; }
QLineEdit[kind="score"]:focus, QLineEdit[kind="score"][state] { padding: 0px $i12;
  min-height: $h38b; max-height: $h38b; }
QLineEdit[kind="passcode"] { font-size: $p20; min-height: $h46a; max-height: $h46a;
  padding: 0px $p8; font-family: $mono; }
QLineEdit[kind="passcode"]:focus, QLineEdit[kind="passcode"][state] { min-height: $h46b;
  max-height: $h46b; padding: 0px $i8; }
QLineEdit[kind="cell"] { border: 2px solid $accent; border-radius: 0px; padding: 0px $p4;
  min-height: 0px; font-size: $p14; }
QLineEdit[kind="search"] { padding: 0px $p46 0px $p28; }
QLineEdit[kind="search"]:focus { padding: 0px $i46 0px $i28; }
QLineEdit[kind="small"] { font-size: $p13; }
QPlainTextEdit[kind="bare"] { border: none; background: transparent; padding: 0px $p10; }
QPlainTextEdit[kind="bare"]:focus { border: none; padding: 0px $p10; }
QComboBox::drop-down { border: none; width: $p22; }
QComboBox QAbstractItemView { background: $surface; color: $text;
  border: 1px solid $line_strong;
  selection-background-color: $accent_tint; selection-color: $text; outline: 0; }
QCheckBox, QRadioButton { background: transparent; spacing: $p9; border: 2px solid transparent;
  border-radius: 4px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_3; }
"""

_LISTS = """
QAbstractItemView { background: $surface; color: $text; border: none; outline: 0;
  selection-background-color: $accent_tint; selection-color: $text; gridline-color: $line; }
QListView[ground="rail"], QTreeView[ground="rail"] { background: $rail; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $text_2; font-size: $p13; border: none;
  border-bottom: 1px solid $line_strong; padding: 0px $p8; min-height: $i32; font-weight: 400; }
QHeaderView::section:focus { color: $accent; }
QTreeView::item { padding: $p3 0px; border: none; }
QTreeView::item:selected { background: $accent_tint; color: $accent; }
QTableCornerButton::section { background: $surface; border: none; }
QScrollBar:vertical { background: transparent; width: $p10; margin: 0px; border: none; }
QScrollBar:horizontal { background: transparent; height: $p10; margin: 0px; border: none; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: $p32; }
QScrollBar::handle:horizontal { min-width: $p32; }
QScrollBar::handle:hover { background: $line_strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: none; border-radius: 4px; min-height: $p8;
  max-height: $p8; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QProgressBar[kind="thin"] { border-radius: 3px; min-height: $p6; max-height: $p6; }
QProgressBar[kind="thin"]::chunk { border-radius: 3px; }
"""


class _Sizes(dict[str, str]):
    """Answers ``p12``: 12 px scaled; ``i12``: the same less a border that grew by 1 px.

    ``r13`` is a radius, rounded down: one larger than half its box is not drawn at all.
    ``h32a`` and ``h32b`` are the inside of a control 32 px high with borders of 1 and 2 px.
    """

    def __init__(self, colours: dict[str, str], scale: float) -> None:
        super().__init__(colours)
        self._scale = scale

    def __missing__(self, name: str) -> str:
        pixels = int(int(name.strip("prhiab")) * self._scale + 0.5 * (name[0] != "r"))
        less = {"p": 0, "r": 0, "i": 1, "h": 2 if name.endswith("a") else 4}[name[0]]
        return f"{max(1, pixels - less)}px"


def style_sheet(tokens: Tokens, scale: float) -> str:
    """Return the style sheet for ``tokens``, lengths times ``scale``; lines stay 1 px."""
    names = {field: getattr(tokens, field) for field in tokens.__dataclass_fields__}
    names["scroll"] = mix(tokens.line_strong, tokens.surface, 0.45)
    names["mono"] = ", ".join(f'"{family}"' for family in mono_families())
    template = Template(_TEXT + _FRAMES + _BUTTONS + _FIELDS + _LISTS)
    return template.substitute(_Sizes(names, scale))
