"""The messages of a rehearsal: those that go out, and those that would follow if nothing came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, contact_recipient, step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.rules.timing.rungs import for_timetable, message_of, rung_times
from reviewflow.language.model import Partnership
from reviewflow.london import LONDON, london_day
from reviewflow.service.messages.answer_places import without_pages
from reviewflow.service.messages.departure import leaves_at
from reviewflow.service.messages.fields.chasing import is_outside
from reviewflow.service.messages.languages import language_of_agency
from reviewflow.service.messages.recipients import with_posts_above
from reviewflow.service.messages.text import write
from reviewflow.service.rehearsal.played import Played, PlayedMoment
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext

POSTS = {
    "contact": "contact",
    "deputy": "deputy",
    "senior": "senior lead",
    "partner": "safeguarding partner",
    "designated": "designated professional",
}


@dataclass(frozen=True, slots=True)
class PreviewedLetter:
    """One message at one moment; owners who get it at the same moment stand together."""

    when: datetime
    """In London."""
    name: str
    title: str
    message: str
    to: tuple[str, ...]
    whom: str
    items: tuple[str, ...]
    case: Case
    """As it is when the message is written, for its wording."""
    by_itself: bool = False
    """The step itself is this message; otherwise it chases."""


def letters(played: Played) -> tuple[tuple[PreviewedLetter, ...], tuple[PreviewedLetter, ...]]:
    """Those that go out, and those that would follow."""
    fired = [letter for happening in played.happenings for letter in _sent(played, happening)]
    later = [letter for happening in played.happenings for letter in _would_follow(played, happening)]
    return tuple(_together(fired, played)), tuple(_together(later, played))


def _sent(played: Played, happening: PlayedMoment) -> Iterator[PreviewedLetter]:
    for event in happening.events:
        if isinstance(event, (e.MessageSent, e.NoticeSent, e.Chased, e.OwnerTold)):
            letter = _letter(played, happening.now, happening.after, (event.item, event.message, event.to))
            yield replace(letter, by_itself=isinstance(event, e.MessageSent))
        elif isinstance(event, e.LetterPrepared):
            to = (contact_recipient(event.contact),)
            letter = _letter(played, happening.now, happening.after, (event.item, event.message, to))
            yield replace(letter, by_itself=True)
        elif isinstance(event, e.HoldReviewDue):
            yield _letter(
                played, happening.now, happening.after, (LookAgain.HOLD.of(event.hold), event.message, event.to)
            )
        elif isinstance(event, e.NothingCame) and event.message:
            about = (LookAgain.ENDING.of(event.ending), event.message, event.to)
            yield replace(_letter(played, happening.now, happening.after, about), by_itself=True)


About = tuple[str, str, tuple[str, ...]]
"""The item that a message is about, the message, and who gets it."""


def _letter(played: Played, now: datetime, case: Case, about: About) -> PreviewedLetter:
    partnership, plan = played.setting.partnership, played.setting.plan
    item, message, named = about
    to = with_posts_above(partnership, named)
    hold = plan.holds.get(LookAgain.HOLD.name_in(item))
    title = hold.title if hold else plan.definition.title(LookAgain.ENDING.name_in(item) or step_of(item))
    when = leaves_at(partnership, played.setting.calendars, item, now).astimezone(LONDON)
    return PreviewedLetter(when, step_of(item), title, message, to, whom(to, partnership, case.agencies), (item,), case)


def _would_follow(played: Played, happening: PlayedMoment) -> Iterator[PreviewedLetter]:
    """The rungs that were still to come for what is settled now."""
    before = happening.before.items if happening.before else {}
    for item, state in before.items():
        if state.status is Status.OPEN and happening.after.items[item].status is not Status.OPEN:
            yield from _rungs_left(played, happening, item, state)


def _rungs_left(played: Played, happening: PlayedMoment, item: str, state: Item) -> Iterator[PreviewedLetter]:
    plan, at, case = played.setting.plan, played.setting.partnership.send_at, happening.before
    ladder = plan.ladder(step_of(item))
    if ladder is None or case is None:
        return
    coming = rung_times(plan, case, item, state, played.setting.calendars, at)
    for sent, message in enumerate(for_timetable(ladder, coming), start=state.sent + 1):
        rungs = message.number if message.tells_owner else message.number + 1
        chased = (*state.chased, london_day(message.when))
        as_then = replace(case, items={**case.items, item: replace(state, rungs=rungs, sent=sent, chased=chased)})
        yield _letter(played, message.when, as_then, (item, *message_of(plan, case, item, message)))


def _together(letters: Sequence[PreviewedLetter], played: Played) -> Iterator[PreviewedLetter]:
    """In the order of time; the same message about the same step at the same moment is one line."""
    ordered = sorted(letters, key=lambda letter: (letter.when, letter.name, letter.message))
    for _, alike in groupby(ordered, key=lambda letter: (letter.when, letter.name, letter.message)):
        same = list(alike)
        to = tuple(dict.fromkeys(recipient for letter in same for recipient in letter.to))
        items = tuple(dict.fromkeys(item for letter in same for item in letter.items))
        yield replace(same[0], to=to, items=items, whom=whom(to, played.setting.partnership, same[0].case.agencies))


def whom(to: Iterable[str], partnership: Partnership, agencies: tuple[str, ...] = ()) -> str:
    """'Police (contact, deputy); Chair'. Agencies with the same posts stand together."""
    posts: dict[str, list[str]] = {}
    others: list[str] = []
    for recipient in to:
        kind, name, *post = recipient.split(":")
        if kind == "agency":
            posts.setdefault(name, []).append(POSTS[post[0] if post else "contact"])
        else:
            others.append(recipient_title(partnership, recipient))
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, of_agency in posts.items():
        alike.setdefault(tuple(of_agency), []).append(name)
    agency_words = (_agencies(names, of_agency, partnership, agencies) for of_agency, names in alike.items())
    return "; ".join([*agency_words, *filter(None, others)]) or "nobody by name"


def _agencies(names: Sequence[str], posts: Sequence[str], partnership: Partnership, agencies: tuple[str, ...]) -> str:
    if len(names) > 1 and set(names) == set(agencies):
        return f"each agency ({', '.join(posts)})"
    return f"{', '.join(recipient_title(partnership, f'agency:{name}') for name in names)} ({', '.join(posts)})"


def wording(played: Played, letter: PreviewedLetter, language: str = "") -> tuple[str, str]:
    """Subject and text of a message, as its first recipients get it; or as they would in another language."""
    readers = letter.to if is_outside(letter.to) else ()
    setting = played.setting
    context = CaseContext(setting.plan, letter.case, setting.partnership, setting.calendars, letter.when)
    read_in = language or language_of_agency(setting.partnership, letter.to[0] if letter.to else "")
    subject, text = write(context, letter.items[0], letter.message, readers, language=read_in)
    return without_pages(setting.partnership, subject), without_pages(setting.partnership, text)
