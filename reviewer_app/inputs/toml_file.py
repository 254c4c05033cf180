"""TOML that people write, as fields to be asked for; decimals stay the texts they were."""

from pathlib import Path

from reviewer_app.core.bounded import read_bounded
from reviewer_app.core.errors import InputError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.toml_text import parse_toml, writing_fault
from reviewer_app.inputs.encodings import decoded

_MOST_BYTES = 1 << 20
_OTHERS = {".csv", ".xlsx", ".xls", ".docx", ".pdf", ".zip", ".txt"}


def read_fields(path: Path) -> Fields:
    """Return the fields of a TOML file; raises InputError naming the file and the line.

    A folder, a list or another file in its place is named as such.
    """
    if path.is_dir():
        raise InputError(
            _("“{path}” is a folder; name the TOML file, which names folders and lists").format(
                path=path
            )
        )
    if path.suffix.casefold() in _OTHERS:
        raise InputError(
            _("“{file}” is no TOML file; a TOML file names the lists (docs/guide.md)").format(
                file=path.name
            )
        )
    return parse_fields(read_bounded(path, _MOST_BYTES), path.name)


def parse_fields(data: bytes, where: str) -> Fields:
    """Return the fields of TOML bytes; ``where`` names them in every error."""
    text = decoded(data, where)
    try:
        return Fields(parse_toml(text), where)
    except ValueError as error:
        raise InputError(f"{where}: {writing_fault(error)}") from None
    except RecursionError:
        raise InputError(_("{where}: nested too deeply").format(where=where)) from None


def clean(fields: Fields, key: str, default: str | None = None, *, lines: bool = False) -> str:
    """Return a text without outer spaces, refused if it cannot be stored or printed."""
    return check_text(fields.text(key, default).strip(), f"{fields.where} “{key}”", lines=lines)


def clean_filled(fields: Fields, key: str, *, lines: bool = False) -> str:
    """Return a text as ``clean`` does, which must not be blank."""
    return check_text(fields.filled(key).strip(), f"{fields.where} “{key}”", lines=lines)
