"""The command line: one parser, one place where a fault becomes a line and an exit status."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from reviewer_app import __version__
from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _

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
    def add(
        self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]"
    ) -> None: ...


def build_parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of every command, or only of ``commands``, which starts faster."""
    parser = argparse.ArgumentParser(
        prog="reviewer-app",
        description=_("Offline expert review; without a command: the window."),
    )
    parser.add_argument("--version", action="version", version=__version__)
    _add_common(parser)
    parser.set_defaults(json=False, language=None, home=None, database=None, run=None)
    subparsers = parser.add_subparsers(metavar="COMMAND")
    for module in dict.fromkeys(_MODULES.get(name, name) for name in commands):
        cast("_Command", import_module(f"reviewer_app.cli.{module}")).add(subparsers)
    _spread_common(subparsers)
    return parser


def _common_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.set_defaults(language=None)
    _add_common(parser)
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
    return build_parser(_glance(arguments)[1]).parse_args(arguments)


def _add_common(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("common options"))
    quiet = argparse.SUPPRESS
    group.add_argument(
        "--json", action="store_true", default=quiet, help=_("print one JSON document")
    )
    group.add_argument(
        "--language", choices=["zh", "en"], default=quiet, help=_("language of messages")
    )
    group.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        default=quiet,
        help=_("embedded database and settings"),
    )
    group.add_argument(
        "--database", metavar="URL", default=quiet, help=_("a PostgreSQL server instead")
    )


def _spread_common(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for parser in dict.fromkeys(subparsers.choices.values()):
        nested = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]  # noqa: SLF001 - argparse offers no other way to walk its tree
        _add_common(parser)
        parser.allow_abbrev = False
        for action in nested:
            _spread_common(action)


def run(options: argparse.Namespace, context: Context) -> int:
    """Run the chosen command and return its exit status; a fault becomes one line."""
    out = Output(as_json=options.json)
    try:
        status = int(options.run(options, out, context))
        out.finish()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except CancelledError as error:
        out.warn(str(error))
        return INTERRUPTED
    except ReviewerError as error:
        out.warn(_one_line(str(error)))
        return FAULT
    except OSError as error:
        out.warn(_one_line(_describe(error)))
        return FAULT
    return status


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _describe(error: OSError) -> str:
    place = error.filename or _("(no file name)")
    return _("Cannot use “{place}”: {reason}").format(
        place=place, reason=error.strerror or error
    )
