"""What one expert says on one score sheet, as people mean it; ``score_sheet`` makes bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from reviewer_app.core.marks import Mark
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.core.votes import Vote


@dataclass(frozen=True, slots=True)
class Recusal:
    """Why an application was not scored; ``ground`` as ``recusal.join_grounds`` gives it."""

    ground: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What an expert wrote beside one mark; citations as ``建设方案.pdf#47``."""

    comment: str = ""
    reason: str = ""
    citations: tuple[str, ...] = ()


SheetMarks: TypeAlias = Mapping[ApplicationNumber, Mapping[str, Mark]]
"""Marks by application and indicator; recused applications are absent."""
Comments: TypeAlias = Mapping[ApplicationNumber, Mapping[str, Remark]]
"""Remarks by application and indicator; what has none is absent."""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """Everything an expert signs; ``previous`` is the digest of the revision before.

    ``reason`` says why there is a later revision: empty for the first, never empty after.
    """

    round_digest: bytes
    assignment_digest: bytes
    stage: int
    revision: int
    previous: bytes | None
    marks: SheetMarks
    signed_at: datetime
    recusals: Mapping[ApplicationNumber, Recusal] = field(default_factory=dict)
    votes: Mapping[ApplicationNumber, Vote] = field(default_factory=dict)
    reason: str = ""
