"""Which answers lead to the end: tried out, question by question, in rehearsals without chases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CaseStatus, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import AGENCY, FieldType
from reviewflow.service.rehearsal.alike import Alike
from reviewflow.service.rehearsal.answers import deciding, options, purposes_of
from reviewflow.service.rehearsal.play import MOST, play, play_on
from reviewflow.service.rehearsal.played import Played, Setting
from reviewflow.service.rehearsal.scenario import Scenario

Worth = tuple[int, ...]
"""The smaller the better, the first number first."""
_A_WAY_TO_THE_END = 4
"""How many of the numbers say that the road is a good one; the last is how many steps it has."""
_HOPELESS = (9,)


def rehearse(setting: Setting, scenario: Scenario) -> Played:
    """The scenario played with answers that reach the end with nothing sent back and every clock met.

    The longest way takes, of each question, the answer after which the most steps follow, and the first of those that
    do as well, so that no answer which nobody gave hides what the process says. The shortest way takes whatever asks
    for least; what agencies answer stays the first.
    """
    return play(setting, choose(setting, scenario))


def choose(setting: Setting, scenario: Scenario) -> Scenario:
    """The scenario with an answer chosen for every question that decides how the process goes on."""
    plan = setting.plan
    back = purposes_of(plan.definition).sends_back
    open_places = [
        place for place in deciding(plan.definition) if place not in scenario.answers or place[1] in back[place[0]]
    ]
    first = {place: options(plan.form(place[0])[place[1]])[0] for place in open_places}
    best = replace(scenario, chosen={place: answer for place, answer in first.items() if answer is not None})
    road, alike = _tried(setting, best), Alike(plan.definition)
    # First what sends back, so that a case which only goes round in a circle is not led past all of it.
    for place in sorted(open_places, key=lambda place: place[1] not in back[place[0]]):
        if place[0] not in road.asked:
            continue
        for answer in alike.to_try(*place)[1:]:
            tried = replace(best, chosen=_with(best, place, answer))
            other = _tried(setting, tried, but_for=(road.played, place[0]), most_setbacks=_most_setbacks(road.worth))
            if _better(other.worth, road.worth, steps=_rather(plan, scenario, *place)):
                best, road = tried, other
    return best


def _rather(plan: Plan, scenario: Scenario, step: str, question: str) -> int:
    """1: with more steps, -1: with fewer, 0: the first answer unless another is needed to reach the end."""
    if not scenario.shortest:
        return 1
    owed, kind = plan.steps[step], plan.form(step)[question].type
    return 0 if owed.owner == AGENCY or owed.choose is not None or kind is FieldType.CHOICES else -1


def _most_setbacks(worth: Worth) -> int:
    """After more than so many no way is better than one that is worth this: it need not be played to its end."""
    answers_not_given, is_not_at_the_end, setbacks, *_ = worth if worth != _HOPELESS else (1, 1, 0)
    return MOST if answers_not_given or is_not_at_the_end else setbacks


def _with(scenario: Scenario, place: tuple[str, str], answer: str | None) -> dict[tuple[str, str], str]:
    others = {question: value for question, value in scenario.chosen.items() if question != place}
    return others if answer is None else {**others, place: answer}


def _better(worth: Worth, than: Worth, *, steps: int) -> bool:
    good, good_before = worth[:_A_WAY_TO_THE_END], than[:_A_WAY_TO_THE_END]
    if good != good_before or _HOPELESS in (worth, than):
        return good < good_before
    return (worth[-1] - than[-1]) * steps > 0


@dataclass(frozen=True, slots=True)
class _Road:
    """Where some answers led: how good that is, and which steps were reached."""

    worth: Worth
    asked: frozenset[str]
    played: Played | None = None
    """None where it could not be played to its end."""


def _tried(
    setting: Setting,
    scenario: Scenario,
    but_for: tuple[Played | None, str] = (None, ""),
    most_setbacks: int = MOST,
) -> _Road:
    """Where the answers lead; `but_for` is what was played with the same answers but for those to the step named.

    A way with more setbacks than that is not played to its end.
    """
    scenario, (before, step) = replace(scenario, late={}), but_for
    try:
        played = (
            play(setting, scenario, chasing=False, most_setbacks=most_setbacks)
            if before is None
            else play_on(before, scenario, step, chasing=False, most_setbacks=most_setbacks)
        )
    except Refused:
        return _Road(_HOPELESS, frozenset(setting.plan.steps))
    return _Road(_measured(played), _reached(played).union(_answered(played)), played)


def _measured(played: Played) -> Worth:
    """Answers asked for and never given; not at the end; sent back, held, dissent; clocks not met; how many steps."""
    case, plan = played.case, played.setting.plan
    set_back = sum(happening.setbacks for happening in played.happenings)
    unmet = sum(not _met_in_time(case.items[name]) for name in plan.limits if name in case.items)
    dissent = sum(state.manner is Manner.DISSENT for state in case.items.values())
    not_given = len(never_given(played))
    return (not_given, case.status is not CaseStatus.CLOSED, set_back + dissent, unmet, len(_reached(played)))


def _met_in_time(limit: Item) -> bool:
    late = limit.due is not None and limit.done is not None and limit.done > limit.due
    return limit.status is Status.DONE and not late


def never_given(played: Played) -> tuple[tuple[str, str], ...]:
    """The answers that were asked for but belong to steps which this way does not come to."""
    done = {item for item, state in played.case.items.items() if state.status is Status.DONE}
    known = done | {step_of(item) for item in done}
    return tuple(place for place in played.scenario.answers if place[0] not in known)


def _answered(played: Played) -> Iterator[str]:
    """The steps that were answered on the way, also where that was sent back and is owed at its end."""
    for happening in played.happenings:
        if isinstance(happening.command, c.Complete):
            yield step_of(happening.command.item)


def _reached(played: Played) -> frozenset[str]:
    return frozenset(
        step_of(item) for item, state in played.case.items.items() if state.status in {Status.DONE, Status.SKIPPED}
    )
