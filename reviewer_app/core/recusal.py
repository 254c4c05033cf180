"""The grounds on which an expert steps back from an application (回避).

Taken from domain.md C: article 9 of the implementing regulation of the Government Procurement
Law, and the rules for procurement experts of Zhejiang province.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _

_ARTICLE_9 = "《中华人民共和国政府采购法实施条例》第九条"
_ZHEJIANG = "浙江省政府采购评审专家管理规定（回避情形）"
_SEPARATOR = ","
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: its key in files, its sentence for the screen and for papers, its rule."""

    key: str
    sentence: str
    """In the language of the moment."""
    chinese: str
    """As papers print it."""
    rule: str


def grounds() -> tuple[Ground, ...]:
    """Return every ground in the order of the form."""
    office = f"{_ARTICLE_9}第（二）项；{_ZHEJIANG}"
    rows = (
        ("employment", "近三年内与申报单位存在劳动关系", f"{_ARTICLE_9}第（一）项"),
        ("office", "近三年内担任其董事、监事、顾问", office),
        ("control", "近三年内是其控股股东或实际控制人", f"{_ARTICLE_9}第（三）项"),
        (
            "kinship",
            "与其负责人有夫妻、直系血亲、三代以内旁系血亲或近姻亲关系",
            f"{_ARTICLE_9}第（四）项",
        ),
        ("involvement", "参与过该方案的编制、论证或咨询", _ZHEJIANG),
        (OTHER, "其他可能影响公正评审的关系", f"{_ARTICLE_9}第（五）项"),
    )
    sentences = _sentences()
    return tuple(Ground(key, sentences[key], chinese, rule) for key, chinese, rule in rows)


def _sentences() -> dict[str, str]:
    """Return the sentence of each ground in the language of the moment."""
    return {
        "employment": _("employed by the applicant within the last three years"),
        "office": _("its director, supervisor or adviser within the last three years"),
        "control": _(
            "its controlling shareholder or actual controller within the last three years"
        ),
        "kinship": _(
            "married to a person in charge there, or related in direct line, "
            "collaterally within three generations, or closely by marriage"
        ),
        "involvement": _("took part in preparing, appraising or advising on this proposal"),
        OTHER: _("another relation that may affect a fair review"),
    }


def join_grounds(keys: Sequence[str], note: str) -> str:
    """Return one or several keys as the one text that desks and sheets carry.

    Raises InputError for an unknown key, for none, and for ``other`` without a note.
    """
    known = [ground.key for ground in grounds()]
    for key in keys:
        if key not in known:
            raise InputError(
                _("“{key}” is no ground for stepping back; choose one of: {known}").format(
                    key=key, known=", ".join(known)
                )
            )
    if not keys:
        raise InputError(_("Stepping back needs at least one ground"))
    if OTHER in keys and not note.strip():
        raise InputError(_("The ground “other” needs a note saying what the relation is"))
    return _SEPARATOR.join(key for key in known if key in keys)


def split_grounds(text: str) -> tuple[Ground, ...]:
    """Return the grounds that ``join_grounds`` joined; raises InputError for another text."""
    by_key = {ground.key: ground for ground in grounds()}
    keys = text.split(_SEPARATOR)
    if not text or text != _SEPARATOR.join(key for key in by_key if key in keys):
        raise InputError(_("“{text}” names no ground for stepping back").format(text=text[:40]))
    return tuple(by_key[key] for key in keys)
