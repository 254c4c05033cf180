"""Commands called as a shell would, in this process."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from reviewer_app.__main__ import main
from tests.db import bureaus


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Answer:
    """Run one command line in English; its home and its database are the test's own."""
    words = [str(each) for each in arguments]
    try:
        status = main([*words, *_database(words), "--language", "en"])
    except SystemExit as stop:
        status = cast("int", stop.code)
    captured = capsys.readouterr()
    return Answer(status, captured.out, captured.err)


def _database(words: list[str]) -> list[str]:
    """Return the option for the home's database, where the tests run on a server."""
    given = words[words.index("--home") + 1] if "--home" in words else ""
    address = bureaus.database_of(Path(given or os.environ["REVIEWER_APP_HOME"]))
    return ["--database", address] if address else []
