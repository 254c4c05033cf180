"""``round people``: who runs the day, whom the panel elected, what interference was met."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, add_round, command
from reviewer_app.core.messages import _
from reviewer_app.core.people import RoundPeople, people_to_data
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.people_file import load_people
from reviewer_app.services import people, rounds


def add(verbs: Verbs) -> None:
    """Register the command."""
    words = _("who runs the day, the elected leader, interference met")
    parser = command(verbs, "people", words, example="round people 1ead PEOPLE.toml")
    add_round(parser)
    words = _("what is to be recorded; without it what is recorded is shown")
    parser.add_argument("file", type=Path, nargs="?", metavar="PEOPLE.toml", help=words)
    parser.set_defaults(run=_people)


def _people(options: argparse.Namespace, out: Output, context: Context) -> int:
    view = rounds.show_round(context.open_bureau, options.id)
    named = view.plan.people
    if options.file:
        experts = Numbering(each.number for each in view.plan.experts)
        named = load_people(options.file, named, experts)
        people.record_people(context.open_bureau, view.id, named, context.clock())
    for line in _lines(named):
        out.line(line)
    out.data(people_to_data(named))
    return 0


def _lines(named: RoundPeople) -> Iterator[str]:
    roles = (
        (_("Host"), named.host),
        (_("Supervisor"), named.supervisor),
        (_("Secretary"), named.secretary),
        (_("Checker"), named.checker),
        (_("Observers"), "、".join(named.observers)),
        (_("Number of the minutes"), named.serial),
        (_("Hours"), named.hours),
        (_("Next step"), named.next_step),
    )
    for role, name in roles:
        yield _("{role}: {name}").format(role=role, name=name or _("not named"))
    if named.election is None:
        yield _("No leader is elected yet")
    else:
        votes = ", ".join(f"{expert}×{count}" for expert, count in named.election.votes)
        yield (
            _("Leader: expert {expert} ({how}) {votes}")
            .format(expert=named.election.leader, how=named.election.how, votes=votes)
            .rstrip()
        )
    if named.interference is None:
        yield _("Nobody has recorded yet whether there was interference")
    elif not named.interference:
        yield _("No interference, as recorded")
    for met in named.interference or ():
        yield _("Interference: {when} {who}: {what}").format(
            when=met.when, who=met.who, what=met.what
        )
