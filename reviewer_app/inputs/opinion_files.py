"""The panel's opinions as text files: one for each application, three headings, none empty."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.atomic import disk_fault
from reviewer_app.core.bounded import read_bounded
from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.inputs.encodings import decoded
from reviewer_app.inputs.materials import is_left_lying, natural
from reviewer_app.inputs.numbering import AS_TYPED, Numbering

_MOST_BYTES = 1 << 20
HEADINGS = {"总体评价": "overall", "存在问题": "problems", "意见建议": "advice"}
_OPTIONAL = {"不同意见": "dissent"}
_HEADING = re.compile(
    r"[\s#【\[]*(?:[一二三四1-4][、.．])?\s*(?P<name>\w{4})[\s】\]]*(?:[:：](?P<rest>.*))?"
)


@dataclass(frozen=True, slots=True)
class OpinionText:
    """One opinion: overall judgement, problems and advice are always there."""

    application: str
    overall: str
    problems: str
    advice: str
    dissent: str = ""


def load_opinion(path: Path, applications: Numbering = AS_TYPED) -> OpinionText:
    """Return the opinion of a text file named by the application: ``03.txt``, ``03-….txt``."""
    head = re.split(r"[-_ 　]", path.stem, maxsplit=1)[0]
    number = applications.find(head, path.name)
    text = decoded(read_bounded(path, _MOST_BYTES), path.name).replace("\r\n", "\n")
    parts = _parts(check_text(text, path.name, lines=True), path.name)
    for heading, key in HEADINGS.items():
        if not parts.get(key):
            raise InputError(
                _("{file}: nothing stands under the heading {heading}").format(
                    file=path.name, heading=heading
                )
            )
    return OpinionText(number, **parts)


def load_opinions(folder: Path, applications: Numbering = AS_TYPED) -> tuple[OpinionText, ...]:
    """Return the opinions of all text files in a folder; two on one application are refused."""
    try:
        files = [each for each in folder.iterdir() if not is_left_lying(each.name)]
    except OSError as error:
        raise InputError(str(disk_fault(error, folder))) from error
    opinions: dict[str, OpinionText] = {}
    for path in sorted(files, key=lambda each: natural(each.name)):
        if path.suffix.casefold() != ".txt":
            raise InputError(_("{file}: opinions are text files (.txt)").format(file=path.name))
        opinion = load_opinion(path, applications)
        if opinion.application in opinions:
            raise InputError(
                _("{file}: a second opinion on {number}").format(
                    file=path.name, number=opinion.application
                )
            )
        opinions[opinion.application] = opinion
    return tuple(opinions.values())


def _parts(text: str, name: str) -> Mapping[str, str]:
    """Return what stands under each heading; text before the first heading is refused."""
    headings = {**HEADINGS, **_OPTIONAL}
    parts: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        found = _HEADING.fullmatch(line)
        key = headings.get(found["name"]) if found else None
        if found and key:
            if key in parts:
                raise InputError(
                    _("{file} line {line}: the heading {heading} occurs twice").format(
                        file=name, line=number, heading=found["name"]
                    )
                )
            current = parts[key] = [found["rest"] or ""]
        elif current is not None:
            current.append(line)
        elif line.strip():
            raise InputError(
                _("{file} line {line}: text before the first heading ({headings})").format(
                    file=name, line=number, headings=" / ".join(HEADINGS)
                )
            )
    return {key: "\n".join(lines).strip() for key, lines in parts.items()}
