"""A part of the services' own tests, once more with every bureau on a real server.

The whole of them runs there with ``python3 dev.py faults``.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.server import find_server

ROOT = Path(__file__).parents[2]
SLICE = ("test_closing", "test_deliberating", "test_history_import")


def test_a_part_of_the_services_tests_holds_on_a_server() -> None:
    if find_server() is None:
        pytest.skip("PostgreSQL is not installed")
    files = [f"tests/services/{name}.py" for name in SLICE]
    plain = ("-p", "no:cacheprovider", "-p", "no:xdist", "-q")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, "--server", *files],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert "skipped" not in ran.stdout
