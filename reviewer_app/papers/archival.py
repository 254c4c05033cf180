"""PDF/A for the archive: self-contained, with an output intent, optionally with data attached.

PDF/A-2b without attachments, PDF/A-3b with them, for only the latter may carry other files. The
written bytes are validated before they are returned.
"""

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import pdfa

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _

MIME = {"json": "application/json", "xml": "application/xml", "csv": "text/csv"}


def archival_pdf(pdf: bytes, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """Return ``pdf`` as PDF/A with the files attached by name; PaperError if that fails."""
    flavour = "3b" if attachments else "2b"
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            if "/Trans" in page:
                del page["/Trans"]  # reportlab writes an empty one, which PDF/A forbids
        for name, data in (attachments or {}).items():
            opened.attachments[name] = pikepdf.AttachedFileSpec(
                opened,
                data,
                filename=name,
                mime_type=MIME.get(name.rpartition(".")[2], "application/octet-stream"),
                description=name,
                creation_date="",
                mod_date="",
            )
        with opened.open_metadata(set_pikepdf_as_editor=False) as metadata:
            del opened.docinfo["/Trapped"]  # reportlab's; it has no place in XMP
            metadata.load_from_docinfo(opened.docinfo)
            metadata["dc:language"] = {"zh-CN"}
        try:
            pdfa.save(opened, stream, flavour)
        except pdfa.PdfaError as error:
            raise PaperError(
                _("This paper cannot be made a PDF for archives: {fault}").format(
                    fault=" ".join(str(error).split())[:200]
                )
            ) from error
    return stream.getvalue()
