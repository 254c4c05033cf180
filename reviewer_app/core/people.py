"""Who runs the day besides the experts, whom the panel elected, and who tried to interfere.

Facts of the day, not rules: they are not signed into the round and may be recorded until it is
sealed. The log carries them with their hash (``services.people``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewer_app.core.errors import InputError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _

ROLES = ("host", "supervisor", "secretary", "checker")
"""The roles that one person holds: 主持人, 监督员, 秘书, 复核人."""


@dataclass(frozen=True, slots=True)
class Election:
    """How the panel came to its leader (组长).

    ``how`` is printed as typed (到会专家举手推选); ``votes`` are (expert, count), empty where
    nobody counted because all agreed.
    """

    leader: str
    how: str
    votes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Interference:
    """One request or attempt to interfere (请托、干扰): when, by whom, what, what was done."""

    when: str
    who: str
    what: str
    handled: str = ""


@dataclass(frozen=True, slots=True)
class RoundPeople:
    """Everybody of the day besides the experts, as printed; what is not known is empty."""

    host: str = ""
    supervisor: str = ""
    secretary: str = ""
    checker: str = ""
    observers: tuple[str, ...] = ()
    serial: str = ""
    """The number of the minutes: ``〔2026〕12号``."""
    hours: str = ""
    """From when to when, as printed: ``8:30—16:40``."""
    next_step: str = ""
    """What the minutes say of the next step; empty for the usual sentence."""
    election: Election | None = None
    interference: tuple[Interference, ...] | None = None
    """None where nobody has said yet; empty where it was recorded that there was none."""

    @property
    def leader(self) -> str:
        """Return the number of the elected leader, empty before the election."""
        return self.election.leader if self.election else ""


def people_to_data(people: RoundPeople) -> dict[str, Any]:
    """Return everybody as JSON-able data, one form for the same people."""
    election = people.election
    return {
        **{role: getattr(people, role) for role in ROLES},
        "observers": list(people.observers),
        "serial": people.serial,
        "hours": people.hours,
        "next_step": people.next_step,
        "election": election
        and {
            "leader": election.leader,
            "how": election.how,
            "votes": [list(pair) for pair in election.votes],
        },
        "interference": None
        if people.interference is None
        else [
            {"when": each.when, "who": each.who, "what": each.what, "handled": each.handled}
            for each in people.interference
        ],
    }


def people_from_data(data: object, where: str) -> RoundPeople:
    """Return the people of such data; raises InputError naming ``where`` and the key."""
    fields = Fields(data, where)
    people = RoundPeople(
        **{role: fields.text(role) for role in ROLES},
        observers=fields.texts("observers"),
        serial=fields.text("serial"),
        hours=fields.text("hours", ""),
        next_step=fields.text("next_step", ""),
        election=_election(fields.take("election"), where),
        interference=_interference(fields.take("interference"), where),
    )
    fields.done()
    return people


def check_election(election: Election, serving: Mapping[str, bool]) -> None:
    """Pass if the panel may have elected so; ``serving`` tells who comes from the bureau.

    Raises InputError for a leader who is not on the panel or comes from the bureau (财政部令
    第87号 第45条: 采购人代表不得担任组长), for votes for a stranger, for more votes than
    experts, and for a leader with fewer votes than another.
    """
    number, votes = election.leader, dict(election.votes)
    strangers = [each for each in (number, *votes) if each not in serving]
    if strangers:
        raise InputError(
            _("Leader: expert {expert} is not on the panel").format(expert=strangers[0])
        )
    if serving[number]:
        raise InputError(
            _("Leader: expert {expert} comes from the bureau and cannot lead the panel").format(
                expert=number
            )
        )
    if sum(votes.values()) > len(serving):
        raise InputError(
            _("Leader: {votes} votes were counted, the panel has {size} members").format(
                votes=sum(votes.values()), size=len(serving)
            )
        )
    if votes and votes.get(number, 0) < max(votes.values()):
        raise InputError(
            _("Leader: another expert has more votes than expert {expert}").format(
                expert=number
            )
        )


def _election(data: object, where: str) -> Election | None:
    if data is None:
        return None
    fields = Fields(data, f"{where} election")
    pairs = fields.take("votes")
    election = Election(
        fields.filled("leader"), fields.text("how"), tuple(_votes(fields, pairs))
    )
    fields.done()
    return election


def _votes(fields: Fields, pairs: object) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for pair in pairs if isinstance(pairs, list) else [None]:
        match pair:
            case [str(expert), int(count)]:
                found.append((expert, count))
            case _:
                fields.refuse(_("“votes” are pairs of an expert and a count"))
    return found


def _interference(data: object, where: str) -> tuple[Interference, ...] | None:
    if data is None:
        return None
    found = []
    for item in Fields({"interference": data}, where).items("interference"):
        each = Fields(item, f"{where} interference")
        found.append(
            Interference(
                each.text("when"), each.text("who"), each.filled("what"), each.text("handled")
            )
        )
        each.done()
    return tuple(found)
