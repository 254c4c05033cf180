"""An archive's signed list of files, held against the files that are there."""

import hashlib
from collections.abc import Mapping
from typing import Any

from reviewer_app.core.errors import ArchiveError
from reviewer_app.core.messages import _
from reviewer_app.core.safe_zip import shown
from reviewer_app.services.archive_documents import named
from reviewer_app.sheets import archive, cbor, cose, json_text
from reviewer_app.sheets.archive import Contents
from reviewer_app.sheets.round_document import VerifiedRound

FIXED = frozenset(
    {
        archive.VERIFY,
        archive.README,
        archive.MANIFEST,
        archive.MANIFEST_SIGNATURE,
        archive.ROUND,
        archive.LOG,
        archive.RESULTS,
        archive.STATISTICS,
        archive.MARKS,
        archive.METADATA,
    }
)
FOLDERS = (
    archive.ROSTERS,
    archive.ASSIGNMENTS,
    archive.SHEETS,
    archive.ENTRIES,
    archive.PAPERS,
    archive.SCANS,
)


def check_manifest(contents: Contents, round_: VerifiedRound) -> tuple[str, None]:
    """Hold every file against the signed list."""
    manifest = contents.read(archive.MANIFEST)
    with named(archive.MANIFEST_SIGNATURE):
        signature = contents.read(archive.MANIFEST_SIGNATURE)
        payload = cbor.decode(cose.verify(signature, round_.document.bureau_key))
    digest = hashlib.sha256(manifest).digest()
    if payload != {0: archive.MANIFEST_TYPE, 1: round_.digest, 2: digest}:
        raise ArchiveError(_("manifest.cose does not sign this manifest.json"))
    listed = _listed(json_text.decode(manifest))
    _check_names(
        set(listed), set(contents.names()) - {archive.MANIFEST, archive.MANIFEST_SIGNATURE}
    )
    wrong = [name for name, line in listed.items() if not _same(contents, name, line)]
    if wrong:
        raise ArchiveError(
            _("changed since sealing: {names}").format(names=", ".join(map(shown, wrong)))
        )
    return _("signature valid; {count} files as listed, none besides").format(
        count=len(listed)
    ), None


def _listed(manifest: Any) -> dict[str, Mapping[str, Any]]:  # noqa: ANN401 - any JSON value
    if not isinstance(manifest, dict) or set(manifest) != {"files", "format"}:
        raise ArchiveError(_("manifest.json has other fields than its format"))
    lines = manifest["files"]
    for line in lines if isinstance(lines, list) else [None]:
        if not isinstance(line, dict) or set(line) != {"path", "sha256", "size"}:
            raise ArchiveError(_("manifest.json has other fields than its format"))
    return {str(line["path"]): line for line in lines}


def _check_names(listed: set[str], present: set[str]) -> None:
    required = FIXED - {archive.MANIFEST, archive.MANIFEST_SIGNATURE}
    known = {*FIXED, archive.FEEDBACK}
    strange = {n for n in present if n not in known and not n.startswith(FOLDERS)}
    for names, sentence in (
        (listed - present, _("missing: {names}")),
        (present - listed, _("not in the list: {names}")),
        (required - present, _("missing: {names}")),
        (strange, _("not part of an archive: {names}")),
    ):
        if names:
            raise ArchiveError(sentence.format(names=", ".join(map(shown, sorted(names)[:20]))))


def _same(contents: Contents, name: str, line: Mapping[str, Any]) -> bool:
    try:
        data = contents.read(name)
    except ArchiveError:
        return False
    own = (len(data), hashlib.sha256(data).hexdigest())
    return (line["size"], line["sha256"]) == own
