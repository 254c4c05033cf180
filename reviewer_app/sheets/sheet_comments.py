"""The remarks beside the marks: JSON text that travels with a sheet and is signed by hash.

Only what was written is there: no empty remark, no application without one.
"""

from collections.abc import Mapping

from reviewer_app.core.errors import DocumentError, Refusal
from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.sheets import json_text
from reviewer_app.sheets.sheet_content import Comments, Remark
from reviewer_app.sheets.sheet_form import SheetForm

_KEYS = {"citations", "comment", "reason"}


def encode_comments(comments: Comments) -> bytes:
    """Return the one JSON text of the remarks; DocumentError if a text is not Unicode."""
    written = {
        number: {
            code: _remark_data(remark) for code, remark in remarks.items() if _said(remark)
        }
        for number, remarks in comments.items()
    }
    return json_text.encode({number: remarks for number, remarks in written.items() if remarks})


def decode_comments(
    data: bytes, form: SheetForm, recused: Mapping[ApplicationNumber, object]
) -> Comments:
    """Return the remarks of a sheet; raises DocumentError, or SheetRefusedError if recused."""
    value = json_text.decode(data)
    if not isinstance(value, dict):
        raise DocumentError(_("the comments are not a table"))
    return {
        ApplicationNumber(number): _remarks(ApplicationNumber(number), remarks, form, recused)
        for number, remarks in value.items()
    }


def _said(remark: Remark) -> bool:
    return remark != Remark()


def _remark_data(remark: Remark) -> dict[str, object]:
    return {
        "citations": list(remark.citations),
        "comment": remark.comment,
        "reason": remark.reason,
    }


def _remarks(
    number: ApplicationNumber,
    remarks: object,
    form: SheetForm,
    recused: Mapping[ApplicationNumber, object],
) -> dict[str, Remark]:
    if number in recused:
        form.refuse(
            Refusal.RECUSED,
            _("a comment on application {number}, which is recused").format(number=number),
        )
    codes = {question.indicator.code for question in form.questions.get(number, ())}
    if not isinstance(remarks, dict) or not remarks or not codes.issuperset(remarks):
        raise DocumentError(
            _("a comment belongs to no indicator of application {number}").format(
                number=number[:20]
            )
        )
    return {code: _remark(remark) for code, remark in remarks.items()}


def _remark(data: object) -> Remark:
    if isinstance(data, dict) and set(data) == _KEYS:
        comment, reason, citations = data["comment"], data["reason"], data["citations"]
        texts = [comment, reason, *citations] if isinstance(citations, list) else [None]
        if all(isinstance(text, str) for text in texts):
            remark = Remark(comment, reason, tuple(citations))
            if _said(remark):
                return remark
    raise DocumentError(_("a comment is not what the format promises"))
