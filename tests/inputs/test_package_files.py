import hashlib
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reviewer_app.core.errors import InputError, ReviewerError, StorageError
from reviewer_app.core.round import MaterialKind
from reviewer_app.inputs import package_files
from reviewer_app.inputs.materials import guess_kind, natural
from reviewer_app.inputs.package_files import look_into
from tests.inputs.files import PNG, package, pdf, zipped


def test_a_folder_gives_its_files_with_what_was_really_read(tmp_path: Path) -> None:
    folder = package(tmp_path / "03-海洋")
    (folder / "示意图.png").write_bytes(PNG)
    found = look_into(folder, tmp_path / "unpacked")
    assert {each.name for each in found.files} == {
        "示意图.png", "附件1_依托单位.pdf", "建设方案.pdf",
    }  # fmt: skip
    plan = next(each for each in found.files if each.name == "建设方案.pdf")
    assert (plan.size, plan.sha256) == (len(pdf()), hashlib.sha256(pdf()).hexdigest())
    assert plan.path == folder / "建设方案.pdf"
    assert found.description is not None
    assert not (tmp_path / "unpacked").exists()


@pytest.mark.parametrize("wrapped", ["", "03-海洋/"])
def test_a_zip_gives_the_same_under_names_of_its_own(tmp_path: Path, wrapped: str) -> None:
    members = {"建设方案.pdf": pdf(), "application.toml": b"# x", "图.png": PNG}
    path = zipped(tmp_path / "03.zip", {wrapped + name: data for name, data in members.items()})
    found = look_into(path, tmp_path / "unpacked")
    assert found.description == b"# x"
    assert {each.name for each in found.files} == {"建设方案.pdf", "图.png"}
    for each in found.files:
        assert each.path.name == each.sha256 + Path(each.name).suffix
        assert hashlib.sha256(each.path.read_bytes()).hexdigest() == each.sha256
    assert len(list((tmp_path / "unpacked").iterdir())) == 2


def test_unpacking_twice_changes_nothing(tmp_path: Path) -> None:
    path = zipped(tmp_path / "03.zip", {"建设方案.pdf": pdf()})
    first = look_into(path, tmp_path / "unpacked")
    stamps = [each.path.stat().st_mtime_ns for each in first.files]
    assert look_into(path, tmp_path / "unpacked") == first
    assert [each.path.stat().st_mtime_ns for each in first.files] == stamps


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", "~$建设方案.docx", "._建设方案.pdf"]
)
def test_what_systems_leave_lying_is_passed_over(tmp_path: Path, name: str) -> None:
    folder = package(tmp_path / "03")
    (folder / name).write_bytes(b"whatever")
    assert name not in {each.name for each in look_into(folder, tmp_path).files}
    path = zipped(
        tmp_path / "03.zip",
        {"03/方案.pdf": pdf(), f"03/{name}": b"x", "__MACOSX/03/._方案.pdf": b"x"},
    )
    assert [each.name for each in look_into(path, tmp_path / "u").files] == ["方案.pdf"]


def put_link(folder: Path) -> None:
    (folder / "链接.pdf").symlink_to(folder / "建设方案.pdf")


def put_loop(folder: Path) -> None:
    (folder / "圈.pdf").symlink_to(folder / "圈.pdf")


def put_pipe(folder: Path) -> None:
    os.mkfifo(folder / "管道.pdf")


def put_device(folder: Path) -> None:
    try:
        os.mknod(folder / "设备.pdf", 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def put_folder(folder: Path) -> None:
    (folder / "子文件夹").mkdir()


def put_hidden(folder: Path) -> None:
    (folder / ".隐藏.pdf").write_bytes(pdf())


def put_empty(folder: Path) -> None:
    (folder / "空.pdf").write_bytes(b"")


def put_disguised(folder: Path) -> None:
    (folder / "伪装.pdf").write_bytes(b"MZ" + b"\0" * 100)


def put_program(folder: Path) -> None:
    (folder / "程序.exe").write_bytes(b"MZ")


def put_reserved(folder: Path) -> None:
    (folder / "CON.pdf").write_bytes(pdf())


def put_unportable(folder: Path) -> None:
    (folder / "什么?.pdf").write_bytes(pdf())


def put_control(folder: Path) -> None:
    (folder / "换\n行.pdf").write_bytes(pdf())


def put_undecodable(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xb7\xbd.pdf")).write_bytes(pdf())


def put_case_twin(folder: Path) -> None:
    (folder / "Plan.pdf").write_bytes(pdf())
    (folder / "PLAN.pdf").write_bytes(pdf())


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (put_link, "链接.pdf: a link"),
        (put_loop, "圈.pdf: a link"),
        (put_pipe, "管道.pdf: not a file but a device or pipe"),
        (put_device, "设备.pdf: not a file but a device or pipe"),
        (put_folder, "子文件夹: a folder inside a package"),
        (put_hidden, "隐藏.pdf: a hidden file"),
        (put_empty, "空.pdf is empty"),
        (put_disguised, "伪装.pdf is named PDF but is something else"),
        (put_program, "程序.exe: only PDF"),
        (put_reserved, "CON.pdf: Windows reserves"),
        (put_unportable, "cannot be written on every system"),
        (put_control, r"换⟨U\+000A⟩行.pdf: U\+000A"),
        (put_undecodable, r"U\+DCB7"),
        (put_case_twin, "one file on some systems"),
    ],
)
def test_what_is_no_plain_file_is_refused_without_a_hang(
    tmp_path: Path, put: Callable[[Path], None], said: str
) -> None:
    folder = package(tmp_path / "03-海洋")
    put(folder)
    start = time.monotonic()
    with pytest.raises(InputError, match=said) as caught:
        look_into(folder, tmp_path)
    assert str(caught.value).startswith("03-海洋")
    assert "\n" not in str(caught.value)
    assert time.monotonic() - start < 2


def test_a_link_in_place_of_the_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(package(tmp_path / "03"))
    with pytest.raises(InputError, match="a link"):
        look_into(tmp_path / "link", tmp_path)


def test_a_pdf_nobody_can_open_is_refused(tmp_path: Path) -> None:
    folder = package(tmp_path / "03")
    with pikepdf.open(folder / "建设方案.pdf") as document:
        document.save(folder / "加密.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(InputError, match=r"加密\.pdf needs a password"):
        look_into(folder, tmp_path)
    (folder / "加密.pdf").unlink()
    (folder / "残.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 50)
    with pytest.raises(InputError, match=r"残\.pdf is damaged"):
        look_into(folder, tmp_path)
    pikepdf.new().save(folder / "残.pdf")
    with pytest.raises(InputError, match=r"残\.pdf has no page"):
        look_into(folder, tmp_path)


def test_damaged_pdfs_are_taken_or_refused_in_one_line_quickly(
    fixtures: Path, tmp_path: Path
) -> None:
    for place, source in enumerate(sorted((fixtures / "corpora/pdf").iterdir())):
        folder = tmp_path / str(place)
        folder.mkdir()
        (folder / "方案.pdf").write_bytes(source.read_bytes())
        start, said = time.monotonic(), ""
        try:
            look_into(folder, tmp_path)
        except ReviewerError as error:
            said = str(error)
        assert "\n" not in said
        assert time.monotonic() - start < 2, source.name


def test_limits_on_size_and_number_are_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = package(tmp_path / "03")
    monkeypatch.setattr(package_files, "MOST_FILES", 1)
    with pytest.raises(InputError, match="2 files, at most 1"):
        look_into(folder, tmp_path)
    monkeypatch.setattr(package_files, "MOST_FILES", 200)
    monkeypatch.setattr(package_files, "MOST_BYTES", len(pdf()) + 10)
    with pytest.raises(InputError, match="MB of materials"):
        look_into(folder, tmp_path)
    path = zipped(tmp_path / "03.zip", {"a.pdf": pdf(), "b.pdf": pdf(2)})
    with pytest.raises(ReviewerError, match=r"03\.zip.*more than"):
        look_into(path, tmp_path / "u")
    assert not (tmp_path / "u").exists()


def test_hostile_zips_write_nothing_outside(fixtures: Path, tmp_path: Path) -> None:
    for source in sorted((fixtures / "corpora/zip").glob("*.zip")):
        start = time.monotonic()
        with pytest.raises(ReviewerError) as caught:
            look_into(source, tmp_path / "u")
        assert "\n" not in str(caught.value)
        assert time.monotonic() - start < 2, source.name
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["a/b/方案.pdf", "../方案.pdf", "/方案.pdf", "a\\方案.pdf", ".x.pdf"]
)
def test_a_path_inside_a_zip_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "03.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("方案.pdf", pdf())
        archive.writestr(name, pdf())
    with pytest.raises(ReviewerError):
        look_into(path, tmp_path / "u")


def test_a_place_that_cannot_be_written_is_a_storage_fault(tmp_path: Path) -> None:
    path = zipped(tmp_path / "03.zip", {"方案.pdf": pdf()})
    (tmp_path / "u").write_bytes(b"a file")
    with pytest.raises(StorageError):
        look_into(path, tmp_path / "u")


def test_kinds_are_guessed_from_the_words_in_a_name() -> None:
    assert guess_kind("建设方案（终稿）.pdf") is MaterialKind.PLAN
    assert guess_kind("建设责任书.pdf") is MaterialKind.RESPONSIBILITY
    assert guess_kind("答辩.pdf") is MaterialKind.PRESENTATION
    assert guess_kind("附件2 协议.pdf") is MaterialKind.EVIDENCE
    assert guess_kind("x.pdf") is MaterialKind.EVIDENCE


def test_names_are_ordered_as_people_count() -> None:
    assert sorted(["附件10.pdf", "附件2.pdf", "附件1.pdf"], key=natural) == [
        "附件1.pdf", "附件2.pdf", "附件10.pdf",
    ]  # fmt: skip
