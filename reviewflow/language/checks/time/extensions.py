"""Extensions: granted by somebody there is, of a day that can move. Nobody extends a national limit."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import rule_problems
from reviewflow.language.model import OWNER, Extensions, Reopenings
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.extensions import asked_in, asks_somebody
from reviewflow.language.structure.outside import bodies, body_waited_for
from reviewflow.language.suggestions import unknown, unknown_role


def check(subject: Subject) -> Iterator[Problem]:
    yield from _outside(subject)
    yield from _reopenings(subject)
    yield from _rule(subject, subject.process.extensions, ("extensions",), "")
    for name, step in subject.steps.items():
        path: Path = ("steps", name, "extensions")
        yield from _rule(subject, step.extensions, path, name)
        if step.extensions is not None and (step.owner is None or step.due is None):
            message = f'"{name}" has no day that a person owes, so there is nothing to extend. Take "extensions" out.'
            yield subject.key_error(path, "PD366", message)
    for name, limit in subject.process.limits.items():
        path = ("limits", name, "extensions")
        yield from _rule(subject, limit.extensions, path, "")
        if limit.extensions is not None and limit.national is not None:
            message = f'"{name}" is a national time limit: nobody here can extend it. Take "extensions" out.'
            yield subject.key_error(path, "PD366", message)


def _reopenings(subject: Subject) -> Iterator[Problem]:
    """A rule for reopening says how often, until when, or both."""
    rules: list[tuple[Path, Reopenings | None]] = [(("reopenings",), subject.process.reopenings)]
    rules += [(("steps", name, "reopenings"), step.reopenings) for name, step in subject.steps.items()]
    for path, rule in rules:
        if rule is None:
            continue
        if rule.times is None and subject.source.node((*path, "within")) is None:
            message = (
                "This says nothing. Write how often (times: 1), or how long (within: 20 working days of the ending)."
            )
            yield subject.key_error(path, "PD429", message)
        elif rule.times == 0 and rule.within is not None:
            message = '"times: 0" says that it is never reopened, so no day counts until which it may be. Take one out.'
            yield subject.key_error((*path, "within"), "PD429", message)


def _told(subject: Subject, rule: Extensions, path: Path) -> Iterator[Problem]:
    """PD484: a message tells of the new day, to posts there are, and to whom a step asks."""
    known = subject.library.messages
    if rule.send is None:
        if rule.to is not None:
            message = '"to" says who is told of the new day, and nothing is sent. Write the message: send: new_day.'
            yield subject.key_error((*path, "to"), "PD484", message)
        return
    if rule.send not in known and not subject.library.could_be("message", rule.send):
        message = unknown("a message in definitions/messages", rule.send, known, "Messages")
        yield subject.error((*path, "send"), "PD030", message)
    roles = subject.library.partnership.model.roles if subject.library.partnership else None
    for name, place in subject.named(rule.told, (*path, "to")):
        step = asked_in(name)
        if step and step not in subject.steps:
            yield subject.error(place, "PD022", unknown("a step of this process", step, subject.steps, "Its steps"))
        elif step and not asks_somebody(subject.steps[step]):
            message = f'"{step}" asks nobody and writes to no post or agency. Name a step with an owner, or with send.'
            yield subject.error(place, "PD484", message)
        elif not step and roles is not None and name != OWNER and name not in roles:
            yield subject.error(place, "PD030", unknown_role(name, (OWNER, *roles)))


def _outside(subject: Subject) -> Iterator[Problem]:
    """Who is outside is no post of the partnership, and stands there because it may extend, or is waited for."""
    process, partnership = subject.process, subject.library.partnership
    own = {*partnership.model.roles, *partnership.model.agencies} if partnership else set()
    rules = [process.extensions, *(step.extensions for step in process.steps.values())]
    rules += [limit.extensions for limit in process.limits.values()]
    named = {name for rule in rules if rule is not None for name in rule.by}
    named |= {body_waited_for(step) for step in process.steps.values()}
    for name in process.outside or ():
        if name in own:
            message = f'"{name}" is a post or an agency of partnership.yaml, so it is not outside. Call it otherwise.'
            yield subject.key_error(("outside", name), "PD490", message)
        elif name not in named:
            message = (
                f'"{name}" may extend nothing here, and no step waits for it. Write it where it may extend, '
                f"extensions: {{by: {name}}}, or at the step that waits for it, waits_for: {name}"
            )
            yield subject.key_error(("outside", name), "PD490", message)


def _rule(subject: Subject, rule: Extensions | None, path: Path, step: str) -> Iterator[Problem]:
    if rule is None:
        return
    yield from _told(subject, rule, path)
    if not rule.by and rule.times is None and rule.until is None and rule.send is None:
        message = (
            "This says nothing. Write who may extend (by), how often (times), until when at most (until), or the "
            "message that tells of the new day (send)."
        )
        yield subject.key_error(path, "PD366", message)
    if rule.until is not None:
        yield from rule_problems(subject, rule.until, (*path, "until"), step)
    partnership = subject.library.partnership
    if partnership is None or subject.library.could_be("partnership", ""):
        return
    known = [*partnership.model.roles, *partnership.model.agencies, *bodies(subject.process, partnership.model)]
    for name, place in subject.named(rule.by, (*path, "by")):
        if name not in known and not subject.library.could_be("role", name):
            yield subject.error(place, "PD030", unknown_role(name, known))
