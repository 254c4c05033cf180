"""What the start page offers: two doors, what was used last, the sample round."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reviewer_app.core.messages import _, ngettext
from ui.needs import Needs
from ui.recent import Recent, RecentPack
from ui.views import State, state

if TYPE_CHECKING:
    from reviewer_app.services.records import RoundRecord

REMOVED = "removed"
"""The state of a round that is put away: it stands in no list."""


@dataclass(frozen=True, slots=True)
class RecentView:
    """One line of the list: a pack or a round, its state, what its button says."""

    key: str
    icon: str
    title: str
    line: str
    state: State
    action: str = ""
    """The words of its button; empty shows an arrow."""


@dataclass(frozen=True, slots=True)
class StartView:
    """The whole page."""

    recent: tuple[RecentView, ...]
    rounds: str
    """How many rounds there are, in words."""
    working: bool
    """Whether a pack is in work, so that going on is the next step."""


def start_view(packs: list[RecentPack], rounds: "list[RoundRecord]") -> StartView:
    """Return the page for these packs and rounds, newest first."""
    entries = [(pack.at, _pack_view(pack)) for pack in packs]
    shown = [record for record in rounds if record.state.value != REMOVED]
    entries += [(record.created.isoformat(), _round_view(record)) for record in shown]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    in_work = next((view for _at, view in entries if view.action), None)
    ordered = [view for _at, view in entries if view is not in_work]
    count = len(shown)
    words = ngettext("{count} round on this machine", "{count} rounds on this machine", count)
    words = words.format(count=count)
    return StartView(
        recent=tuple([in_work, *ordered] if in_work else ordered),
        rounds=words if count else _("no round on this machine yet"),
        working=in_work is not None,
    )


def known_packs(needs: Needs, settings: Recent) -> list[RecentPack]:
    """Return the remembered packs that are still here, and those only found on the disk."""
    from reviewer_app.services.desk import opened_packs  # noqa: PLC0415 - the window comes first

    here = opened_packs(needs.home)
    listed = [pack for pack in settings.recent() if pack.pack_id in here]
    names = {pack.pack_id for pack in listed}
    found = [
        RecentPack(pack_id, _("Review pack {id}").format(id=pack_id[:8]), "", "")
        for pack_id in here
        if pack_id not in names
    ]
    return listed + found


def _pack_view(pack: RecentPack) -> RecentView:
    if pack.signed:
        shown = state("signed", _("Signed"))
    elif pack.total:
        count = f"{pack.done}／{pack.total}"
        shown = state("working", _("Scoring {count}").format(count=count))
    else:
        shown = state("not-begun", _("Not started"))
    facts = [_("Review pack, {who}").format(who=pack.who) if pack.who else _("Review pack")]
    if pack.at:
        at = datetime.fromisoformat(pack.at)
        facts.append(_("last used {at:%Y-%m-%d %H:%M}").format(at=at))
    if pack.place:
        facts.append(_("application {number}").format(number=pack.place))
    action = "" if pack.signed else _("Go on scoring")
    return RecentView(
        f"pack:{pack.pack_id}", "file-pen", pack.title, "　".join(facts), shown, action
    )


def _round_view(record: "RoundRecord") -> RecentView:
    from reviewer_app.services.records import RoundState  # noqa: PLC0415 - as above

    shown = {
        RoundState.PREPARING: state("not-begun", _("Preparing")),
        RoundState.ISSUED: state("working", _("Collecting")),
        RoundState.CLOSED: state("working", _("Results")),
        RoundState.SEALED: state("done", _("Archived")),
    }[record.state]
    line = _("Round, created {at:%Y-%m-%d}").format(at=record.created.astimezone())
    return RecentView(f"round:{record.id}", "briefcase-business", record.title, line, shown)
