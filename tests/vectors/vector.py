"""Vectors as files: ``key: value`` lines, an empty line, then a body in hexadecimal or text."""

import textwrap
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
SUFFIX = ".vector"


@dataclass(frozen=True)
class Vector:
    """One vector; ``expect`` is the verdict, ``more`` what its kind needs besides the body."""

    name: str
    kind: str
    expect: str
    what: str
    body: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """Return the body of a vector of bytes."""
        return bytes.fromhex(self.body)

    def write(self, folder: Path = FOLDER) -> None:
        """Write the vector's file."""
        head = {"expect": self.expect, "kind": self.kind, "what": self.what, **self.more}
        lines = [f"{key}: {value}" for key, value in head.items()]
        path = folder / f"{self.name}{SUFFIX}"
        path.write_text("\n".join([*lines, "", self.body, ""]), encoding="utf-8", newline="\n")


def of_bytes(name: str, kind: str, expect: str, what: str, data: bytes) -> Vector:
    """Return a vector whose body is ``data`` in hexadecimal."""
    return Vector(name, kind, expect, what, "\n".join(textwrap.wrap(data.hex(), 96)))


def load(path: Path) -> Vector:
    """Return the vector of a file."""
    head, _empty, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    known = {key: fields.pop(key) for key in ("expect", "kind", "what")}
    return Vector(name=path.stem, body=body.removesuffix("\n"), more=fields, **known)


def named(name: str) -> Vector:
    """Return the vector with this name."""
    return load(FOLDER / f"{name}{SUFFIX}")


def all_vectors(*kinds: str) -> list[Vector]:
    """Return every vector of these kinds, in the order of their names."""
    vectors = [load(path) for path in sorted(FOLDER.glob(f"*{SUFFIX}"))]
    return [vector for vector in vectors if vector.kind in kinds]
