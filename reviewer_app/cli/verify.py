"""``verify``: packs, sheets, scans and archives, line by line."""

import argparse
import re
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command
from reviewer_app.core.messages import _
from reviewer_app.services.verification import FileKind, FileReport, verify_file


def add(subparsers: Verbs) -> None:
    """Register the command."""
    parser = command(
        subparsers,
        "verify",
        _("check a pack, sheet, paper scan or archive, line by line"),
        example='verify archive.zip --bureau-key "4599 D469 4FAF 3028"',
        about=_("Says of each file what was checked and what was not; 1 where a check failed."),
    )
    words = _("*.reviewpack, *.scoresheet, a scan (PDF, PNG) or an archive (ZIP)")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=words)
    add_bureau_key(parser)
    parser.set_defaults(run=_verify)


def add_bureau_key(parser: argparse.ArgumentParser) -> None:
    """Let a command hold archives against the fingerprint that a person read elsewhere."""
    words = _("the bureau's fingerprint as printed in the minutes")
    parser.add_argument("--bureau-key", type=_fingerprint, metavar="FP", help=words)


def _fingerprint(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[0-9A-F]{16}|[0-9A-F]{64}", digits):
        raise argparse.ArgumentTypeError(_("not sixteen hexadecimal digits"))
    return digits


def _verify(options: argparse.Namespace, out: Output, _context: Context) -> int:
    reports = []
    for path in options.files:
        report = verify_file(path, options.bureau_key or "")
        _tell(report, out)
        reports.append(report)
    out.data({"files": [_data(report) for report in reports]})
    return int(not all(report.ok for report in reports))


def _tell(report: FileReport, out: Output) -> None:
    # a line break in a name would pass for a line of the verification
    name = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in report.file)
    out.line(f"{name}  [{_kind_word(report.kind)}]")
    for check in report.checks:
        mark = _("pass") if check.ok else _("FAIL")
        out.line(f"  [{mark}] {check.check}: {check.detail}")
    for note in report.notes:
        out.line(f"  {note}")


def _kind_word(kind: FileKind) -> str:
    return {
        FileKind.PACK: _("review pack"),
        FileKind.SHEET: _("score sheet"),
        FileKind.SCAN: _("paper scan"),
        FileKind.ARCHIVE: _("archive"),
        FileKind.UNKNOWN: _("unknown"),
    }[kind]


def _data(report: FileReport) -> dict[str, object]:
    return {
        "file": report.file,
        "kind": report.kind.value,
        "ok": report.ok,
        "checks": [
            {"check": check.check, "ok": check.ok, "detail": check.detail}
            for check in report.checks
        ],
        "notes": list(report.notes),
    }
