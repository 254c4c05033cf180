"""Every colour of the program, light and dark, in one place.

Palette, style sheet and own-painted widgets all read from here; the pairs that carry text are
listed so that a test can measure their contrast.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as ``#RRGGBB``."""

    window: str
    rail: str
    surface: str
    sunken: str
    field: str
    button: str
    button_hover: str
    line: str
    line_strong: str
    text: str
    text_2: str
    text_3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_tint: str
    ok: str
    ok_tint: str
    warn: str
    warn_tint: str
    bad: str
    bad_tint: str
    level_1: str
    level_2: str
    level_3: str
    level_4: str
    search: str
    page: str

    def level(self, place: int) -> str:
        """Return the fill of the level at ``place`` (0 is the best), the last past the end."""
        fills = (self.level_1, self.level_2, self.level_3, self.level_4)
        return fills[min(place, 3)]


LIGHT = Tokens(
    window="#F3F2EE",
    rail="#FAF9F6",
    surface="#FFFFFF",
    sunken="#E3E1DA",
    field="#FFFFFF",
    button="#FFFFFF",
    button_hover="#F3F2EE",
    line="#DFDCD4",
    line_strong="#8C8779",
    text="#1B1F24",
    text_2="#4C535B",
    text_3="#62686F",
    accent="#1D5A8E",
    accent_hover="#174A76",
    on_accent="#FFFFFF",
    accent_tint="#E7EFF6",
    ok="#276B43",
    ok_tint="#E4F1E8",
    warn="#855600",
    warn_tint="#FBF0D8",
    bad="#A62B20",
    bad_tint="#FBE9E6",
    level_1="#B7D2E7",
    level_2="#D9E7F2",
    level_3="#F1EFE9",
    level_4="#F7E3BC",
    search="#FFE9A8",
    page="#FFFFFF",
)

DARK = Tokens(
    window="#15171A",
    rail="#1A1D21",
    surface="#1F2327",
    sunken="#0F1113",
    field="#171A1D",
    button="#282C31",
    button_hover="#30353B",
    line="#33383E",
    line_strong="#737B84",
    text="#E9E7E2",
    text_2="#B4B8BD",
    text_3="#969CA3",
    accent="#86B9E2",
    accent_hover="#A2CBEC",
    on_accent="#0E1B26",
    accent_tint="#22323F",
    ok="#7DC39A",
    ok_tint="#1D3026",
    warn="#E3B565",
    warn_tint="#362B17",
    bad="#F0978B",
    bad_tint="#3B2220",
    level_1="#2F587B",
    level_2="#26405A",
    level_3="#24282D",
    level_4="#4A3A1A",
    search="#E9CF7A",
    page="#EDEBE6",
)

TEXT_PAIRS = (
    ("text", "surface"),
    ("text", "window"),
    ("text", "rail"),
    ("text", "field"),
    ("text", "button"),
    ("text", "button_hover"),
    ("text", "accent_tint"),
    ("text", "level_1"),
    ("text", "level_2"),
    ("text", "level_3"),
    ("text", "level_4"),
    ("text", "ok_tint"),
    ("text", "warn_tint"),
    ("text", "bad_tint"),
    ("text_2", "surface"),
    ("text_2", "window"),
    ("text_2", "rail"),
    ("text_2", "accent_tint"),
    ("text_3", "surface"),
    ("text_3", "window"),
    ("text_3", "rail"),
    ("text_3", "accent_tint"),
    ("accent", "surface"),
    ("accent", "accent_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("ok", "surface"),
    ("ok", "ok_tint"),
    ("warn", "surface"),
    ("warn", "warn_tint"),
    ("warn", "window"),
    ("bad", "surface"),
    ("bad", "bad_tint"),
)
"""Foreground and ground of every pair that carries words: at least 4.5 to 1."""

CONTROL_PAIRS = (
    ("line_strong", "surface"),
    ("line_strong", "window"),
    ("line_strong", "field"),
    ("accent", "surface"),
    ("accent", "window"),
    ("warn", "surface"),
    ("bad", "surface"),
)
"""Borders one must see to find a control: at least 3 to 1."""


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours by WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, ground: str, share: float) -> str:
    """Return ``colour`` laid over ``ground`` with ``share`` (0 to 1) of it showing."""
    parts = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in parts)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's own constant

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
