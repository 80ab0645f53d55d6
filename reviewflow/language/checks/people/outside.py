"""Bodies outside: whom a step waits for is known, is written to alone, and is never told that it is late."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.language.checks.subject import Subject
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import OUTSIDE, Ladder, Ladders, Message, Partnership, Rung, Step
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.outside import bodies, body_waited_for, writes_outside
from reviewflow.language.suggestions import suggestion
from reviewflow.language.templates import OF_BODIES, slots
from reviewflow.text import listing

ACCUSES = re.compile(
    r"\b(?:overdue|late(?!r|st)|escalat\w*|fail(?:ed|ing|ure|s)?|chas(?:e|ed|ing)|demand\w*|deadline|breach\w*|must)\b",
    re.IGNORECASE,
)
"""Words that tell somebody of a debt."""
_SPEAKS_OF_DEBT = re.compile(r"\b(?:overdue|escalat\w*|was due|should have)\b", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Problem]:
    partnership = subject.library.partnership
    if partnership is None or subject.library.could_be("partnership", ""):
        return
    for name, step in subject.steps.items():
        if step.waits_for is not None:
            yield from _body(subject, partnership.model, step, ("steps", name, "waits_for"))
            yield from _of_the_office(subject, partnership.model, name, step)
        if writes_outside(_ladder(subject, step.ladder)):
            yield from _mailbox(subject, partnership.model, name, step, ("steps", name, "ladder"))
        if OUTSIDE in step.to:
            yield from _sent(subject, partnership.model, step, ("steps", name))
    for name, limit in subject.process.limits.items():
        if writes_outside(_ladder(subject, limit.ladder)):
            message = (
                f"This ladder writes to a body outside, which no time limit binds. Give that ladder to the step that "
                f'waits for it, and "{name}" one that tells this office.'
            )
            yield subject.error(("limits", name, "ladder"), "PD422", message)


def _ladder(subject: Subject, name: str | None) -> Ladder | None:
    loaded = subject.library.ladders
    return loaded.model.ladders.get(name or "") if loaded is not None else None


def _body(subject: Subject, partnership: Partnership, step: Step, path: Path) -> Iterator[Problem]:
    """PD421: what looks like a name is one of a body outside."""
    name, known = body_waited_for(step), bodies(subject.process, partnership)
    if not name or name in known:
        return
    if name in partnership.roles or name in partnership.agencies:
        message = (
            f'"{name}" is a post or an agency of partnership.yaml, so it owes the step: make it the owner. '
            "waits_for is for a body outside, which owes you nothing."
        )
        yield subject.warning(path, "PD421", message)
    elif "_" in name or suggestion(name, known):
        message = f'"{name}" is not a body outside.{suggestion(name, known)}\n'
        message += f"Bodies outside: {listing(known)}." if known else _write_one(name)
        yield subject.error(path, "PD421", f"{message}\nOr say in words who is to answer: waits_for: The court")


def _write_one(name: str) -> str:
    return f"Name it in partnership.yaml: outside: {{{name}: {{title: ..., email: ...}}}}"


def _which(partnership: Partnership) -> str:
    known = partnership.outside
    return f"Write one of partnership.yaml: waits_for: {listing(known, last='or')}" if known else _write_one("panel")


def _mailbox(subject: Subject, partnership: Partnership, name: str, step: Step, path: Path) -> Iterator[Problem]:
    """PD422: a ladder or a message that goes outside goes to a body with a mailbox."""
    body = body_waited_for(step)
    if step.waits_for is None:
        message = (
            f'This goes to a body outside, and "{name}" waits for none. Write waits_for: NAME at "{name}", or name a '
            "role or a ladder that writes to this office."
        )
        yield subject.error(path, "PD422", message)
    elif not body or body not in bodies(subject.process, partnership):
        message = (
            f'This goes to a body outside, and "{name}" says in words whom it waits for: nobody could be written to.\n'
            f"{_which(partnership)}"
        )
        yield subject.error(path, "PD422", message)
    elif body not in partnership.outside:
        message = f'"{body}" has no mailbox, so nobody could be written to. {_write_one(body)}'
        yield subject.error(path, "PD422", message)


def _sent(subject: Subject, partnership: Partnership, step: Step, path: Path) -> Iterator[Problem]:
    """A message that an automatic step sends outside, about a step that waits for an answer."""
    about = subject.steps.get(step.about or "")
    if len(step.to) > 1:
        message = "A letter to a body outside goes to nobody else. Make a step of its own for the others."
        yield subject.error((*path, "to"), "PD422", message)
    if step.about is None:
        message = "It is not said what the body outside is asked for. Write: about: and the step that waits for it."
        yield subject.error((*path, "to"), "PD422", message)
    elif about is not None:
        yield from _mailbox(subject, partnership, step.about, about, (*path, "to"))
    loaded = subject.library.messages.get(step.send or "")
    if loaded is not None:
        yield from (subject.error((*path, "send"), "PD423", words) for words in _wrong_words(step.send or "", loaded))


def _of_the_office(subject: Subject, partnership: Partnership, name: str, step: Step) -> Iterator[Problem]:
    """PD424: what this office hears of an answer that has not come does not say that somebody is late."""
    ladder, path = _ladder(subject, step.ladder), ("steps", name, "ladder")
    if ladder is None:
        return
    waited = _plain(bodies(subject.process, partnership).get(step.waits_for or "") or step.waits_for or "")
    for rung in ladder.rungs:
        post = next(
            (to for to in rung.to if to in partnership.roles and _plain(partnership.roles[to].title) == waited), ""
        )
        if post:
            message = (
                f'"{name}" waits for "{step.waits_for}", and this ladder writes to it as to a post of your own, '
                f'"{post}", in words for those who owe you something.\n'
                f"Name it under outside in partnership.yaml, and write in the ladder: to: {OUTSIDE}"
            )
            yield subject.warning(path, "PD424", message)
            return
    for rung in ladder.rungs:
        loaded = subject.library.messages.get(rung.message)
        found = _SPEAKS_OF_DEBT.search(loaded.model.text) if loaded is not None and OUTSIDE not in rung.to else None
        if found:
            message = (
                f'The message "{rung.message}" says "{found[0]}", and nobody is late with "{name}": its day is an '
                "expectation. Name a ladder that asks this office to look after it."
            )
            yield subject.warning(path, "PD424", message)
            return


def _plain(title: str) -> str:
    return title.casefold().removeprefix("the ").strip()


def check_ladders(library: Library) -> Iterator[Problem]:
    """A rung that goes outside goes there alone (PD422), in words that fit (PD423)."""
    loaded = library.ladders
    if loaded is None:
        return
    for name, ladder in loaded.model.ladders.items():
        for index, rung in enumerate(ladder.rungs):
            if OUTSIDE in rung.to:
                yield from _rung(loaded, rung, ("ladders", name, "rungs", index))
                yield from _wording(library, loaded, rung.message, ("ladders", name, "rungs", index, "message"))
        if ladder.thanks is not None and writes_outside(ladder):
            yield from _wording(library, loaded, ladder.thanks, ("ladders", name, "thanks"))


def _rung(loaded: Loaded[Ladders], rung: Rung, path: Path) -> Iterator[Problem]:
    if len(rung.to) > 1:
        message = (
            "A letter to a body outside goes to nobody else. Give the others a rung of their own, with its message."
        )
        yield loaded.source.value_problem((*path, "to"), "PD422", message)
    if rung.when.span is not None and rung.when.span.unit.by_the_clock:
        message = "A body outside owes you nothing, so it is not reminded by the hour. Count this rung in days."
        yield loaded.source.value_problem((*path, "when"), "PD422", message)
    if rung.repeat is not None and rung.repeat.times is None:
        message = (
            "A body outside owes you nothing, so it is not written to without end. Say how often: "
            f"repeat: every {rung.repeat.every}, 2 times"
        )
        yield loaded.source.value_problem((*path, "repeat"), "PD422", message)


def _wording(library: Library, loaded: Loaded[Ladders], message: str, path: Path) -> Iterator[Problem]:
    sent = library.messages.get(message)
    if sent is not None:
        for words in _wrong_words(message, sent):
            yield loaded.source.value_problem(path, "PD423", words, Severity.ERROR)


def _wrong_words(name: str, loaded: Loaded[Message]) -> Iterator[str]:
    texts = [text for words in loaded.model.wordings.values() for text in (words.subject, words.text)]
    used = dict.fromkeys(field for text in texts for _, _, field in slots(text))
    refused = [f"{{{field}}}" for field in used if field not in OF_BODIES]
    if refused:
        yield (
            f'"{name}" goes to a body outside, and says {listing(refused)}, which is not for it.\n'
            f"It may say: {listing(f'{{{field}}}' for field in sorted(OF_BODIES))}."
        )
    found = next(filter(None, map(ACCUSES.search, texts)), None)
    if found:
        yield (
            f'"{name}" goes to a body outside, and says "{found[0]}": it owes you nothing, and is late with nothing.\n'
            "Say what you are waiting for, and by when you hope for it."
        )
