"""The three documents the bureau signs: round, assignments, rosters (docs/formats.md, 3–5).

Signing takes a plain document and gives bytes; verifying takes bytes and gives an object that
keeps exactly those bytes, their digest and what they say.
"""

from reviewer_app.sheets.assignment_document import (
    SALT_BYTES,
    AssignedApplication,
    AssignedMaterial,
    AssignmentDocument,
    VerifiedAssignment,
    application_record,
    commitment,
    sign_assignment,
    verify_assignment,
)
from reviewer_app.sheets.roster_document import (
    RosterDocument,
    RosterMember,
    VerifiedRoster,
    check_succession,
    sign_roster,
    verify_roster,
)
from reviewer_app.sheets.round_document import (
    RoundDocument,
    VerifiedRound,
    sign_round,
    verify_round,
)

__all__ = [
    "SALT_BYTES",
    "AssignedApplication",
    "AssignedMaterial",
    "AssignmentDocument",
    "RosterDocument",
    "RosterMember",
    "RoundDocument",
    "VerifiedAssignment",
    "VerifiedRoster",
    "VerifiedRound",
    "application_record",
    "check_succession",
    "commitment",
    "sign_assignment",
    "sign_roster",
    "sign_round",
    "verify_assignment",
    "verify_roster",
    "verify_round",
]
