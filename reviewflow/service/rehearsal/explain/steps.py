"""One step in sentences: who, after what, when, what is asked, who is reminded, what it may send back or begin."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Landing
from reviewflow.case.handlers.links import KINDS
from reviewflow.language.definition import Definition
from reviewflow.language.model import AfterRound, Ladder, Record, Reopenings, Step
from reviewflow.language.phrases import DayRule, OneOf
from reviewflow.language.structure.calendars import Stated, whose_days
from reviewflow.language.structure.extensions import reopenings_of
from reviewflow.language.structure.graph import pairs
from reviewflow.language.structure.lists import names_who_is_out
from reviewflow.language.structure.outside import title_waited_for, writes_outside
from reviewflow.language.structure.silence import AGREED, counts_after_due, silence_answers, silence_meaning
from reviewflow.service.rehearsal.explain.owners import in_order, who
from reviewflow.service.wording.asked import answer_words, questions
from reviewflow.service.wording.calendars import whose_days_words
from reviewflow.service.wording.rounds import again_words, often_words
from reviewflow.service.wording.rules import Teller, moments, moments_outside, one_of_words
from reviewflow.text import clock_words, listing, times_words

LANDINGS = {
    Landing.AS_IT_FALLS: "",
    Landing.PREVIOUS: " (the working day before, when that is none)",
    Landing.NEXT: " (the next working day, when that is none)",
}


def step_sentences(teller: Teller, name: str) -> Iterator[str]:
    """Everything that the definition says about a step, except its title."""
    step = teller.definition.process.steps[name]
    yield f"{who(teller, step)} {_after(teller, name, step)}"
    yield from in_order(teller, name, step)
    if step.help:
        yield " ".join(step.help.split())
    yield from _whether(teller, name, step)
    yield from _when(teller, name, step)
    yield from _asked(teller, name, step)
    yield from _then(teller, name, step)
    yield from _reminded(teller, step)


def _counted_from_then(step: Step) -> str:
    """That the day of a step counts from when all linked cases are ready, where that is later."""
    parts = step.due.parts if step.due is not None else ()
    follows = any(not part.before and part.anchor.name in step.after for part in parts)
    return ", and its day counts from then at the earliest" if follows else ""


def _after(teller: Teller, name: str, step: Step) -> str:
    if step.optional:
        opens = f"somebody opens it{_waits(teller, name, step)}{_or_the_case_ends(teller, name)}"
        often = f" It may be opened {times_words(step.begun_at_most)} at most." if step.begun_at_most else ""
        return f"Only when {opens}; nothing waits for it until then.{often}"
    if _as_lines_come(teller, name):
        return f"It begins for each line when that is added{_waits(teller, name, step)}."
    if not step.after:
        return "It begins when the case is opened."
    return f"It begins{_waits(teller, name, step)}."


def _as_lines_come(teller: Teller, name: str) -> bool:
    """Whether it is done for the lines of a table that grows, before that is closed."""
    gathers = teller.definition.gathers_more(name)
    return bool(gathers) and gathers not in teller.definition.process.steps[name].after


def _or_the_case_ends(teller: Teller, name: str) -> str:
    """', or the case ends so: “It was withdrawn”' of a step that such an ending keeps, and thereby opens."""
    endings = teller.definition.process.endings
    keeping = [teller.title(ending) for ending, way in endings.items() if name in way.keeps]
    return f", or the case ends so: {listing(keeping, last='or')}" if keeping else ""


def _waits(teller: Teller, name: str, step: Step) -> str:
    steps = teller.definition.process.steps
    parts = []
    for other in step.after:
        if other not in steps:
            continue
        whose = ""
        if steps[other].for_each and steps[other].owner is not None:
            whose = " of the same one" if pairs(steps[name], steps[other]) else _of_all(teller, other)
        parts.append(f"{_round(step, steps[other])}{teller.title(other)}{whose}")
    return f" after {listing(parts)}" if parts else ""


def _of_all(teller: Teller, other: str) -> str:
    return " of all lines, once no more are to come" if _as_lines_come(teller, other) else " of all"


def _round(step: Step, other: Step) -> str:
    """Which round of a step that comes again something follows."""
    if other.repeats is None and other.after_round is not AfterRound.EACH:
        return ""
    match step.after_round:
        case None:
            return ""
        case AfterRound.EACH:
            return "each round of "
        case AfterRound.LAST:
            return "the last round of "


def _whether(teller: Teller, name: str, step: Step) -> Iterator[str]:
    if step.when is not None:
        yield f"It is only needed when {teller.condition(step.when, name)}."
    if step.records is Record.ACTION_SAID:
        yield "It is only needed where the line leaves something unsaid, and asks that alone."
    if step.invites_to:
        yield f"It asks whether they come to {teller.title(step.invites_to)}; what they say stands on the case's page."
    if step.together:
        as_what = KINDS[step.together].lower()
        yield f"Where the case is linked with another one ({as_what}), it is done once, in that one, for both."
    for kind, names in (step.after_in_linked or {}).items():
        titles = listing((teller.title(name) for name in names), last="and")
        linked = f"Where the case is linked with others ({KINDS[kind].lower()})"
        yield f"{linked}, it waits until {titles} is done in each{_counted_from_then(step)}."
    if step.reply:
        yield f"They may answer {teller.title(step.reply)} themselves, on a page that opens only from this letter."
    if step.reply and step.until is not None:
        accepts = teller.condition(step.until, step.reply)
        yield f"Each is written to when the one before has not accepted. It is accepted when {accepts}."
        yield "When nobody is left, the last answer stands."
    if step.not_by:
        others = listing((teller.title(other) for other in step.not_by), last="or")
        yield f"Whoever did {others} cannot answer it; who answers is as they give their name."
    if step.confirm is not None:
        yield "An answer on the page that a letter leads to counts only with six figures, which go to the same mailbox."
    if step.offers:
        papers = listing((paper.replace("_", " ") for paper in step.offers), last="and")
        yield f"Its page offers {papers} to download."
    if (quorum := teller.definition.quorum(name)) is not None:
        yield f"Of them {teller.quorum(quorum)}; when they have, it is settled."
    yield from _left_out(teller, step)
    if step.dissent is not None:
        yield f"It is recorded as dissent when {teller.condition(step.dissent, name)}."
    if step.late_answers is not None:
        yield "An answer that comes when it is settled already counts like any other; what is still open follows it."
    if step.repeats is not None:
        until = teller.title(step.repeats.until)
        yield f"It comes again {again_words(step.repeats)}, until {until} is done{often_words(step.repeats)}."
    if step.waits_for is not None:
        whom = title_waited_for(step, teller.definition.process, teller.partnership)
        yield f"The answer comes from outside: {whom}. Its day is an expectation, and nobody is late."


def _when(teller: Teller, name: str, step: Step) -> Iterator[str]:
    if step.due is not None:
        yield f"It is due {teller.rule(step.due, name)}{LANDINGS[step.on_a_working_day]}.{_authority(teller, step)}"
        if isinstance(step.due, OneOf):
            yield one_of_words(step.due)
        if step.after_round is AfterRound.LAST and (rounds := _rounds_counted_from(teller, step, step.due)):
            yield f"After {listing(rounds)} means: from the day on which the rounds are over."
    elif step.owner is not None and step.asks is None:
        yield "It has no due day, so nobody is reminded." if _ladder(teller, step) is None else "It has no due day."
    if step.due is not None and step.owner is not None and (extended := teller.extensions(name)):
        yield extended
    if step.owner is not None and (rule := reopenings_of(teller.definition.process, name)) is not None:
        yield f"It may {_reopened(rule)}."
    if step.not_before is not None:
        yield f"It may not be done before {teller.rule(step.not_before)}."
    yield from teller.rounds_first(name)
    yield from _counted_in(teller.definition, name)
    if step.silence is not None:
        yield from _silence(teller, name, step)


def _rounds_counted_from(teller: Teller, step: Step, due: DayRule) -> list[str]:
    """The titles of the steps that come again, after whose last round a day is counted."""
    counted = {anchor.name for part in due.parts for anchor in part.anchors}
    steps = teller.definition.process.steps
    return [teller.title(other) for other in step.after if other in counted and _round(step, steps[other])]


def _reopened(rule: Reopenings) -> str:
    """'be reopened by hand once at most, within 20 working days of the ending'."""
    if rule.times == 0:
        return "not be reopened by hand"
    often = f" {times_words(rule.times)} at most" if rule.times else ""
    within = f"{',' if often else ''} within {rule.within}" if rule.within else ""
    answers = "; no answer sends it back after that" if rule.within and not rule.within.of_the_ending else ""
    return f"be reopened by hand{often}{within}{answers}"


def _silence(teller: Teller, name: str, step: Step) -> Iterator[str]:
    meaning, form = silence_meaning(step), teller.definition.step_forms[name]
    ends = "silence counts as {} and the step closes by itself"
    if step.asks is not None:
        ends = "silence counts as {}; when nobody is left to ask, the step closes so"
    last = f"{clock_words(step.due.by)} on" if step.due is not None and step.due.by else "the end of"
    counts = counts_after_due(step)
    day = f"the day {counts} after it is due" if counts else "the due day"
    yield f"When nothing has come by {last} {day}, {ends.format(meaning)}."
    for question, answer in silence_answers(step).items():
        field = form.get(question)
        yield f"Silence answers “{field.label if field else question}” with “{answer_words(field, answer)}”."
    if step.quorum is not None and meaning != AGREED:
        yield "Silence is not counted among those who agree."


def _left_out(teller: Teller, step: Step) -> Iterator[str]:
    if step.without is None:
        return
    source, field = names_who_is_out(step)
    question = teller.definition.step_forms.get(source, {}).get(field)
    named = f"“{question.label if question else field}” in {teller.title(source)}"
    what = "nothing goes to them" if step.owner is None else "they are not asked, and not counted"
    yield f"Whoever is named in {named} takes no part: {what}."


def _counted_in(definition: Definition, name: str) -> Iterator[str]:
    """Whose days they are, where the step or the process says so; what holds otherwise stands at the top."""
    counted = whose_days(definition.process, definition.national, name)
    step = definition.process.steps[name]
    if counted.stated is not Stated.NOWHERE and (step.due or step.not_before or step.wait):
        yield f"Its working days are those of {whose_days_words(counted)}."


def _authority(teller: Teller, step: Step) -> str:
    """Where the day comes from."""
    limits = teller.definition.process.limits
    if step.source:
        return f" Source: {step.source.rstrip('.')}."
    counted = [part.anchor.name for part in step.due.parts if part.anchor.name in limits] if step.due else []
    if counted:
        national = limits[counted[0]].national
        return " The day is the national one." if national else " The day is that of the local limit."
    return " The day is local."


def _asked(teller: Teller, name: str, step: Step) -> Iterator[str]:
    if step.choose is not None:
        table = teller.definition.tables[step.choose]
        yield f"The table “{table.title}” asks, recommends and says why; people decide."
    form = teller.definition.step_forms[name]
    if form:
        yield f"Asked: {'; '.join(questions(form))}."


def _then(teller: Teller, name: str, step: Step) -> Iterator[str]:
    for target, reopen in step.reopens.items():
        due = f" It is then due {teller.rule(reopen.due)}." if reopen.due else ""
        message = f" Its owner is told with {teller.message(reopen.send)}." if reopen.send else ""
        question = teller.definition.step_forms[name].get(reopen.for_each or "")
        each = f" for each answer to “{question.label.rstrip('?')}”" if question else ""
        often = (
            f" {times_words(reopen.times).capitalize()} at most{each}: after that the answer stands."
            if reopen.times
            else ""
        )
        yield f"{teller.title(target)} is sent back when {teller.condition(reopen.when, name)}.{often}{due}{message}"
    for again, ends in (step.ends_rounds or {}).items():
        yield f"{teller.title(again)} comes no more when {teller.condition(ends.when, name)}."
    holds = teller.definition.process.holds
    for verb, placings in (("begins", step.places), ("ends", step.lifts)):
        for hold, placing in placings.items():
            title = holds[hold].title if hold in holds else hold
            yield f"The hold “{title}” {verb} when {teller.condition(placing.when, name)}."


def _reminded(teller: Teller, step: Step) -> Iterator[str]:
    ladder = _ladder(teller, step)
    if ladder is not None and writes_outside(ladder):
        body = title_waited_for(step, teller.definition.process, teller.partnership)
        to_body, to_others = moments_outside(ladder)
        others = f"; others here are told {to_others}" if to_others else ""
        yield f"{body} is written to as long as nothing has come: {to_body}{others} (“{ladder.title}”)."
    elif ladder is not None:
        yield f"Reminders as long as it is not done: {moments(ladder)} (“{ladder.title}”)."
    elif step.owner is not None and step.due is not None:
        yield "Nobody is reminded of this."


def _ladder(teller: Teller, step: Step) -> Ladder | None:
    return teller.definition.ladders.get(step.ladder) if step.ladder else None
