"""Which font draws which character: official faces where the machine has them, else Noto.

The program ships Noto Sans SC and Noto Serif SC only (through a package, never as files of the
repository). A character missing from its role's face is taken from another; one that no face
has becomes a box, so that nothing ever prints as nothing.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import PaperError
from reviewer_app.core.messages import _
from reviewer_app.papers.faces import BoxFace, Face, Typeface, may_embed, open_face
from reviewer_app.papers.model import Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """A system font by file name; ``number`` is its place in a collection."""

    file: str
    number: int = 0
    bold: bool = False
    """Already heavy: bold text needs no thickening."""


PREFERRED: Mapping[Role, tuple[Candidate, ...]] = {
    Role.BODY: (
        Candidate("FANGSONG_GB2312.TTF"),
        Candidate("仿宋_GB2312.ttf"),
        Candidate("simfang.ttf"),
        Candidate("STFANGSO.TTF"),
        Candidate("FandolFang-Regular.otf"),
    ),
    Role.KAI: (
        Candidate("KAITI_GB2312.TTF"),
        Candidate("楷体_GB2312.ttf"),
        Candidate("simkai.ttf"),
        Candidate("STKAITI.TTF"),
        Candidate("LXGWWenKai-Regular.ttf"),
        Candidate("FandolKai-Regular.otf"),
    ),
    Role.HEI: (Candidate("simhei.ttf"),),
    Role.TITLE: (
        Candidate("FZXBSJW.TTF", bold=True),
        Candidate("方正小标宋简体.ttf", bold=True),
        Candidate("方正小标宋_GBK.TTF", bold=True),
        Candidate("STZHONGS.TTF", bold=True),
        Candidate("NotoSerifSC-Bold.otf", bold=True),
        Candidate("SourceHanSerifSC-Bold.otf", bold=True),
        Candidate("NotoSerifCJK-Bold.ttc", 2, bold=True),
    ),
    Role.SONG: (Candidate("simsun.ttc"),),
    Role.MONO: (),
}
"""Faces to look for in the system's font folders, best first."""

RARE = (
    "simsunb.ttf",
    "NotoSansCJK-Regular.ttc",
    "HanaMinA.ttf",
    "HanaMinB.ttf",
    "DejaVuSans.ttf",
)
"""System fonts that may have what the named faces lack."""

FALLBACK: Mapping[Role, tuple[Role, ...]] = {
    Role.BODY: (Role.SONG, Role.HEI, Role.KAI),
    Role.KAI: (Role.SONG, Role.HEI, Role.BODY),
    Role.HEI: (Role.SONG, Role.BODY, Role.KAI),
    Role.TITLE: (Role.SONG, Role.HEI, Role.BODY),
    Role.SONG: (Role.HEI, Role.BODY, Role.KAI),
    Role.MONO: (Role.HEI, Role.SONG, Role.BODY),
}
SANS_ROLES = (Role.HEI, Role.MONO)


class Fonts:
    """The faces of every role; made once and shared by all papers of a process."""

    def __init__(self, faces: Mapping[Role, Face], rare: Iterable[Path] = ()) -> None:
        self._faces = faces
        self._rare_paths = tuple(rare)
        self._rare: list[Face] | None = None
        self._chosen: dict[tuple[Role, str], Typeface] = {}
        self.box = BoxFace()

    def face(self, role: Role, char: str) -> Typeface:
        """Return the face that draws ``char`` in ``role``; the box face if none can."""
        known = self._chosen.get((role, char))
        if known is None:
            known = self._chosen[role, char] = self._choose(role, char)
        return known

    def missing(self, text: str) -> list[str]:
        """Return the characters of ``text`` that no font here can draw, each once, in order."""
        return [char for char in dict.fromkeys(text) if self.face(Role.SONG, char) is self.box]

    def _choose(self, role: Role, char: str) -> Typeface:
        for each in (role, *FALLBACK[role]):
            if self._faces[each].has(char):
                return self._faces[each]
        for face in self._rare_faces():
            if face.has(char):
                return face
        return self.box

    def _rare_faces(self) -> list[Face]:
        if self._rare is None:
            self._rare = [open_face(path) for path in self._rare_paths if may_embed(path)]
        return self._rare


def find_fonts(*, system: bool = True) -> Fonts:
    """Return the fonts for papers on this machine; PaperError if the shipped ones are missing.

    ``system`` False takes the shipped fonts alone, so that a paper looks the same everywhere.
    """
    files = _system_files() if system else {}
    sans, serif = _shipped()
    faces: dict[Role, Face] = {}
    opened: dict[tuple[Path, bool], Face] = {}
    for role in Role:
        candidate = _first_usable(PREFERRED[role], files)
        if candidate is not None:
            path = files[candidate.file.lower()]
            faces[role] = open_face(path, candidate.number, heavy=candidate.bold)
            continue
        key = (sans if role in SANS_ROLES else serif, role is Role.MONO)
        if key not in opened:
            opened[key] = open_face(key[0], half_width=key[1])
        faces[role] = opened[key]
    rare = [files[name.lower()] for name in RARE if name.lower() in files]
    return Fonts(faces, rare)


def _first_usable(
    candidates: tuple[Candidate, ...], files: Mapping[str, Path]
) -> Candidate | None:
    for candidate in candidates:
        path = files.get(candidate.file.lower())
        if path is not None and may_embed(path, candidate.number):
            return candidate
    return None


def _shipped() -> tuple[Path, Path]:
    try:
        import pylopdf_fonts_zh_cn as package  # noqa: PLC0415  # its absence is a fault to explain
    except ImportError as error:
        raise PaperError(
            _("The fonts for papers are not installed. Reinstall the program")
        ) from error
    paths = (Path(package.sans_path()), Path(package.serif_path()))
    for path in paths:
        if not path.is_file():
            raise PaperError(
                _("The font {file} is missing. Reinstall the program").format(file=path.name)
            )
    return paths


def _system_files() -> dict[str, Path]:
    """Return the system's font files by lower-case name."""
    found: dict[str, Path] = {}
    for folder in _system_folders():
        for root, _folders, names in os.walk(folder):
            for name in names:
                found.setdefault(name.lower(), Path(root) / name)
    return found


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        user = [Path(local) / "Microsoft/Windows/Fonts"] if local else []
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", *user]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]
