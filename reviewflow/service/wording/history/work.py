"""The sentences of events about what is owed: opened, done, sent back, fallen away, and what steps do by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from reviewflow.case.model import events
from reviewflow.case.model.ids import step_of
from reviewflow.service.wording.answers import answers_words
from reviewflow.service.wording.history.names import Names, inline
from reviewflow.text import counted, day_words, due_words, end_words, listing


def work_sentence(event: events.WorkEvent, names: Names) -> str:
    """An event about what is owed, or about what a step did by itself."""
    match event:
        case events.ItemsOpened(items, by=by):
            begins = "Begins by itself" if all(map(names.is_automatic, items)) else "Now owed"
            return f"{begins}: {names.with_days(items, by)}."
        case events.OwnerMoved(item, was, now):
            return f"{names.title(item)}: now with {names.person(now)}, no longer with {names.person(was)}."
        case events.AskedNext():
            return _asked_next(event, names)
        case events.ItemsPending(items):
            return f"Waits again: {names.titles(items)}."
        case events.NotNeeded(items):
            return f"Not needed: {names.titles(items)}."
        case events.TakeNoPart(items, source):
            return f"Takes no part, as was said in “{names.title(source)}”: {names.titles(items)}."
        case events.EntriesRemoved(items):
            return f"No longer on the list: {names.titles(items)}."
        case events.Completed():
            return _completed(event, names)
        case events.Dissented(item):
            return f"{names.title(item)}: recorded as dissent."
        case events.AnsweredLate():
            return _answered_late(event, names)
        case events.SilenceUndone(item, done, by):
            given = f"{names.title(item)}: answered on {day_words(done)}, in time, and recorded later, so the silence"
            return f"{given} of {day_words(by)} does not count. What is open follows the answer; what was sent stands."
        case events.AgreedBySilence(item, done, at):
            return f"{names.title(item)}: nothing had come by {end_words(done, at)}, which counts as agreed."
        case events.CountedBySilence():
            return _counted(event, names)
        case events.Skipped(item, reason) if item in names.definition.process.endings:
            return f"{names.title(item)}: no case is opened for it, because {inline(reason)}."
        case events.Skipped(item, reason):
            return f"{names.title(item)}: skipped, because {inline(reason)}."
        case events.StepOpened():
            return _opened(event, names)
        case events.SentBack():
            return _sent_back(event, names)
        case events.MessageSent(item, message, to):
            return f"{names.title(item)}: the message {names.message(message)} goes to {names.people(to)}."
        case events.DocumentAsked(item, document):
            return f"{names.title(item)}: the document {document} was asked for."
        case events.RunAsked(item, deployment):
            return f"{names.title(item)}: the deployment {deployment} was asked to run."
        case events.LayBefore(item):
            return f"{names.title(item)}: lay before the case was brought in, so it counts as done and nothing went."
        case events.ReceivedInTime(item, done, messages):
            recorded = f"{names.title(item)}: came in time, on {day_words(done)}, and was recorded later."
            return f"{recorded} {counted(messages, 'message')} had gone out since; what waits is withdrawn."
        case events.DoneBeforeItsTurn(item, done, before):
            others = listing(
                (f"{names.title(other)} (done {day_words(day)})" for other, day in before.items()), last="and"
            )
            return f"{names.title(item)}: recorded as done on {day_words(done)}, before what it waited for: {others}."
        case _:
            assert_never(event)


def _opened(event: events.StepOpened, names: Names) -> str:
    days = f" Due: {names.with_days(event.due)}." if event.due else ""
    if event.ending:
        ending = f"The case ends so ({names.title(event.ending)})"
        return f"{ending}, and for that is owed: {names.titles(event.items)}.{days}"
    again = f" Owed again after it: {names.titles(event.follow)}." if event.follow else ""
    if event.waits:
        waiting = names.with_days(event.waits)
        days += f" Still owed for the time before, and waits without that day until it is done again: {waiting}."
    days += f"{_run_again(event.limits, event.ends, names)}{_stay(event.stay, names)}"
    return f"Opened by hand: {names.titles(event.items)}, because {inline(event.reason)}.{again}{days}"


def _completed(event: events.Completed, names: Names) -> str:
    title, step = names.title(event.item), step_of(event.item)
    if names.definition.process.steps[step].wait is not None:
        return f"{title}: its day came, {day_words(event.done)}."
    answers = answers_words({**event.answers, **event.said}, names.definition.recorded(step), names.person)
    where = f" in {event.verified_in}" if event.verified_in else ""
    return f"{title}: done{where} on {due_words(event.done, event.at)}{f' ({answers})' if answers else ''}."


def _asked_next(event: events.AskedNext, names: Names) -> str:
    title, recorded = names.title(event.item), names.definition.recorded(step_of(event.item))
    said = answers_words(event.said, recorded, names.person)
    before = names.person(event.was)
    was = f"{before} has not accepted ({said})" if said else f"no answer from {before}"
    until = f", until {day_words(event.due)}" if event.due else ""
    return f"{title}: {was}. {names.person(event.now)} is asked next{until}."


def _counted(event: events.CountedBySilence, names: Names) -> str:
    title, recorded = names.title(event.item), names.definition.recorded(step_of(event.item))
    answers = answers_words({**event.answers, **event.said}, recorded, names.person)
    said = f" ({answers})" if answers else ""
    return f"{title}: no answer came by {end_words(event.done, event.at)}; counted as {event.counts_as}{said}."


def _answered_late(event: events.AnsweredLate, names: Names) -> str:
    recorded = names.definition.recorded(step_of(event.item))
    answers = answers_words({**event.answers, **event.said}, recorded, names.person)
    what = f"{names.title(event.item)}: answered on {day_words(event.done)}{f' ({answers})' if answers else ''}"
    dissent = ", recorded as dissent" if event.dissent else ""
    return f"{what}{dissent}. It was settled without this answer; nothing that followed is undone."


def _sent_back(event: events.SentBack, names: Names) -> str:
    days = f" New due day: {names.with_days(event.due, event.by)}." if event.due else ""
    runs_again = f"{_run_again(tuple(event.ends), event.ends, names)}{_stay(event.stay, names)}"
    owed = [item for item in event.items if item not in event.ends]
    steps, step = names.definition.process.steps, step_of(event.because)
    by_a_step = step in steps
    if by_a_step and steps[step].until is not None:  # a letter that one has answered is owed to the next
        return f"Owed again, for the next: {names.titles(owed)}.{days}{runs_again}"
    why = names.title(event.because) if by_a_step else inline(event.because)
    back = names.titles(item for item in owed if item not in names.undone)
    waits = names.titles(item for item in owed if item in names.undone)
    again = f" Waits again, and had not been done: {waits}." if waits else ""
    return f"Sent back ({why}): {back}.{again}{days}{runs_again}"


def _run_again(limits: Sequence[str], ends: Mapping[str, date], names: Names) -> str:
    """' Runs again: Answer it, whose last day is Tue 30 Jun 2026.': what had been met, and when it ends."""
    told = [
        f"{names.title(limit)}, whose last day is {day_words(ends[limit])}" if limit in ends else names.title(limit)
        for limit in limits
    ]
    return f" Runs again: {'; '.join(told)}." if told else ""


def _stay(limits: Mapping[str, date], names: Names) -> str:
    """' Stays as it was, because its last day, Tue 30 Jun 2026, is over: Answer it.', of each."""
    told = [
        f" Stays as it was met, because its last day, {day_words(day)}, is over: {names.title(limit)}."
        for limit, day in limits.items()
    ]
    return "".join(told)
