"""What every command on an opened pack shares: its options, and the desk itself."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.passcode import add_passcode_file, read_passcode
from reviewer_app.core.messages import _
from reviewer_app.services import desk_opening
from reviewer_app.services.desk import Desk, desk_folder

Run: TypeAlias = Callable[[argparse.Namespace, Output, Context], int]
"""What a command does, and its exit status."""


def add_desk(parser: argparse.ArgumentParser, run: Run) -> None:
    """Let a command take a pack that was opened before, with its passcode."""
    parser.add_argument("pack", metavar="PACK-ID", help=_("what “expert open” prints"))
    add_passcode_file(parser)
    parser.set_defaults(run=run)


def opened_desk(options: argparse.Namespace, context: Context) -> Desk:
    """Return the desk of the pack named; the passcode is asked for only where it was opened."""
    desk_folder(context.home, options.pack)
    return desk_opening.open_again(
        context.home, options.pack, read_passcode(options), context.open_desk
    )
