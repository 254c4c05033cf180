from pathlib import Path

import pytest

from tests.services.day import Day


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return a round of three applications and five experts, issued once for all tests."""
    day = Day.start(tmp_path_factory.mktemp("issued"))
    day.issue()
    return day


@pytest.fixture
def day(issued: Day, tmp_path: Path) -> Day:
    """Return a copy of the issued round that a test may do anything to."""
    return issued.copy(tmp_path)
