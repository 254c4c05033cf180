"""What every test gets: no display, no keyring of the machine, no home of the user."""

import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from reviewer_app.core.messages import install

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", action="store_true", help="make the full number of trials in tests/faults"
    )
    parser.addoption(
        "--share", type=float, default=1.0, help="with --faults: this part of every number"
    )


@pytest.fixture
def fixtures() -> Path:
    """Return the folder of real panels and hostile files, or skip where it is absent."""
    folder = SHARED / "fixtures"
    if not folder.is_dir():
        pytest.skip("the shared fixtures are not on this machine")
    return folder


@pytest.fixture
def sources() -> Path:
    """Return the folder of the five source documents, or skip where it is absent."""
    folder = SHARED / "sources"
    if not folder.is_dir():
        pytest.skip("the source documents are not on this machine")
    return folder


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Take back a language that a test installed for the whole process."""
    yield
    install(gettext.NullTranslations())


@pytest.fixture(autouse=True)
def _private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_APP_HOME", str(tmp_path / "home"))
