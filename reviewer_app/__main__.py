"""``python -m reviewer_app``: commands, or the window when there is none."""

import sys
from collections.abc import Sequence
from importlib import import_module

from reviewer_app import bootstrap
from reviewer_app.cli import app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line given and return its exit status; without a command, the window."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    bootstrap.choose_language(app.language_of(words))
    options = app.parse(words)
    context = bootstrap.wire(bootstrap.choose_home(options.home), options.database)
    if options.run is None:
        return int(import_module("ui.app").run(context))
    return app.run(options, context)


if __name__ == "__main__":
    sys.exit(main())
