"""The dossier: every paper of a closed round, made from its results and nothing else.

The papers of the morning (sign-in sheet, pledges) can be had before that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import make_folder, write_file
from reviewer_app.core.round import RoundId
from reviewer_app.papers.catalogue import FiledItem, catalogue_paper
from reviewer_app.papers.pdf import archival_bytes
from reviewer_app.services.catalogue_paper import NAME as CATALOGUE
from reviewer_app.services.catalogue_paper import catalogue_facts, filed_paper
from reviewer_app.services.closed_round import ClosedRound, load_closed
from reviewer_app.services.dossier_papers import dossier_papers, morning_papers
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.press import Job, pressed
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.second_machine import require_second
from reviewer_app.services.stages import refuse_while_open

Progress = Callable[[int, int, str], None]
"""Called with done, total and what; may raise CancelledError."""

MANY = 300
"""Applications times experts from which a dossier is worth the start of more processes."""
WORTH = 10
"""Papers still to make from which it is."""


def _silent(_done: int, _total: int, _what: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Printed:
    """Papers that are printed already, and the digest of the results they were made from."""

    results_digest: str
    papers: Mapping[str, bytes]


@dataclass(frozen=True)
class Dossier:
    """The papers of a closed round by their names, each made when it is wanted."""

    closed: ClosedRound
    now: datetime
    makers: Mapping[str, Job]
    _looked_at: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the file names in the order they are made, the list of files last."""
        return (*self.makers, CATALOGUE)

    def paper(self, name: str, progress: Progress = _silent) -> bytes:
        """Return one paper, made once; the list of files needs all the others made."""
        if name not in self._looked_at:
            self._looked_at[name] = (
                dict(self.made(progress))[name]
                if name == CATALOGUE
                else self.makers[name].made()
            )
        return self._looked_at[name]

    def made(self, progress: Progress = _silent, kind: str = "") -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of every paper, or of one ``kind`` (``pdf``).

        The list of files is a PDF, comes last, and needs all the others made.
        """
        filed: dict[str, FiledItem] = {}
        listed = CATALOGUE.endswith(kind)
        names = [name for name in self.makers if listed or name.endswith(kind)]
        total = len(names) + listed
        fresh = self._fresh(names, lambda: progress(len(filed), total, names[len(filed)]))
        for done, name in enumerate(names, start=1):
            data = self._looked_at.get(name) or next(fresh)
            if name.endswith(kind):
                yield name, data
            filed[name] = filed_paper(self.closed, name, data)
            progress(done, total, name)
        if listed:
            yield CATALOGUE, _catalogue(self.closed, filed, self.now)
            progress(total, total, CATALOGUE)

    def _fresh(self, names: list[str], go_on: Callable[[], None]) -> Iterator[bytes]:
        """Yield those of the papers in turn that have not been made yet."""
        jobs = [self.makers[name] for name in names if name not in self._looked_at]
        document = self.closed.seating.round.document
        sheets = len(document.applications) * len(self.closed.seating.counted)
        return pressed(jobs, go_on, many=sheets >= MANY and len(jobs) >= WORTH)

    def write(self, out: Path, kind: str = "", progress: Progress = _silent) -> list[Path]:
        """Write every paper into ``out``, or those of one ``kind`` (``pdf``); return the paths.

        A cancelled run keeps the finished papers and leaves no half-written one. Raises
        RoundStateError while the rules make the papers wait for a second machine.
        """
        require_second(self.closed.two)
        make_folder(out)
        paths = []
        for name, data in self.made(progress, kind):
            write_file(out / name, data)
            paths.append(out / name)
        return paths


def open_dossier(
    bureau: OpenBureau, round_id: RoundId, now: datetime, *, by_application: bool = False
) -> Dossier:
    """Return the papers of a round, none made yet; raises RoundStateError before closing.

    ``by_application`` adds the score forms once more, a file for each application.
    """
    closed = load_closed(bureau, round_id)
    refuse_while_open(closed.seating.second)
    return Dossier(
        closed, now, dict(dossier_papers(closed, now, by_application=by_application))
    )


def make_dossier(
    bureau: OpenBureau,
    round_id: RoundId,
    now: datetime,
    progress: Progress = _silent,
    *,
    by_application: bool = False,
) -> dict[str, bytes]:
    """Return every paper by its file name, as ``open_dossier`` names them."""
    return dict(
        open_dossier(bureau, round_id, now, by_application=by_application).made(progress)
    )


def write_dossier(
    bureau: OpenBureau,
    round_id: RoundId,
    out: Path,
    now: datetime,
    progress: Progress = _silent,
    *,
    by_application: bool = False,
) -> list[Path]:
    """Write every paper into ``out`` and return the paths, in the order they are made."""
    papers = open_dossier(bureau, round_id, now, by_application=by_application)
    return papers.write(out, progress=progress)


def write_forms(bureau: OpenBureau, round_id: RoundId, out: Path, now: datetime) -> list[Path]:
    """Write what is signed on the morning: sign-in sheet, pledges, register of interference."""
    make_folder(out)
    with bureau() as unit:
        plan = plan_of(unit.round(round_id))
    paths = []
    for name, job in morning_papers(plan, plan.experts, now):
        write_file(out / name, job.made())
        paths.append(out / name)
    return paths


def with_new_catalogue(
    bureau: OpenBureau, round_id: RoundId, papers: Mapping[str, bytes], now: datetime
) -> dict[str, bytes]:
    """Return the papers with the list of files made anew: scans may have come since."""
    closed = load_closed(bureau, round_id)
    kept = {name: data for name, data in papers.items() if name != CATALOGUE}
    filed = {name: filed_paper(closed, name, data) for name, data in kept.items()}
    return {**kept, CATALOGUE: _catalogue(closed, filed, now)}


def _catalogue(closed: ClosedRound, filed: Mapping[str, FiledItem], now: datetime) -> bytes:
    return archival_bytes(catalogue_paper(catalogue_facts(closed, filed, now)))
