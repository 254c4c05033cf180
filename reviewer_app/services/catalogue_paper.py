"""The list of what is filed (归档文件目录) as facts: papers, scans, data, each with its digest.

It lists itself by name only. What the log and the manifest hold, they hold themselves: both
change once more when the archive is sealed.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from datetime import datetime

import pikepdf

from reviewer_app.papers.catalogue import CatalogueFacts, FiledItem
from reviewer_app.services import printed
from reviewer_app.services.archived import archived_entries, archived_sheets
from reviewer_app.services.closed_round import ClosedRound
from reviewer_app.services.results import marks_csv
from reviewer_app.services.second_paper import feedback_text
from reviewer_app.sheets import archive

NAME = "14-归档文件目录.pdf"
NO_PAGES = "—"
_ITSELF = (
    f"本目录（{archive.PAPERS}{NAME}）不列自身的散列值。页数：PDF 为实际页数，DOCX 与同名 PDF "
    "同内容，数据文件不计页。"
)
_AT_SEALING = (
    f"{archive.LOG}、{archive.METADATA} 在归档时补入最后一行，与 {archive.VERIFY}、"
    f"{archive.README}、{archive.STATISTICS} 一并列于 {archive.MANIFEST}，由组织单位签名。"
)
_BY_HAND = (
    "核对办法：certutil -hashfile 文件 SHA256（Windows）或 sha256sum 文件（Linux）；"
    f"整包核验：python3 -I {archive.VERIFY}。"
)


def catalogue_facts(
    closed: ClosedRound, papers: Mapping[str, FiledItem], now: datetime
) -> CatalogueFacts:
    """Return everything the list says; ``papers`` by file name, in the order they are filed."""
    document = closed.seating.round.document
    return CatalogueFacts(
        round_title=document.title,
        organiser=document.organiser,
        groups=(
            ("纸质件和版式文件", tuple(papers.values())),
            ("手签纸件的扫描件", tuple(_scans(closed))),
            ("签名文件和数据", tuple(_data(closed))),
        ),
        notes=(_ITSELF, _AT_SEALING, _BY_HAND),
        printed_at=printed.moment(now),
    )


def filed_paper(closed: ClosedRound, name: str, data: bytes) -> FiledItem:
    """Return the line of one paper of the dossier."""
    return _item(closed, archive.PAPERS + name, data)


def _scans(closed: ClosedRound) -> Iterator[FiledItem]:
    for scan in closed.scans:
        yield _item(closed, archive.SCANS + scan.name, scan.data)


def _data(closed: ClosedRound) -> Iterator[FiledItem]:
    seating, results = closed.seating, closed.results
    yield _item(closed, archive.ROUND, seating.round.raw)
    signed = archive.signed_files(
        [roster.raw for roster in seating.rosters],
        {seat.expert: seat.assignment for seat in seating.seats},
        archived_sheets(seating),
        archived_entries(seating),
    )
    for name, data in signed:
        yield _item(closed, name, data, _author(name))
    yield _item(closed, archive.RESULTS, results.text)
    yield _item(closed, archive.MARKS, marks_csv(results))
    feedback = feedback_text(closed)
    if feedback:
        yield _item(closed, archive.FEEDBACK, feedback)


def _author(name: str) -> str:
    """Return whose file it is: a sheet or entry is its expert's."""
    for folder in (archive.SHEETS, archive.ENTRIES):
        if name.startswith(folder):
            number = name.removeprefix(folder).partition("-")[0]
            return f"专家{number}"
    return ""


def _item(closed: ClosedRound, name: str, data: bytes, author: str = "") -> FiledItem:
    document = closed.seating.round.document
    return FiledItem(
        name=name,
        author=author or document.organiser,
        date=document.date.isoformat(),
        pages=_pages(name, data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _pages(name: str, data: bytes) -> str:
    """Return how many pages a PDF has; a picture has one, data and damaged scans none."""
    if name.lower().endswith((".png", ".jpg", ".jpeg")):
        return "1"
    if not name.lower().endswith(".pdf"):
        return NO_PAGES
    try:
        with pikepdf.open(io.BytesIO(data)) as opened:
            return str(len(opened.pages))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return NO_PAGES
