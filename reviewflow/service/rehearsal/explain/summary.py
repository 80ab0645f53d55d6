"""A process in a minute: by stage what people do, who and by when; the limits; the ways out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewflow.language.conditions import Test
from reviewflow.language.definition import Definition
from reviewflow.language.model import Limit, Partnership, Record, Step
from reviewflow.language.structure.authority import number_words
from reviewflow.language.structure.graph import conditions_of, only_when_opened
from reviewflow.language.structure.owners import POSTS, post_of_agency
from reviewflow.language.structure.stages import Stage, numbering, stages_of
from reviewflow.service.rehearsal.explain.account import Account, Section
from reviewflow.service.rehearsal.explain.owners import owner_words
from reviewflow.service.rehearsal.explain.targets import targets_told
from reviewflow.service.wording.rounds import again_words, meeting_words, often_words
from reviewflow.service.wording.rules import Teller
from reviewflow.text import counted, listing


@dataclass(frozen=True, slots=True)
class Brief(Teller):
    """Calls a step by its number instead of its title."""

    numbers: Mapping[str, int]
    conditions: Mapping[str, frozenset[Test]]
    """For each step, those without which it is never owed."""
    most: int
    """So many steps of a stage are told."""

    def title(self, name: str) -> str:
        return f"step {self.numbers[name]}" if name in self.numbers else Teller.title(self, name)


def summary(definition: Definition, partnership: Partnership) -> Account:
    """The same process as `account` tells, as far as it can be read in a minute: of a large one fewer steps a stage."""
    told = (_told(definition, partnership, most) for most in range(MOST, 0, -1))
    return next((short for short in told if _words(short) <= A_MINUTE), _told(definition, partnership, 1))


def _words(told: Account) -> int:
    return sum(len(sentence.split()) for section in told.sections for sentence in section.sentences)


def _told(definition: Definition, partnership: Partnership, most: int) -> Account:
    process = definition.process
    teller = Brief(definition, partnership, numbering(process), conditions_of(process.steps), most)
    sections = (
        Section("What it is for", tuple(_purpose(process.summary or ""))),
        Section("Counted from", tuple(_opening(definition))),
        Section("Time limits", tuple(_limit(teller, name, limit) for name, limit in process.limits.items())),
        Section("Targets over all cases", tuple(targets_told(teller))),
        *(_stage(teller, stage) for stage in stages_of(process)),
        Section("Ways out", _titles([ending.title for ending in process.endings.values()])),
        Section("What may stand still", _titles([hold.title for hold in process.holds.values()])),
    )
    kept = tuple(section for section in sections if section.sentences)
    return Account(process.process, process.version, process.title, kept)


def _purpose(text: str) -> Iterator[str]:
    """Its first sentence."""
    words = " ".join(text.split())
    if words:
        yield re.split(r"(?<=[.!?])\s+(?=[A-Z])", words)[0]


def _opening(definition: Definition) -> Iterator[str]:
    names = [name.replace("_", " ") for name in definition.process.opening.dates]
    yield f"Days asked when a case is opened: {listing(names)}."


def _limit(teller: Teller, name: str, limit: Limit) -> str:
    """What a clock is called, how long it is, whose it is, and what meets it."""
    title = teller.definition.limit_title(name)
    national = teller.definition.national.get(limit.national) if limit.national else None
    if national is None:
        when = f"{teller.rule(limit.due)}, local" if limit.due else "local"
    else:
        length, way = limit.within or national.within, "before" if national.before else "of"
        whose = number_words(limit, national)
        when = f"{length} {way} {str(limit.counts_from).replace('_', ' ')}, {whose}" if length else whose
    return f"{title}: {when}; met by {meeting_words(limit, teller.title)}."


def _stage(teller: Brief, stage: Stage) -> Section:
    numbers = [teller.numbers[name] for name in stage.steps]
    last = numbers[-1]
    span = f"step {last}" if len(numbers) == 1 else f"steps {numbers[0]}-{last}"
    title = f"{stage.title} ({span})" if stage.title else f"What is done ({span})"
    return Section(title, tuple(_sentences(teller, stage)))


def _sentences(teller: Brief, stage: Stage) -> Iterator[str]:
    """A line for each of the steps that say most, and what the others are."""
    steps = {name: teller.definition.process.steps[name] for name in stage.steps}
    people = [name for name, step in steps.items() if step.owner is not None]
    opened = only_when_opened(teller.definition.process.steps)
    asked = [name for name in people if name not in opened]
    always = asked if len(asked) <= teller.most else [name for name in asked if _sometimes(teller, name) == ""]
    told = set(sorted(always, key=lambda name: _weight(teller, name))[: teller.most])
    yield from (_line(teller, name, steps[name]) for name in always if name in told)
    others = {
        "Also": [name for name in always if name not in told],
        "Not always": [name for name in asked if name not in always],
        "When somebody opens it": [name for name in people if name in opened],
        "By itself": [name for name in steps if name not in people],
    }
    yield from (f"{which}: {_numbers(teller, names)}." for which, names in others.items() if names)


MOST = 4
"""Steps of a stage that are told at most."""
A_MINUTE = 250
"""Words that are read in a minute."""


def _weight(teller: Brief, name: str) -> tuple[int, int]:
    """The smaller the more it says of the process: what meets a limit, what agencies or several posts do, the rest."""
    process = teller.definition.process
    step = process.steps[name]
    meets = any(name in limit.steps for limit in process.limits.values())
    return (0 if meets else 1 if step.owner == "agency" else 2 if step.for_each else 3, teller.numbers[name])


def _line(teller: Brief, name: str, step: Step) -> str:
    """'12. Read the return: business manager, for each, 1 working day after step 11 is done'."""
    days = f", {teller.rule(step.due, name)}" if step.due else ""
    again = f", and again {again_words(step.repeats)}{often_words(step.repeats)}" if step.repeats else ""
    return f"{teller.numbers[name]}. {step.title}: {_who(teller, step)}{days}{again}{_sometimes(teller, name)}."


def _sometimes(teller: Brief, name: str) -> str:
    """'; only after certain answers', of what is not always asked; '' of what is."""
    if teller.definition.process.steps[name].records is Record.ACTION_SAID:
        return "; only where the line leaves something unsaid"
    return "; only after certain answers" if teller.conditions[name] else ""


def _who(teller: Teller, step: Step) -> str:
    if step.owner == "agency":
        return "each agency"
    if step.asks is not None:
        return "one after the other, until one accepts"
    if post := post_of_agency(step):
        return f"each agency's {POSTS[post]}"
    if step.owner == "each" and isinstance(step.for_each, tuple):
        return f"{counted(len(step.for_each), 'post')}, each for itself"
    if step.owner is None or step.owner == "each":
        return "each that an answer names"
    who = owner_words(teller, step, step.owner)
    who = who[:1].lower() + who[1:] if who.startswith("Whoever") else who
    return f"{who}, for each" if step.for_each else who


def _numbers(teller: Brief, names: list[str]) -> str:
    """'13', '13-16 and 20': the numbers of steps, runs of them in short."""
    runs: list[list[int]] = []
    for number in sorted(teller.numbers[name] for name in names):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    long = 2
    return listing(words for run in runs for words in ([f"{run[0]}-{run[-1]}"] if len(run) > long else map(str, run)))


def _titles(titles: list[str]) -> tuple[str, ...]:
    """Titles in one sentence, each as far as its first clause: what it is, and not what is done then."""
    return (f"{'; '.join(_CLAUSE.split(title)[0] for title in titles)}.",) if titles else ()


_CLAUSE = re.compile(r"; |, (?=and |by )")
