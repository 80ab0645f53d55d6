"""Steps that are done once for all cases that are treated together."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import AGENCY, Step
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.structure.letters import asking_of
from reviewflow.language.structure.lists import growing, source_of
from reviewflow.language.templates import TOGETHER, named


def check(subject: Subject) -> Iterator[Problem]:
    """What is done together can be (PD463), its letters name all cases (PD464), its list and day are one (PD466).

    Whoever is invited to a meeting of all cases is asked once (PD517).
    """
    for name, step in subject.steps.items():
        if step.together is None:
            yield from _once_a_case(subject, name, step)
        else:
            path: Path = ("steps", name, "together")
            for message in _cannot_be(subject, name, step):
                yield subject.key_error(path, "PD463", message)
            for message in _of_each(subject, step):
                yield subject.key_error(path, "PD466", message)
            yield from _letters(subject, name, step)


def _once_a_case(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """That those on a list which all cases have in common are invited by each of the cases."""
    source, _ = source_of(step) or ("", "")
    listed, asked = subject.steps.get(source), subject.steps.get(step.about or name, step)
    if asked.invites_to is not None and listed is not None and listed.together is not None:
        key = "invites_to" if step.invites_to is not None else "about"
        message = (
            f'Whoever is on the list of "{source}" is written to once for each case, and it is one meeting. '
            f"Write here as well: together: {listed.together}"
        )
        yield subject.key_warning(("steps", name, key), "PD517", message)


def _cannot_be(subject: Subject, name: str, step: Step) -> Iterator[str]:
    """Why what is done in one case cannot count in another."""
    if step.owner is None and step.send is None:
        yield f'"{name}" happens by itself, in each case. Write it at steps that people do, or that send a message.'
    elif contact_written_to(step):
        yield f'"{name}" writes to a contact, and each case has its own. Take "together" out.'
    if step.repeats is not None:
        yield f'"{name}" comes again, and each case has its own rounds. Take "together" out.'
    if step.optional:
        yield f'"{name}" is optional, and may be opened in one case alone. Take "together" out.'
    if step.asks is not None:
        yield f'"{name}" is asked of several in order, in each case by itself. Take "together" out.'
    if step.choose is not None or step.records is not None:
        what = "a decision table recommends for one case" if step.choose else "the registers would have it twice"
        yield f'"{name}" is each case\'s own: {what}. Take "together" out.'
    if growing(subject.form(name)):
        yield f'"{name}" gathers a table that grows, in each case by itself. Take "together" out.'


def _of_each(subject: Subject, step: Step) -> Iterator[str]:
    """What each case has for itself although this step is done once for all of them."""
    source, _ = source_of(step) or ("", "")
    if step.for_each == AGENCY:
        yield "Each case has its own agencies. Name posts, or a list from a step that is done together as well."
    elif source in subject.steps and subject.steps[source].together != step.together:
        yield f'The list is gathered by "{source}" in each case. Write there as well: together: {step.together}'
    meeting = subject.steps.get(step.invites_to or "")
    parts = meeting.due.parts if meeting is not None and meeting.due is not None else ()
    for fixes in dict.fromkeys(part.anchor.name for part in parts if part.anchor.name in subject.steps):
        if subject.steps[fixes].together != step.together:
            yield (
                f'They are invited once, and each case has a day of its own: "{fixes}" fixes it. '
                f"Write there as well: together: {step.together}"
            )


def _letters(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    """That the letters by which somebody is invited name one case alone."""
    if step.invites_to is None:
        return
    asking = [subject.steps[other].send or "" for other in asking_of(subject.steps, name)]
    loaded = subject.library.ladders
    ladder = loaded.model.ladders.get(step.ladder or "") if loaded is not None else None
    asked = asking or ([rung.message for rung in ladder.rungs[:1]] if ladder is not None else [])
    texts = subject.library.messages
    for message in dict.fromkeys(asked):
        if message in texts and TOGETHER not in named(texts[message].model.every_text):
            told = (
                f'"{message}" is the first that they read of a meeting for all cases, and it names one. '
                f"Write {{{TOGETHER}}} in it, which is left out where a case is treated alone."
            )
            yield subject.key_warning(("steps", name, "together"), "PD464", told)
