"""Seal: one plain ZIP with everything, and the results kept with the units reviewed."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.messages import _
from reviewer_app.core.round import RoundId
from reviewer_app.services import bureau_log
from reviewer_app.services.archived import archived_entries, archived_sheets
from reviewer_app.services.bureau_key import bureau_key, require_own_key
from reviewer_app.services.dossier import Printed, Progress, make_dossier, with_new_catalogue
from reviewer_app.services.dossier_papers import MINUTES
from reviewer_app.services.findings import statistics_json
from reviewer_app.services.history import published_results
from reviewer_app.services.ports import BureauUnit, OpenBureau
from reviewer_app.services.records import RoundState
from reviewer_app.services.results import Results, load_results, marks_csv
from reviewer_app.services.rounds import in_state
from reviewer_app.services.scans import keep_scan, read_scan
from reviewer_app.services.seating import Seating
from reviewer_app.services.second_machine import require_second, two_machines
from reviewer_app.services.second_scoring import opened_figures
from reviewer_app.services.stages import refuse_while_open
from reviewer_app.sheets.archive import (
    ArchiveContents,
    ArchivedClosing,
    write_archive,
)
from reviewer_app.sheets.feedback import figures_text
from reviewer_app.sheets.keys import fingerprint


@dataclass(frozen=True, slots=True)
class Seal:
    """What was sealed: the archive, the figures that identify it, what it lacks for good."""

    path: Path
    results_digest: str
    fingerprint: str
    bureau_fingerprint: str
    without_vote: int
    """How many applications nobody voted on."""
    without_opinion: int


def attach(
    bureau: OpenBureau, round_id: RoundId, files: Sequence[Path], now: datetime
) -> list[str]:
    """Keep scans of hand-signed papers with a closed round; returns the names kept."""
    scans = [(path.name, read_scan(path)) for path in files]
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED)
        for name, data in scans:
            keep_scan(unit, round_id, name, data, now)
        unit.commit()
    return [name for name, _data in scans]


def lacking(bureau: OpenBureau, round_id: RoundId) -> tuple[int, int]:
    """Return on how many applications votes and opinions are missing, for good once sealed.

    Raises RoundStateError before closing.
    """
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED, RoundState.SEALED)
        opinions = {each.application for each in unit.opinions(round_id)}
        return _missing(load_results(unit, round_id), opinions)


def seal(
    bureau: OpenBureau,
    round_id: RoundId,
    path: Path,
    now: datetime,
    printed: Printed | None = None,
    progress: Progress = lambda _done, _total, _what: None,
) -> Seal:
    """Write the archive of a closed round; sealed again, the same results go to a new file.

    ``printed`` is the dossier, where it is at hand; otherwise it is made now.

    Raises RoundStateError before closing, on a machine that did not issue the round or for
    papers of other results, InputError for a file that is there.
    """
    _refuse_taken(path)
    with bureau() as unit:
        record = in_state(unit, round_id, RoundState.CLOSED, RoundState.SEALED)
        key, results = bureau_key(unit), load_results(unit, round_id)
        require_second(two_machines(unit, results))
    require_own_key(results.seating.round, key)
    refuse_while_open(results.seating.second)
    if printed is None:
        printed = Printed(results.digest, make_dossier(bureau, round_id, now, progress))
    elif printed.papers:
        papers = with_new_catalogue(bureau, round_id, printed.papers, now)
        printed = replace(printed, papers=papers)
    with bureau() as unit:
        in_state(unit, round_id, RoundState.CLOSED, RoundState.SEALED)
        _refuse_other_results(load_results(unit, round_id), printed)
        told = {"results": results.digest, **_minutes(printed.papers)}
        bureau_log.append(unit, round_id, now, "round-sealed", **told)
        opinions = {each.application for each in unit.opinions(round_id)}
        contents = _contents(unit, results, printed.papers, now)
        write_archive(path, contents, key)
        unit.update_round(replace(record, state=RoundState.SEALED))
        unit.put_history(published_results(results))
        unit.commit()
    return _sealed(path, results, opinions, fingerprint(key.public))


def _refuse_other_results(results: Results, printed: Printed) -> None:
    if results.digest != printed.results_digest:
        raise RoundStateError(
            _("The results changed since the papers were printed; print them again")
        )


def _sealed(path: Path, results: Results, opinions: Collection[str], bureau_key: str) -> Seal:
    without_vote, without_opinion = _missing(results, opinions)
    return Seal(
        path,
        results.digest,
        results.seating.round.fingerprint,
        bureau_key,
        without_vote,
        without_opinion,
    )


def _missing(results: Results, opinions: Collection[str]) -> tuple[int, int]:
    judged = results.tally.applications
    return (
        sum(each.vote is None for each in judged),
        sum(each.number not in opinions for each in judged),
    )


def _refuse_taken(path: Path) -> None:
    """Refuse the place of another file: it may be the archive that was handed over."""
    if path.exists():
        raise InputError(
            _("“{path}” exists already; give the archive another name").format(path=path)
        )


def _contents(
    unit: BureauUnit, results: Results, papers: Mapping[str, bytes], now: datetime
) -> ArchiveContents:
    seating, round_id = results.seating, results.seating.round_id
    closing = results.closing
    return ArchiveContents(
        round=seating.round,
        rosters=[roster.raw for roster in seating.rosters],
        assignments={seat.expert: seat.assignment for seat in seating.seats},
        sheets=archived_sheets(seating),
        entries=archived_entries(seating),
        log=b"".join(line.line + b"\n" for line in unit.log(round_id)),
        closing=ArchivedClosing(closing.at, closing.reason, closing.log_head),
        results=results.text,
        statistics=statistics_json(results),
        marks=marks_csv(results),
        papers=papers,
        scans={scan.name: scan.data for scan in unit.attachments(round_id)},
        sealed=now,
        feedback=_feedback(unit, seating),
    )


def _minutes(papers: Mapping[str, bytes]) -> dict[str, str]:
    """Return the hash of the minutes, which carry results.json, where they are among these."""
    pdf = papers.get(f"{MINUTES}.pdf")
    return {} if pdf is None else {"minutes": hashlib.sha256(pdf).hexdigest()}


def _feedback(unit: BureauUnit, seating: Seating) -> bytes:
    return figures_text(opened_figures(unit, seating)) if seating.second else b""
