"""Steps done for every entry of a list: it is gathered before, once, and its columns fit what is asked of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewflow.language.checks.needed import add_to_after
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import AGENCY, EACH, FieldType, FormField, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.lists import LISTED, OWNING, agency_column, names_who_is_out, owner_column, source_of
from reviewflow.language.suggestions import unknown, unknown_role
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, step in subject.steps.items():
        source = source_of(step)
        if source is not None:
            yield from _source(subject, name, *source)
        if step.without is not None:
            yield from _without(subject, name, step)
        if owner_column(step):
            yield from _owner(subject, name, step)
        if source is not None and step.owner == EACH:
            yield from _each_chosen(subject, name, step)


def _source(subject: Subject, name: str, source: str, field: str) -> Iterator[Problem]:
    path: Path = ("steps", name, "for_each")
    if source not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", source, subject.steps, "Its steps"))
        return
    form = subject.form(source)
    is_a_list = field in form and form[field].type in LISTED
    if name == source:
        message = f'"{name}" would be done for a list that it gathers itself. Let a step before it gather the list.'
        yield subject.error(path, "PD034", message)
    elif (is_a_list or not subject.form_is_known(source)) and not _begins_after(subject, name, source, field):
        message = f'"{name}" is done for the list of "{source}", but does not wait for it. '
        message += add_to_after(subject, name, source)
        yield subject.error(path, "PD034", message)
    if subject.steps[source].repeats is not None:
        message = (
            f'"{source}" comes again and again, so its list would never stand. Let a step that is done once gather it.'
        )
        yield subject.error(path, "PD034", message)
    if name != source and subject.steps[source].for_each is not None:
        message = f'Several do "{source}", so there would be several lists. Let one owner gather it.'
        yield subject.error(path, "PD034", message)
    if subject.form_is_known(source) and not is_a_list:
        lists = [key for key, question in form.items() if question.type in LISTED]
        yield subject.error(
            path, "PD034", unknown(f"a list or rows in the form of {source}", field, lists, "Its lists")
        )


def _begins_after(subject: Subject, name: str, source: str, field: str) -> bool:
    """Whether a step begins when the list is gathered, or with each line of a table that grows."""
    asked = subject.form(source).get(field)
    return (asked is not None and bool(asked.grows)) or subject.waits(name, source)


_AGENCIES, _POSTS = frozenset({FieldType.AGENCY, FieldType.AGENCIES}), frozenset({FieldType.CHOICE, FieldType.CHOICES})


def _without(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """PD444: who takes no part is named once, before, as those are who would."""
    path: Path = ("steps", name, "without")
    source, field = names_who_is_out(step)
    listed, fits = listed_of(subject, step), _POSTS
    if step.for_each == AGENCY or (listed is not None and listed.type is FieldType.AGENCIES):
        fits = _AGENCIES
    elif step.for_each is None or (listed is not None and listed.type is not FieldType.CHOICES):
        yield subject.key_error(path, "PD444", f"{_nobody_would(name, step)} {_instead(step)}")
        return
    if source not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", source, subject.steps, "Its steps"))
        return
    if not subject.waits(name, source) or source == name:
        message = f'Who takes no part is known when "{source}" is done, and "{name}" does not wait for it. '
        yield subject.error(path, "PD444", f"{message}{add_to_after(subject, name, source)}")
    if subject.steps[source].for_each is not None or subject.steps[source].repeats is not None:
        message = f'"{source}" is answered more than once. Let one owner say it once for all, or write: when.'
        yield subject.error(path, "PD444", message)
    form = subject.form(source)
    if subject.form_is_known(source) and (field not in form or form[field].type not in fits):
        known = [key for key, question in form.items() if question.type in fits]
        what = f"a question of type {listing(sorted(fits), last='or')} in the form of {source}"
        yield subject.error(path, "PD444", unknown(what, field, known, "Such questions"))


def _nobody_would(name: str, step: Step) -> str:
    if step.asks is not None:
        return f'"{name}" asks one after the other, and without cannot take one of them out of the order.'
    if step.for_each is None:
        return f'"{name}" is done by one, and by nobody if they took no part.'
    return f'"{name}" is done for what stands in a list, which takes part in nothing.'


def _instead(step: Step) -> str:
    """What to write in its place."""
    source, field = names_who_is_out(step)
    if step.asks is not None:
        listed = f"asks: in_order: {source or 'STEP'}.QUESTION"
        return f"Let a form gather whom to ask, without those who take no part, and name it: {listed}."
    if step.for_each is None:
        them = f"{{{source}.{field}: {step.owner or 'POST'}}}"
        others = f"this one with when: {{not: {them}}}, and one for whoever does it in their place with when: {them}"
        return f"Write two steps: {others}."
    return "It goes with for_each: agency, posts or members that a form gathered; for lines write a condition: when."


def _owner(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    path: Path = ("steps", name, "owner")
    fitting = {FieldType.AGENCY, FieldType.CHOICE}
    for problem in column_problems(subject, name, owner_column(step), path, fitting):
        yield problem
        return
    listed = listed_of(subject, step)
    column = listed.columns[owner_column(step)] if listed is not None else None
    if column is None:
        return
    if not column.always_required:
        message = (
            f'The column "{owner_column(step)}" may be left empty, and then nobody would do it. Take out required: no.'
        )
        yield subject.error(path, "PD034", message)
    roles = subject.library.partnership.model.roles if subject.library.partnership else column.options
    for option in column.options:
        if option not in roles:
            message = unknown_role(option, roles)
            yield subject.error(path, "PD030", f'The column "{owner_column(step)}" names who does it. {message}')


def _each_chosen(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """Each entry does it: the question chooses agencies, or roles of the partnership (PD381)."""
    listed, path = listed_of(subject, step), ("steps", name, "for_each")
    if listed is not None and listed.type not in OWNING:
        message = (
            f'An entry of "{step.for_each}" is a label or a line, which can do nothing itself. Name who does it, '
            "or ask for agencies, or for choices among roles."
        )
        yield subject.error(path, "PD381", message)
    if listed is not None and listed.type is FieldType.CHOICES and listed.members_of is None:
        yield from roles_among(subject, listed, path)


def roles_among(subject: Subject, asked: FormField, path: Path) -> Iterator[Problem]:
    """Of a question whose answer says who does something: every answer is a role."""
    roles = subject.library.partnership.model.roles if subject.library.partnership else asked.options
    for option in asked.options:
        if option not in roles:
            yield subject.error(path, "PD381", f"An answer says who does it. {unknown_role(option, roles)}")


def column_problems(
    subject: Subject, name: str, column: str, path: Path, fitting: Collection[FieldType]
) -> Iterator[Problem]:
    """Whether `each.COLUMN` is a column of the table that this step is done for, of a type that fits."""
    step = subject.steps.get(name)
    source = source_of(step) if step is not None else None
    if step is None or source is None:
        message = (
            f'"{EACH}.{column}" is a column of a table; it goes with for_each and a table: for_each: plan.actions.'
        )
        yield subject.error(path, "PD034", message)
        return
    listed = listed_of(subject, step)
    if listed is None:
        return
    if listed.type is not FieldType.ROWS:
        message = f'"{".".join(source)}" is a list of labels; it has no columns. Make it rows, with columns.'
        yield subject.error(path, "PD034", message)
    elif column not in listed.columns or listed.columns[column].type not in fitting:
        kinds = listing(sorted(fitting), last="or")
        known = [key for key, asked in listed.columns.items() if asked.type in fitting]
        message = unknown(f"a column of {'.'.join(source)} of type {kinds}", column, known, "Such columns")
        yield subject.error(path, "PD034", message)


def listed_of(subject: Subject, step: Step) -> FormField | None:
    """The question that gathers the list of a step; None when it is none, or not known."""
    source, field = source_of(step) or ("", "")
    question = subject.form(source).get(field) if source in subject.steps else None
    return question if question is not None and question.type in LISTED else None


def is_of_agencies(subject: Subject, step: Step) -> bool:
    """Whether every entry of the step's list is an agency, or names one."""
    listed = listed_of(subject, step)
    return listed is not None and (listed.type is FieldType.AGENCIES or bool(agency_column(step, listed)))
