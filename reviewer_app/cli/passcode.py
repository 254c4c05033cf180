"""Where a command gets a passcode or a backup's code: a file, the environment, a prompt."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from reviewer_app.core.errors import InputError, PasscodeError
from reviewer_app.core.messages import _

PASSCODE = "REVIEWER_APP_PASSCODE"
_LONGEST_FILE = 4096


def add_passcode_file(parser: argparse.ArgumentParser) -> None:
    """Let a command take ``--passcode-file``; the passcode itself is never an argument."""
    parser.add_argument(
        "--passcode-file", type=Path, metavar="FILE", help=_("a file that holds the passcode")
    )


def given_passcode(options: argparse.Namespace) -> str:
    """Return the passcode from a file or the environment, empty where neither holds one."""
    if options.passcode_file is None:
        return os.environ.get(PASSCODE, "")
    path: Path = options.passcode_file
    if path.stat().st_size > _LONGEST_FILE:
        raise InputError(_("“{path}” is too large for a passcode").format(path=path))
    return path.read_text("utf-8", errors="replace").strip().removeprefix("\ufeff")


def read_passcode(options: argparse.Namespace) -> str:
    """Return the passcode given, or the one typed at a prompt; raises PasscodeError."""
    given = given_passcode(options)
    if given:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise PasscodeError(
            _("No passcode: use --passcode-file or set {variable}").format(variable=PASSCODE)
        )
    return getpass.getpass(_("Passcode from the slip: "))
