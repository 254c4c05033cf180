"""A whole round from one declarative file (ROUND.toml); its paths are relative to the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from resources import scheme_ids, scheme_path
from reviewer_app.core.adjust import for_application, with_weights
from reviewer_app.core.errors import InputError, NotFoundError, SchemeError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import with_override
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Expert,
    Fact,
    RoundKind,
    RoundPlan,
)
from reviewer_app.core.rules import ReviewRules
from reviewer_app.core.rules_data import load_rules
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme
from reviewer_app.inputs.application_folder import Applications, read_all_packages
from reviewer_app.inputs.assignment import Assignment, everyone_everything, read_assignment
from reviewer_app.inputs.lists import read_experts, read_facts
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.people_file import read_people
from reviewer_app.inputs.round_groups import with_groups
from reviewer_app.inputs.toml_file import clean, clean_filled, read_fields

UNPACKED = "unpacked-materials"
_KINDS = {kind.value: kind for kind in RoundKind}


@dataclass(frozen=True, slots=True)
class LoadedRound:
    """A round plan, where each (application, file) lies, and what the secretary should read."""

    plan: RoundPlan
    paths: Mapping[tuple[ApplicationNumber, str], Path]
    warnings: tuple[str, ...] = ()


def load_round(path: Path, unpack_to: Path | None = None) -> LoadedRound:
    """Return the round that a ROUND.toml describes, with everything it refers to read.

    Materials of ZIP packages are put into ``unpack_to`` (``unpacked-materials`` beside the
    file where absent). Raises InputError naming the file, the key, the row or cell at fault.
    """
    top = read_fields(path)
    round_ = _RoundFields(top.table("round"), path.absolute().parent)
    scheme = _weighted(round_.scheme(), top)
    rules = round_.rules()
    found = read_all_packages(
        round_.path("applications"), unpack_to or round_.folder / UNPACKED
    )
    applications, notes = round_.applications(found, scheme)
    experts, more = read_experts(
        round_.path("experts"), Numbering(each.number for each in applications)
    )
    if top.has("group") and round_.head.has("assignment"):
        top.refuse(_("“assignment” and [[group]] both say who scores what: leave one out"))
    plan = round_.plan(scheme, rules, applications, experts)
    if top.has("people"):
        plan = replace(plan, people=read_people(top.table("people"), plan.people))
    plan = with_groups(plan, top)
    for each in top.tables("override", optional=True):
        plan = with_override(plan, each.filled("check"), each.filled("reason"))
        each.done()
    top.done()
    return LoadedRound(plan, _paths(found), (*found.warnings, *notes, *more))


@dataclass(frozen=True, slots=True)
class _RoundFields:
    """The ``[round]`` table and the folder its paths start from."""

    head: Fields
    folder: Path

    def path(self, key: str) -> Path:
        """Return a path that the file names; it must exist."""
        return self._existing(key, self.head.filled(key))

    def scheme(self) -> Scheme:
        """Return the scheme named by id, or by the path of its file."""
        name = self.head.text("scheme")
        if name in scheme_ids():
            return load_scheme(scheme_path(name))
        if not name.casefold().endswith(".toml"):
            self.head.refuse(
                _("“scheme”: “{name}” is neither a file nor one of {ids}").format(
                    name=name[:60], ids=", ".join(scheme_ids())
                )
            )
        return load_scheme(self._existing("scheme", name))

    def rules(self) -> ReviewRules:
        """Return the rules of the named file, or the program's defaults."""
        return load_rules(self.path("rules")) if self.head.has("rules") else ReviewRules()

    def applications(
        self, found: Applications, scheme: Scheme
    ) -> tuple[tuple[Application, ...], tuple[str, ...]]:
        """Return the applications with the facts of the list, each held against the scheme."""
        applications = tuple(each.application for each in found.packages)
        facts: Mapping[ApplicationNumber, tuple[Fact, ...]] = {}
        notes: tuple[str, ...] = ()
        if self.head.has("facts"):
            numbering = Numbering(each.number for each in applications)
            facts, notes = read_facts(self.path("facts"), numbering, scheme)
        completed = tuple(
            replace(each, facts=each.facts + facts.get(each.number, ()))
            for each in applications
        )
        for each in completed:
            _check_against(scheme, each)
        return completed, notes

    def plan(
        self,
        scheme: Scheme,
        rules: ReviewRules,
        applications: tuple[Application, ...],
        experts: tuple[Expert, ...],
    ) -> RoundPlan:
        """Return the plan; every key of the table has then been asked for."""
        plan = RoundPlan(
            title=clean_filled(self.head, "title"),
            kind=self.head.choice("kind", _KINDS),
            organiser=clean_filled(self.head, "organiser"),
            date=self.head.date("date"),
            place=clean(self.head, "place", ""),
            scheme=scheme,
            rules=rules,
            weights_confirmed_by=clean(self.head, "weights_confirmed_by", ""),
            applications=applications,
            experts=experts,
            assignment=self._assignment(applications, experts),
        )
        self.head.done()
        return plan

    def _assignment(
        self, applications: tuple[Application, ...], experts: tuple[Expert, ...]
    ) -> Assignment:
        if self.head.has("assignment"):
            return read_assignment(self.path("assignment"), applications, experts)
        return everyone_everything(applications, experts)

    def _existing(self, key: str, name: str) -> Path:
        path = self.folder / name
        if not path.exists():
            self.head.refuse(_("“{key}”: there is no {path}").format(key=key, path=name))
        return path


def _weighted(scheme: Scheme, top: Fields) -> Scheme:
    """Return the scheme with the weights of an optional ``[weights]``, and their method."""
    if not top.has("weights"):
        return scheme
    table = top.table("weights")
    weights = {
        leaf.code: table.exact(leaf.code)
        for leaf in scheme.indicators()
        if table.has(leaf.code)
    }
    method = clean(table, "method", "")
    table.done()
    return replace(with_weights(scheme, weights), weight_method=method)


def _check_against(scheme: Scheme, application: Application) -> None:
    """Refuse facts and changes about what the scheme does not have, and facts given twice."""
    where = _("Application {number}").format(number=application.number)
    targets = {each.id for each in scheme.targets} | {each.id for each in scheme.inputs}
    seen: set[str] = set()
    for fact in application.facts:
        about = fact.target or fact.indicator or ""
        if about in seen:
            raise InputError(
                _("{where}: two figures for {about}").format(where=where, about=about)
            )
        seen.add(about)
        if fact.target is not None and fact.target not in targets:
            raise InputError(
                _("{where}: scheme {scheme} has no target {target}").format(
                    where=where, scheme=scheme.id, target=fact.target[:40]
                )
            )
        if fact.indicator is not None:
            _check_indicator(scheme, fact.indicator, where)
    for change in application.changes:
        _check_indicator(scheme, change.indicator, where)
    try:
        for_application(scheme, application.changes)
    except SchemeError as error:
        raise InputError(f"{where}: {error}") from None


def _check_indicator(scheme: Scheme, code: str, where: str) -> None:
    try:
        scheme.indicator(code)
    except NotFoundError as error:
        raise InputError(f"{where}: {error}") from None


def _paths(found: Applications) -> dict[tuple[ApplicationNumber, str], Path]:
    return {
        (each.application.number, file): path
        for each in found.packages
        for file, path in each.paths.items()
    }
