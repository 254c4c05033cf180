"""What every test gets: no display, no keyring of the machine, no home of the user."""

import gettext
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from reviewer_app.core.messages import install
from tests.db import bureaus
from tests.db.server import find_server, running_server

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
    parser.addoption(
        "--server", action="store_true", help="keep the bureaus on a real PostgreSQL"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    mark = item.get_closest_marker("file_only")
    if mark and item.config.getoption("--server"):
        pytest.skip(str(mark.args[0]))


@pytest.fixture(scope="session", autouse=True)
def _server_asked_for(pytestconfig: pytest.Config) -> Iterator[bureaus.OneServer | None]:
    """With --server: start one, and have every bureau of this run live on it."""
    if not pytestconfig.getoption("--server"):
        yield None
        return
    programs = find_server()
    if programs is None:
        pytest.exit("--server needs PostgreSQL, which is not installed", 2)
    with running_server(programs) as address:
        server = bureaus.OneServer(address)
        bureaus.choose(server)
        yield server
        bureaus.choose(None)


@pytest.fixture(autouse=True)
def _databases_removed(
    _server_asked_for: bureaus.OneServer | None, tmp_path: Path
) -> Iterator[None]:
    """Remove the databases that a test made on the server."""
    yield
    if _server_asked_for:
        _server_asked_for.drop(tmp_path)


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
