import re

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from ui.components.text import label
from ui.expert.score_foot import ScoreFoot
from ui.look import icons, theme
from ui.look.fonts import Role, font, mono_families, sans_families
from ui.look.scaling import bound, column, fix, row
from ui.look.sheet import style_sheet
from ui.look.tokens import DARK, LIGHT


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75])
def test_a_style_sheet_names_every_length_and_colour(app: QApplication, scale: float) -> None:
    assert app
    sheet = style_sheet(LIGHT, scale)
    assert "$" not in sheet
    assert all(int(pixels) >= 0 for pixels in re.findall(r"(-?\d+)px", sheet))


def test_lines_stay_one_pixel_while_text_grows(app: QApplication) -> None:
    assert app
    assert "font-size: 15px" in style_sheet(LIGHT, 1) or "font-size: 13px" in style_sheet(
        LIGHT, 1
    )
    large = style_sheet(LIGHT, 1.75)
    assert "font-size: 23px" in large
    assert "border: 1px solid" in large


def test_a_thin_bar_stays_thin_when_the_text_size_comes_back(
    app: QApplication, bot: QtBot
) -> None:
    foot = ScoreFoot()
    bot.addWidget(foot)
    foot.resize(1366, 60)
    foot.show()
    bar = foot.findChild(QProgressBar)
    assert bar is not None
    for size in (175, 100):
        theme.apply(app, theme.Mode.LIGHT, size)
        bot.wait(20)
        assert bar.height() == round(6 * size / 100)


def test_dark_and_light_dress_the_palette(app: QApplication) -> None:
    theme.apply(app, theme.Mode.DARK)
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert theme.look().dark
    theme.apply(app, theme.Mode.LIGHT)
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)


def test_text_size_moves_fonts_layouts_and_fixed_sizes_together(app: QApplication) -> None:
    page, child = QWidget(), QLabel("x")
    layout = row(child, 10, margins=(8, 4, 8, 4), gap=6)
    page.setLayout(layout)
    fix(child, width=40)
    bound(page, min_height=100)
    theme.apply(app, theme.Mode.LIGHT, 150)
    assert layout.contentsMargins().left() == 12
    assert layout.spacing() == 9
    assert child.minimumWidth() == child.maximumWidth() == 60
    assert page.minimumHeight() == 150
    item = layout.itemAt(1)
    spacer = item.spacerItem() if item else None
    assert spacer is not None
    assert spacer.sizeHint().width() == 15
    theme.apply(app, theme.Mode.LIGHT, 100)
    assert child.minimumWidth() == 40


def test_digits_have_one_width(app: QApplication) -> None:
    assert app
    for role in Role:
        measures = QFontMetrics(font(role, 1))
        assert len({measures.horizontalAdvance(digit) for digit in "0123456789"}) == 1, role


def test_there_is_a_face_for_chinese_and_one_for_codes(app: QApplication) -> None:
    assert app
    assert QFontMetrics(font(Role.BASE, 1)).inFontUcs4(ord("喆"))
    assert sans_families()[-1] == "Noto Sans SC"
    assert set(sans_families()) <= set(mono_families())


def test_icons_are_drawn_in_the_colour_asked_for(app: QApplication) -> None:
    assert app
    image: QImage = icons.pixmap("circle-check", 24, "#FF0000", 2).toImage()
    assert image.width() == 48
    colours = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#ff0000"}


def test_an_unknown_icon_is_a_bug(app: QApplication) -> None:
    assert app
    with pytest.raises(KeyError):
        icons.pixmap("no-such-icon", 16, "#000000")


def test_labels_never_read_markup(app: QApplication) -> None:
    assert app
    text = label("<b>&amp;</b>")
    assert text.text() == "<b>&amp;</b>"
    assert text.textFormat().name == "PlainText"


def test_a_column_keeps_its_stretch(app: QApplication) -> None:
    assert app
    body = column(QLabel("a"), None, QLabel("b"))
    assert [body.stretch(place) for place in range(3)] == [0, 1, 0]
