"""A paper form while one person types it: kept box by box, gone once it is an entry.

It lies in the bureau's encrypted database and in no log; the second person begins with an empty
form, because a form is dropped here in the very step that keeps it as a typing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewer_app.services.entry_table import DRAFT
from reviewer_app.services.paper_entry import Form
from reviewer_app.services.ports import OpenBureau

Place = tuple[str, str]
"""Application and indicator of a box."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """Who types, why there is a paper form, its scan, the boxes, and what was settled."""

    by: str = ""
    reason: str = ""
    scan: Path = field(default_factory=Path)
    cells: Mapping[Place, str] = field(default_factory=dict)
    said: Mapping[Place, tuple[str, str]] = field(default_factory=dict)


def keep_draft(bureau: OpenBureau, form: Form, draft: EntryDraft) -> None:
    """Keep a form as it is typed so far, in the place of what was kept of it before."""
    data = {
        "by": draft.by,
        "reason": draft.reason,
        "scan": str(draft.scan),
        "cells": [[*place, text] for place, text in draft.cells.items()],
        "said": [[*place, *words] for place, words in draft.said.items()],
    }
    text = "" if draft == EntryDraft() else json.dumps(data, ensure_ascii=False)
    with bureau() as unit:
        unit.set_setting(_name(form), text.encode())
        unit.commit()


def draft_of(bureau: OpenBureau, form: Form) -> EntryDraft:
    """Return a form as it was typed so far; empty where nobody is typing it."""
    with bureau() as unit:
        stored = unit.setting(_name(form))
    if not stored:
        return EntryDraft()
    data = json.loads(stored)
    return EntryDraft(
        data["by"],
        data["reason"],
        Path(data["scan"]),
        {(number, code): text for number, code, text in data["cells"]},
        {(number, code): (value, why) for number, code, value, why in data["said"]},
    )


def _name(form: Form) -> str:
    return DRAFT.format(form.round_id, form.expert, form.stage)
