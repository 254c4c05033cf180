"""What tests of papers share: the shipped fonts, and eyes for a PDF."""

import pytest

from reviewer_app.papers.fonts import Fonts, find_fonts


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Return the fonts that come with the program, alike on every machine."""
    return find_fonts(system=False)
