"""What moved a day in a rehearsal, so that it no longer follows from its rule alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.case.apply import apply, fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal.played import Played
from reviewflow.service.wording.rules import Teller
from reviewflow.text import day_words

Round = tuple[str, int]
"""An item and the number of its round."""


@dataclass(frozen=True, slots=True)
class MoveCause:
    """Why a day is another than its rule says."""

    words: str
    rule: str = ""
    """The rule that gave the new day, where it is another one."""


def changes(played: Played) -> Iterator[tuple[e.Event, Mapping[str, Item], Case]]:
    """Each single fact, the items before it, and the case after it: what is done may come again at once."""
    for happening in played.happenings:
        case, facts = happening.before, happening.events
        if case is None:
            case, facts = fold(happening.after.reference, facts[:1]), facts[1:]
        for fact in facts:
            before, case = case, apply(case, fact)
            yield fact, before.items, case


def causes(played: Played) -> dict[Round, MoveCause]:
    """What moved the day of a round last, or gave it a day of its own, for each round of which something did."""
    teller = Teller(played.setting.plan.definition, played.setting.partnership)
    moved: dict[Round, MoveCause] = {}
    first: dict[Round, date] = {}
    for fact, before, case in changes(played):
        for item, state in case.items.items():
            was = before.get(item)
            if was is None or was is state or was.due == state.due:
                continue
            key = (item, state.round)
            if isinstance(fact, e.SentBack) and item in fact.due:
                moved[key] = _sent_back(played.setting.plan, teller, fact, item)
            elif (known := was.due or was.stood) is not None and state.due is not None and was.round == state.round:
                moved[key] = MoveCause(f"moved from {day_words(first.setdefault(key, known))}{_because(teller, fact)}")
    return moved


def _because(teller: Teller, fact: e.Event) -> str:
    match fact:
        case e.DueMoved(_, because):
            return f", because {because}"
        case e.ClockStopped(name) | e.ClockWentOn(name):
            still = (teller.definition.process.stands_still or {}).get(name)
            return f", because its clock stood still: {still.title}" if still else ""
        case e.DueDatesShifted(hold):
            return f", because it was held: {teller.definition.process.holds[hold].title}"
        case e.FollowsNewDay():
            return ", because the day that it names was set anew"
        case e.DateSet(name) | e.DateCorrected(name):
            return f", because {name.replace('_', ' ')} moved"
        case _:
            return ""


def _sent_back(plan: Plan, teller: Teller, fact: e.SentBack, item: str) -> MoveCause:
    """A day of its own by the rule of the sending back, or by its own rule counted from then."""
    by = plan.steps.get(step_of(fact.because))
    if by is not None and by.until is not None:
        return MoveCause("for the next who is written to: counted anew from then")
    reopen = by.reopens.get(step_of(item)) if by is not None else None
    who = f"sent back by {teller.title(step_of(fact.because))}" if by is not None else "sent back"
    if reopen is not None and reopen.due is not None:
        return MoveCause(who, teller.rule(reopen.due))
    return MoveCause(f"{who}: counted anew from then")


def date_set(played: Played, name: str) -> MoveCause | None:
    """What set a date of the case last; None where nothing did, and it is as planned."""
    sets = [
        fact
        for happening in played.happenings
        for fact in happening.events
        if isinstance(fact, e.DateSet) and fact.name == name
    ]
    return _set(played, sets[-1]) if sets else None


def _set(played: Played, fact: e.DateSet) -> MoveCause:
    plan, teller = played.setting.plan, Teller(played.setting.plan.definition, played.setting.partnership)
    planned = f"; it was planned for {day_words(fact.was)}" if fact.was is not None and fact.was != fact.to else ""
    step = step_of(fact.item)
    if step not in plan.steps:
        return MoveCause(f"set by hand{planned}")
    rule = plan.steps[step].set.get(fact.name)
    words = teller.rule(rule) if rule is not None else f"as answered in {teller.title(step)}"
    return MoveCause(f"set by {teller.title(step)}{planned}", words)
