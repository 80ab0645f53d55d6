"""Questions that ask for members of a group, and the quorum that is counted from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.phrases import Quorum
from reviewflow.language.problem import Problem
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.standing_groups import Membership, memberships, says_whether_they_come
from reviewflow.language.suggestions import unknown
from reviewflow.text import listing

CHOOSING = frozenset({FieldType.CHOICE, FieldType.CHOICES})
ASKING_MEMBERS = CHOOSING | {FieldType.QUORUM}


def check_library(library: Library) -> Iterator[Problem]:
    """Members are asked of a group that there is (PD472), and a quorum is counted from such questions (PD473)."""
    groups = memberships(library.partnership.model) if library.partnership else None
    for form in library.forms.values():
        yield from _of_form(form.source, form.model.fields, ("fields",), groups)
    for process in library.processes.values():
        for name, step in process.model.steps.items():
            if isinstance(step.form, dict):
                yield from _of_form(process.source, step.form, ("steps", name, "form"), groups)


def check(subject: Subject) -> Iterator[Problem]:
    """An invitation is to the meeting of a step, and asks each for itself whether they come (PD474)."""
    for name, step in subject.steps.items():
        meeting, path = step.invites_to, ("steps", name, "invites_to")
        if meeting is None:
            continue
        if meeting not in subject.steps:
            yield subject.error(path, "PD022", unknown("a step of this process", meeting, subject.steps, "Its steps"))
        elif meeting == name or subject.steps[meeting].owner is None or subject.steps[meeting].for_each is not None:
            message = f'"{meeting}" is no meeting: it is done once, by one who owes it. Name the step that holds it.'
            yield subject.error(path, "PD474", message)
        if step.owner is None or step.for_each is None:
            message = f'"{name}" invites nobody. Write who is asked: for_each: book.members, with owner: each.'
            yield subject.key_error(path, "PD474", message)
        elif subject.form_is_known(name) and not says_whether_they_come(subject.form(name)):
            message = (
                "What each answers is shown on the page of the case, and nothing asks whether they come. "
                "Ask it with type: choice, or type: yes_no."
            )
            yield subject.key_error(path, "PD474", message)


def _of_form(source: Source, fields: FormFields, path: Path, groups: dict[str, Membership] | None) -> Iterator[Problem]:
    for name, field in fields.items():
        yield from _members(source, field, (*path, name), groups)
        yield from _quorum(source, name, fields, (*path, name), groups)
        yield from _of_form(source, field.columns, (*path, name, "columns"), groups)


def _members(source: Source, field: FormField, path: Path, groups: dict[str, Membership] | None) -> Iterator[Problem]:
    place = (*path, "members_of")
    if field.members_of is None:
        return
    if field.type not in ASKING_MEMBERS:
        message = f'"members_of" belongs to choice, choices or quorum; this field is a {field.type}. Take it out.'
        yield source.key_problem(place, "PD472", message)
    elif field.options:
        message = 'The members of a group are the options here. Take out "options", or "members_of".'
        yield source.key_problem(place, "PD472", message)
    if groups is not None and field.members_of not in groups:
        yield source.value_problem(
            place, "PD472", unknown("a group of partnership.yaml", field.members_of, groups, "Groups")
        )


def _quorum(
    source: Source, name: str, fields: FormFields, path: Path, groups: dict[str, Membership] | None
) -> Iterator[Problem]:
    field = fields[name]
    if field.type is not FieldType.QUORUM:
        for key in ("came", "quorum"):
            if getattr(field, key) is not None:
                message = (
                    f'"{key}" belongs to a quorum; this field is a {field.type}. Take it out, or write type: quorum.'
                )
                yield source.key_problem((*path, key), "PD473", message)
        return
    asking = [
        other for other, asked in fields.items() if asked.type in CHOOSING and asked.members_of == field.members_of
    ]
    if field.members_of is None or field.came is None:
        message = "A quorum is counted: say of which group, and which questions say who came. "
        yield source.key_problem(path, "PD473", f"{message}Write members_of: review_group and came: [came]")
        return
    for question in field.came:
        if question not in asking:
            what = f"a question of this form for members of {field.members_of}"
            yield source.value_problem((*path, "came"), "PD473", unknown(what, question, asking, "Such questions"))
    if groups is not None and field.quorum is not None and (group := groups.get(field.members_of)):
        for message in quorum_mistakes(field.quorum.of_members(group.kinds), group.members, group.title):
            yield source.value_problem((*path, "quorum"), "PD473", message)
    if field.required is not True:
        yield source.key_problem((*path, "required"), "PD473", 'A quorum is asked of nobody. Take "required" out.')
    yield from _after(source, name, fields, path)


def quorum_mistakes(quorum: Quorum, members: Collection[str], title: str) -> Iterator[str]:
    """Why a quorum of these members can never be met, in sentences."""
    if quorum.of not in {None, len(members)}:
        yield f'"{quorum}" speaks of {quorum.of}, but {title} has {len(members)}: {listing(members)}.'
    elif quorum.number is not None and quorum.number > len(members):
        yield f'"{quorum}" can never be met: {title} has {len(members)}: {listing(members)}.'
    for who in quorum.among:
        if who not in members:
            yield f"{unknown(f'one of {title}', who, members, 'They are')} The quorum could never be met."
    yield from _kind_mistakes(quorum, members, title)


def _kind_mistakes(quorum: Quorum, members: Collection[str], title: str) -> Iterator[str]:
    for kind in quorum.kinds:
        missing = [who for who in kind.names if who not in members]
        if missing and not kind.title:  # of a kind, it was said where the kind stands
            yield f"{unknown(f'one of {title}', missing[0], members, 'They are')} The quorum could never be met."
        elif kind.number > len(set(kind.names)):
            yield f'"{kind.words(str)}" asks for more than there are: {listing(kind.names)}.'


def _after(source: Source, name: str, fields: FormFields, path: Path) -> Iterator[Problem]:
    """The questions that say who came stand before it, so that whoever fills the form in sees what follows."""
    order = list(fields)
    late = [
        question
        for question in fields[name].came or ()
        if question in fields and order.index(question) > order.index(name)
    ]
    if late:
        message = f'"{name}" is counted from {listing(late)}, which stands below it. Write it after that.'
        yield source.key_problem(path, "PD473", message)
