"""The dossier: every paper of a closed round, made from its results and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import make_folder, write_file
from reviewer_app.core.round import RoundId
from reviewer_app.papers.docx import docx_bytes
from reviewer_app.papers.minutes import minutes_paper
from reviewer_app.papers.opinion import opinion_paper
from reviewer_app.papers.pdf import archival_bytes
from reviewer_app.papers.summary import summary_paper
from reviewer_app.papers.workbook import summary_workbook
from reviewer_app.services import printed
from reviewer_app.services.closing import closing_statement
from reviewer_app.services.closing_paper import closing_document
from reviewer_app.services.ports import OpenBureau
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.result_papers import minutes_facts, opinion_facts, summary_facts
from reviewer_app.services.result_workbook import workbook_facts
from reviewer_app.services.results import Results, application_of, load_results
from reviewer_app.services.rounds import plan_of
from reviewer_app.services.sheet_paper import sheet_paper
from reviewer_app.sheets.score_sheet import VerifiedSheet

Progress = Callable[[int, int, str], None]
"""Called with done, total and what; may raise CancelledError."""
Maker = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class Printed:
    """Papers that are printed already, and the digest of the results they were made from."""

    results_digest: str
    papers: Mapping[str, bytes]


def make_dossier(
    bureau: OpenBureau,
    round_id: RoundId,
    now: datetime,
    progress: Progress = lambda _done, _total, _what: None,
) -> dict[str, bytes]:
    """Return every paper by its file name; raises RoundStateError before closing."""
    makers = list(_makers(bureau, round_id, now))
    papers = {}
    for done, (name, make) in enumerate(makers, start=1):
        papers[name] = make()
        progress(done, len(makers), name)
    return papers


def write_dossier(
    bureau: OpenBureau,
    round_id: RoundId,
    out: Path,
    now: datetime,
    progress: Progress = lambda _done, _total, _what: None,
) -> list[Path]:
    """Write every paper into ``out`` and return the paths, in the order they are filed.

    A cancelled run keeps the finished papers and leaves no half-written one.
    """
    make_folder(out)
    makers = list(_makers(bureau, round_id, now))
    paths = []
    for done, (name, make) in enumerate(makers, start=1):
        write_file(out / name, make())
        paths.append(out / name)
        progress(done, len(makers), name)
    return paths


def _makers(bureau: OpenBureau, round_id: RoundId, now: datetime) -> Iterator[Maker]:
    with bureau() as unit:
        results = load_results(unit, round_id)
        overrides = _overrides(plan_of(unit.round(round_id)).overrides)
        opinions = unit.opinions(round_id)
    statement = closing_statement(bureau, round_id)
    yield "01-封存单.pdf", lambda: archival_bytes(closing_document(statement, now))
    summary = summary_facts(results, now)
    yield "02-专家组汇总表.pdf", lambda: archival_bytes(summary_paper(summary))
    yield "02-专家组汇总表.xlsx", lambda: summary_workbook(workbook_facts(results))
    minutes = minutes_paper(minutes_facts(results, overrides))
    yield (
        "03-评审会议纪要.pdf",
        lambda: archival_bytes(minutes, {"results.json": results.text}),
    )
    yield "03-评审会议纪要.docx", lambda: docx_bytes(minutes)
    yield from _sheets(results, now)
    yield from _opinions(results, opinions)


def _sheets(results: Results, now: datetime) -> Iterator[Maker]:
    seating = results.seating
    for expert, sheet in seating.counted.items():
        if not isinstance(sheet, VerifiedSheet):
            continue
        name = printed.file_name(f"04-个人评分表-{expert}-{seating.expert(expert).name}")

        def make(sheet: VerifiedSheet = sheet) -> bytes:
            return archival_bytes(sheet_paper(sheet, seating.round, now))

        yield f"{name}.pdf", make


def _opinions(results: Results, opinions: list[OpinionRecord]) -> Iterator[Maker]:
    for opinion in sorted(opinions, key=lambda each: each.application):
        application = application_of(results.seating, opinion.application)
        name = printed.file_name(f"05-意见-{application.number}-{application.short_name}")

        def make(opinion: OpinionRecord = opinion) -> bytes:
            return archival_bytes(opinion_paper(opinion_facts(results, opinion)))

        yield f"{name}.pdf", make


def _overrides(overrides: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(f"{check}：{reason}" for check, reason in overrides)
