"""Collect: a verdict for every file, a unit of work for every sheet; twice changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.errors import CodeError, InputError, ReviewerError, SheetRefusedError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services.admitting import Candidate, FileVerdict, Verdict, open_intake
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import RoundState
from reviewer_app.services.rounds import in_state
from reviewer_app.sheets.codes import MissingParts, join, read_codes
from reviewer_app.sheets.form_code import read_form_text
from reviewer_app.sheets.score_sheet import open_sheet_file, read_signed_sheet

__all__ = ["FileVerdict", "Verdict", "collect", "skipped_words"]

PAPER_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".txt"}
SHEET_SUFFIX = ".scoresheet"
_LARGEST = 64 << 20
_UNREADABLE = "unreadable"
_NAMED = 3
"""How many skipped files are named in the line about them."""

Progress = Callable[[int, int, str], None]
Owners = dict[str, list[str]]
"""The text of every code that was read, and the files it stands in."""


def collect(
    bureau: OpenBureau,
    round_id: RoundId,
    paths: Sequence[Path],
    now: datetime,
    late_reason: str = "",
    progress: Progress = lambda _done, _total, _what: None,
) -> list[FileVerdict]:
    """Merge sheets and paper scans into the round and return a verdict for every file.

    After closing a sheet is taken only with ``late_reason``, and marked so. Raises
    RoundStateError where the round was never issued; a bad file is a verdict, not an error.
    What a folder holds besides our sheets is skipped; named by itself such a file is refused.
    """
    with bureau() as unit:
        in_state(unit, round_id, RoundState.ISSUED, RoundState.CLOSED)
    files = list(dict.fromkeys(_files(paths)))
    candidates, verdicts = _read_all(files, frozenset(paths), progress)
    for candidate in sorted(candidates, key=_revision):
        with bureau() as unit:
            intake = open_intake(unit, round_id, now, late_reason)
            verdict = intake.admit(candidate)
            unit.commit()
        verdicts += [replace(verdict, file=file) for file in (candidate.file, *candidate.also)]
    with bureau() as unit:
        intake = open_intake(unit, round_id, now, late_reason)
        for verdict in verdicts:
            if verdict.refusal == _UNREADABLE:
                intake.keep_refused(verdict, _first_bytes(Path(verdict.file)))
        unit.commit()
    order = {str(path): place for place, path in enumerate(files)}
    return sorted(verdicts, key=lambda verdict: order[verdict.file])


def skipped_words(verdicts: Sequence[FileVerdict]) -> str:
    """Return one line about every file that was skipped, empty where none was."""
    names = [Path(each.file).name for each in verdicts if each.verdict is Verdict.SKIPPED]
    if not names:
        return ""
    some = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return _(
        "Not score sheets, skipped ({count}): {names}. Choose one by itself to read why."
    ).format(count=len(names), names=some)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                child
                for child in path.rglob("*")
                if child.suffix.lower() in PAPER_SUFFIXES | {SHEET_SUFFIX} and child.is_file()
            )
        elif path.exists():
            yield path
        else:
            raise InputError(_("There is no file “{path}”").format(path=path))


def _read_all(
    files: Sequence[Path], named: frozenset[Path], progress: Progress
) -> tuple[list[Candidate], list[FileVerdict]]:
    """Return what may be sheets, and the verdicts on the rest; ``named`` are no finds."""
    candidates: list[Candidate] = []
    verdicts: list[FileVerdict] = []
    owners: Owners = {}
    for done, path in enumerate(files, start=1):
        try:
            if path.suffix.lower() in PAPER_SUFFIXES:
                for text in _codes_of(path):
                    owners.setdefault(text, []).append(str(path))
            else:
                candidates.append(Candidate(str(path), _read_file(path), from_paper=False))
        except (CodeError, InputError) as error:
            verdicts.append(_without_code(path, str(error), named))
        except ReviewerError as error:
            verdicts.append(_unreadable(str(path), str(error)))
        except OSError as error:  # a bad sector of one file must not cost the others
            verdicts.append(_unreadable(str(path), str(disk_fault(error, path))))
        progress(done, len(files), path.name)
    paper, incomplete = _from_paper(owners, named)
    return candidates + paper, verdicts + incomplete


def _read_file(path: Path) -> bytes:
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise InputError(_("“{name}” is not a score sheet").format(name=path.name))
    return path.read_bytes()


def _codes_of(path: Path) -> list[str]:
    if not path.is_file():
        raise InputError(_("“{name}” is not a score sheet").format(name=path.name))
    texts = read_codes(path)
    if not texts:
        raise InputError(
            _("No code can be read in “{name}”; scan at 150 dpi or more").format(name=path.name)
        )
    return texts


def _from_paper(
    owners: Owners, named: frozenset[Path]
) -> tuple[list[Candidate], list[FileVerdict]]:
    """Return the sheets that codes from all scans together make, and what is left over."""
    joined = join(list(owners))
    whole = []
    for each in joined.whole:
        first, *others = _files_with(each.texts, owners)
        whole.append(Candidate(first, each.sheet, from_paper=True, also=tuple(others)))
    left = [
        FileVerdict(
            file, Verdict.INCOMPLETE_CODES, _what_is_missing(each), receipt=each.receipt
        )
        for each in joined.missing
        for file in _files_with(each.texts, owners)
    ]
    ours = [each.texts for each in joined.whole] + [each.texts for each in joined.missing]
    known = _files_with((text for texts in ours for text in texts), owners)
    foreign = {
        file: text for text in joined.foreign for file in owners[text] if file not in known
    }
    return whole, left + [_foreign(file, text, named) for file, text in foreign.items()]


def _foreign(file: str, text: str, named: frozenset[Path]) -> FileVerdict:
    """Say what a code is that belongs to no sheet."""
    form = read_form_text(text)
    if form is None:
        why = _("the codes in it belong to something else")
        return _without_code(Path(file), why, named)
    words = _(
        "it is the paper form of expert {expert}: two persons type it in with “round enter”"
    )
    return _unreadable(file, words.format(expert=form.expert))


def _files_with(texts: Iterable[str], owners: Owners) -> list[str]:
    """Return every file that carries one of these codes, each once."""
    return list(dict.fromkeys(file for text in texts for file in owners[text]))


def _what_is_missing(parts: MissingParts) -> str:
    return _(
        "Receipt {receipt}: code {parts} of {total} is missing; scan that page too"
    ).format(
        receipt=parts.receipt,
        parts=", ".join(str(part) for part in parts.missing),
        total=parts.total,
    )


def _revision(candidate: Candidate) -> int:
    """Return the revision of a sheet, so that a chain is admitted link by link; 0 for none."""
    try:
        data = candidate.data
        sheet = data if candidate.from_paper else open_sheet_file(data)[0]
        return read_signed_sheet(sheet).revision
    except SheetRefusedError:
        return 0


def _without_code(path: Path, sentence: str, named: frozenset[Path]) -> FileVerdict:
    """Refuse a file that was named; what merely lay in a folder is skipped."""
    if path in named or path.suffix.lower() == SHEET_SUFFIX:
        return _unreadable(str(path), sentence)
    words = _("Not a score sheet, skipped; choose it by itself to read why")
    return FileVerdict(str(path), Verdict.SKIPPED, words)


def _unreadable(file: str, sentence: str) -> FileVerdict:
    text = _("Refused: {why}").format(why=sentence)
    return FileVerdict(file, Verdict.REFUSED, text, refusal=_UNREADABLE)


def _first_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(1 << 20)
    except OSError:
        return b""
