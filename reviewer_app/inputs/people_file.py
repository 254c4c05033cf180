"""The people of the day from a file: ``[people]`` of a ROUND.toml, or a PEOPLE.toml.

A PEOPLE.toml may also name the elected leader (``[leader]``) and what interference was met
(``[[interference]]``, or ``interference = []`` where there was none).
"""

from dataclasses import replace
from pathlib import Path

from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.names import check_text
from reviewer_app.core.people import ROLES, Election, Interference, RoundPeople
from reviewer_app.inputs.numbering import AS_TYPED, Numbering
from reviewer_app.inputs.toml_file import clean, clean_filled, read_fields


def load_people(path: Path, known: RoundPeople, experts: Numbering = AS_TYPED) -> RoundPeople:
    """Return the people of a PEOPLE.toml; what it does not name stays as it is ``known``.

    Raises InputError naming the file and the key at fault.
    """
    top = read_fields(path)
    people = read_people(top.table("people"), known) if top.has("people") else known
    if top.has("leader"):
        people = replace(people, election=_election(top.table("leader"), experts))
    if top.has("interference"):
        met = tuple(_interference(each) for each in top.tables("interference"))
        people = replace(people, interference=met)
    top.done()
    return people


def read_people(table: Fields, known: RoundPeople) -> RoundPeople:
    """Return the people of a ``[people]`` table; a role it does not name stays as it was."""
    host, supervisor, secretary, checker = (
        clean(table, role, getattr(known, role)) for role in ROLES
    )
    observers = known.observers
    if table.has("observers"):
        where = f"{table.where} “observers”"
        observers = tuple(check_text(each.strip(), where) for each in table.texts("observers"))
    serial, hours = (clean(table, key, getattr(known, key)) for key in ("serial", "hours"))
    next_step = clean(table, "next_step", known.next_step, lines=True)
    table.done()
    return replace(
        known,
        host=host,
        supervisor=supervisor,
        secretary=secretary,
        checker=checker,
        observers=tuple(each for each in observers if each),
        serial=serial,
        hours=hours,
        next_step=next_step,
    )


def _election(table: Fields, experts: Numbering) -> Election:
    leader = experts.find(table.filled("expert"), table.where)
    how, votes = clean_filled(table, "how"), _votes(table, experts)
    table.done()
    return Election(leader, how, votes)


def _votes(table: Fields, experts: Numbering) -> tuple[tuple[str, int], ...]:
    """Return the counted votes, most first; refuses a candidate named twice."""
    if not table.has("votes"):
        return ()
    typed_counts = table.mapping("votes")
    counts = Fields(typed_counts, f"{table.where} votes")
    found: dict[str, int] = {}
    for typed in typed_counts:
        expert = experts.find(typed, counts.where)
        if expert in found:
            counts.refuse(_("expert {expert} is named twice").format(expert=expert))
        found[expert] = counts.whole(typed)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _interference(table: Fields) -> Interference:
    met = Interference(
        when=clean(table, "when", ""),
        who=clean(table, "who", ""),
        what=clean_filled(table, "what", lines=True),
        handled=clean(table, "handled", "", lines=True),
    )
    table.done()
    return met
