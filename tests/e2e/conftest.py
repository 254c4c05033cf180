import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.services.sample import make_sample

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left: status, both streams."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def reviewer(*arguments: str | Path, home: Path, **environment: str) -> Ran:
    """Run the program as its users do, in a process of its own."""
    settings = {**os.environ, "REVIEWER_APP_HOME": str(home), "PYTHONUTF8": "1", **environment}
    done = subprocess.run(
        [sys.executable, "-m", "reviewer_app", *map(str, arguments)],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class DemoRun:
    out: Path
    document: dict[str, Any]

    @property
    def archive(self) -> Path:
        return Path(self.document["archive"])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """Return the demo's output: a whole round, made once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("demo") / "示例 out"
    ran = reviewer("demo", "--out", folder, "--json", home=folder.parent / "home")
    assert ran.status == 0, ran.err
    return DemoRun(folder, ran.json())


@pytest.fixture(scope="session")
def sample_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ROUND.toml of the sample round, beside its packages and lists."""
    return make_sample(tmp_path_factory.mktemp("sample"))
