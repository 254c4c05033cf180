"""Power loss: every state in which a disk may be left when the current fails.

What was flushed is there. Of everything later each write may be there, be missing, or be torn
at a sector, in any order; of names that come and go any may, until their folder is flushed.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.recording import (
    ACKNOWLEDGED,
    FOLDER,
    Flush,
    Name,
    Recording,
    Step,
    Told,
    Write,
)

SECTOR = 512
WAYS = ("all lost", "all kept", "any", "torn", "first ones kept", "names lost", "data lost")


@dataclass(frozen=True)
class Crash:
    """The moment (steps done) and way of a power loss, and what had been told by then."""

    moment: int
    way: str
    told: tuple[bytes, ...]


def crashes(recording: Recording, count: int, luck: random.Random) -> Iterator[Crash]:
    """Leave the disk in ``count`` states after each other; the first is: all done, all lost."""
    every = len(recording.steps)
    for number in range(count):
        moment = luck.randint(0, every) if number else every
        way = luck.choice(WAYS) if number else WAYS[0]
        done = recording.steps[:moment]
        told = tuple(step.words for step in done if isinstance(step, Told))
        _leave(recording, list(_surviving(done, way, luck)), luck)
        yield Crash(moment, way, told)


def _surviving(done: list[Step], way: str, luck: random.Random) -> Iterator[Step]:
    """Return the steps that reached the disk."""
    last = luck.randint(0, len(done))
    for number, step in enumerate(done):
        if isinstance(step, (Flush, Told)):
            continue
        if _flushed(step, done[number + 1 :]):
            yield step
        elif way == "torn" and isinstance(step, Write) and step.size is None:
            yield from _torn(step, luck)
        elif _lucky(step, way, luck, early=number < last):
            yield step


def _flushed(step: Write | Name, later: list[Step]) -> bool:
    flushes = [each for each in later if isinstance(each, Flush)]
    if isinstance(step, Write):
        return any(each.file == step.file for each in flushes)
    return set(step.folders) <= {each.folder for each in flushes}


def _lucky(step: Write | Name, way: str, luck: random.Random, *, early: bool) -> bool:
    """Tell whether a step that nothing flushed is there all the same."""
    return {
        "all lost": False,
        "all kept": True,
        "first ones kept": early,
        "names lost": isinstance(step, Write),
        "data lost": isinstance(step, Name),
    }.get(way, luck.random() < 0.5)


def _torn(step: Write, luck: random.Random) -> Iterator[Write]:
    """Return those sectors of a write that were written, and perhaps nothing but its size."""
    for start in range(0, len(step.data), SECTOR):
        sector = step.data[start : start + SECTOR]
        if luck.random() < 0.5:
            yield Write(step.file, step.at + start, sector)
        elif luck.random() < 0.2:  # zeros, where there was nothing before
            yield Write(step.file, step.at + start + len(sector), b"")


def _leave(recording: Recording, steps: list[Step], luck: random.Random) -> None:
    """Make the folder what the disk holds; SQLite's shared memory holds rubbish or is gone."""
    names: dict[str, int] = dict(recording.before)
    contents = {file: bytearray(data) for file, data in recording.contents.items()}
    for step in steps:
        if isinstance(step, Write):
            _write(contents.setdefault(step.file, bytearray()), step)
        elif isinstance(step, Name):
            for path, file in step.names:
                names.pop(path, None)
                if file is not None:
                    names[path] = file
    _empty(recording.root)
    for path, file in sorted(names.items()):
        if file == FOLDER:
            Path(path).mkdir(exist_ok=True)
        elif Path(path).parent.is_dir() and not path.endswith(("-shm", ACKNOWLEDGED)):
            Path(path).write_bytes(contents.get(file, b""))
            Path(path).chmod(0o600)
            if path.endswith("-wal") and luck.random() < 0.5:
                Path(f"{path.removesuffix('wal')}shm").write_bytes(luck.randbytes(32768))


def _write(content: bytearray, step: Write) -> None:
    if step.size is not None:
        del content[step.size :]
        content.extend(bytes(step.size - len(content)))
        return
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
