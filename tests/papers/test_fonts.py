"""Every character is drawn by some face, the right one first; what none has becomes a box."""

import io
import sys
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.basePen import NullPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reviewer_app.core.errors import PaperError
from reviewer_app.papers import fonts as fonts_module
from reviewer_app.papers.cff import Outline, cid_font, outline
from reviewer_app.papers.faces import may_embed, open_face
from reviewer_app.papers.fonts import Fonts, find_fonts
from reviewer_app.papers.model import Role

RARE = "喆堃珺镕翀昇𬭎𫖯玥"
NOWHERE = "\U00031350\U0010fffd"


@pytest.fixture
def made_font(tmp_path: Path) -> Path:
    """Return a TrueType font of 2,048 units an em that has one character, 中."""
    return make_font(tmp_path / "simfang.ttf")


def make_font(path: Path, restricted: int = 0) -> Path:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((2048, 0))
    pen.qCurveTo((2048, 1024), (1024, 1024))
    pen.closePath()
    builder = FontBuilder(2048)
    builder.setupGlyphOrder([".notdef", "zhong"])
    builder.setupCharacterMap({ord("中"): "zhong"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "zhong": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (2048, 0), "zhong": (2048, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular", "psName": "Test"})
    builder.setupOS2(fsType=restricted)
    builder.setupPost()
    builder.save(path)
    return path


def bounds(outline: Outline) -> tuple[float, float, float, float] | None:
    (_empty, drawn) = charstrings(cid_font("Test", [outline]))
    found: tuple[float, float, float, float] | None = drawn.calcBounds(None)
    return found


def charstrings(program: bytes) -> list[T2CharString]:
    """Return the glyphs of a font program, as another library reads it."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), otFont=None)
    top = fonts[fonts.fontNames[0]]
    return [top.CharStrings[name] for name in top.charset]


@pytest.mark.parametrize("role", list(Role))
def test_rare_names_have_a_face_in_every_role(fonts: Fonts, role: Role) -> None:
    for char in RARE:
        face = fonts.face(role, char)
        assert face is not fonts.box
        assert bounds(face.outline(char)) is not None


def test_what_no_font_has_is_a_box_and_is_named(fonts: Fonts) -> None:
    assert fonts.missing(f"李{NOWHERE}堃{NOWHERE}") == list(NOWHERE)
    assert fonts.face(Role.BODY, NOWHERE[0]) is fonts.box
    assert fonts.box.width(NOWHERE[0]) == 1000


def test_codes_are_set_in_letters_of_one_width(fonts: Fonts) -> None:
    face = fonts.face(Role.MONO, "W")
    assert {face.width(char) for char in "0123456789ABCDEFGHJKMNPQRSTVWXYZ- "} == {500}
    assert fonts.face(Role.HEI, "W").width("W") != fonts.face(Role.HEI, "i").width("i")


def test_outlines_are_scaled_to_a_thousand_units(made_font: Path) -> None:
    face = open_face(made_font)
    outline = face.outline("中")
    assert outline.width == face.width("中") == 1000
    assert outline is face.outline("中")
    assert bounds(outline) == (0, 0, 1000, 500)


def test_a_glyph_that_is_not_as_wide_as_it_says_is_refused() -> None:
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((100, 100))
    pen.closePath()
    with pytest.raises(ValueError, match="500 wide, not 1000"):
        outline(pen, 1000)


def test_a_hollow_font_has_the_same_glyphs_and_widths_and_draws_nothing(fonts: Fonts) -> None:
    for chars in ("", "a", "aW1喆堃𬭎𠮷国"):
        outlines = [fonts.face(Role.HEI, char).outline(char) for char in chars]
        full = charstrings(cid_font("Test", outlines))
        hollow = charstrings(cid_font("Test", [each.hollow for each in outlines]))
        for glyph in (*full, *hollow):
            glyph.draw(NullPen())
        assert [each.width for each in full] == [each.width for each in hollow]
        assert [each.width for each in full][1:] == [each.width for each in outlines]
        assert all(each.calcBounds(None) is None for each in hollow)
        assert all(each.calcBounds(None) for each in full[1:])


@pytest.mark.skipif(sys.platform != "linux", reason="the system's folders differ")
def test_a_system_font_is_preferred_and_the_rest_falls_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_font: Path
) -> None:
    folder = tmp_path / ".fonts"
    folder.mkdir()
    made_font.rename(folder / "SimFang.TTF")
    monkeypatch.setenv("HOME", str(tmp_path))
    found = find_fonts()
    assert found.face(Role.BODY, "中").name == "Test"
    assert found.face(Role.BODY, "国").name.startswith("NotoS")


@pytest.mark.parametrize("right", [0x0002, 0x0100, 0x0200])
def test_a_font_whose_maker_forbids_it_is_not_embedded(tmp_path: Path, right: int) -> None:
    assert may_embed(make_font(tmp_path / "free.ttf"))
    assert not may_embed(make_font(tmp_path / "bound.ttf", right))
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 not a font")
    assert not may_embed(tmp_path / "broken.ttf")


def test_a_missing_font_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    with pytest.raises(PaperError, match="Reinstall") as caught:
        find_fonts(system=False)
    assert "\n" not in str(caught.value)
    monkeypatch.undo()
    here = tmp_path / "NotoSansSC-Regular.otf"
    monkeypatch.setattr("pylopdf_fonts_zh_cn.sans_path", lambda: here)
    with pytest.raises(PaperError, match=r"NotoSansSC-Regular\.otf is missing"):
        find_fonts(system=False)


@pytest.mark.parametrize("content", [b"", b"OTTO", b"\0" * 400, b"%PDF-1.7 pretending"])
def test_a_damaged_font_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "NotoSerifSC-Regular.otf"
    path.write_bytes(content)
    with pytest.raises(PaperError, match=r"NotoSerifSC-Regular\.otf") as caught:
        open_face(path)
    assert "\n" not in str(caught.value)


def test_no_role_is_without_fallback() -> None:
    for role, others in fonts_module.FALLBACK.items():
        assert role not in others
        assert others
    assert set(fonts_module.FALLBACK) == set(fonts_module.PREFERRED) == set(Role)
