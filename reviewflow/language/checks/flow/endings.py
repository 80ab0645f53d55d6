"""Ways out: each leads out by some answers, not by all of them; and what the case becomes gets what it opens with."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.flow.other_cases.ending_with import with_another_case
from reviewflow.language.checks.flow.steps import start_problems
from reviewflow.language.checks.forms.answers import known_answer
from reviewflow.language.checks.forms.asked import always
from reviewflow.language.checks.needed import may_be_not_needed, surely_answered
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import anchor_problems, rule_problems
from reviewflow.language.checks.time.hours import from_problems
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test, leaves
from reviewflow.language.model import Ending, FieldType, FormField
from reviewflow.language.phrases import parse_anchor
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown, unknown_role
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, ending in subject.process.endings.items():
        path = ("endings", name)
        if ending.when is not None:
            yield from _when(subject, ending.when, (*path, "when"))
        yield from _by_time(subject, ending, path)
        yield from _keeps(subject, ending, path)
        yield from with_another_case(subject, ending, path)
        if ending.start is not None:
            yield from start_problems(subject, ending.start, (*path, "start"))
            yield from _days(subject, name, ending, (*path, "start", "dates"))


def _by_time(subject: Subject, ending: Ending, path: Path) -> Iterator[Problem]:
    """A day, what was to come by it, and whom the letter goes to."""
    if ending.after is None:
        for key in [key for key in ("unless", "send", "to") if key in ending.model_fields_set][:1]:
            message = "Time does not end the case so. Write the day too: after: 40 working days after received."
            yield subject.key_error((*path, key), "PD302", message)
        return
    yield from rule_problems(subject, ending.after, (*path, "after"), "")
    if ending.when is not None:
        message = (
            "Either answers end the case so, or time alone does. Write two endings, one with when, one with after."
        )
        yield subject.key_error((*path, "after"), "PD302", message)
    if not ending.unless:
        message = "Say what was to come by that day: unless, and the step that is then not done."
        yield subject.key_error((*path, "after"), "PD302", message)
    for name, place in subject.named(ending.unless, (*path, "unless")):
        yield from _awaited(subject, name, place)
    yield from _letter(subject, ending, path)


def _awaited(subject: Subject, name: str, place: Path) -> Iterator[Problem]:
    if name not in subject.steps:
        yield subject.error(place, "PD022", unknown("a step of this process", name, subject.steps, "Its steps"))
    elif subject.steps[name].owner is None or subject.steps[name].due is None:
        message = f'"{name}" cannot be waited for: it needs an owner, who is asked, and a due day.'
        yield subject.error(place, "PD302", message)
    elif subject.steps[name].optional:
        message = (
            f'"{name}" is optional: while nobody opens it nothing waits for it, and time never ends the case so. '
            "Take optional out, and say waits_for where it comes from outside."
        )
        yield subject.error(place, "PD302", message)
    elif subject.steps[name].silence is not None:
        message = f'Silence answers "{name}" already, so that it always comes. Take silence out, or end by its answer.'
        yield subject.error(place, "PD302", message)


POSTS = ("owner", "deputy", "senior", "designated", "partner")


def _letter(subject: Subject, ending: Ending, path: Path) -> Iterator[Problem]:
    known = subject.library.messages
    if ending.send is not None and ending.send not in known and not subject.library.could_be("message", ending.send):
        message = unknown("a message in definitions/messages", ending.send, known, "Messages")
        yield subject.error((*path, "send"), "PD030", message)
    roles = subject.library.partnership.model.roles if subject.library.partnership else None
    for role, place in subject.named(ending.to, (*path, "to")):
        if roles is not None and role not in POSTS and role not in roles:
            yield subject.error(place, "PD030", unknown_role(role, (*POSTS, *roles)))


def _keeps(subject: Subject, ending: Ending, path: Path) -> Iterator[Problem]:
    """What is still owed when the case ends so, and what falls."""
    for name, place in subject.named(ending.keeps, (*path, "keeps")):
        if name not in subject.steps:
            yield subject.error(place, "PD022", unknown("a step of this process", name, subject.steps, "Its steps"))
    if ending.keeps and ending.start is not None:
        message = "The case goes on as another, and cannot owe anything more. Take keeps or start out."
        yield subject.key_error((*path, "keeps"), "PD325", message)


def _when(subject: Subject, when: Test, path: Path) -> Iterator[Problem]:
    wrong = [problem for leaf in leaves(when) for problem in known_answer(subject, leaf, path)]
    yield from wrong
    if wrong:
        return
    if not _may_never_be_asked(subject, when) and always(_named(when), _asked(subject, when)):
        asked = listing(dict.fromkeys(f"{leaf.step}.{leaf.field}" for leaf in leaves(when)))
        boxes = all(field.type is FieldType.CONFIRM for field in _asked(subject, when).values())
        instead = _OF_A_BOX if boxes else "Leave an answer with which it goes on."
        yield subject.error(path, "PD084", f"Whatever is answered to {asked}, the case ends here. {instead}")


_OF_A_BOX = (
    "A box that must be ticked has one answer. Ask yes or no: type: yes_no; or let it be left empty: required: no. "
    "Where only some cases come to this step, say so: when, or optional: yes, on the step."
)


def _may_never_be_asked(subject: Subject, when: Test) -> bool:
    """Whether some cases never come to a step that is asked about: those go on, whatever is answered in the others."""
    return any(may_be_not_needed(subject, leaf.step) for leaf in leaves(when) if leaf.step in subject.steps)


def _named(test: Test) -> Test:
    """The condition as if all questions stood in one form, by step and field."""
    match test:
        case Is(step, field, values):
            return Is("", f"{step}.{field}", values) if step else test
        case AllOf(parts):
            return AllOf(tuple(_named(part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_named(part) for part in parts))
        case Not(part):
            return Not(_named(part))


def _asked(subject: Subject, when: Test) -> dict[str, FormField]:
    forms = {(leaf.step, leaf.field): subject.form(leaf.step) for leaf in leaves(when)}
    return {f"{step}.{field}": form[field] for (step, field), form in forms.items() if field in form}


def _days(subject: Subject, name: str, ending: Ending, path: Path) -> Iterator[Problem]:
    """The days that the new case opens with are known when this one ends, whenever that is."""
    start = ending.start
    surely = surely_answered(ending.when) if ending.when else frozenset[str]()
    places = [((*path, date), date, text) for date, text in start.dates.items()] if start else []
    times = (*path[:-1], "times")
    places += [((*times, date), date, text) for date, text in (start.times or {}).items()] if start else []
    for place, date, text in places:
        anchor = parse_anchor(text)
        if text == name:
            continue
        if place[:-1] == times:
            yield from from_problems(subject, anchor, place)
        else:
            yield from anchor_problems(subject, anchor, place, "")
        known = {*surely, *(earlier for step in surely for earlier in subject.before.get(step, ()))}
        if anchor.name in subject.steps and anchor.name not in known:
            message = (
                f'"{anchor.name}" may not be done yet when the case ends like this. Take the day on which it ends: '
                f"{date}: {name}, or a date that the case opens with."
            )
            yield subject.error(place, "PD084", message)
