"""The command line: one parser, one place where a fault becomes a line and an exit status."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from resources.words import lent
from reviewer_app import __version__
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_common, commands
from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import CancelledError, ReviewerError, RoundStateError
from reviewer_app.core.messages import _, language

DONE, FAULT, INTERRUPTED = 0, 1, 130

COMMANDS = (
    "demo",
    "selfcheck",
    "verify",
    "scheme",
    "score",
    "round",
    "expert",
    "aggregate",
    "agreement",
    "weights",
    "backup",
    "restore",
)
_MODULES = {"score": "scheme", "restore": "backup"}


class _Command(Protocol):
    def add(self, subparsers: Verbs) -> None: ...


def build_parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of every command, or only of those named, which starts faster."""
    parser = argparse.ArgumentParser(
        prog="reviewer-app",
        description=_("Offline expert review; without a command: the window."),
        epilog=_("“reviewer-app COMMAND --help” explains a command, with an example."),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=__version__, help=_("print the version")
    )
    parser.set_defaults(
        json=False, language=None, home=None, database=None, run=None, advise=None
    )
    subparsers = commands(parser, "COMMAND", required=False)
    for module in dict.fromkeys(_MODULES.get(name, name) for name in names):
        cast("_Command", import_module(f"reviewer_app.cli.{module}")).add(subparsers)
    add_common(parser)
    return parser


def _common_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.set_defaults(language=None)
    add_common(parser)
    return parser


def _glance(arguments: Sequence[str]) -> tuple[argparse.Namespace, Sequence[str]]:
    """Return the common options, and the commands that the rest may be about."""
    try:
        options, rest = _common_parser().parse_known_args(arguments)
    except argparse.ArgumentError:
        return argparse.Namespace(language=None), COMMANDS
    command = next((word for word in rest if not word.startswith("-")), None)
    return options, [command] if command in COMMANDS else COMMANDS if rest else ()


def language_of(arguments: Sequence[str]) -> str | None:
    """Return the language asked for on the command line, before anything else is read."""
    return cast("str | None", _glance(arguments)[0].language)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line; wrong usage ends the program with status 2."""
    with lent(language().value):
        return build_parser(_glance(arguments)[1]).parse_args(arguments)


def run(options: argparse.Namespace, context: Context) -> int:
    """Run the chosen command and return its exit status; a fault becomes one line."""
    out = Output(as_json=options.json)
    try:
        status = int(options.run(options, out, context))
        out.finish()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except (ReviewerError, OSError) as error:
        out.warn(" ".join(_sentence(error, options, context).split()))
        return INTERRUPTED if isinstance(error, CancelledError) else FAULT
    return status


def _sentence(
    error: ReviewerError | OSError, options: argparse.Namespace, context: Context
) -> str:
    """Return what is wrong; where a round is not that far, with the command that comes next."""
    if isinstance(error, OSError):
        return str(disk_fault(error, Path(error.filename or _("(no file name)"))))
    if isinstance(error, RoundStateError) and options.advise:
        advice = options.advise(options, context)
        return (
            _("{error}. {advice}").format(error=error, advice=advice) if advice else str(error)
        )
    return str(error)
