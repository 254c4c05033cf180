"""An expert's desk: one opened pack, and the encrypted file in which the scoring rests."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, ApplicationNumber, Expert
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.services.desk_hold import DeskHold
from reviewer_app.services.desk_key import database_key
from reviewer_app.services.key_wrapping import unseal
from reviewer_app.services.ports import DeskUnit
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.pack import OpenPack
from reviewer_app.sheets.score_sheet import effective_schemes
from reviewer_app.sheets.sheet_form import SheetForm, form_of

PACKS, PACK_FILE, DESK_FILE = "packs", "pack.reviewpack", "desk.db"
SIGNING_KEY, PLEDGE, OPENED = "signing-key", "pledge-accepted", "opened"
SIGNING_PURPOSE = "signing key"
_PACK_ID = re.compile(r"[0-9a-f]{16}")

StartDesk = Callable[[Path, bytes], DeskUnit]
"""Starts a unit of work on a file with its key; ``cli.context.Context.open_desk``."""


@dataclass(frozen=True)
class Desk:
    """Everything one expert works with; made by ``desk_opening`` from pack and passcode."""

    pack: OpenPack = field(repr=False)
    folder: Path
    key: bytes = field(repr=False)
    start: StartDesk = field(repr=False)
    hold: DeskHold | None = field(default=None, repr=False, compare=False)
    """Keeps every other program away; lasts as long as the desk is in use."""

    def unit(self) -> DeskUnit:
        """Start a unit of work on the desk's file."""
        return self.start(self.folder / DESK_FILE, self._database_key)

    def release(self) -> None:
        """Let another window or program open the same pack."""
        if self.hold is not None:
            self.hold.release()

    @property
    def expert(self) -> Expert:
        """Return whose desk it is."""
        return self.pack.assignment.document.expert

    @property
    def rules(self) -> ReviewRules:
        """Return the rules of the round."""
        return self.pack.round.document.rules

    @cached_property
    def assigned(self) -> dict[ApplicationNumber, Application]:
        """Return every application of the pack in order, recused ones included."""
        documents = self.pack.assignment.document.applications
        return {each.application.number: each.application for each in documents}

    @cached_property
    def schemes(self) -> dict[ApplicationNumber, Scheme]:
        """Return the scheme that holds for each application."""
        return effective_schemes(self.pack.round, self.pack.assignment)

    @cached_property
    def form(self) -> SheetForm:
        """Return what this expert must answer."""
        return form_of(self.pack.round, self.pack.assignment)

    def remaining(self, unit: DeskUnit) -> list[Application]:
        """Return the applications to score, without the recused ones."""
        gone = {recusal.application for recusal in unit.recusals()}
        return [each for number, each in self.assigned.items() if number not in gone]

    def require(self, unit: DeskUnit, number: str) -> Application:
        """Return an application to score; raises NotFoundError, also for a recused one."""
        for application in self.remaining(unit):
            if application.number == number:
                return application
        raise NotFoundError(
            _("There is no application {number} on this desk").format(number=number)
        )

    def asked(self, number: ApplicationNumber) -> list[Indicator]:
        """Return the indicators that this expert must mark for an application."""
        questions = self.form.questions[number]
        return [each.indicator for each in questions if each.scale is not None]

    def signing_key(self, unit: DeskUnit) -> SigningKey:
        """Return the expert's key, for as long as a signature takes."""
        sealed = unit.setting(SIGNING_KEY) or b""
        return SigningKey.from_bytes(unseal(self.key, sealed, SIGNING_PURPOSE))

    @cached_property
    def _database_key(self) -> bytes:
        return database_key(self.key)


def desk_folder(home: Path, pack_id: str) -> Path:
    """Return where an opened pack rests; raises NotFoundError naming those there are."""
    folder = home / PACKS / pack_id
    if _PACK_ID.fullmatch(pack_id) and (folder / PACK_FILE).is_file():
        return folder
    known = ", ".join(opened_packs(home)) or _("none")
    raise NotFoundError(
        _("No pack “{pack}” was opened here (opened: {known}); open its file first").format(
            pack=pack_id, known=known
        )
    )


def opened_packs(home: Path) -> list[str]:
    """Return the ids of the packs opened on this machine by this user."""
    return sorted(
        path.parent.name
        for path in (home / PACKS).glob(f"*/{PACK_FILE}")
        if _PACK_ID.fullmatch(path.parent.name)
    )
