"""Optional, repeated and outside steps, and limits with a condition: none of them may lock the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewflow.language.checks.forms.answers import known_answer
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import leaves
from reviewflow.language.model import AfterRound, Limit
from reviewflow.language.phrases import DayRule, OneOf, parse_anchor
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.graph import pairs
from reviewflow.language.suggestions import unknown


def check(subject: Subject) -> Iterator[Problem]:
    yield from _first_steps(subject)
    for name in subject.steps:
        yield from _outside(subject, name)
        yield from _late_answers(subject, name)
        yield from _rounds(subject, name)
        yield from _after_rounds(subject, name)
    for name in subject.process.limits:
        yield from _limit(subject, name)


def _first_steps(subject: Subject) -> Iterator[Problem]:
    first = [name for name, step in subject.steps.items() if not step.after]
    if first and all(subject.steps[name].optional for name in first):
        message = (
            "Every step with which the case could begin is optional, so it would be over as soon as it is opened.\n"
            "Take optional out of one of them."
        )
        yield subject.key_error(("steps", first[0], "optional"), "PD080", message)


def _late_answers(subject: Subject, name: str) -> Iterator[Problem]:
    """PD360: late answers count where an answer can come late at all."""
    step = subject.steps[name]
    only_some = step.quorum is not None and not step.quorum.is_all
    if step.late_answers is not None and not only_some and step.silence is None:
        message = (
            f'No answer to "{name}" can come too late: it has neither a quorum that fewer than all can make, nor '
            '"silence". Take "late_answers" out.'
        )
        yield subject.key_error(("steps", name, "late_answers"), "PD360", message)


def _rounds(subject: Subject, name: str) -> Iterator[Problem]:
    """What comes again has a first day and an end, and holds nothing up that leads to its end."""
    step, path = subject.steps[name], ("steps", name, "repeats")
    if step.repeats is None:
        return
    until = step.repeats.until
    if step.owner is None or step.due is None:
        message = f'"{name}" comes again, so it needs an owner, and a due day for its first round.'
        yield subject.key_error(path, "PD081", message)
    for key in ("optional", "quorum", "silence", "waits_for"):
        if getattr(step, key):
            message = f'A step that comes again cannot have "{key}" too. Take one of the two out.'
            yield subject.key_error(("steps", name, key), "PD081", message)
    if until not in subject.steps:
        yield subject.error(path, "PD022", unknown("a step of this process", until, subject.steps, "Its steps"))
    elif until == name:
        yield subject.error(path, "PD081", f'"{name}" cannot come again until itself. Name the step that ends it.')
    elif subject.steps[until].optional or subject.steps[until].repeats:
        message = f'"{until}" need not be done, or is done again and again, so it ends nothing. Name another step.'
        yield subject.error(path, "PD081", message)
    elif step.repeats.at_least and (subject.steps[until].owner is None or subject.steps[until].silence):
        message = (
            f'"{until}" happens by itself, so it cannot wait until "{name}" was done so often. Name a step of a person.'
        )
        yield subject.error(path, "PD458", message)
    elif until in subject.before.get(name, ()):
        message = f'"{name}" waits for "{until}", which ends it, so it would be over before it begins.'
        yield subject.error(path, "PD081", f"{message} Name a later step, or one beside it.")


_NOT_EACH = ("repeats", "quorum", "optional")
"""What a step that is owed after each round of another cannot have: the two would count rounds in two ways."""


def _counts_from(rule: DayRule | None, steps: Iterable[str]) -> bool:
    """Whether a day counts from one of these steps: then it could mean either round, and is wrong for one of them."""
    parts = rule.parts if isinstance(rule, OneOf) else (rule,) if rule is not None else ()
    return not {anchor.name for part in parts for anchor in part.anchors}.isdisjoint(steps)


def _after_rounds(subject: Subject, name: str) -> Iterator[Problem]:
    """After what comes again, a step says after which round."""
    step, path = subject.steps[name], ("steps", name)
    again = [other for other in step.after if other in subject.steps and _comes_again(subject, other)]
    if again and step.after_round is None:
        message = (
            f'"{again[0]}" comes again and again, so it is not clear when "{name}" follows. Write: after_round: each '
            "(owed again after each round, counted from it) or after_round: last (once, when the rounds are over)."
        )
        told = subject.key_error if _counts_from(step.due, again) else subject.key_warning
        yield told((*path, "after"), "PD321", message)
    elif step.after_round is not None and not again:
        message = f'"{name}" does not come after a step that comes again, so it has no rounds to follow. Take this out.'
        yield subject.key_error((*path, "after_round"), "PD322", message)
    elif step.after_round is AfterRound.EACH and (far := _rounds_further_back(subject, name)):
        message = (
            f'"{name}" is owed after each round of "{again[0]}", and goes by "{far[0]}", which may be in another round '
            f'by then. Go by "{again[0]}".'
        )
        key = "due" if _counts_from(step.due, far) else "start" if step.start is not None else "when"
        yield subject.error((*path, key), "PD459", message)
    elif step.after_round is AfterRound.EACH and (key := next((key for key in _NOT_EACH if getattr(step, key)), "")):
        message = f'A step that is owed after each round of another cannot have "{key}" too. Take one of the two out.'
        yield subject.key_error((*path, key), "PD322", message)
    elif step.after_round is AfterRound.EACH and step.start is not None and not _rounds_of_one(subject, name):
        message = (
            f'"{name}" opens a case after each round, so it follows one step that comes again, and has the same '
            "for_each. Where several come again, make a step of it for each of them."
        )
        yield subject.error((*path, "after"), "PD467", message)


def _rounds_of_one(subject: Subject, name: str) -> bool:
    """Whether what a step follows after each round is one step, line by line, and so is what that follows."""
    step = subject.steps[name]
    again = [other for other in step.after if other in subject.steps and _comes_again(subject, other)]
    if len(again) != 1:
        return False
    before = subject.steps[again[0]]
    is_one = before.for_each is None or pairs(step, before)
    return is_one and (before.repeats is not None or _rounds_of_one(subject, again[0]))


def _rounds_further_back(subject: Subject, name: str) -> list[str]:
    """The steps that come again, further back in a chain than just before, by which a step's day or condition goes."""
    step = subject.steps[name]
    back = [other for other in subject.before.get(name, ()) if other not in step.after and _comes_again(subject, other)]
    asked = {leaf.step for leaf in leaves(step.when)} if step.when is not None else set[str]()
    if step.start is not None:
        days = (*step.start.dates.values(), *(step.start.times or {}).values())
        asked |= {parse_anchor(text).name for text in days}
    return [other for other in sorted(back) if other in asked or _counts_from(step.due, (other,))]


def _comes_again(subject: Subject, name: str) -> bool:
    step = subject.steps[name]
    return step.repeats is not None or step.after_round is AfterRound.EACH


def _outside(subject: Subject, name: str) -> Iterator[Problem]:
    """Answers from outside, and silence that counts."""
    step, path = subject.steps[name], ("steps", name)
    for key in ("waits_for", "silence"):
        if getattr(step, key) is not None and step.owner is None:
            message = f'"{key}" belongs to a step whose answer a person records. Give "{name}" an owner.'
            yield subject.key_error((*path, key), "PD083", message)
    if step.silence is not None and step.due is None and step.asks is None:
        message = (
            "Silence counts when the due day has ended, but no day is given. Write: due: 10 working days after ..."
        )
        yield subject.key_error((*path, "silence"), "PD083", message)


def _limit(subject: Subject, name: str) -> Iterator[Problem]:
    limit, path = subject.process.limits[name], ("limits", name)
    if limit.reason is not None and limit.national is not None:
        message = f'"{name}" is a national time limit: why it was missed is always asked. Take "reason" out.'
        yield subject.key_error((*path, "reason"), "PD369", message)
    for met_by in limit.steps:
        if met_by in subject.steps:
            yield from _met_by(subject, limit, met_by, path)
    for leaf in leaves(limit.when) if limit.when is not None else ():
        yield from known_answer(subject, leaf, (*path, "when"))
        if leaf.step not in subject.steps:
            continue
        for met_by in limit.steps:
            if met_by in subject.steps and not subject.waits(met_by, leaf.step):
                mark = subject.answer_mark((*path, "when"), leaf.key)
                message = (
                    f'Whether this clock runs depends on "{leaf.step}", but "{met_by}", which stops it, does not '
                    f'wait for "{leaf.step}". Add "{leaf.step}" to its after.'
                )
                yield subject.error_at(mark, "PD051", message)


def _met_by(subject: Subject, limit: Limit, name: str, path: Path) -> Iterator[Problem]:
    """What cannot be of a step that stops a clock."""
    step = subject.steps[name]
    if step.optional and limit.national is not None:
        message = (
            f'"{name}" is optional, so this national limit would not run until somebody opens it. '
            "Name a step that everybody waits for."
        )
        yield subject.error((*path, "met_by"), "PD080", message)
    if step.silence is not None and limit.national is not None:
        message = f'"{name}" may be settled by silence, but a national limit is met by what somebody does.'
        yield subject.error((*path, "met_by"), "PD083", f"{message} Name another step.")
    if step.repeats is not None and name not in limit.by_first_round:
        message = (
            f'"{name}" comes again, so this clock would not stop when it is done. Write: met_by: the first round of '
            f"{name}, or name another step."
        )
        yield subject.error((*path, "met_by"), "PD081", message)
    if step.repeats is None and name in limit.by_first_round:
        message = f'"{name}" has no first round: it does not come again. Write: met_by: {name}'
        yield subject.error((*path, "met_by"), "PD503", message)
