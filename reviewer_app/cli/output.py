"""What a command says: lines for people, or one JSON document for programs."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Output:
    """Collects a command's answer; results to standard output, everything else to standard error.

    Under ``--json`` the lines are dropped and the one document given to ``data`` is printed.
    """

    as_json: bool = False
    document: Any = field(default=None)

    def line(self, text: str = "") -> None:
        """Print one line of the result for a person."""
        if not self.as_json:
            print(text, flush=True)  # noqa: T201 - standard output is the product here

    def data(self, document: Any) -> None:
        """Set the JSON document of this command."""
        self.document = document

    def warn(self, text: str) -> None:
        """Print one line that is not a result."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - standard error is the place for it

    def step(self, text: str) -> None:
        """Print one line of progress."""
        self.warn(text)

    def track(self, items: Iterable[T], total: int, what: str) -> Iterator[T]:
        """Yield ``items`` while a terminal shows ``what n/total``; silent elsewhere."""
        terminal = sys.stderr.isatty()
        for done, item in enumerate(items, start=1):
            yield item
            if terminal:
                end = "\n" if done == total else ""
                print(f"\r{what} {done}/{total}", end=end, file=sys.stderr, flush=True)  # noqa: T201

    def finish(self) -> None:
        """Print the JSON document, if that is what was asked for."""
        if self.as_json:
            print(json.dumps(self.document, ensure_ascii=False, indent=1))  # noqa: T201
