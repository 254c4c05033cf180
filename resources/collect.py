"""``python -m resources.collect``: put every sentence of the code into the catalogues.

Keeps the translations there are, adds new sentences untranslated, drops those no longer said.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("reviewer_app", "db", "ui", "resources")
CHINESE = ROOT / "resources" / "locale" / "zh" / "reviewer.po"
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: zh\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
_KEYWORDS = {"_": None, "ngettext": (1, 2)}


def collected() -> Catalog:
    """Return every sentence the code says."""
    catalogue = Catalog(charset="utf-8")
    for package in PACKAGES:
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / package, method_map=[("**.py", "python")], keywords=_KEYWORDS
        ):
            catalogue.add(message)
    return catalogue


def written(path: Path = CHINESE) -> Catalog:
    """Return the catalogue of one language as it stands in its file."""
    with path.open("rb") as stream:
        return read_po(stream, locale="zh")


def main() -> None:
    """Bring the Chinese catalogue up to date with the code."""
    catalogue = written()
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    stream = BytesIO()
    write_po(stream, catalogue, omit_header=True, no_location=True, sort_output=True, width=0)
    CHINESE.write_bytes(HEADER.encode() + b"\n" + stream.getvalue().strip() + b"\n")


if __name__ == "__main__":
    main()
