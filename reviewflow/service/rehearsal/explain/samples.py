"""What messages look like when they arrive: their wording with the values that a rehearsal gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Message, Partnership
from reviewflow.language.suggestions import suggestion
from reviewflow.language.templates import FIELDS, render
from reviewflow.service.rehearsal.chases import letters, wording
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import listing

NO_STEP = "No step that is reached in a rehearsal sends it: the values are made up."
NOT_SENT = "{process}: no step, ladder or limit of it sends this message; the values are made up."
_MADE_UP = {
    "reference": "RR-2026-001",
    "process": "Rapid review",
    "called": "review",
    "step": "Agency summary and chronology",
    "owner": "Northmoor Police",
    "due": "Wed 27 May 2026",
    "was_due": "Wed 20 May 2026",
    "days": "2 working days left",
    "limit": "Rapid review: Wed 27 May 2026",
    "forecast": "It will be met in time: it ends Wed 27 May 2026, and is foreseen a day before.",
    "sent_before": "1",
    "next": "If nothing has arrived by Thu 28 May 2026, we write again.",
    "nil_return": "Nothing in your records? That is an answer too.",
    "papers": "With it come: Chronology.",
    "acknowledge": "Tell us that this has reached you.",
    "together": "together with RR-2026-002",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One message as somebody would get it in a rehearsal."""

    message: str
    process: str
    about: str
    to: tuple[str, ...]
    subject: str
    text: str


def samples(files: DefinitionFiles, message: str | None, process: str | None, *, today: date) -> list[Sample]:
    """A sample of each message that was asked for; of one message, of each step that sends it."""
    known = {name: file.model for name, file in files.library.messages.items()}
    if message is not None and message not in known:
        near = suggestion(message, known)
        raise UserError(f'"{message}" is not a message.{near}\nMessages: {listing(sorted(known))}.')
    shown: list[Sample] = []
    for name in [process] if process else sorted(files.processes()):
        needed = _without_sample(files, name, message, shown)
        shown += _of_process(files, name, needed, every_step=message is not None, today=today) if needed else ()
    seen = {sample.message for sample in shown}
    others = [
        sample
        for name, why in _unsent(files, message, process).items()
        if name not in seen
        for sample in _made_up(name, known[name], files.partnership, why)
    ]
    return sorted((*shown, *others), key=lambda sample: sample.message)


def _unsent(files: DefinitionFiles, message: str | None, process: str | None) -> dict[str, str]:
    """The messages that are shown with made-up values unless a rehearsal sends them, each with why."""
    if process is None:
        return dict.fromkeys([message] if message else sorted(files.library.messages), NO_STEP)
    own = files.definition(process)
    if message is None:
        return dict.fromkeys((name for name in sorted(own.messages) if name in files.library.messages), NO_STEP)
    return {message: NO_STEP if message in own.messages else NOT_SENT.format(process=own.process.title)}


def _without_sample(
    files: DefinitionFiles, process: str, message: str | None, shown: Sequence[Sample]
) -> frozenset[str]:
    """The messages of a process of which there is no sample yet."""
    used = files.definition(process).messages
    seen = {sample.message for sample in shown}
    return frozenset(name for name in used if name not in seen and message in {None, name})


def _of_process(
    files: DefinitionFiles, process: str, needed: frozenset[str], *, every_step: bool, today: date
) -> Iterator[Sample]:
    plan = Plan(files.definition(process))
    played = rehearse(
        Setting(plan, files.partnership, files.calendars), scenario(plan, files.partnership, dates={}, today=today)
    )
    seen = set[tuple[str, str]]()
    fired, would_follow = letters(played)
    for letter in (*fired, *would_follow):
        place = (letter.message, letter.name if every_step else "")
        if letter.message in needed and place not in seen:
            seen.add(place)
            to = tuple(recipient_title(files.partnership, recipient) for recipient in letter.to)
            for language, read_in in _languages(plan.definition.messages.get(letter.message)).items():
                subject, text = wording(played, letter, language)
                called = f"{letter.title}{read_in}"
                yield Sample(letter.message, plan.definition.process.title, called, to, subject, text)


def _languages(message: Message | None) -> dict[str, str]:
    """The languages in which a message is shown, '' as it is sent in the rehearsal; each with how that is called."""
    others = (message.also_in or {}) if message is not None else {}
    return {"": ""} | {name: f" (in {name.replace('_', ' ').capitalize()})" for name in others}


def _made_up(name: str, message: Message, partnership: Partnership, why: str) -> Iterator[Sample]:
    contact = partnership.contact
    ours = {
        "partnership": partnership.partnership,
        "link": partnership.link or contact.email,
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
    }
    values = {**dict.fromkeys(FIELDS, "..."), **_MADE_UP, **ours}
    for language, read_in in _languages(message).items():
        words = message.in_language(language)
        text = render(words.text, values).strip() + "\n"
        yield Sample(name, "", f"{why}{read_in}", (), render(words.subject, values), text)
