"""The whole dossier of a small day, as papers that another program reads."""

import hashlib
import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest

from reviewer_app.core.errors import CancelledError, InputError
from reviewer_app.core.people import Election, Interference, RoundPeople
from reviewer_app.core.votes import CastVote, Choice, Vote
from reviewer_app.services import closing, deliberating, dossier, people, sealing
from reviewer_app.services.closed_round import load_closed
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.verification import verify_file
from tests.papers.looking import complaints, text_of
from tests.services.day import NOON, Day, app

PEOPLE = RoundPeople(
    host="温以宁（示例）",
    supervisor="柳清（示例）",
    secretary="方珺（示例）",
    checker="祝镕（示例）",
    observers=("简翀昇（示例）",),
    serial="〔2026〕12号",
    hours="8:30—16:40",
    election=Election("02", "到会专家举手推选", (("02", 4), ("01", 1))),
    interference=(
        Interference("10:20", "某单位𠮷\U00031350（示例）", "打听专家名单", "当场告知监督员"),
    ),
)
Papers = dict[str, bytes]


@pytest.fixture(scope="module")
def held(issued: Day, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Return a closed day: expert 03 steps back from 02, expert 01 corrects a mark."""
    day = issued.copy(tmp_path_factory.mktemp("held"))
    bureau = day.context.open_bureau
    people.record_people(bureau, day.round_id, PEOPLE, NOON)
    first = day.laptops["01"]
    day.collect(
        *(
            each.sign(
                day.folder,
                each.content({1: 80, 2: 70, 3: 60}, recused=(2,) if number == "03" else ()),
            )
            for number, each in day.laptops.items()
        )
    )
    day.collect(first.sign(day.folder, first.content({1: 86, 2: 70, 3: 60})))
    closing.close_round(bureau, day.round_id, NOON)
    votes = [CastVote("01", f"0{number}", Vote(Choice.APPROVE)) for number in range(1, 6)]
    votes[3] = CastVote("01", "04", Vote(Choice.REJECT, "基地没有落实"))
    deliberating.record_votes(bureau, day.round_id, votes, NOON)
    for number in (1, 2):
        opinion = OpinionRecord(
            day.round_id, app(number), "目标清楚。", "人才不足。", "补齐。", "期限偏短。"
        )
        deliberating.record_opinion(bureau, opinion, NOON)
    return day


@pytest.fixture(scope="module")
def papers(held: Day) -> Papers:
    return dossier.make_dossier(
        held.context.open_bureau, held.round_id, NOON, by_application=True
    )


def read(papers: Papers, beginning: str) -> str:
    (name,) = [each for each in papers if each.startswith(beginning) and ".pdf" in each]
    return text_of(papers[name])


def test_every_paper_of_the_plan_is_there(papers: Papers) -> None:
    kinds = {name.split("-")[0] for name in papers}
    assert kinds == {f"{number:02d}" for number in range(1, 15)}
    assert list(papers)[-1] == "14-归档文件目录.pdf"
    editable = {name.split("-")[0] for name in papers if name.endswith(".docx")}
    assert editable == {"03", "05", "06", "12"}


def test_every_kind_of_pdf_is_for_archives_with_all_its_glyphs(papers: Papers) -> None:
    kinds = {tuple(name.split("-")[:2]): name for name in papers if name.endswith(".pdf")}
    assert len(kinds) >= len(range(1, 15))
    for name in kinds.values():
        flavour = "3b" if name.startswith("03") else "2b"
        assert complaints(papers[name], flavour) == [], name
    assert "某单位𠮷\U00031350" in read(papers, "11")


def test_leader_supervisor_and_host_stand_where_they_belong(papers: Papers) -> None:
    minutes = read(papers, "03")
    assert "会议由温以宁（示例）主持，方珺（示例）记录" in minutes
    assert "推选专家2喆（示例）任组长，监督员柳清（示例）全程在场" in minutes
    assert "组长由到会专家举手推选产生，其中专家2喆（示例）4票、专家1喆（示例）1票。" in minutes
    assert "〔2026〕12号" in minutes
    assert "2026年11月21日8:30—16:40，" in minutes
    assert "列席：简翀昇（示例）。" in minutes
    assert "组长：专家2喆（示例）监督员：柳清（示例）复核：祝镕（示例）" in read(papers, "02")
    seal = read(papers, "01")
    assert "监督员：柳清（示例）主持人：温以宁（示例）秘书：方珺（示例）" in seal
    assert "专家02（组长）" in read(papers, "06-签到表")
    assert "专家2喆（示例）任组长" in read(papers, "05-意见-01")


def test_the_minutes_carry_what_proves_them(held: Day, papers: Papers) -> None:
    minutes, seal = read(papers, "03"), read(papers, "01")
    report = load_closed(held.context.open_bureau, held.round_id)
    assert report.results.digest in minutes
    assert report.results.closing.log_head in minutes
    assert report.results.closing.log_head in seal
    fingerprint = report.statement.bureau_fingerprint.replace(" ", "")
    assert fingerprint in minutes
    assert fingerprint in seal
    for sheet in report.seating.counted.values():
        assert sheet.receipt in minutes
    (name,) = [each for each in papers if each.startswith("03") and each.endswith(".pdf")]
    with pikepdf.open(io.BytesIO(papers[name])) as opened:
        attached = opened.attachments["results.json"].get_file().read_bytes()
    assert attached == report.results.text


def test_a_correction_slip_has_old_and_new_value_reason_and_both_receipts(
    held: Day, papers: Papers
) -> None:
    old, new = held.laptops["01"].signed
    slip = read(papers, "10")
    assert old.receipt in slip
    assert new.receipt in slip
    assert "8086" in slip
    assert "笔误（示例）" in slip
    assert "更正单1" in slip
    assert sum(name.startswith("10") for name in papers) == 1
    assert f"（回执码{new.receipt}）" in read(papers, "03")
    assert "见更正单1" in read(papers, "03")
    assert "更正单1" in read(papers, "02")


def test_a_ground_for_stepping_back_stands_on_the_own_statement_only(papers: Papers) -> None:
    ground = "近三年内与申报单位存在劳动关系"
    others = ("13", "14")
    pdfs = [name for name in papers if name.endswith(".pdf") and name[:2] not in others]
    telling = [name for name in pdfs if ground in text_of(papers[name])]
    assert {name.split("-")[0] for name in telling} == {"04", "08"}
    assert all("-03-" in name for name in telling)
    assert "专家03对02号对象回避，该对象由4人评分" in read(papers, "03")
    opinion = read(papers, "05-意见-02")
    assert "专家3喆（示例）对本对象回避" in opinion
    assert "等4名专家" in opinion


def test_dissent_stands_on_the_opinion_and_in_the_minutes(papers: Papers) -> None:
    opinion, minutes = read(papers, "05-意见-01"), read(papers, "03")
    for text in ("基地没有落实", "期限偏短"):
        assert text in opinion
        assert text in minutes
    assert "一致同意" not in opinion


def test_the_recheck_report_gives_its_figures(papers: Papers) -> None:
    report = read(papers, "09")
    assert "重新计算全部个人总分14个" in report
    for title in ("分值汇总计算错误", "超出评分标准范围", "客观评审因素", "畸高畸低"):
        assert title in report


def test_interference_is_registered_and_only_counted_in_the_minutes(papers: Papers) -> None:
    assert "打听专家名单" in read(papers, "11")
    assert "登记1起，见登记表" in read(papers, "03")
    assert "打听" not in read(papers, "03")


def test_the_notice_names_no_expert_and_no_mark(papers: Papers) -> None:
    for name in ("12-公示稿.pdf", "12-公示稿.docx"):
        data = papers[name]
        if name.endswith(".docx"):
            seen = "".join(part.text for part in docx.Document(io.BytesIO(data)).paragraphs)
        else:
            seen = text_of(data)
        assert "建议推荐1个" in seen
        assert "专家1喆" not in seen
        assert "票" not in seen
    assert "81.20" not in text_of(papers["12-公示稿.pdf"])


def test_score_forms_by_application_have_a_page_for_each_expert(papers: Papers) -> None:
    counts = {}
    for name, data in papers.items():
        if name.startswith("13"):
            with pikepdf.open(io.BytesIO(data)) as opened:
                counts[name.split("-")[2]] = len(opened.pages)
    assert counts == {"01": 5, "02": 4, "03": 5}
    assert "回避：专家03专家3喆（示例）。" in read(papers, "13-对象评分表-02")


def test_the_list_of_files_is_what_the_archive_holds(
    held: Day, papers: Papers, tmp_path: Path
) -> None:
    bureau = held.context.open_bureau
    day = held.copy(tmp_path)
    scan = tmp_path / "签字页.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    bureau = day.context.open_bureau
    with pytest.raises(InputError, match="does not exist"):
        sealing.attach(bureau, day.round_id, [tmp_path / "签字.png"], NOON)
    sealing.attach(bureau, day.round_id, [scan], NOON)
    digest = load_closed(bureau, day.round_id).results.digest
    path = tmp_path / "归档.zip"
    sealing.seal(bureau, day.round_id, path, NOON, dossier.Printed(digest, papers))
    assert verify_file(path).ok
    with zipfile.ZipFile(path) as archive:
        listed = text_of(archive.read("papers/14-归档文件目录.pdf"))
        for name in archive.namelist():
            known = name.startswith(("papers/", "scans/", "sheets/", "roster/", "assignments/"))
            if known and name != "papers/14-归档文件目录.pdf":
                assert hashlib.sha256(archive.read(name)).hexdigest() in listed, name
    assert "scans/签字页.png" in listed


def test_the_forms_of_the_morning_need_no_closing(issued: Day, tmp_path: Path) -> None:
    paths = dossier.write_forms(issued.context.open_bureau, issued.round_id, tmp_path, NOON)
    assert [path.name.split("-")[0] for path in paths] == ["06", "06", "07", "11"]
    assert "签到表" in text_of(paths[0].read_bytes())


def test_a_cancelled_run_keeps_finished_papers_only(held: Day, tmp_path: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        dossier.write_dossier(held.context.open_bureau, held.round_id, tmp_path, NOON, stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "01-封存单.pdf",
        "02-专家组汇总表.pdf",
    ]


def test_people_nobody_named_leave_lines_to_sign_on(issued: Day, tmp_path: Path) -> None:
    day = issued.copy(tmp_path)
    bureau = day.context.open_bureau
    day.collect(*day.sign_all())
    closing.close_round(bureau, day.round_id, NOON)
    closed = load_closed(bureau, day.round_id)
    assert closed.signers("组长", "监督员") == (("组长：", ""), ("监督员：", ""))
    assert closed.people == RoundPeople()
