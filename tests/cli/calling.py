"""Commands called as a shell would, in this process."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from reviewer_app.__main__ import main


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
    """Run one command line in English; its home is the test's own."""
    try:
        status = main([*(str(each) for each in arguments), "--language", "en"])
    except SystemExit as stop:
        status = cast("int", stop.code)
    captured = capsys.readouterr()
    return Answer(status, captured.out, captured.err)
