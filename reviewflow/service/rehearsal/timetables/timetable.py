"""The timetable of a rehearsal: every step and limit with its day, every message, and the days that are not worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.structure.lists import owner_column
from reviewflow.language.structure.owners import owner_in_answer
from reviewflow.london import london_day
from reviewflow.service.rehearsal.answers import deciding
from reviewflow.service.rehearsal.chases import PreviewedLetter, letters
from reviewflow.service.rehearsal.choose import never_given
from reviewflow.service.rehearsal.lateness import late_words
from reviewflow.service.rehearsal.played import Played, who_owes
from reviewflow.service.rehearsal.timetables.closed_days import closed_days
from reviewflow.service.rehearsal.timetables.ends_with_others import ends_with_others
from reviewflow.service.rehearsal.timetables.not_needed import never_needed, on_request, owed_in_vain
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind, case_dates, holds, rows
from reviewflow.text import day_words, listing


@dataclass(frozen=True, slots=True)
class Timetable:
    """A rehearsal as lines and messages in the order of time."""

    process: str
    title: str
    version: int
    partnership: str
    dates: tuple[tuple[str, str, date], ...]
    agencies: tuple[str, ...]
    rows: tuple[Row, ...]
    chases: tuple[PreviewedLetter, ...]
    """The messages that go out in this rehearsal."""
    would_follow: tuple[PreviewedLetter, ...]
    """What would go out besides if nothing came."""
    answers: tuple[tuple[str, str, str], ...]
    """Step, question and answer, where the answer decides how the process goes on."""
    assumed_answers: tuple[str, ...]
    """Those of them that nobody gave, as they would be given: sift.outcome=ours."""
    not_needed: tuple[str, ...]
    owed_in_vain: tuple[str, ...]
    """Steps that were owed for a while and that nobody needs any more, each with the days, in words."""
    on_request: tuple[str, ...]
    """Steps that are done only when somebody opens them."""
    never_given: tuple[str, ...]
    """Answers that were asked for but do not come up."""
    late_in_vain: tuple[str, ...]
    """Who was to be late and owes nothing on this way, in words."""
    late_later: tuple[tuple[str, str], ...]
    """Who was to be late and whose turn does not come on this way, with the first thing that it would owe."""
    assumed: tuple[str, ...]
    missed: tuple[str, ...]
    """Time limits that are not kept in this rehearsal, in words."""
    may_end: tuple[str, ...]
    """The endings with another case that do not happen in this rehearsal, in words, with how they are played."""
    ends: str
    proclaimed_until: date


def timetable(played: Played) -> Timetable:
    """The timetable of what was played."""
    plan, scenario = played.setting.plan, played.scenario
    process, partnership = plan.definition.process, played.setting.partnership
    ordered = sorted(
        (*rows(played), *case_dates(played), *holds(played), *closed_days(played)),
        key=lambda row: (row.day, row.kind is not RowKind.CLOSED),
    )
    fired, would_follow = letters(played)
    return Timetable(
        process=process.process,
        title=process.title,
        version=process.version,
        partnership=partnership.partnership,
        dates=tuple((name, process.opening.dates[name], day) for name, day in scenario.dates.items()),
        agencies=tuple(partnership.agencies[name].title for name in scenario.agencies),
        rows=tuple(ordered),
        chases=fired,
        would_follow=would_follow,
        answers=tuple(_answers(played)),
        assumed_answers=tuple(_assumed_answers(played)),
        not_needed=tuple(dict.fromkeys(never_needed(played))),
        owed_in_vain=tuple(owed_in_vain(played)),
        on_request=tuple(plan.definition.title(name) for name in on_request(played)),
        never_given=tuple(".".join(place) for place in never_given(played)),
        late_in_vain=tuple(_title(played, name) for name, first in _late_for_nothing(played) if not first),
        late_later=tuple((_title(played, name), first) for name, first in _late_for_nothing(played) if first),
        assumed=scenario.assumed,
        missed=tuple(_missed(played)),
        may_end=tuple(ends_with_others(played)),
        ends=_ends(played),
        proclaimed_until=played.setting.office.proclaimed_until,
    )


def _answers(played: Played) -> Iterator[tuple[str, str, str]]:
    """What was answered where the answer decides, in words; what was asked for always."""
    definition = played.setting.plan.definition
    decides = {*deciding(definition), *((step_of(item), name) for item, name in played.scenario.answers)}
    shown = set[tuple[str, str, str]]()
    for happening in played.happenings:
        if isinstance(happening.command, c.Complete):
            step = step_of(happening.command.item)
            form = definition.step_forms[step]
            for name, value in happening.command.answers.items():
                words = (definition.title(step), form[name].label, _in_words(form[name].options, value))
                if (step, name) in decides and words not in shown:
                    shown.add(words)
                    yield words


def _assumed_answers(played: Played) -> Iterator[str]:
    """The deciding answers that were chosen for this rehearsal, each once."""
    decides, given = {*deciding(played.setting.plan.definition)}, played.scenario.answers
    chosen = {
        f"{step_of(done.item)}.{name}={','.join(value) if isinstance(value, list) else value}": None
        for done in (happening.command for happening in played.happenings)
        if isinstance(done, c.Complete)
        for name, value in done.answers.items()
        if (step_of(done.item), name) in decides and not {(done.item, name), (step_of(done.item), name)} & given.keys()
    }
    yield from chosen


def _late_for_nothing(played: Played) -> Iterator[tuple[str, str]]:
    """Who was to be late and was owed nothing by, with the title of what it would owe first; '' where there is none."""
    owing, coming = _owing(played), _would_owe(played)
    for name in played.scenario.late:
        if name not in owing:
            yield name, played.setting.plan.definition.title(step_of(coming[name])) if name in coming else ""


def _owing(played: Played) -> frozenset[str]:
    """The agencies and roles that something was asked of."""
    plan, items = played.setting.plan, played.case.items
    asked = {Status.OPEN, Status.DONE, Status.SKIPPED}
    return frozenset(who_owes(plan, played.case, item) for item, state in items.items() if state.status in asked)


def _would_owe(played: Played) -> Mapping[str, str]:
    """By agency or role, the first item whose turn has not come where the rehearsal stands still.

    Left out are those whose owner only an answer names.
    """
    plan, case = played.setting.plan, played.case
    coming: dict[str, str] = {}
    for item in plan.all_items(case) if case.status is CaseStatus.OPEN else ():
        step, state = plan.steps.get(step_of(item)), case.items.get(item)
        if step is None or step.owner is None or step.asks is not None or owner_in_answer(step) or owner_column(step):
            continue
        if state is None or state.status is Status.PENDING:
            coming.setdefault(who_owes(plan, case, item), item)
    return coming


def _title(played: Played, name: str) -> str:
    partnership = played.setting.partnership
    return partnership.agencies[name].title if name in partnership.agencies else partnership.roles[name].title


def _in_words(options: Mapping[str, str], value: object) -> str:
    values = value if isinstance(value, list) else str(value).split(",") if options else [value]
    return ", ".join(options.get(str(value).strip(), str(value)) for value in values)


def _missed(played: Played) -> Iterator[str]:
    plan = played.setting.plan
    for name in plan.limits:
        state = played.case.items.get(name)
        if state and state.due and state.done and is_over(state.due, state.by, state.done, state.at):
            yield f"{plan.definition.limit_title(name)}, by {late_words(played, name, state)}"


def _ends(played: Played) -> str:
    """How the rehearsal comes out, in one sentence."""
    last = played.happenings[-1]
    day = day_words(london_day(last.now))
    match played.case.status:
        case CaseStatus.CLOSED:
            return f"With this everything is done on {day}."
        case CaseStatus.OPEN:
            waiting = [played.setting.plan.definition.title(step_of(item)) for item in _still_open(played)]
            still = "are" if len(waiting) > 1 else "is"
            return (
                f"It does not come to an end by itself: {listing(waiting, none='nothing')} {still} still open on {day}."
            )
        case _:
            ending = played.case.ending
            how = played.setting.plan.definition.title(ending) if ending else played.case.status
            return f"It ends on {day}: {how}."


def _still_open(played: Played) -> list[str]:
    return [item for item, state in played.case.items.items() if state.status is Status.OPEN]
