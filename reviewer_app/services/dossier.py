"""The dossier: every paper of a closed round, made from its results and nothing else.

The papers of the morning (sign-in sheet, pledges) can be had before that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from reviewer_app.core.atomic import make_folder, write_file
from reviewer_app.core.round import ApplicationNumber, Expert, RoundId, RoundPlan
from reviewer_app.papers.application_form import application_form_paper
from reviewer_app.papers.catalogue import FiledItem, catalogue_paper
from reviewer_app.papers.correction import correction_paper
from reviewer_app.papers.docx import docx_bytes
from reviewer_app.papers.fees import fees_paper, fees_workbook
from reviewer_app.papers.interference import interference_paper
from reviewer_app.papers.minutes import minutes_paper
from reviewer_app.papers.model import Document
from reviewer_app.papers.notice import notice_paper
from reviewer_app.papers.opinion import opinion_paper
from reviewer_app.papers.pdf import archival_bytes
from reviewer_app.papers.pledges import pledges_paper
from reviewer_app.papers.recheck_report import recheck_paper
from reviewer_app.papers.recusal import recusal_paper
from reviewer_app.papers.sign_in import sign_in_paper
from reviewer_app.papers.summary import summary_paper
from reviewer_app.papers.workbook import summary_workbook
from reviewer_app.services import printed
from reviewer_app.services.application_forms import application_form_facts
from reviewer_app.services.catalogue_paper import NAME as CATALOGUE
from reviewer_app.services.catalogue_paper import catalogue_facts, filed_paper
from reviewer_app.services.closed_round import ClosedRound, Superseded, load_closed
from reviewer_app.services.closing_paper import closing_document
from reviewer_app.services.correction_paper import correction_facts
from reviewer_app.services.day_papers import (
    interference_facts,
    pledge_facts,
    recusal_facts,
    sign_in_facts,
)
from reviewer_app.services.fees import NAME as FEES
from reviewer_app.services.fees import fee_facts
from reviewer_app.services.minutes_paper import minutes_facts, notice_facts
from reviewer_app.services.opinion_paper import opinion_facts
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.press import Job, pressed
from reviewer_app.services.recheck_paper import recheck_facts
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.result_papers import summary_facts
from reviewer_app.services.result_workbook import workbook_facts
from reviewer_app.services.results import application_of
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.second_machine import require_second
from reviewer_app.services.second_paper import second_papers
from reviewer_app.services.sheet_paper import sheet_paper
from reviewer_app.services.speaking import draws_in
from reviewer_app.services.speaking_paper import order_document
from reviewer_app.services.stages import refuse_while_open

Progress = Callable[[int, int, str], None]
"""Called with done, total and what; may raise CancelledError."""
Maker = tuple[str, Job]

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
    return Dossier(closed, now, dict(_makers(closed, now, by_application=by_application)))


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
    for name, job in _forms(plan, plan.experts, now):
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


def _makers(closed: ClosedRound, now: datetime, *, by_application: bool) -> Iterator[Maker]:
    yield from _paper("01-封存单", lambda: closing_document(closed.statement, now))
    yield from _paper("02-专家组汇总表", lambda: summary_paper(summary_facts(closed, now)))
    yield "02-专家组汇总表.xlsx", Job(lambda: workbook_facts(closed.results), summary_workbook)
    yield from _paper(
        "03-评审会议纪要",
        lambda: minutes_paper(minutes_facts(closed)),
        editable=True,
        attached={"results.json": closed.results.text},
    )
    found = draws_in(closed.lines)
    if found:
        order = partial(order_document, closed.plan, closed.seating.round_id, found, now)
        yield from _paper("06-汇报顺序表", order)
    for stem, compose in second_papers(closed, now):
        yield from _paper(stem, compose)
    yield from _sheets(closed, now)
    yield from _opinions(closed)
    experts = tuple(closed.seating.expert(seat.expert) for seat in closed.seating.active)
    yield from _forms(closed.plan, experts, now)
    yield from _fees(closed.plan, experts, now)
    for expert in experts:
        if expert.number not in closed.seating.counted and not closed.recused(expert.number):
            continue  # who was not there has declared nothing
        yield from _paper(
            f"08-回避声明-{expert.number}-{expert.name}",
            partial(_recusal, closed, expert, now),
        )
    yield from _paper("09-复核报告", lambda: recheck_paper(recheck_facts(closed, now)))
    for pair in closed.superseded:
        yield from _paper(
            f"10-更正单-{pair.number}-专家{pair.expert}",
            partial(_correction, closed, pair, now),
        )
    yield from _paper("12-公示稿", lambda: notice_paper(notice_facts(closed)), editable=True)
    if by_application:
        yield from _application_forms(closed, now)


def _paper(
    stem: str,
    document: Callable[[], Document],
    *,
    editable: bool = False,
    attached: Mapping[str, bytes] | None = None,
) -> Iterator[Maker]:
    """Yield a paper as PDF/A, and as DOCX where people edit it; it is composed only then."""
    name = printed.file_name(stem)
    document = cache(document) if editable else document
    yield f"{name}.pdf", Job(document, partial(archival_bytes, attachments=attached))
    if editable:
        yield f"{name}.docx", Job(document, docx_bytes)


def _forms(plan: RoundPlan, experts: tuple[Expert, ...], now: datetime) -> Iterator[Maker]:
    yield from _paper(
        "06-签到表", lambda: sign_in_paper(sign_in_facts(plan, experts, now)), editable=True
    )
    yield from _paper(
        "07-保密与诚信承诺书", lambda: pledges_paper(pledge_facts(plan, experts, now))
    )
    yield from _paper(
        "11-请托干扰情况登记表", lambda: interference_paper(interference_facts(plan, now))
    )


def _fees(plan: RoundPlan, experts: tuple[Expert, ...], now: datetime) -> Iterator[Maker]:
    facts = partial(fee_facts, plan, experts, now)
    yield from _paper(FEES, lambda: fees_paper(facts()), editable=True)
    yield f"{FEES}.xlsx", Job(facts, fees_workbook)


def _recusal(closed: ClosedRound, expert: Expert, now: datetime) -> Document:
    return recusal_paper(recusal_facts(closed, expert, now))


def _correction(closed: ClosedRound, pair: Superseded, now: datetime) -> Document:
    return correction_paper(correction_facts(closed, pair, now))


def _application_form(
    closed: ClosedRound, number: ApplicationNumber, now: datetime
) -> Document:
    return application_form_paper(application_form_facts(closed, number, now))


def _opinion(closed: ClosedRound, opinion: OpinionRecord) -> Document:
    return opinion_paper(opinion_facts(closed, opinion))


def _sheets(closed: ClosedRound, now: datetime) -> Iterator[Maker]:
    seating = closed.seating
    for expert, sheet in seating.counted.items():
        yield from _paper(
            f"04-个人评分表-{expert}-{seating.expert(expert).name}",
            partial(sheet_paper, sheet, seating.round, now),
        )


def _opinions(closed: ClosedRound) -> Iterator[Maker]:
    for opinion in sorted(closed.opinions, key=lambda each: each.application):
        application = application_of(closed.seating, opinion.application)
        yield from _paper(
            f"05-意见-{application.number}-{application.short_name}",
            partial(_opinion, closed, opinion),
            editable=True,
        )


def _application_forms(closed: ClosedRound, now: datetime) -> Iterator[Maker]:
    for number in closed.seating.round.document.applications:
        short = application_of(closed.seating, number).short_name
        yield from _paper(
            f"13-对象评分表-{number}-{short}", partial(_application_form, closed, number, now)
        )
