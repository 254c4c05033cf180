"""``reviewer-app selfcheck``: whether this machine can do the work."""

import argparse

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.core.messages import _
from reviewer_app.services.selfcheck import Finding, Machine, self_check

_SIGNS = {Finding.OK: "✓", Finding.WARNING: "!", Finding.FAILED: "✗"}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register ``selfcheck``."""
    parser = subparsers.add_parser(
        "selfcheck", help=_("database, fonts, keyring, Qt, printing: one line each")
    )
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace, out: Output, context: Context) -> int:
    checks = self_check(Machine(context.home, context.open_desk, context.describe_windows))
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
