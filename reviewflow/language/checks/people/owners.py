"""Owners and recipients: every owner, every message and every rung of a ladder reaches somebody."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.lists import is_of_agencies, listed_of
from reviewflow.language.checks.people import phrases
from reviewflow.language.checks.people.asking import accepted_by_agencies, asks_agencies
from reviewflow.language.checks.people.reminding import not_reminded
from reviewflow.language.checks.people.rungs import OF_AGENCY, POSTS
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import (
    AGENCY,
    CONTRIBUTORS,
    EACH,
    NO_LADDER,
    OUTSIDE,
    OWNER,
    FieldType,
    Ladder,
    Step,
    WhenLate,
)
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contact_of
from reviewflow.language.structure.extensions import asked_in
from reviewflow.language.structure.lists import owner_column, source_of
from reviewflow.language.structure.owners import (
    NEXT,
    agency_in,
    answered_in,
    is_owned_by_agencies,
    named_agency,
    post_of_agency,
)
from reviewflow.language.suggestions import unknown, unknown_role
from reviewflow.text import listing

OF_SOMEBODY = (OWNER, *OF_AGENCY)
"""The recipients that hang on who owes a step."""
NO_LADDER_HERE = 'Only a step says "ladder: none". Where nobody is to be reminded of a time limit, leave ladder out.'
"""Whom a message may go to besides the roles of the partnership."""


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        yield from _for_each(subject, step, ("steps", name))
        yield from _owner(subject, step, ("steps", name))
        yield from _recipients(subject, step, ("steps", name))
        if step.asks is not None:
            yield from _message(subject, step.asks.send, ("steps", name, "asks", "send"))
        for target, reopen in step.reopens.items():
            yield from _message(subject, reopen.send, ("steps", name, "reopens", target, "send"))
        if step.ladder is not None and (step.owner or not (step.send or step.start)):
            yield from _ladder(subject, step.ladder, step, ("steps", name, "ladder"))
        yield from not_reminded(subject, name, step)
    for name, limit in subject.process.limits.items():
        if limit.ladder is not None:
            wrong = (
                list(_ladder(subject, limit.ladder, subject.steps.get(met_by), ("limits", name, "ladder")))
                for met_by in limit.steps
            )
            yield from next(filter(None, wrong), [])
        if limit.when_late is not None:
            yield from _when_late(subject, limit.when_late, ("limits", name, "when_late"))


def _roles(subject: Subject) -> list[str]:
    return list(subject.library.partnership.model.roles) if subject.library.partnership else []


def _unknown_role(subject: Subject, name: str, path: Path, also: tuple[str, ...]) -> Iterator[Problem]:
    roles = _roles(subject)
    if subject.library.partnership is None or subject.library.could_be("role", name):
        return
    if name in roles or name in also:
        return
    if path[-1] == OWNER and name in subject.library.partnership.model.agencies:
        message = (
            f'"{name}" is an agency. Write: owner: agency {name}\n'
            "Or, for each agency of the case: for_each: agency and owner: agency."
        )
        yield subject.error(path, "PD030", message)
        return
    yield subject.error(path, "PD030", unknown_role(name, [*also, *roles]))


def _for_each(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    place = (*path, "for_each")
    match step.for_each:
        case None:
            return
        case "agency":
            if subject.process.opening.agencies is None:
                message = 'No agencies take part in this process. Write under opening: "agencies: at least 1".'
                yield subject.error(place, "PD034", message)
        case str(word) if "." in word:
            return  # the list of a form
        case str(word):
            message = (
                f'"{word}" is not something a step can be done for. Write agency, a list of roles: [chair, ...], '
                "or a list that an earlier step gathers: plan.sessions."
            )
            yield subject.error(place, "PD034", message)
        case roles:
            for index, role in enumerate(roles):
                yield from _unknown_role(subject, role, (*place, index), ())
            if len(set(roles)) < len(roles):
                yield subject.error(place, "PD034", "A role is listed twice here. Keep one.")


def _owner(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    owner = (*path, "owner")
    match step.owner:
        case None:
            return
        case str() if contact_of(step.owner) or step.owner in (subject.process.contacts or {}):
            return  # said of the contacts
        case str() if step.owner == NEXT:
            return  # said where the order stands
        case "agency":
            if step.for_each != AGENCY:
                message = '"owner: agency" needs "for_each: agency": each agency owes it for itself.'
                yield subject.error(owner, "PD034", message)
        case "each":
            if not isinstance(step.for_each, tuple) and source_of(step) is None:
                message = '"owner: each" needs a list of roles in for_each: each of them does it.'
                yield subject.error(owner, "PD034", message)
        case str() if owner_column(step):
            return  # a column of a table
        case str() if phrases.is_phrase(step):
            yield from phrases.check_owner(subject, step, path)
            if post := post_of_agency(step):
                yield from _filled(subject, post, owner)
        case role:
            yield from _unknown_role(subject, role, owner, (AGENCY, EACH))


def _recipients(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    if step.send is None:
        return
    yield from _message(subject, step.send, (*path, "send"))
    if step.about is not None and step.about not in subject.steps:
        yield subject.error(
            (*path, "about"), "PD022", unknown("a step of this process", step.about, subject.steps, "Its steps")
        )
    elif step.about is not None and subject.steps[step.about].for_each not in {None, step.for_each}:
        message = f'"{step.about}" is owed by others than those this message goes to. Give both the same for_each.'
        yield subject.error((*path, "about"), "PD035", message)
    source = source_of(step)
    owned = source is None or not subject.form_is_known(source[0]) or _has_owners(subject, step)
    if not step.to and (step.for_each is None or not owned):
        message = 'Nobody receives this message. Write "to:" and a role, or "for_each: agency".'
        yield subject.key_error((*path, "send"), "PD035", message)
    for name, place in subject.named(step.to, (*path, "to")):
        if answered := answered_in(name):
            yield from phrases.check_recipient(subject, answered, place)
        elif agency := agency_in(name):
            yield from phrases.check_agency(subject, agency, place)
        elif asked_in(name):
            yield from phrases.everybody_asked(subject, step, asked_in(name), place)
        else:
            yield from _reaches(subject, name, step, place)


def _has_owners(subject: Subject, step: Step) -> bool:
    """Whether every entry of the step's list is somebody who can be written to: an agency, a member, a role."""
    listed = listed_of(subject, step)
    if listed is None or listed.members_of is not None or is_of_agencies(subject, step):
        return listed is not None
    roles = subject.library.partnership.model.roles if subject.library.partnership else None
    return listed.type is FieldType.CHOICES and (roles is None or listed.options.keys() <= roles.keys())


def _message(subject: Subject, name: str | None, path: Path) -> Iterator[Problem]:
    known = subject.library.messages
    if name is not None and name not in known and not subject.library.could_be("message", name):
        yield subject.error(path, "PD030", unknown("a message in definitions/messages", name, known, "Messages"))


def _when_late(subject: Subject, rule: WhenLate, path: Path) -> Iterator[Problem]:
    yield from _message(subject, rule.message, (*path, "message"))
    yield from _message(subject, rule.well_again, (*path, "well_again"))
    for role, place in subject.named(rule.tell, (*path, "tell")):
        yield from _unknown_role(subject, role, place, ())


def _reaches(subject: Subject, name: str, step: Step | None, path: Path) -> Iterator[Problem]:
    """Whether a recipient of a message about this step is somebody."""
    agency = name in OF_SOMEBODY and step is not None and _is_of_agencies(subject, step)
    if contact_of(name) or name in (subject.process.contacts or {}) or name == OUTSIDE:
        return  # said of the contacts, and of bodies outside
    if name == OWNER:
        of_nobody = step is not None and (step.for_each is None or source_of(step) is not None) and not agency
        if step is not None and step.owner is None and of_nobody:
            yield subject.error(path, "PD035", "This step has no owner. Name a role.")
    elif name == "senior" and step is not None and not agency and step.owner not in {None, AGENCY}:
        yield from _nobody_above(subject, step.owner or "", path)
    elif name in OF_AGENCY:
        if not agency and (step is None or step.owner != AGENCY):  # that for_each is missing is said at the owner
            message = f'"{name}" is a person of an agency, but this is not owed by agencies. Name a role.'
            yield subject.error(path, "PD035", message)
        elif agency:
            yield from _filled(subject, name, path, named_agency(step) if step else "")
    elif name == CONTRIBUTORS:
        yield from _contributors(subject, step, path)
    else:
        yield from _unknown_role(subject, name, path, POSTS)


def _is_of_agencies(subject: Subject, step: Step) -> bool:
    if step.for_each == AGENCY or is_owned_by_agencies(step):
        return True
    return accepted_by_agencies(subject, step) or asks_agencies(subject, step) or is_of_agencies(subject, step)


def _need_not_be(subject: Subject, name: str, step: Step) -> bool:
    """Whether this post need not be filled: an agency's designated professional, and whom a post answers to."""
    if name == "senior":
        return step.owner not in {None, AGENCY} and not _is_of_agencies(subject, step)
    return name == "designated" and bool(named_agency(step))


def _nobody_above(subject: Subject, owner: str, path: Path) -> Iterator[Problem]:
    loaded = subject.library.partnership
    role = loaded.model.roles.get(owner) if loaded is not None else None
    if role is not None and role.answers_to is None:
        message = (
            f'"{owner}" answers to nobody in partnership.yaml: nobody would be written to. '
            "Write answers_to there, or name a role."
        )
        yield subject.error(path, "PD035", message)


def _contributors(subject: Subject, step: Step | None, path: Path) -> Iterator[Problem]:
    """A column of the step's table must name them; not asked of a ladder, which steps without one may share."""
    listed = listed_of(subject, step) if step is not None else None
    column = listed.columns.get(CONTRIBUTORS) if listed is not None else None
    if path[-1] != "ladder" and (column is None or column.type is not FieldType.AGENCIES):
        message = (
            f'"{CONTRIBUTORS}" are the agencies that a line of a table names. This step is not done for the lines of a '
            f"table with a column {CONTRIBUTORS} of type agencies."
        )
        yield subject.error(path, "PD035", message)


def _filled(subject: Subject, name: str, path: Path, only: str = "") -> Iterator[Problem]:
    """Whether every agency that may owe the step, or the `only` one that does, has somebody in this post."""
    partnership = subject.library.partnership
    known = partnership.model.agencies if partnership else {}
    agencies = {key: agency for key, agency in known.items() if only in {"", key}}
    empty = [key for key, agency in agencies.items() if getattr(agency, name) is None]
    if name == "designated":
        named = f"designated professional for {only or 'any agency'}" if len(empty) == len(agencies) else ""
    else:
        named = f"{name} for {listing(empty)}"
    if empty and named:
        yield subject.error(path, "PD035", f"partnership.yaml names no {named}: nobody would be written to.")


def _ladder(subject: Subject, name: str, step: Step | None, path: Path) -> Iterator[Problem]:
    ladders = subject.library.ladders
    if ladders is None or name not in ladders.model.ladders:
        deliberate = name == NO_LADDER and step is not None and path[0] == "steps"
        if not deliberate and not subject.library.could_be("ladders", ""):
            known = ladders.model.ladders if ladders else {}
            message = unknown("a ladder in ladders.yaml", name, known, "Ladders")
            yield subject.error(path, "PD030", NO_LADDER_HERE if name == NO_LADDER else message)
        return
    found = _reach_nobody(subject, ladders.model.ladders[name], step, path) if step is not None else {}
    for (to, code, said), rungs in found.items():
        which, go = (f"Rung {rungs[0]}", "goes") if len(rungs) == 1 else (f"Rungs {listing(map(str, rungs))}", "go")
        yield subject.error(path, code, f'{which} of the ladder "{name}" {go} to "{to}". {said}')


def _reach_nobody(subject: Subject, ladder: Ladder, step: Step, path: Path) -> dict[tuple[str, str, str], list[int]]:
    """By recipient, code and what is wrong with it, the rungs that say so: one mistake is said once."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for number, rung in enumerate(ladder.rungs, start=1):
        for to in rung.to:
            if len(rung.to) > 1 and _need_not_be(subject, to, step):
                continue  # not each has one, and the others are written to
            for problem in _reaches(subject, to, step, path):
                if problem.code != "PD030":  # nobody has that name anywhere: said once, at the rung
                    found.setdefault((to, problem.code, problem.message), []).append(number)
    return found
