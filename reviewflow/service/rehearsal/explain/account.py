"""The whole account of a process, in sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewflow.calendar import Unit
from reviewflow.language.definition import Definition
from reviewflow.language.model import ORIGIN, AfterRound, Ending, Limit, NationalLimit, Partnership, StandsStill, Step
from reviewflow.language.phrases import OneOf
from reviewflow.language.structure.authority import authority_words, has_a_national_number
from reviewflow.language.structure.calendars import whose_days
from reviewflow.language.structure.owners import OwnerFromAnswer
from reviewflow.language.structure.stages import numbering, stage_title
from reviewflow.service.rehearsal.explain.owners import starting
from reviewflow.service.rehearsal.explain.steps import LANDINGS, step_sentences
from reviewflow.service.rehearsal.explain.targets import targets_told
from reviewflow.service.wording.calendars import calendar_words, whose_days_words
from reviewflow.service.wording.rounds import meeting_words
from reviewflow.service.wording.rules import Teller, moments, one_of_words, rungs
from reviewflow.text import listing, times_words


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its sentences."""

    title: str
    sentences: tuple[str, ...]
    step: str = ""
    """The name of the step that it tells of."""


@dataclass(frozen=True, slots=True)
class Account:
    """A process told in sentences, from what it is for to what starts afterwards."""

    process: str
    version: int
    title: str
    sections: tuple[Section, ...]


def account(definition: Definition, partnership: Partnership) -> Account:
    """The account of a definition; headings without a sentence are left out."""
    teller = Teller(definition, partnership)
    process = definition.process
    sections = (
        Section("What it is for", tuple(_purpose(teller))),
        Section("What is asked when a case is opened", tuple(_opening(teller))),
        Section("People of a case whom letters may go to", tuple(_contacts(teller))),
        Section("Dates that are planned and may move", tuple(_dates(teller))),
        Section("Time limits", tuple(_limits(teller))),
        Section("Targets over all cases", tuple(targets_told(teller))),
        *_steps(teller),
        *_ladders(teller),
        Section("Ways out", tuple(_endings(teller))),
        Section("What may stand still", (*_standstills(teller), *_holds(teller))),
        Section("What starts afterwards", tuple(_starts(teller))),
    )
    kept = tuple(section for section in sections if section.sentences)
    return Account(process.process, process.version, process.title, kept)


def _purpose(teller: Teller) -> Iterator[str]:
    process = teller.definition.process
    if process.summary:
        yield " ".join(process.summary.split())
    if process.source:
        yield f"Taken from: {process.source.rstrip('.')}."
    checked = "A person has checked it" if process.verified else "Nobody has yet checked it"
    yield f"{checked} against its sources."
    if teller.definition.guidance_title:
        yield f"It works under: {teller.definition.guidance_title}."
    yield f"Its working days are those of {calendar_words(process.calendar or 'office')}."


def _opening(teller: Teller) -> Iterator[str]:
    opening = teller.definition.process.opening
    for name, question in opening.dates.items():
        clock = ", with the time of day" if name in opening.times else ""
        yield f"{name.replace('_', ' ')}: {question}{clock}"
    if opening.in_order:
        yield f"They follow one another: {listing((name.replace('_', ' ') for name in opening.in_order), last='then')}."
    if opening.agencies is not None:
        needed = opening.agencies
        yield f"The agencies that take part, at least {needed.number}{needed.named(teller.agency)}."
    if opening.from_agencies is not None:
        form = teller.title(opening.from_agencies.step)
        yield f"An agency opens one itself, on the page of its standing link, with the form of {form}."
    if opening.calendar is not None:
        choice = listing((calendar_words(name) for name in opening.calendar), last="or")
        yield f"In whose days the rules count that say so: {choice}."
    if opening.trigger is not None:
        yield f"The date {opening.trigger.replace('_', ' ')} decides which edition of the guidance holds."


def _contacts(teller: Teller) -> Iterator[str]:
    contacts = teller.definition.process.contacts or {}
    if contacts:
        who = listing(teller.contact(name) for name in contacts)
        yield f"{who}: who that is, is given for each case, and kept apart and encrypted."
        yield "A letter to them goes only when a named person has released it; nobody chases them."
    for name, contact in contacts.items():
        if contact.language is not None:
            step, _, field = contact.language.partition(".")
            said = teller.named_in(OwnerFromAnswer("language", step, field))
            yield f"Letters to {teller.contact(name)} are in {said}, where they have words in it; else in English."


def _dates(teller: Teller) -> Iterator[str]:
    for name, date in teller.definition.process.dates.items():
        plan = f"planned {teller.rule(date.planned)}{LANDINGS[date.on_a_working_day]}" if date.planned else "set later"
        yield f"{name.replace('_', ' ')} ({date.title}): {plan}. When it moves, all that counts from it moves."


def _limits(teller: Teller) -> Iterator[str]:
    for name, limit in teller.definition.process.limits.items():
        yield " ".join(_limit(teller, name, limit))


def _limit(teller: Teller, name: str, limit: Limit) -> Iterator[str]:
    definition = teller.definition
    national = definition.national.get(limit.national) if limit.national else None
    if national is not None:
        yield from _national(teller, name, limit, national)
    elif limit.due is not None:
        yield f"{teller.title(name)}: {teller.rule(limit.due)}{LANDINGS[limit.on_a_working_day]}. A local time limit."
        if isinstance(limit.due, OneOf):
            yield one_of_words(limit.due)
    counted = whose_days(definition.process, definition.national, name)
    yield f"Its working days are those of {whose_days_words(counted)}."
    if limit.national is None and (extended := teller.extensions(name)):
        yield extended
    if limit.when is not None:
        yield f"It only runs when {teller.condition(limit.when)}."
    met_by = meeting_words(limit, teller.title)
    first = ", whichever comes first" if len(limit.steps) > 1 else ""
    yield f"It is met when {met_by} is done{first}; it never stops the work."
    if limit.national is not None or limit.reason is not None:
        yield "When it was missed, somebody is asked to record why."
    ladder = definition.ladders.get(limit.ladder) if limit.ladder else None
    if ladder is not None:
        yield f"Warnings: {moments(ladder)} (“{ladder.title}”)."


def _national(teller: Teller, name: str, limit: Limit, national: NationalLimit) -> Iterator[str]:
    length = limit.within or national.within
    way = "before" if national.before else "of"
    within = f"within {length} {way} {str(limit.counts_from).replace('_', ' ')}" if length else national.kind.value
    yield f"{teller.title(name)}: {within}."
    called = "A national time limit" if has_a_national_number(limit, national) else "A time limit"
    yield f"{called} ({authority_words(national)}): {national.source.rstrip('.')}."
    if limit.within is not None and national.within is not None:
        yield f"Nationally it is {national.within}; the partnership has made it stricter."
    yield (
        "The number was read in its source." if national.verified else "The number has not yet been read in its source."
    )
    yield f"Day 0: {national.counts_from.rstrip('.')}."
    if national.if_missed:
        yield f"When it is missed: {national.if_missed.rstrip('.')}."


def _steps(teller: Teller) -> Iterator[Section]:
    process = teller.definition.process
    for name, number in numbering(process).items():
        stage = stage_title(process, name)
        sentences = (*([f"Stage: {stage}."] if stage else []), *step_sentences(teller, name))
        yield Section(f"{number}. {process.steps[name].title}", sentences, name)


def _ladders(teller: Teller) -> Iterator[Section]:
    """Each ladder once, in the order in which the process uses them."""
    process = teller.definition.process
    used = [*(limit.ladder for limit in process.limits.values()), *(step.ladder for step in process.steps.values())]
    for ladder in (teller.definition.ladders.get(name) for name in dict.fromkeys(used) if name):
        if ladder is None:
            continue
        yield Section(f"Reminders: {ladder.title}", tuple(rungs(teller, ladder)))


def _endings(teller: Teller) -> Iterator[str]:
    for ending in teller.definition.process.endings.values():
        how = ending_words(teller, ending)
        kept = f" Still owed until then: {listing(map(teller.title, ending.keeps))}." if ending.keeps else ""
        then = f"{kept} Then {starting(teller, ending.start)}." if ending.start else kept
        yield f"“{ending.title}”: the case ends {how}.{then}"
    if teller.definition.process.endings:
        yield "What is still owed when a case ends falls, unless the ending keeps it; the history names what fell."
    yield "A case can be withdrawn at any time with the reason; its history stays."


def _standstills(teller: Teller) -> Iterator[str]:
    for still in (teller.definition.process.stands_still or {}).values():
        then = "count anew from the day of" if still.begins_again else "go on after"
        clocks = listing(_clock(teller, name) for name in still.clocks)
        yield (
            f"“{still.title}”: from {teller.title(still.since)} to {teller.title(still.until)}, both days included, "
            f"no day counts for {clocks}; then they {then} {teller.title(still.until)}. Nobody is reminded meanwhile."
            f"{_moves_on(teller, still)}"
        )


def _moves_on(teller: Teller, still: StandsStill) -> str:
    """What that means for a clock in which days that are not worked count too, unless it begins again."""
    process = teller.definition.process
    owed = [process.limits.get(name) or process.steps[name] for name in still.clocks]
    rules = [clock.due for clock in owed if clock.due]
    units = {part.span.unit for rule in rules for part in rule.parts if part.span}
    plain = units - {Unit.WORKING_DAYS}
    return " What is counted in weeks or months moves on by as many days." if plain and not still.begins_again else ""


def _clock(teller: Teller, name: str) -> str:
    definition = teller.definition
    return definition.limit_title(name) if name in definition.process.limits else teller.title(name)


def ending_words(teller: Teller, ending: Ending) -> str:
    """What ends a case so: answers, time alone, or somebody who says so."""
    if ending.when:
        return f"by itself when {teller.condition(ending.when)}"
    if ending.with_the_end_of:
        by_itself = f"by itself {other_case_words(teller, ending.with_the_end_of)}"
        return f"{by_itself}; or when somebody says so, with the reason"
    if ending.after is None:
        return "when somebody says so, with the reason"
    awaited = listing(map(teller.title, ending.unless), last="or")
    told = f"; {teller.message(ending.send)} goes to {teller.people(ending.to)}" if ending.send else ""
    return f"by itself {teller.rule(ending.after)}, when that day is over, unless this was settled: {awaited}{told}"


def other_case_words(teller: Teller, which: str) -> str:
    """'when the case that “Open the review” opened is over', of what ends a case with another one."""
    if which == ORIGIN:
        return "when the case from which it came is withdrawn or ends before it was done"
    return f"when the case that was opened by {teller.title(which)} is closed or has ended"


def _holds(teller: Teller) -> Iterator[str]:
    clocks = " It never stops a time limit." if teller.definition.process.limits else ""
    for hold in teller.definition.process.holds.values():
        stops = listing(teller.title(step) for step in hold.stops)
        reminded = f"; {teller.people(hold.to)} {'is' if len(hold.to) == 1 else 'are'} reminded" if hold.to else ""
        review = f" It is looked at again every {hold.review}{reminded}." if hold.review else ""
        by = f" By hand, {teller.holders(hold.by, last='or')} may place and release it." if hold.by else ""
        by += f" It lasts {hold.at_most} at most, and then ends by itself." if hold.at_most else ""
        by += f" It may be placed by hand {times_words(hold.times)} at most." if hold.times else ""
        yield f"“{hold.title}” stops {stops}.{by}{review}{clocks}"


def _starts(teller: Teller) -> Iterator[str]:
    for step in teller.definition.process.steps.values():
        if step.start is not None:
            begun = starting(teller, step.start)
            yield f"{_after_words(teller, step)} {begun}."


def _after_words(teller: Teller, step: Step) -> str:
    """'After “Decide”', 'After each round of “Visit”', 'When the case is opened'."""
    if not step.after:
        return "When the case is opened"
    rounds = "each round of " if step.after_round is AfterRound.EACH else ""
    return f"After {rounds}{listing(teller.title(name) for name in step.after)}"
