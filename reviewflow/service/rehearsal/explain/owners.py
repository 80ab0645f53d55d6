"""Who does a step, in words: a post, an agency, each of a list, or nobody because it happens by itself."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.model import Start, Step
from reviewflow.language.structure.contacts import contacts_written_to
from reviewflow.language.structure.lists import source_of
from reviewflow.language.structure.owners import POSTS, named_agency, owner_in_answer, post_of_agency
from reviewflow.service.wording.rules import Teller
from reviewflow.text import listing


def who(teller: Teller, step: Step) -> str:
    if step.owner is None:
        return f"By itself: {_automatic(teller, step)}."
    if step.owner == "agency":
        return "Each agency of the case does this."
    if step.asks is not None:
        return "One after the other is asked, until one accepts."
    if post := post_of_agency(step):
        return f"In each agency of the case its {POSTS[post]} does this."
    if step.owner == "each" and isinstance(step.for_each, str):
        return f"Each that {_chosen(teller, step)} names does this for itself."
    if step.owner == "each":
        return f"{_several(teller, step)} answer this, each for itself."
    who = owner_words(teller, step, step.owner)
    return f"{who}: once for {_each(teller, step)}." if step.for_each else f"{who} does this."


def in_order(teller: Teller, name: str, step: Step) -> Iterator[str]:
    if step.asks is None:
        return
    asks, order = step.asks, step.asks.in_order
    if isinstance(order, str):
        source, _, field = order.partition(".")
        question = teller.definition.step_forms.get(source, {}).get(field)
        yield f"They are asked in the order of “{question.label if question else field}” in {teller.title(source)}."
    else:
        yield f"They are asked in this order: {listing(teller.role(role) for role in order)}."
    yield f"Each has {asks.within} to answer; then the next is asked, and who did not answer is told."
    yield f"It is accepted when {teller.condition(asks.accepts, name)}."
    yield f"Each is asked with {teller.message(asks.send)}."


def _several(teller: Teller, step: Step) -> str:
    roles = step.for_each if isinstance(step.for_each, tuple) else (str(step.for_each),)
    return listing(teller.role(role) for role in roles)


def owner_words(teller: Teller, step: Step, owner: str) -> str:
    """The one who does it; whom an answer names is not known before."""
    if answered := owner_in_answer(step):
        named = teller.named_in(answered)
        return f"{named[:1].upper()}{named[1:]}"
    if agency := named_agency(step):
        return teller.agency(agency)
    return _column(owner) if owner.startswith("each.") else teller.role(owner)


def _chosen(teller: Teller, step: Step) -> str:
    source, field = source_of(step) or ("", "")
    question = teller.definition.step_forms.get(source, {}).get(field)
    return f"“{question.label.rstrip('?.') if question else field}” in {teller.title(source)}"


def _column(owner: str) -> str:
    return f"Whoever stands in the line's column “{owner.partition('.')[2]}”"


def _each(teller: Teller, step: Step) -> str:
    if step.for_each == "agency":
        return "each agency"
    if isinstance(step.for_each, str):
        source, _, field = step.for_each.partition(".")
        form = teller.definition.step_forms.get(source, {})
        return f"each line of “{form[field].label if field in form else field}” in {teller.title(source)}"
    return f"each of {_several(teller, step)}"


def _automatic(teller: Teller, step: Step) -> str:
    for_whom = f", for {_each(teller, step)}" if step.for_each else ""
    if step.send and (contacts := contacts_written_to(step)):
        who = teller.contacts(contacts)
        by = teller.holders(step.released_by, last="or") if step.released_by else "a named person"
        return f"{teller.message(step.send)} to {who} is written, and waits until {by} releases it"
    if step.send:
        to = teller.people(step.to) if step.to else "the agency's contact" if step.for_each == "agency" else "its owner"
        return f"{teller.message(step.send)} goes to {to}{for_whom}"
    if step.start:
        return starting(teller, step.start) + for_whom
    if step.set:
        sets = (f"{date.replace('_', ' ')} becomes {teller.rule(rule)}" for date, rule in step.set.items())
        return f"{listing(sets)}{for_whom}"
    if step.make:
        return f"the document “{step.make}” is made{for_whom}"
    if step.run:
        return f"“{step.run}” is started in Prefect{for_whom}"
    return f"nothing happens until {teller.rule(step.wait)}{for_whom}" if step.wait else "nothing happens"


def starting(teller: Teller, start: Start) -> str:
    """'a case of “cspr” is opened (decision is taken from …; the same agencies take part)'."""
    timed = start.times or {}
    dates = (
        f"{name.replace('_', ' ')} is taken from {_source(teller, text)}"
        + (f", its time of day from {_source(teller, timed[name])}" if name in timed else "")
        for name, text in start.dates.items()
    )
    same = "; the same agencies take part" if start.agencies else ""
    return f"a case of “{teller.process(start.process)}” is opened ({listing(dates)}{same})"


def _source(teller: Teller, text: str) -> str:
    step, _, field = text.partition(".")
    if step not in teller.definition.process.steps:
        return f"the date {text.replace('_', ' ')}"
    form = teller.definition.step_forms[step]
    return f"“{form[field].label}”" if field in form else f"the day of {teller.title(step)}"
