"""How many of several must agree, who must be among them, and what counts as dissent."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewflow.language.checks.forms.answers import own_answers
from reviewflow.language.checks.forms.asked import always
from reviewflow.language.checks.lists import listed_of
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import AGENCY, EACH, FieldType, Step
from reviewflow.language.phrases import OneOfKind, Quorum
from reviewflow.language.problem import Problem
from reviewflow.language.reading.recovery import STAND_IN
from reviewflow.language.structure.lists import OWNING
from reviewflow.language.structure.owners import post_of_agency
from reviewflow.language.structure.standing_groups import kinds_asked
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        if _each_answers(step):
            yield from _dissent(subject, name, step)
            if step.quorum is not None:
                yield from _number(subject, name, step, step.quorum)
                yield from _named(subject, name, step, step.quorum)
                yield from _every_answer(subject, name, step, step.quorum)
        else:
            yield from _of_one(subject, name, step)


def _each_answers(step: Step) -> bool:
    """Whether several owe it, each for itself: roles, agencies, or who was chosen in a form."""
    return step.for_each is not None and (
        step.owner in {EACH, AGENCY} or bool(post_of_agency(step)) or (step.owner or "").startswith(f"{EACH}.")
    )


def _of_one(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    for key in ("quorum", "dissent"):
        if getattr(step, key) is not None:
            message = (
                f'"{key}" is for several who each answer. Write: for_each: [chair, ...] and owner: each; or '
                "for_each: agency and owner: agency."
            )
            yield subject.key_error(("steps", name, key), "PD082", message)


def _number(subject: Subject, name: str, step: Step, quorum: Quorum) -> Iterator[Problem]:
    """A number goes with roles, which can be counted here; a share with agencies and gathered lists too."""
    path, roles = ("steps", name, "quorum"), step.for_each
    if not isinstance(roles, tuple):
        if quorum.of is not None:
            message = (
                f'How many there are is known only in a case, so "{quorum.how_many}" cannot be counted. Write a share: '
                f"two thirds, or: more than half. Or write: at least {quorum.number}."
            )
            yield subject.error(path, "PD367", message)
    elif quorum.of not in {None, len(roles)} and STAND_IN not in roles:
        message = f'"{quorum}" speaks of {quorum.of}, but for_each lists {len(roles)}: {listing(roles)}.'
        yield subject.error(path, "PD082", message)
    elif quorum.of is None and quorum.number is not None and quorum.number > len(roles) and STAND_IN not in roles:
        message = f'"{quorum}" can never be met: for_each lists {len(roles)}: {listing(roles)}.'
        yield subject.error(path, "PD082", message)
    elif quorum.share and len(roles) == 1 and STAND_IN not in roles:
        message = f'for_each lists {roles[0]} alone, and one has no share. Name the others, or take "quorum" out.'
        yield subject.error(path, "PD367", message)


def _named(subject: Subject, name: str, step: Step, quorum: Quorum) -> Iterator[Problem]:
    """Who must be among them is among those who are asked."""
    known, path = _asked(subject, step), ("steps", name, "quorum")
    listed = listed_of(subject, step)
    group = listed.members_of if listed is not None else None
    for of_two in filter(None, (_of_two_groups(subject, kind) for kind in quorum.kinds if group is None)):
        yield subject.error(path, "PD430", of_two)
        return
    kinds = kinds_asked(subject.groups, group)
    told = quorum.of_members(kinds)
    named = (*quorum.among, *(who for kind in told.kinds if not kind.title for who in kind.names))
    if (named or told.kinds) and not known and _of_lines(subject, step):
        message = f'Who answers "{name}" stands in the lines of a list, so nobody can be named here. Take it out.'
        yield subject.error(path, "PD367", message)
    for who in named if known else ():
        if who not in known:
            asked = f'one of those who answer "{name}"'
            yield subject.error(path, "PD367", unknown(asked, who, [*known, *kinds], "They are"))
    for kind in told.kinds:
        if kind.title:
            yield from _of_a_kind(subject, name, kind, known)
        elif kind.number > len(set(kind.names)):
            message = f'"{kind.words(str)}" asks for more than it names. Name the others, or ask for fewer.'
            yield subject.error(path, "PD367", message)


def _of_a_kind(subject: Subject, name: str, kind: OneOfKind, known: Collection[str]) -> Iterator[Problem]:
    """A kind of which too few answer for it ever to be met."""
    asked = [who for who in kind.names if who in known]
    if known and kind.number > len(asked):
        message = (
            f'Of {kind.title} "{name}" asks {listing(asked, none="none")}, so {kind.words(str)} can never be among '
            f"those who agree. They are: {listing(kind.names)}. Ask those too, or ask for fewer."
        )
        yield subject.error(("steps", name, "quorum"), "PD430", message)


def _of_two_groups(subject: Subject, kind: OneOfKind) -> str:
    """Why it cannot be told of which group a kind is; '' where it is the same people in all that have one so called."""
    named = kind.names[0]
    having = {group.title: group.kinds[named][1] for group in subject.groups.values() if named in group.kinds}
    if len(kind.names) > 1 or len(set(map(frozenset, having.values()))) <= 1:
        return ""
    meant = " or ".join(next(iter(having.values())))
    return (
        f'"{named}" is a kind of member of {listing(having)}, and not the same people. Name those who are meant: '
        f"one of {meant}."
    )


def _of_lines(subject: Subject, step: Step) -> bool:
    listed = listed_of(subject, step)
    return listed is not None and listed.type not in OWNING


def _asked(subject: Subject, step: Step) -> tuple[str, ...]:
    """The roles or agencies that may be asked; none where that cannot be told from the files."""
    agencies = tuple(subject.library.partnership.model.agencies) if subject.library.partnership else ()
    match step.for_each:
        case tuple() as roles:
            return () if STAND_IN in roles else roles
        case "agency":
            return agencies
        case _:
            listed = listed_of(subject, step)
            return () if listed is None or listed.type not in OWNING else tuple(listed.options) or agencies


def _every_answer(subject: Subject, name: str, step: Step, quorum: Quorum) -> Iterator[Problem]:
    if step.dissent is not None or not subject.form_is_known(name):
        return
    asked = [key for key, field in subject.form(name).items() if field.type is FieldType.YES_NO]
    if asked:
        message = (
            f'Every answer counts towards "{quorum}", also a no to "{asked[0]}". Say which answer is a no, as '
            f"in: dissent: {{{asked[0]}: no}}"
        )
        yield subject.key_warning(("steps", name, "quorum"), "PD082", message)


def _dissent(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    if step.dissent is None:
        return
    path = ("steps", name, "dissent")
    yield from own_answers(subject, name, step.dissent, path, "PD082", "Dissent is told")
    if subject.form_is_known(name) and always(step.dissent, subject.form(name)):
        message = "Every answer counts as dissent, so nobody could agree. Leave one that does not."
        yield subject.error(path, "PD082", message)
