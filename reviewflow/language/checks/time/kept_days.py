"""PD497: what an ending keeps, although the day of it counts from work that falls with that ending."""

from __future__ import annotations

from collections.abc import Iterator, Set

from reviewflow.calendar import Span
from reviewflow.language.checks.needed import done_before, done_with, only_after, surely_answered
from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import Ending
from reviewflow.language.phrases import DayRule, Due
from reviewflow.language.problem import Problem
from reviewflow.text import listing


def check(subject: Subject) -> Iterator[Problem]:
    for name, ending in subject.process.endings.items() if subject.before else ():
        known = {*_done(subject, ending), *ending.keeps}
        for kept in ending.keeps:
            step = subject.steps.get(kept)
            if step is None or step.due is None:
                continue
            asked = surely_answered(step.when) if step.when is not None else frozenset[str]()
            fallen = _fallen(subject, step.due, {*known, *asked})
            if fallen:
                yield subject.key_warning(("endings", name), "PD497", _message(kept, step.due, fallen))


def _message(kept: str, rule: DayRule, fallen: tuple[str, ...]) -> str:
    names, it_is = listing(f'"{step}"' for step in fallen), "it is" if len(fallen) == 1 else "they are"
    return (
        f'"{kept}" is kept here, and counts its day from {names}. Where the case ends so before {it_is} done, '
        f'"{kept}" is owed without a day, and nobody is reminded. {_instead(kept, rule)}'
    )


def _instead(kept: str, rule: DayRule) -> str:
    if isinstance(rule, Due) and isinstance(rule.span, Span) and not rule.before and not rule.span.unit.by_the_clock:
        return f"Say both: due: the earlier of {rule} and {rule.span} after the ending."
    return (
        f'Count "{kept}" from what always happens, or say both: the earlier of ... and 5 working days after the ending.'
    )


def _done(subject: Subject, ending: Ending) -> frozenset[str]:
    """The steps that were surely done where a case ends so by answers or by time; by hand it may end at any time."""
    answered = surely_answered(ending.when) if ending.when is not None else frozenset[str]()
    awaited = _counted_from(ending.after) if ending.after is not None else frozenset[str]()
    done = done_with(subject, (*answered, *awaited))
    led_to = (other for other in subject.steps for step in done if only_after(subject, step, frozenset({other})))
    return frozenset(done).union(led_to, *(done_before(subject, step) for step in done))


def _counted_from(rule: DayRule) -> frozenset[str]:
    return frozenset(anchor.name for part in rule.parts for anchor in part.anchors)


def _fallen(subject: Subject, rule: DayRule, known: Set[str]) -> tuple[str, ...]:
    """The steps for want of which a rule gives no day; of several days one that is known is enough."""
    missing = [
        [anchor.name for anchor in part.anchors if anchor.name in subject.steps and anchor.name not in known]
        for part in rule.parts
    ]
    return tuple(dict.fromkeys(name for part in missing for name in part)) if all(missing) else ()
