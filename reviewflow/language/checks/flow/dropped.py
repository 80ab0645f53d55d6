"""PD404: what an ending by answers, or with another case, would let fall without a word: duties of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewflow.language.checks.needed import conditions_of, surely_answered
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import AllOf, Is, Test, leaves
from reviewflow.language.model import ORIGIN, Ending
from reviewflow.language.problem import Problem
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, ending in subject.process.endings.items() if subject.before else ():
        beside = _owed_beside(subject, ending)
        fallen = [f'"{step}"' for step in subject.steps if step in beside and _falls(subject, step, ending)]
        if fallen:
            verb = ("is", "falls") if len(fallen) == 1 else ("are", "fall")
            message = (
                f"{listing(fallen)} {verb[0]} owed beside this, and {verb[1]} when the case ends so. What must be done "
                "all the same is named under keeps; where it may fall, answer this with meant."
            )
            yield subject.key_warning(("endings", name), "PD404", message)


def _owed_beside(subject: Subject, ending: Ending) -> set[str]:
    """The duties of their own that may be owed when the case ends so by itself."""
    if ending.with_the_end_of == ORIGIN:
        return _beside_all(subject)
    return {step for last in _leads_to(subject, ending) for step in _beside(subject, last)}


def _leads_to(subject: Subject, ending: Ending) -> list[str]:
    """The steps after which the case may end so by itself: one answers, or opens the other case."""
    if ending.when is not None:
        return _last(subject, ending.when)
    return [name for name, step in subject.steps.items() if step.start and name == ending.with_the_end_of]


def _beside_all(subject: Subject) -> set[str]:
    """Those that begin with the case and lead to nothing, where other work goes on in more than one step."""
    awaited = {other for step in subject.steps.values() for other in step.after}
    return {name for name, step in subject.steps.items() if awaited and not step.after and name not in awaited}


def _falls(subject: Subject, name: str, ending: Ending) -> bool:
    """Whether somebody must do a step, once, also where the case comes to end so, and the ending does not keep it.

    A letter to a contact is done by whoever releases it: one that still waits falls with the ending.
    """
    step = subject.steps[name]
    is_nobodys = step.owner is None and not contact_written_to(step)
    if is_nobodys or step.repeats or step.silence or step.waits_for or step.optional or name in ending.keeps:
        return False
    if any(step.when == other.when for other in subject.process.endings.values() if step.when and other is not ending):
        return False  # where it is needed, that one has ended the case already
    leads = [ending.when] if ending.when else [subject.steps[last].when for last in _leads_to(subject, ending)]
    return all(when is None or not _never_both(subject, step.when, when) for when in leads)


def _last(subject: Subject, when: Test) -> list[str]:
    """The steps one of which gives the answer that ends the case."""
    answered = surely_answered(when) or {leaf.step for leaf in leaves(when)}
    known = [step for step in answered if step in subject.steps]
    return [step for step in known if not any(step in subject.before[other] for other in known)]


def _beside(subject: Subject, last: str) -> set[str]:
    """The steps that may have opened by then, are not waited for, and lead to nothing that the case would go on with.

    What leads on is part of the work that the ending is about: it is no use any more. What somebody must open first,
    with all that hangs on it, is left out too.
    """
    before, steps = subject.before, subject.steps
    follow = [step for step, earlier in before.items() if last in earlier]
    awaited = {other for step in steps.values() for other in step.after}
    beside: set[str] = set()
    for name in subject.order:
        own = not any(name in before[step] for step in follow) if follow else name not in awaited
        if name == last or name in before[last] or last in before[name] or steps[name].optional or not own:
            continue
        if all(other in before[last] or other in beside for other in steps[name].after):
            beside.add(name)
    return beside


def _never_both(subject: Subject, own: Test | None, when: Test) -> bool:
    """Whether a step is not needed after the answers that end the case, or after those that led to them."""
    asked = defaultdict[tuple[str, str], list[set[str]]](list)
    for leaf in _needed(subject, when):
        asked[leaf.step, leaf.field].append(set(leaf.values))
    needed = _needed(subject, own) if own is not None else ()
    return any(values.isdisjoint(leaf.values) for leaf in needed for values in asked[leaf.step, leaf.field])


def _needed(subject: Subject, test: Test) -> Iterator[Is]:
    """The answers all of which a condition needs, with those that the steps needed which give them."""
    yield from _all(test)
    for condition in conditions_of(subject, surely_answered(test)):
        yield from _all(condition)


def _all(test: Test) -> Iterator[Is]:
    """The answers all of which are needed."""
    match test:
        case Is():
            yield test
        case AllOf(parts):
            for part in parts:
                yield from _all(part)
