"""How a command presents itself: a sentence, an example, the options all of them have."""

import argparse
from pathlib import Path
from typing import TypeAlias

from reviewer_app.core.messages import _

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name for what add_subparsers returns


class CommandParser(argparse.ArgumentParser):
    """The parser of a command: takes the common options and shows an example."""

    def __init__(
        self, *, prog: str | None = None, description: str | None = None, example: str = ""
    ) -> None:
        shown = _("Example:") + f"\n  reviewer-app {example}" if example else None
        super().__init__(
            prog=prog,
            description=description,
            epilog=shown,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            # an abbreviated --passcode would take the passcode itself for a file name
            allow_abbrev=False,
        )
        add_common(self)


def commands(parser: argparse.ArgumentParser, metavar: str, *, required: bool = True) -> Verbs:
    """Return what the commands under ``parser`` are added to."""
    return parser.add_subparsers(
        title=_("commands"), metavar=metavar, required=required, parser_class=CommandParser
    )


def command(
    verbs: Verbs, name: str, words: str, *, example: str, about: str = ""
) -> argparse.ArgumentParser:
    """Return the parser of a new command.

    ``words`` stand in the list of commands, ``about`` (else ``words``) above its own help.
    ``example`` is what one types after ``reviewer-app``.
    """
    return verbs.add_parser(name, help=words, description=about or words, example=example)


def add_common(parser: argparse.ArgumentParser) -> None:
    """Let a command take the options that every command takes."""
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


def add_round(parser: argparse.ArgumentParser) -> None:
    """Let a command take the number of a round."""
    parser.add_argument(
        "id", metavar="ID", help=_("number of the round, or its beginning (round list)")
    )


def add_expert(parser: argparse.ArgumentParser) -> None:
    """Let a command take the number of an expert, with or without leading zeros."""
    parser.add_argument("expert", metavar="EXPERT", help=_("number of the expert"))


def add_reason(parser: argparse.ArgumentParser) -> None:
    """Let a command take a reason, which must be given."""
    words = _("why, as kept in the log")
    parser.add_argument("--reason", required=True, metavar="TEXT", help=words)


def add_out(parser: argparse.ArgumentParser, words: str, *, required: bool = True) -> None:
    """Let a command take the folder it writes into, which is made where it is missing."""
    parser.add_argument("--out", type=Path, required=required, metavar="DIR", help=words)


def add_slips(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Let a command take the file of the slips."""
    parser.add_argument(
        "--slips",
        type=Path,
        required=required,
        metavar="FILE.pdf|FILE.csv",
        help=_("passcodes to hand out; never beside the packs"),
    )
