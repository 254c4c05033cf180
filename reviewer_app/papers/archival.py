"""PDF/A for the archive: self-contained, with an output intent, optionally with data attached.

PDF/A-2b without attachments, PDF/A-3b with them, for only the latter may carry other files.

Every paper is validated before it is returned, in two parts, because a validator spends four
fifths of its time on drawing every glyph of every file to learn its width. Each glyph is read
again, drawn and measured when it is made, once in the life of its face (``cff.outline``). The
paper is then written twice in the same way, the second time with empty glyphs of the same
widths, and that copy goes through the whole validator: structure, metadata, every operator of
every page, fonts, codes, widths. The tests validate whole papers of every kind.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import pdfa

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _

MIME = {"json": "application/json", "xml": "application/xml", "csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF, and how to get its font programs by name with every glyph empty."""

    pdf: bytes
    hollow_programs: Callable[[], Mapping[str, bytes]]


def archival_pdf(written: Written, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """Return the paper as PDF/A with the files attached by name; PaperError if that fails."""
    flavour = "3b" if attachments else "2b"
    with pikepdf.open(io.BytesIO(written.pdf)) as opened:
        for page in opened.pages:
            if "/Trans" in page:
                del page["/Trans"]  # reportlab writes an empty one, which PDF/A forbids
        _attach(opened, attachments or {})
        with opened.open_metadata(set_pikepdf_as_editor=False) as metadata:
            del opened.docinfo["/Trapped"]  # reportlab's; it has no place in XMP
            metadata.load_from_docinfo(opened.docinfo)
            metadata["dc:language"] = {"zh-CN"}
        pdfa.prepare(opened, flavour)
        paper = _saved(opened, flavour)
        _empty_glyphs(opened, written.hollow_programs())
        _validate(_saved(opened, flavour), flavour)
    return paper


def _attach(opened: pikepdf.Pdf, attachments: Mapping[str, bytes]) -> None:
    for name, data in attachments.items():
        opened.attachments[name] = pikepdf.AttachedFileSpec(
            opened,
            data,
            filename=name,
            mime_type=MIME.get(name.rpartition(".")[2], "application/octet-stream"),
            description=name,
            creation_date="",
            mod_date="",
        )


def _saved(opened: pikepdf.Pdf, flavour: str) -> bytes:
    stream = io.BytesIO()
    opened.save(stream, **pdfa.resolve_save_kwargs(flavour))
    return stream.getvalue()


def _empty_glyphs(opened: pikepdf.Pdf, programs: Mapping[str, bytes]) -> None:
    for each in opened.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            each.FontFile3.write(programs[str(each.FontName).removeprefix("/")])


def _validate(pdf: bytes, flavour: str) -> None:
    report = pdfa.validate_written(io.BytesIO(pdf), flavour)
    if not report.passed:
        fault = " ".join(str(pdfa.PdfaError(report)).split())[:200]
        raise PaperError(
            _("This paper cannot be made a PDF for archives: {fault}").format(fault=fault)
        )
