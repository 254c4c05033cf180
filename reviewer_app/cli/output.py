"""What a command says: lines for people, or one JSON document for programs."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Output:
    """Collects a command's answer: results to standard output, the rest to standard error.

    Under ``--json`` the lines are dropped and the one document given to ``data`` is printed.
    """

    as_json: bool = False
    document: object = None

    def line(self, text: str = "") -> None:
        """Print one line of the result for a person."""
        if not self.as_json:
            print(text, flush=True)  # noqa: T201 - standard output is the product here

    def data(self, document: object) -> None:
        """Set the JSON document of this command."""
        self.document = document

    def warn(self, text: str) -> None:
        """Print one line that is not a result."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - standard error is the place for it

    def progress(self, what: str) -> Callable[[int, int, str], None]:
        """Return a function (done, total, item) that draws a bar where there is a terminal."""

        def draw(done: int, total: int, item: str) -> None:
            if sys.stderr is None or not sys.stderr.isatty():
                return
            bar = "█" * (20 * done // max(total, 1))
            end = "\n" if done == total else ""
            print(  # noqa: T201 - progress belongs on standard error
                f"\r\x1b[K{what} {bar:<20} {done}/{total} {item}",
                end=end,
                file=sys.stderr,
                flush=True,
            )

        return draw

    def finish(self) -> None:
        """Print the JSON document, if that is what was asked for."""
        if self.as_json:  # where the output is not UTF-8, escapes are the JSON that arrives
            plain = "utf" not in (getattr(sys.stdout, "encoding", None) or "").lower()
            print(json.dumps(self.document, ensure_ascii=plain, indent=1))  # noqa: T201 - as above
