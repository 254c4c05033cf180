"""The sample round in one click: made once, found again by its title, issued where asked."""

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path

from resources import sample_resource
from reviewer_app.core.round import RoundId
from reviewer_app.inputs.round_file import load_round
from reviewer_app.papers.pdf import write_pdf
from reviewer_app.papers.slips import slips_from_csv, slips_paper
from reviewer_app.services.rounds import create_round, list_rounds
from reviewer_app.services.sample import make_sample
from ui.needs import Needs
from ui.tasks import Report

FOLDER = "sample-round"


def sample_title() -> str:
    """Return the title by which the sample round is known."""
    data = tomllib.loads(sample_resource("ROUND.toml").read_bytes().decode())
    return str(data["round"]["title"])


def find_or_make_sample(needs: Needs, report: Report) -> RoundId:
    """Return the newest sample round on this machine; the first time it is made."""
    title = sample_title()
    for view in list_rounds(needs.open_bureau):
        if view.title == title:
            return view.id
    report(0, 2, "")
    file = make_sample(needs.home / FOLDER)
    report(1, 2, "")
    loaded = load_round(file)
    view = create_round(needs.open_bureau, loaded.plan, loaded.paths, needs.clock())
    report(2, 2, "")
    return view.id


def passcodes(slips: Path) -> Mapping[str, str]:
    """Return the passcodes of a slips list by pack name; empty for slips on paper."""
    if slips.suffix.lower() != ".csv" or not slips.is_file():
        return {}
    with slips.open(encoding="utf-8-sig", newline="") as stream:
        return {row["评审包"]: row["口令"] for row in csv.DictReader(stream)}


def sample_slips(slips: Path) -> None:
    """Write the slips on paper too, from the list that the sample keeps of its passcodes."""
    paper = slips_paper(slips_from_csv(slips.read_text("utf-8-sig")))
    write_pdf(paper, slips.with_suffix(".pdf"))
