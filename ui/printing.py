"""Put a finished PDF on paper with the printer dialog of the system."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from ui.expert.document_view import MemoryDocument

_DPI = 300


def print_pdf(path: Path, parent: QWidget) -> bool:
    """Ask for a printer and print every page; tell whether it was printed.

    Raises PaperError where there is no printer or the printer refuses.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise PaperError(
            _(
                "No printer is set up here. Hand the stick to the secretary, "
                "who prints “{file}”"
            ).format(file=path.name)
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(path.stem)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    kept = MemoryDocument(path.read_bytes())  # the pages are drawn from its bytes
    paint_pages(kept.document, printer)
    return True


def print_pages(data: bytes, name: str, pages: Sequence[int], parent: QWidget) -> bool:
    """Ask for a printer and print these pages, counted from 0; tell whether it was printed.

    Raises PaperError where there is no printer or the printer refuses.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise PaperError(_("No printer is set up here; export the paper and print it there"))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(Path(name).stem)
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    kept = MemoryDocument(data)  # the pages are drawn from its bytes
    paint_pages(kept.document, printer, pages)
    return True


def paint_pages(
    document: QPdfDocument, printer: QPrinter, pages: Sequence[int] | None = None
) -> None:
    """Paint pages of a PDF, all unless told, at their own size.

    Raises PaperError if the printer refuses.
    """
    printer.setFullPage(True)
    printer.setResolution(_DPI)
    painter = QPainter()
    if not painter.begin(printer):
        raise PaperError(_("The printer does not take the pages"))
    wanted = range(document.pageCount()) if pages is None else pages
    for place, page in enumerate(wanted):
        if place:
            printer.newPage()
        points = document.pagePointSize(page)
        size = QSize(round(points.width() * _DPI / 72), round(points.height() * _DPI / 72))
        painter.drawImage(
            QRectF(0, 0, size.width(), size.height()), document.render(page, size)
        )
    painter.end()
