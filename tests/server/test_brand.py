"""An issuer's color stays readable, whatever it is."""

import re

import pytest

from cardable.server.ui.brand import brand_css, contrast

COLORS = ("#1f4e79", "#ffd400", "#ffffff", "#000000", "#7f7f7f", "#ff0000", "#00ff66", "#c0ffee", "#2b0057")
PAPERS = ("#faf9f6", "#121117")


def tokens(color: str) -> dict[str, tuple[str, str]]:
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", brand_css(color))
    return {name: (light, dark) for name, light, dark in found}


@pytest.mark.parametrize("color", COLORS)
@pytest.mark.parametrize("scheme", [0, 1])
def test_every_text_in_the_color_can_be_read(color: str, scheme: int) -> None:
    css = {name: pair[scheme] for name, pair in tokens(color).items()}
    assert contrast(css["accent"], PAPERS[scheme]) >= 4.5
    assert contrast(css["on-accent"], css["accent"]) >= 4.5
    assert contrast(css["accent-strong"], css["accent-soft"]) >= 4.5
    assert contrast(css["on-accent"], css["accent-strong"]) >= 4.5


def test_a_dark_color_stays_itself_on_light_paper() -> None:
    assert tokens("#1f4e79")["accent"][0] == "#1f4e79"


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
