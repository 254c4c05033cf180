"""The expert's desk with a heavy pack: ``python -m tests.bench.desk``, in seconds of the clock.

One document of 300 scanned pages, 50 MB: from the passcode to its first page, then page by
page, in the window's own pane and reading process. Run it while little else runs.
"""

import hashlib
import io
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

import numpy as np
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer_app.core.round import Material, MaterialKind, PackId
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_draft import write_draft
from reviewer_app.services.desk_opening import open_pack
from reviewer_app.sheets.pack import MaterialSource, PackContents, write_pack
from reviewer_app.sheets.passcode import new_passcode
from tests.sheets.making import SECRET, make_assignment, make_round
from tests.ui.making import Machine, make_application, make_scheme
from ui.expert.materials_pane import MaterialsPane
from ui.expert.score_views import DocumentTab
from ui.look import theme
from ui.reading.link import reader_link

PAGES, MEGABYTES = 300, 50
GOAL = 1.0
TURNS = 3
"""Each is done so often; the shortest counts, for others use the machine too."""
_PATIENCE_S = 30


def scans() -> bytes:
    """Return 300 scanned pages in one PDF of about 50 MB."""
    noise = np.random.default_rng(2026).integers(120, 255, (1100, 780), dtype=np.uint8)
    jpeg = io.BytesIO()
    Image.fromarray(noise).resize((1240, 1754)).save(jpeg, "JPEG", quality=12)
    padding = MEGABYTES * 1_000_000 // PAGES - len(jpeg.getvalue())
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, pageCompression=0)
    for page in range(PAGES):
        own = jpeg.getvalue() + page.to_bytes(4) + bytes(max(0, padding - 4))
        canvas.drawImage(ImageReader(io.BytesIO(own)), 0, 0, *A4)
        canvas.drawString(72, 760, f"page {page + 1} needle")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def heavy_pack(folder: Path) -> tuple[Path, str]:
    """Write a pack with one heavy document, and return it with its passcode."""
    data = scans()
    digest = hashlib.sha256(data).hexdigest()
    material = Material("扫描件.pdf", "扫描件", MaterialKind.PLAN, len(data), digest)
    application = replace(make_application(1)[0], materials=(material,))
    round_ = make_round(1, make_scheme())
    assignment = make_assignment(round_, (application,))
    entry = assignment.document.materials[0].entry
    source = MaterialSource(entry, len(data), lambda: data)
    contents = PackContents(
        PackId("00112233445566ff"), round_.raw, assignment.raw, SECRET, (source,)
    )
    path, passcode = folder / "heavy.reviewpack", new_passcode()
    write_pack(path, contents, passcode)
    return path, passcode


def timed(job: Callable[[], object]) -> float:
    """Return how long a job takes by the clock."""
    began = time.monotonic()
    job()
    return time.monotonic() - began


def until(holds: Callable[[], bool]) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + _PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the window does not get there")
        QTest.qWait(1)


def shown_pane(desk: Desk) -> MaterialsPane:
    """Return the pane of the scoring page as large as on a laptop of 1366×768."""

    def fetch(entry: str, done: Callable[[bytes], None], _failed: object) -> None:
        done(desk.pack.material(entry))

    pane = MaterialsPane(fetch)
    pane.resize(678, 630)
    pane.show()
    return pane


def measure(folder: Path) -> dict[str, float]:
    """Return every figure in seconds."""
    path, passcode = heavy_pack(folder)
    machine = Machine(folder / "home")
    machine.open_bureau()  # the start page has done so: the database's modules are loaded
    desks: list[Desk] = []
    found: dict[str, float] = {}

    def unlock(home: Path) -> None:
        desks.append(open_pack(home, path, passcode, machine.open_desk, machine.now))

    used = time.process_time()
    times = [timed(partial(unlock, folder / f"home-{turn}")) for turn in range(TURNS)]
    found["passcode to desk (Argon2id, copy, desk made)"] = min(times)
    found["  the same in processor time, all threads"] = (time.process_time() - used) / TURNS
    desk = desks[-1]
    pane = shown_pane(desk)
    QTest.qWait(1500)  # the reading process starts while the passcode is typed
    entry = desk.pack.assignment.document.materials[0].entry
    tab = DocumentTab(entry, "扫描件", "扫描件.pdf")
    ticks: list[float] = []
    clock = QTimer(pane)
    clock.timeout.connect(lambda: ticks.append(time.monotonic()))

    def first_page() -> None:
        pane.forget()
        pane.show_documents([tab])
        until(lambda: pane.view.drawn(0))

    shown = [timed(first_page) for _turn in range(TURNS)]
    found["desk to first page (decrypt, check, open, draw)"] = min(shown)
    clock.start(1)

    def turn(page: int) -> None:
        pane.view.go(page)
        until(partial(pane.view.drawn, page))

    turns = sorted(timed(partial(turn, page)) for page in range(5, PAGES, 12))
    found["any page out of sight, median of 25"] = turns[len(turns) // 2]
    found["any page out of sight, slowest of 25"] = turns[-1]

    def search() -> None:
        pane.tools.search.setText("needle")
        pane._look_for()
        until(lambda: not pane.searching.running)

    found["300 pages searched"] = timed(search)
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    found["longest time the window did not answer"] = max(gaps)
    found["draft written and read back"] = timed(
        lambda: write_draft(desk, folder / "stick", machine.now)
    )
    pane.forget()
    pane.close()
    return found


def main() -> None:
    """Print the figures and how the goals fared."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Mode.LIGHT, 100)
    print(f"\ndesk  {PAGES} scanned pages, {MEGABYTES} MB")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    for name, seconds in found.items():
        print(f"  {name:<52}{seconds * 1000:>9.1f} ms")
    unlocked, _processor, shown, *_rest = found.values()
    whole = unlocked + shown
    goal = "met" if whole <= GOAL else "MISSED"
    print(f"  goal: passcode to first page in {GOAL:.0f} s: {whole:.2f} s, {goal}")
    reader_link().stop()


if __name__ == "__main__":
    main()
