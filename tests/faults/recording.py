"""What a piece of work asks of the disk, call by call, as strace writes it down."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disks import ATTACHING, STRACE, attached
from tests.faults.processes import forked

ACKNOWLEDGED = "acknowledged"
"""A file of this name is no file: what is written to it is what the user was told."""
CALLS = (
    "openat,close,lseek,read,pread64,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,"
    "renameat2,link,linkat,unlink,unlinkat,mkdir,rmdir"
)
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One call that succeeded: its name, descriptor, whole texts, numbers and result."""

    name: str
    descriptor: int
    texts: tuple[bytes, ...]
    numbers: tuple[int, ...]
    words: str
    result: int


@dataclass(frozen=True)
class Write:
    """Bytes to a place in a file, or to a name's file being cut to ``size``."""

    file: int
    at: int
    data: bytes
    size: int | None = None


@dataclass(frozen=True)
class Name:
    """Names that come and go together in ``folders``; a file of None is none any more."""

    folders: tuple[str, ...]
    names: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Flush:
    """Everything before is durable for one file, or for the names in one folder."""

    file: int | None
    folder: str = ""


@dataclass(frozen=True)
class Told:
    """What the user was told is done."""

    words: bytes


Step = Write | Name | Flush | Told
FOLDER = -1


@dataclass
class Recording:
    """What lay under ``root`` before, and every step from then on."""

    root: Path
    before: dict[str, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def record(root: Path, work: Callable[[], object], log: Path) -> Recording:
    """Run ``work`` in a process of its own and return what it asked of the disk."""
    recording = Recording(root)
    for path in sorted(root.rglob("*")):
        file = FOLDER if path.is_dir() else len(recording.contents)
        recording.before[str(path)] = file
        if file != FOLDER:
            recording.contents[file] = path.read_bytes()
    gate, starter = os.pipe()

    def waiting() -> None:
        os.close(starter)
        os.read(gate, 1)
        work()

    child = forked(waiting)
    words = ["-f", "-qq", "-xx", "-s", "100000000", "-o", str(log), "-e", f"trace={CALLS}"]
    tracer = attached(subprocess.Popen([STRACE, *words, "-p", str(child)]), child)
    os.close(starter)
    _pid, status = os.waitpid(child, 0)
    os.close(gate)
    tracer.wait(ATTACHING)
    assert status == 0, "the work itself failed"
    _Reading(recording).read(calls(log))
    return recording


def calls(log: Path) -> Iterator[Call]:
    """Return every call of a log that succeeded."""
    for line in log.read_text("ascii").splitlines():
        assert "unfinished" not in line, "two threads at once: their order is not known"
        if (found := _CALL.match(line)) and int(found[3]) >= 0:
            texts = tuple(
                bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(found[2])
            )
            words = _TEXT.sub("", found[2])
            numbers = tuple(int(each) for each in re.findall(r"(?<![\w])-?\d+", words))
            first = numbers[0] if numbers else -1
            yield Call(found[1], first, texts, numbers, words, int(found[3]))


class _Reading:
    """Follows descriptors, so that calls become steps on files and names."""

    def __init__(self, recording: Recording) -> None:
        self._to = recording
        self._names = dict(recording.before)
        self._open: dict[int, tuple[int, str]] = {}
        self._at: dict[int, int] = {}
        self._sizes = {file: len(data) for file, data in recording.contents.items()}

    def read(self, calls: Iterator[Call]) -> None:
        """Take down every call."""
        for call in calls:
            getattr(self, f"_{call.name}", self._other)(call)

    def _other(self, call: Call) -> None:
        if call.name in {"rename", "renameat", "renameat2"}:
            old, new = (os.fsdecode(text) for text in call.texts)
            if self._ours(new):
                file = self._names.pop(old)
                self._name((old, None), (new, file))
        elif call.name in {"link", "linkat"}:
            old, new = (os.fsdecode(text) for text in call.texts)
            self._name((new, self._names[old]))
        elif call.name in {"unlink", "unlinkat", "rmdir"}:
            path = os.fsdecode(call.texts[0])
            if self._ours(path):
                self._name((path, None))
        elif call.name in {"fsync", "fdatasync"} and call.descriptor in self._open:
            file, path = self._open[call.descriptor]
            folder = path if file == FOLDER else ""
            self._to.steps.append(Flush(None if folder else file, folder))

    def _ours(self, path: str) -> bool:
        return Path(path).is_relative_to(self._to.root) and not path.endswith("-shm")

    def _name(self, *names: tuple[str, int | None]) -> None:
        for path, file in names:
            self._names.pop(path, None)
            if file is not None:
                self._names[path] = file
        folders = tuple(str(Path(path).parent) for path, _file in names)
        self._to.steps.append(Name(folders, names))

    def _mkdir(self, call: Call) -> None:
        path = os.fsdecode(call.texts[0])
        if self._ours(path):
            self._name((path, FOLDER))

    def _openat(self, call: Call) -> None:
        path = os.fsdecode(call.texts[0]).rstrip("/")
        self._open.pop(call.result, None)
        if path == str(self._to.root) or (self._ours(path) and Path(path).is_dir()):
            self._open[call.result] = FOLDER, path
        elif self._ours(path):
            if path not in self._names:
                self._sizes[len(self._sizes)] = 0
                self._name((path, len(self._sizes) - 1))
            file = self._names[path]
            self._open[call.result], self._at[call.result] = (file, path), 0
            if "O_TRUNC" in call.words:
                self._cut(file, 0)

    def _close(self, call: Call) -> None:
        self._open.pop(call.descriptor, None)

    def _lseek(self, call: Call) -> None:
        self._at[call.descriptor] = call.result

    def _read(self, call: Call) -> None:
        self._at[call.descriptor] = self._at.get(call.descriptor, 0) + call.result

    def _pread64(self, _call: Call) -> None:
        """Change nothing."""

    def _write(self, call: Call) -> None:
        at = self._at.get(call.descriptor, 0)
        self._at[call.descriptor] = at + call.result
        self._put(call, at)

    def _pwrite64(self, call: Call) -> None:
        self._put(call, call.numbers[-1])

    def _put(self, call: Call, at: int) -> None:
        file, path = self._open.get(call.descriptor, (FOLDER, ""))
        data = call.texts[0][: call.result] if call.texts else b""
        if path.endswith(ACKNOWLEDGED):
            self._to.steps.append(Told(data))
        elif file != FOLDER:
            self._sizes[file] = max(self._sizes[file], at + len(data))
            self._to.steps.append(Write(file, at, data))

    def _ftruncate(self, call: Call) -> None:
        file, _path = self._open.get(call.descriptor, (FOLDER, ""))
        if file != FOLDER:
            self._cut(file, call.numbers[-1])

    def _cut(self, file: int, size: int) -> None:
        self._sizes[file] = size
        self._to.steps.append(Write(file, 0, b"", size))
