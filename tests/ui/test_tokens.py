import pytest

from ui.look.tokens import CONTROL_PAIRS, DARK, LIGHT, TEXT_PAIRS, Tokens, contrast, mix


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_has_a_contrast_of_four_and_a_half(
    tokens: Tokens, pair: tuple[str, str]
) -> None:
    ink, ground = (getattr(tokens, name) for name in pair)
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", CONTROL_PAIRS, ids="-on-".join)
def test_every_control_has_a_border_of_contrast_three(
    tokens: Tokens, pair: tuple[str, str]
) -> None:
    ink, ground = (getattr(tokens, name) for name in pair)
    assert contrast(ink, ground) >= 3


def test_measured_contrasts_are_those_of_the_plan() -> None:
    assert round(contrast(LIGHT.text, LIGHT.surface), 1) == 16.6
    assert round(contrast(DARK.text, DARK.surface), 1) == 12.8
    assert round(contrast(LIGHT.on_accent, LIGHT.accent), 1) == 7.2
    assert contrast("#000000", "#FFFFFF") == 21


def test_fills_stand_for_levels_and_the_last_for_all_beyond() -> None:
    assert [LIGHT.level(place) for place in (0, 3, 7)] == ["#B7D2E7", "#F7E3BC", "#F7E3BC"]


def test_a_mixture_lies_between() -> None:
    assert mix("#FFFFFF", "#000000", 0.5) == "#808080"
    assert mix("#123456", "#654321", 1) == "#123456"
