"""``python -m reviewer_app``: commands, or the window when there is none."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from multiprocessing import freeze_support

from reviewer_app import bootstrap
from reviewer_app.cli import app
from reviewer_app.cli.context import Context
from reviewer_app.core.messages import _


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line given and return its exit status; without a command, the window."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--read-pages"]:  # the program starts itself so, see ui.reading.link
        return int(import_module("ui.reading.child").main())
    bootstrap.keep_memory_here()
    _prepare_streams()
    try:
        return _answer(words)
    except KeyboardInterrupt:
        sys.stderr.write(_("Stopped; what was finished stays.") + "\n")
        return app.INTERRUPTED


def _answer(words: Sequence[str]) -> int:
    bootstrap.choose_language(app.language_of(words))
    options = app.parse(words)
    database = options.database or os.environ.get("REVIEWER_APP_DATABASE")
    context = bootstrap.wire(bootstrap.choose_home(options.home), database)
    if options.run is None:
        return _open_window(context)
    return app.run(options, context)


def _prepare_streams() -> None:
    """Let no character stop a command: UTF-8, or the encoding asked for with escapes in it."""
    encoding = None if os.environ.get("PYTHONIOENCODING") else "utf-8"
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=encoding, errors="backslashreplace")


def _open_window(context: Context) -> int:
    """Open the window; where there is no screen, say so in one line instead of Qt's many."""
    if not os.environ.get("QT_QPA_PLATFORM") and not import_module("ui.probe").has_display():
        sys.stderr.write(
            _("There is no screen here; “reviewer-app --help” lists commands") + "\n"
        )
        return 1
    return int(import_module("ui.app").run(context))


if __name__ == "__main__":
    freeze_support()  # a built program starts itself for the papers, see services.press
    sys.exit(main())
