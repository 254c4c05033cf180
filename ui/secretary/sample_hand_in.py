"""The invented experts of the sample: they open their packs, score, sign and hand in."""

from collections.abc import Sequence
from pathlib import Path

from reviewer_app.core.round import ExpertNumber, RoundId, RoundPlan
from reviewer_app.services.desk_opening import accept_pledge, open_pack
from reviewer_app.services.desk_scoring import put_answers
from reviewer_app.services.desk_signing import sign
from reviewer_app.services.records import MarkRecord
from reviewer_app.services.sample_marks import sample_marks
from ui.needs import Needs
from ui.secretary.packs import issued_files
from ui.secretary.sample import passcodes, sample_title
from ui.tasks import Report


def can_hand_in(plan: RoundPlan, usual: Path) -> bool:
    """Tell whether this is the sample round, whose passcodes are kept."""
    return plan.title == sample_title() and (usual / "slips" / "slips.csv").is_file()


def hand_in(
    needs: Needs,
    round_id: RoundId,
    plan: RoundPlan,
    missing: Sequence[ExpertNumber],
    usual: Path,
    report: Report,
) -> list[Path]:
    """Return the sheets of the experts still missing, each scored and signed as they would."""
    files = issued_files(needs.open_bureau, round_id, usual)
    codes = passcodes(files.slips)
    packs = [p for p in files.packs if p.expert in missing and p.path.name in codes]
    marks = sample_marks(plan)
    sheets = []
    for done, pack in enumerate(packs, start=1):
        laptop = usual / "laptops" / pack.expert
        now = needs.clock()
        desk = open_pack(laptop, pack.path, codes[pack.path.name], needs.open_desk, now)
        accept_pledge(desk, now)
        put_answers(
            desk,
            [
                MarkRecord(
                    number, code, each.mark, each.comment, each.reason, each.citations, now
                )
                for number, answers in marks[pack.expert].items()
                for code, each in answers.items()
            ],
        )
        sheets.append(sign(desk, usual / "sheets", "", now).file)
        report(done, len(packs), pack.expert)
    return sheets
