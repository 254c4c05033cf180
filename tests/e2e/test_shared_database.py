"""Two secretaries, two machines, one PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.server import find_server, running_server
from tests.e2e.conftest import reviewer


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    programs = find_server()
    if programs is None:
        pytest.skip("there is no PostgreSQL on this machine")
    with running_server(programs) as address:
        yield address


def test_both_secretaries_see_one_round(
    sample_round: Path, server: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    made = reviewer(
        "round", "new", sample_round, "--database", server, "--json",
        home=first,
    )  # fmt: skip
    assert made.status == 0, made.err
    seen = reviewer("round", "list", "--json", home=second, REVIEWER_APP_DATABASE=server)
    assert [each["id"] for each in seen.json()["rounds"]] == [made.json()["id"]]
    assert not (first / "bureau.db").exists()


def test_a_server_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    url = f"postgresql:///reviewer?host={tmp_path}"
    ran = reviewer("round", "list", "--database", url, home=tmp_path / "home")
    assert ran.status == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err
