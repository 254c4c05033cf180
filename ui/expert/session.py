"""One expert's sitting: the pack, the desk once it is open, the clock; no Qt."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewer_app.services.desk import PACK_FILE, Desk, desk_folder
from ui.needs import Needs
from ui.recent import Recent, RecentPack
from ui.work import Tasks


@dataclass
class Session:
    """What the expert's presenters share; ``source`` is a file, or the id of an opened pack."""

    needs: Needs
    settings: Recent
    tasks: Tasks
    source: Path | str = ""
    opened: Desk | None = None
    feedback: Path | None = None
    """Feedback of a first scoring that is to be opened once the pack is."""

    @property
    def desk(self) -> Desk:
        """Return the open desk; pages that ask for it stand behind the passcode."""
        if self.opened is None:
            raise RuntimeError("the pack is not open yet")
        return self.opened

    @property
    def file(self) -> Path:
        """Return the pack's file."""
        if isinstance(self.source, Path):
            return self.source
        return desk_folder(self.needs.home, self.source) / PACK_FILE

    def now(self) -> datetime:
        """Return the machine's time, in UTC."""
        return self.needs.clock()

    def local_time(self) -> str:
        """Return the time of day as pages show it."""
        return f"{self.now().astimezone():%H:%M:%S}"

    def remember(self, place: str, done: int, total: int, *, signed: bool) -> None:
        """Let the start page list this pack with how far it is."""
        document = self.desk.pack.round.document
        expert = self.desk.expert
        self.settings.remember(
            RecentPack(
                pack_id=self.desk.pack.pack_id,
                title=document.title,
                who=f"{expert.number} {expert.name}",
                at=f"{self.now().astimezone():%Y-%m-%dT%H:%M:%S}",
                place=place,
                done=done,
                total=total,
                signed=signed,
            )
        )
