"""Trials of faults.md: a short sample by default, the full count under ``--faults``."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.services.day import Day, plan

FULL = 3600
COUNTS = pytest.StashKey[Counter[str]]()


@dataclass
class Trials:
    """How often to try, and the ledger of what was tried without a failure."""

    full: bool
    share: float = 1.0
    ledger: Counter[str] = field(default_factory=Counter)

    def count(self, full: int, sample: int) -> int:
        """Return how many trials to make in this run."""
        return max(sample, round(full * self.share)) if self.full else sample

    def step(self, sample: int) -> int:
        """Return 1 to try everything, or ``sample`` to try every so many-th."""
        return 1 if self.full else sample

    def survived(self, fault: str, trials: int) -> None:
        """Note that so many trials of a row of faults.md have passed."""
        self.ledger[fault] += trials


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--faults"):
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(FULL))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    counts = config.stash[COUNTS]
    if counts and config.getoption("--faults"):
        terminalreporter.section("trials that passed")
        for fault, trials in sorted(counts.items()):
            terminalreporter.write_line(f"{fault:24} {trials:>8}")


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Trials:
    """Return how often to try, and where to note it."""
    options = request.config.option
    return Trials(options.faults, options.share, request.config.stash[COUNTS])


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Return a round of three applications and seven experts, issued once for all tests."""
    folder = tmp_path_factory.mktemp("issued")
    day = Day.start(folder, plan(experts=7))
    day.issue()
    yield day
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def day(issued: Day, tmp_path: Path) -> Day:
    """Return a copy of the issued round that a test may do anything to."""
    return issued.copy(tmp_path / "day")
