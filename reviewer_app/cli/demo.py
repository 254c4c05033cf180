"""``reviewer-app demo``: a whole round unattended, on the embedded default."""

import argparse
import os
import shutil
import time
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_out, command
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.services.demo import Demo, DemoReport

MARKER = "DEMO.txt"
ABOUT = (
    "本文件夹由 reviewer-app demo 生成，再次运行演示时会被清空重做。\n"
    "Made by reviewer-app demo, which clears and makes it anew when it runs again.\n"
)
MADE = ("sample", "packs", "slips", "laptops", "bureau", "sheets", "papers")
"""The folders a demo makes; nothing else is ever removed."""


def add(subparsers: Verbs) -> None:
    """Register ``demo``."""
    parser = command(
        subparsers,
        "demo",
        _("a whole round unattended: packs, sheets, papers, archive"),
        example="demo --out demo-out",
        about=_(
            "Holds a sample round of 12 applications and 7 experts; takes about half a minute."
        ),
    )
    add_out(parser, _("a new folder, or that of an earlier demo"), required=False)
    parser.set_defaults(out=Path("demo-out"))
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, out: Output, context: Context) -> int:
    """Run the demo; its keys rest in files under DIR, never in the user's own key store."""
    folder = _emptied(options.out.absolute())
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    started = time.monotonic()
    report = Demo(context.at(folder / "bureau"), folder, out.warn).run()
    _tell(folder, report, out)
    out.line(_("Done in {seconds} s").format(seconds=round(time.monotonic() - started)))
    return 0


def _emptied(folder: Path) -> Path:
    """Return the folder, new or cleared of an earlier demo, with a note of what it is."""
    if folder.is_dir() and (folder / MARKER).is_file():
        _clear(folder)
    if folder.exists() and any(folder.iterdir()):
        raise InputError(
            _("“{folder}” is not empty; name another folder with --out").format(folder=folder)
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(ABOUT, "utf-8")
    return folder


def _tell(folder: Path, report: DemoReport, out: Output) -> None:
    """Say what the demo left, and where."""
    packs, sheets, papers = (folder / name for name in ("packs", "sheets", "papers"))
    for words, path, count in (
        (_("Packs:    {path} ({count})"), packs, len(report.packs)),
        (_("Slips:    {path}"), report.slips, 1),
        (_("Sheets:   {path} ({count})"), sheets, len(report.sheets)),
        (_("Papers:   {path} ({count})"), papers, len(report.papers)),
        (_("Archive:  {path}"), report.archive, 1),
    ):
        out.line(words.format(path=path, count=count))
    out.line(_("Bureau fingerprint: {code}").format(code=report.bureau_fingerprint))
    out.data(
        {
            "out": str(folder),
            "round": report.round_id,
            "packs": [str(path) for path in report.packs],
            "slips": str(report.slips),
            "sheets": [str(path) for path in report.sheets],
            "papers": [str(path) for path in report.papers],
            "archive": str(report.archive),
            "digest": report.results_digest,
            "bureau_fingerprint": report.bureau_fingerprint,
        }
    )


def _clear(folder: Path) -> None:
    """Remove what an earlier demo made, and only that."""
    for name in MADE:
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("archive.zip", "verify.py", MARKER):
        (folder / name).unlink(missing_ok=True)
