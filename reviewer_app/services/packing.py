"""One expert's pack: prepared from the plan, written, read back; and the slips."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reviewer_app.core.atomic import make_folder, write_file
from reviewer_app.core.errors import InputError, PackError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Expert, PackId, RoundId, RoundPlan
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.slips import SlipFacts, SlipsFacts, slips_csv, slips_paper
from reviewer_app.services.bureau_key import salt_of
from reviewer_app.services.records import (
    MaterialRecord,
    SeatRecord,
)
from reviewer_app.sheets import bureau as documents
from reviewer_app.sheets.keys import SigningKey, fingerprint
from reviewer_app.sheets.pack import MaterialSource, PackContents, read_pack, write_pack
from reviewer_app.sheets.passcode import new_passcode, shown

PACK_SUFFIX = ".reviewpack"


@dataclass(frozen=True, slots=True)
class IssuedPack:
    """One pack as written and read back."""

    expert: Expert
    pack_id: PackId
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class PreparedPack:
    """A pack ready to be written, with the passcode that will open it."""

    expert: Expert
    contents: PackContents
    passcode: str = field(repr=False)
    path: Path


def prepare_pack(
    plan: RoundPlan,
    expert: Expert,
    verified: documents.VerifiedRound,
    key: SigningKey,
    materials: Sequence[MaterialRecord],
    out: Path,
) -> PreparedPack:
    """Return one expert's pack, ready to be written; it knows nothing of other applications."""
    applications = {a.number: a for a in plan.applications}
    wanted = [applications[number] for number in plan.assignment[expert.number]]
    document = documents.AssignmentDocument(
        round_digest=verified.digest,
        expert=expert,
        applications=tuple(
            documents.AssignedApplication(a, salt_of(key, verified.document.round_id, a.number))
            for a in wanted
        ),
    )
    signed = documents.sign_assignment(document, key)
    return _prepared(verified, document, signed, materials, out)


def prepare_again(
    taken: SeatRecord,
    verified: documents.VerifiedRound,
    materials: Sequence[MaterialRecord],
    out: Path,
) -> PreparedPack:
    """Return a new pack for a seat: the same assignment, byte for byte, all secrets new."""
    document = documents.verify_assignment(taken.assignment, verified).document
    return _prepared(verified, document, taken.assignment, materials, out)


def _prepared(
    verified: documents.VerifiedRound,
    document: documents.AssignmentDocument,
    signed: bytes,
    materials: Sequence[MaterialRecord],
    out: Path,
) -> PreparedPack:
    paths = {(m.application, m.file): m for m in materials}
    contents = PackContents(
        pack_id=PackId(secrets.token_hex(8)),
        round=verified.raw,
        assignment=signed,
        enrolment=secrets.token_bytes(32),
        materials=tuple(
            _source(m.entry, paths[m.application, m.material.file]) for m in document.materials
        ),
    )
    path = out / f"{document.expert.number}-{contents.pack_id}{PACK_SUFFIX}"
    return PreparedPack(document.expert, contents, new_passcode(), path)


@contextmanager
def all_or_nothing() -> Iterator[list[Path]]:
    """Yield a list to note written files in; they are removed where the block fails."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def write_and_read_back(item: PreparedPack) -> IssuedPack:
    """Write a pack and open it again with its passcode; one that does not open is removed.

    Raises InputError where the file is there already, PackError where it does not read back.
    """
    if item.path.exists():
        raise InputError(
            _("“{path}” exists already; choose an empty folder").format(path=item.path)
        )
    make_folder(item.path.parent)
    write_pack(item.path, item.contents, item.passcode)
    try:
        _read_back(item)
    except BaseException:
        item.path.unlink(missing_ok=True)
        raise
    return IssuedPack(item.expert, item.contents.pack_id, item.path, item.path.stat().st_size)


def _read_back(item: PreparedPack) -> None:
    opened = read_pack(item.path).unlock(item.passcode)
    if opened.round.raw != item.contents.round or opened.enrolment != item.contents.enrolment:
        raise PackError(_("“{path}” does not read back as written").format(path=item.path))


def _source(entry: str, record: MaterialRecord) -> MaterialSource:
    def read() -> bytes:
        data = Path(record.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise InputError(
                _(
                    "“{path}” was changed after the round was created; create the round again"
                ).format(path=record.path)
            )
        return data

    return MaterialSource(entry, record.size, read)


def write_slips(
    path: Path,
    title: str,
    verified: documents.VerifiedRound,
    prepared: Sequence[PreparedPack],
) -> None:
    """Write the passcode slips as PDF or CSV; the passcodes stand nowhere else."""
    facts = SlipsFacts(
        round_title=title,
        round_fingerprint=verified.fingerprint,
        bureau_fingerprint=fingerprint(verified.document.bureau_key),
        slips=tuple(
            SlipFacts(
                item.expert.number,
                item.expert.name,
                item.path.name,
                tuple(shown(item.passcode).split("-")),
            )
            for item in prepared
        ),
    )
    make_folder(path.parent)
    if path.suffix.lower() == ".csv":
        write_file(path, slips_csv(facts).encode("utf-8-sig"))
    else:
        write_pdf(slips_paper(facts), path)


def seat(round_id: RoundId, prepared: PreparedPack) -> SeatRecord:
    """Return the bureau's own record of a pack it issued."""
    contents = prepared.contents
    return SeatRecord(
        round_id,
        prepared.expert.number,
        contents.pack_id,
        contents.assignment,
        contents.enrolment,
    )
