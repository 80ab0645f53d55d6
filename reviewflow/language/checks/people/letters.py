"""What letters say fits what they are about: nil returns, papers, acknowledgements, and somebody above who is late."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reviewflow.language.checks.subject import Subject
from reviewflow.language.model import AGENCY, EACH, OWNER, Ladder, Partnership, Rung, Step, Until
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.letters import asking_of, made_beside, takes_nil_return
from reviewflow.language.structure.outside import writes_outside
from reviewflow.language.structure.seniority import mailboxes_above
from reviewflow.language.templates import named

NIL = re.compile(r"\bnil[- ]returns?\b", re.IGNORECASE)
PAPERS = re.compile(r"\b(?:templates?|enclos\w+|attached)\b", re.IGNORECASE)
DAYS = frozenset({"due", "days"})
"""Fields that tell by when something is owed."""
DOES_IT = frozenset({OWNER, "deputy", "designated", "contributors"})
"""The names that stand for those who do the work, do it in the owner's place, or help with it."""


def check(subject: Subject) -> Iterator[Problem]:
    asking = {other: frozenset(asking_of(subject.steps, other)) for other in subject.steps}
    for name, step in subject.steps.items():
        path: Path = ("steps", name)
        ladder = _ladder(subject, step)
        if ladder is not None:
            yield from _words(subject, name, [rung.message for rung in ladder.rungs], (*path, "ladder"))
            yield from _asked(subject, name, ladder, (*path, "ladder"))
            yield from _above(subject, name, step, ladder, (*path, "ladder"))
        yield from _day(subject, step, path)
        if step.send is not None:
            about = [step.about] if step.about else [other for other, askers in asking.items() if name in askers]
            for asked in about:
                yield from _words(subject, asked, [step.send], (*path, "send"))


def _ladder(subject: Subject, step: Step) -> Ladder | None:
    loaded = subject.library.ladders
    return loaded.model.ladders.get(step.ladder or "") if loaded is not None else None


@lru_cache(maxsize=1024)  # a ladder sends the same messages about many steps
def _speaks_of(what: re.Pattern[str], text: str) -> bool:
    return what.search(text) is not None


def _words(subject: Subject, asked: str, messages: Sequence[str], path: Path) -> Iterator[Problem]:
    """Messages whose own words speak of what this step does not have."""
    if asked not in subject.steps or not subject.form_is_known(asked):
        return
    for message in dict.fromkeys(messages):
        loaded = subject.library.messages.get(message)
        text = loaded.model.text if loaded is not None else ""
        if _speaks_of(NIL, text) and not takes_nil_return(subject.form(asked)):
            yield subject.warning(
                path,
                "PD480",
                f'The message "{message}" speaks of a nil return, and the form of "{asked}" takes none. Write '
                "{nil_return} into the message: it stands there only where the form has an option nil_return.",
            )
        if _speaks_of(PAPERS, text) and not made_beside(subject.steps, asked):
            yield subject.warning(
                path,
                "PD481",
                f'The message "{message}" promises papers, and no step makes any that go with "{asked}". Write '
                "{papers} into the message: it names those that a step makes, and nothing where none does.",
            )


def _day(subject: Subject, step: Step, path: Path) -> Iterator[Problem]:
    """A document that tells the day of a step that has none: it would say that it is still to be set."""
    loaded = subject.library.documents.get(step.make or "")
    if step.about is not None or loaded is None:
        return
    told = sorted(named(loaded.model.text or "") & DAYS)
    if told:
        yield subject.warning(
            (*path, "make"),
            "PD454",
            f'The document "{step.make}" says {{{told[0]}}}, and a step that makes a document has no day: it would say '
            'that the day is still to be set. Name the step whose day is meant, such as "about: agency_return".',
        )


def _asked(subject: Subject, name: str, ladder: Ladder, path: Path) -> Iterator[Problem]:
    """A reminder that asks whether a request has come, where none went.

    Of a process that asks nobody by itself nothing is said: there the office asks, in a way of its own.
    """
    if not any(step.send is not None and step.for_each == AGENCY for step in subject.steps.values()):
        return
    if any(rung.until is Until.ACKNOWLEDGED for rung in ladder.rungs) and not asking_of(subject.steps, name):
        message = (
            f'This ladder asks whether our request has arrived, and nothing asks for "{name}". Send a message '
            f"about it first: a step with send, and about: {name}."
        )
        yield subject.warning(path, "PD482", message)


def _above(subject: Subject, name: str, step: Step, ladder: Ladder, path: Path) -> Iterator[Problem]:
    """An escalation that comes to the very mailbox of whoever is late, or to nobody above them."""
    partnership = subject.library.partnership
    after = [rung for rung in ladder.rungs if not rung.when.before and not set(rung.to) <= DOES_IT]
    if partnership is None or ladder.recognition or writes_outside(ladder) or not after:
        return
    for owner, mailbox in _owners(partnership.model, step):
        reached = _mailboxes(partnership.model, owner, after[-1])
        if reached == {mailbox.lower()}:
            message = (
                f'When "{name}" is late, the last message of this ladder goes to nobody but {owner}, who is late. '
                "Name somebody above them in the ladder, or give them another mailbox."
            )
            yield subject.warning(path, "PD483", message)
            return
        above = mailboxes_above(partnership.model, owner)
        if above and above.isdisjoint(reached) and not step.waits_for:
            message = (
                f'When "{name}" is late, the last message of this ladder goes to nobody who is senior to {owner}. '
                "Write senior into its last rung: of an agency its senior lead, of a post the one that it answers to."
            )
            yield subject.warning(path, "PD505", message)
            return


def _owners(partnership: Partnership, step: Step) -> Iterator[tuple[str, str]]:
    """Each who may owe it, with the mailbox; none for whom only an answer names."""
    owners = step.for_each if step.owner == EACH and isinstance(step.for_each, tuple) else (step.owner or "",)
    for owner in owners:
        if owner == AGENCY:
            yield from ((agency, known.contact) for agency, known in partnership.agencies.items())
        elif owner in partnership.roles:
            yield owner, partnership.roles[owner].email


def _mailboxes(partnership: Partnership, owner: str, rung: Rung) -> frozenset[str]:
    """Whom a rung reaches besides those who do the work."""
    agency = partnership.agencies.get(owner)
    reached = set()
    for name in set(rung.to) - DOES_IT:
        role = agency.partner if agency is not None and name == "partner" else name
        if agency is None and name == "senior":
            role = partnership.roles[owner].answers_to or ""
        known = partnership.roles.get(role or "")
        address = agency.senior if agency is not None and name == "senior" else known.email if known else None
        reached.add((address or "").lower())
    return frozenset(reached - {""})
