"""``reviewer-app selfcheck``: whether this machine can do the work."""

import argparse
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.core.messages import _
from reviewer_app.services.build_check import program_folder
from reviewer_app.services.selfcheck import Finding, Machine, self_check

_SIGNS = {Finding.OK: "✓", Finding.WARNING: "!", Finding.FAILED: "✗"}


def add(subparsers: Verbs) -> None:
    """Register ``selfcheck``."""
    parser = command(
        subparsers,
        "selfcheck",
        _("database, fonts, keyring, Qt, printing: one line each"),
        example="selfcheck",
        about=_("Tells whether this computer can do the work: ✓ can, ! with limits, ✗ cannot."),
    )
    parser.add_argument(
        "--program",
        type=Path,
        metavar="DIR",
        help=_("hold another copy of the built program to its list of files"),
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, out: Output, context: Context) -> int:
    program = options.program or program_folder()
    checks = self_check(
        Machine(context.home, context.open_desk, context.describe_windows, program)
    )
    for check in checks:
        out.line(f"{_SIGNS[check.finding]} {check.name}: {check.sentence}")
    out.data(
        {
            "checks": [
                {"name": c.name, "finding": c.finding.value, "sentence": c.sentence}
                for c in checks
            ]
        }
    )
    return int(any(check.finding is Finding.FAILED for check in checks))
