"""``python -m tests.faults.same_bytes HOME ROUND OUT``: everything a closed round exports.

A process of its own, because locale, time zone and the like are settled when one starts.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import ui  # noqa: F401 - before PySide6

# isort: split
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from reviewer_app.bootstrap import wire
from reviewer_app.core.round import RoundId
from reviewer_app.services import dossier, results, sealing
from reviewer_app.sheets.score_sheet import Remark
from tests.sheets.making import app, make_desk

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
SHEET, RESULTS = "01.scoresheet", "results.json"
QT_LOCALE = "TRY_QT_LOCALE"


def export(home: Path, round_id: RoundId, out: Path) -> None:
    """Write a signed sheet, the results, every paper and the archive into ``out``."""
    bureau = wire(home).open_bureau
    papers = dossier.make_dossier(bureau, round_id, NOON, by_application=True)
    found = results.results_of(bureau, round_id)
    for name, data in {RESULTS: found.text, **papers}.items():
        (out / name).write_bytes(data)
    printed = dossier.Printed(found.digest, papers)
    sealing.seal(bureau, round_id, out / "archive.zip", NOON, printed)
    (out / SHEET).write_bytes(make_desk().seal({app(1): {"6.1": Remark("1,5 “好”")}}))


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])  # takes the system's locale for all of the process
    QLocale.setDefault(QLocale(os.environ.get(QT_LOCALE, "C")))
    export(Path(sys.argv[1]), RoundId(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.write(f"{1.5:n} {application.devicePixelRatio()}\n")
