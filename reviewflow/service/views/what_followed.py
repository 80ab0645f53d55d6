"""What a command led to: what was recorded, what follows now, and who will be told when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from reviewflow.calendar import OFFICE
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.language.built_in_messages import OF_EARLIER_LETTERS, OF_REVIVED_WORK
from reviewflow.london import LONDON, london_day
from reviewflow.service.commands.carry_out import CommandResult, find
from reviewflow.service.messages.coming import ComingMessage, coming_message
from reviewflow.service.messages.departure import is_urgent, leaves_at, sweep_at
from reviewflow.service.messages.heard import heard_by, was_heard_of, was_told_it_is_over
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.messages.naming import item_title
from reviewflow.service.messages.promised import promised
from reviewflow.service.messages.quiet_hours import next_day
from reviewflow.service.views.history import items_about, sentences
from reviewflow.service.wording.message_words import message_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import NewNotice
from reviewflow.text import counted, listing, moment_words

MESSAGES = (e.MessageSent, e.Chased, e.OwnerTold, e.ChasedByHand, e.NoticeSent, e.DecisionDue, e.LetterPrepared)
"""What puts messages into the outbox: told with whom and when, not as a thing that happened."""
FOLLOWS = (
    e.ItemsOpened,
    e.ItemsPending,
    e.NotNeeded,
    e.TakeNoPart,
    e.OwnerMoved,
    e.AskedNext,
    e.NextContactAsked,
    e.EntriesRemoved,
    e.RoundOpened,
    e.OwedAfterRound,
    e.RoundsEnded,
    e.RoundsStopped,
    e.RoundsDropped,
    e.SentBack,
    e.DocumentAsked,
    e.RunAsked,
    e.LimitMet,
    e.LimitBreached,
    e.LateForeseen,
    e.ForecastTurned,
    e.BackOnCourse,
    e.DueMoved,
    e.DueDatesShifted,
    e.FollowsNewDay,
    e.ClockStopped,
    e.ClockWentOn,
    e.CaseEnding,
    e.CaseEnded,
    e.CaseClosed,
)
"""What the rules make of a command, unless it stands first: then it is the command itself."""
WARNED = (e.TooLateWarned, e.DoneBeforeItsTurn)
"""Said as warnings already."""


@dataclass(frozen=True, slots=True)
class ToBeTold:
    """A message that waits in the outbox, or the next one of a ladder."""

    about: str
    """The step; with the number of its owners where several get it alike."""
    message: str
    called: str
    """The message as its reader sees it: '“Please reply”'."""
    whom: str
    when: datetime | None
    """In London; None for a letter that waits until a named person releases it."""
    waits: bool
    """Whether it is in the outbox already; otherwise it goes if nothing comes before."""

    @property
    def words(self) -> str:
        """In a sentence."""
        if self.when is None:
            return f"{self.about}: the letter to {self.whom} waits until somebody releases it."
        return f"{self.about}: {self.called} goes on {moment_words(self.when)} to {self.whom}."


@dataclass(frozen=True, slots=True)
class WhatFollowed:
    """What an officer reads after a command."""

    recorded: tuple[str, ...]
    follows: tuple[str, ...]
    told: tuple[ToBeTold, ...]
    asks_nothing: tuple[str, ...] = ()
    """Those of `follows` that say what nobody owes: the first that may be left out where all are too many."""


def what_followed(workspace: Workspace, result: CommandResult, *, now: datetime) -> WhatFollowed:
    """The sentences of the history for what a command led to, and the messages about what it touched."""
    said = list(zip(result.events, sentences(workspace, result.case, result.events), strict=True))
    told = [(event, words) for event, words in said if not isinstance(event, MESSAGES + WARNED)]
    first = told[0][0] if told else None
    return WhatFollowed(
        tuple(words for event, words in told if event is first or not isinstance(event, FOLLOWS)),
        tuple(words for event, words in told if event is not first and isinstance(event, FOLLOWS)),
        (*_told(workspace, result, now), *_told_of_others(workspace, result, now)),
        tuple(words for event, words in told if event is not first and isinstance(event, e.NotNeeded)),
    )


def _told(workspace: Workspace, result: CommandResult, now: datetime) -> Iterator[ToBeTold]:
    context = workspace.context(find(workspace, result.case.reference), now)
    yield from _in_the_outbox(workspace, context, result.events)
    yield from _coming(workspace, context, result.case, result.events)


def _told_of_others(workspace: Workspace, result: CommandResult, now: datetime) -> Iterator[ToBeTold]:
    """Who is told because another case goes by what happened in this one, with the reference of that case."""
    for other in result.others:
        for told in _told(workspace, other, now):
            yield replace(told, about=f"{other.case.reference}, {told.about}")


def _in_the_outbox(workspace: Workspace, context: CaseContext, recorded: Sequence[e.Event]) -> Iterator[ToBeTold]:
    going = (notice for notice in promised(context, recorded) if _will_leave(workspace, context, notice))
    queued = sorted(((_leaves(workspace, context, notice), notice) for notice in going), key=_queued_alike)
    for _, alike in groupby(queued, key=_queued_alike):
        same = list(alike)
        (leaves, first), people = same[0], [notice.recipient for _, notice in same]
        message, about = first.message, _about(context, [notice.item for _, notice in same])
        yield ToBeTold(about, message, _called(context, message), _whom(context, people), leaves, waits=True)


def _queued_alike(queued: tuple[datetime | None, NewNotice]) -> tuple[str, str, str]:
    leaves, notice = queued
    return step_of(notice.item), notice.message, leaves.isoformat() if leaves else ""


def _will_leave(workspace: Workspace, context: CaseContext, notice: NewNotice) -> bool:
    """Whether it goes: what nobody has heard of is not taken back or changed in a letter."""
    if notice.message in OF_REVIVED_WORK:
        return was_told_it_is_over(notice.item, notice.recipient, workspace.store.notices(context.case.reference))
    if notice.message not in OF_EARLIER_LETTERS:
        return True
    messages = heard_by(notice.recipient, workspace.store.notices(context.case.reference))
    return was_heard_of(context.plan, notice.item, messages)


def _called(context: CaseContext, message: str) -> str:
    return message_words(context.plan.definition.messages, message)


def _leaves(workspace: Workspace, context: CaseContext, notice: NewNotice) -> datetime | None:
    if notice.to_release:
        return None
    if notice.urgent:
        return sweep_at(context.now).astimezone(LONDON)
    leaves = leaves_at(context.partnership, context.calendars, notice.item, context.now)
    return _or_the_next_day(workspace, context, notice.item, (notice.recipient,), leaves).astimezone(LONDON)


def _or_the_next_day(
    workspace: Workspace, context: CaseContext, item: str, recipients: Sequence[str], leaves: datetime
) -> datetime:
    """The next office day for what would go today to a mailbox that has had its letter of today."""
    if is_urgent(context.partnership, item) or london_day(leaves) != context.today:
        return leaves
    addresses = {(mailbox(context.partnership, recipient) or "").lower() for recipient in recipients}
    today = context.today.isoformat()
    had_theirs = all(workspace.store.ordinary_letter(today, address) for address in addresses)
    return next_day(context.partnership, context.calendars[OFFICE], context.now) if had_theirs else leaves


def _coming(workspace: Workspace, context: CaseContext, case: Case, recorded: Sequence[e.Event]) -> Iterator[ToBeTold]:
    """The next message about each thing that was touched and is owed."""
    touched = dict.fromkeys(item for event in recorded for item in items_about(event) if item in case.items)
    foretold = filter(None, (coming_message(context, item) for item in touched))
    coming = sorted((_after_todays_letter(workspace, context, message) for message in foretold), key=_alike)
    for (when, _, message), alike in groupby(coming, key=_alike):
        same = list(alike)
        people = [recipient for message_to in same for recipient in message_to.to]
        about = _about(context, [message_to.item for message_to in same])
        whom, leaves = _whom(context, people), when.astimezone(LONDON)
        yield ToBeTold(about, message, _called(context, message), whom, leaves, waits=False)


def _after_todays_letter(workspace: Workspace, context: CaseContext, coming: ComingMessage) -> ComingMessage:
    leaves = _or_the_next_day(workspace, context, coming.item, coming.to, coming.leaves)
    return replace(coming, leaves=leaves)


def _alike(coming: ComingMessage) -> tuple[datetime, str, str]:
    return coming.leaves, step_of(coming.item), coming.message


def _about(context: CaseContext, items: Sequence[str]) -> str:
    different = list(dict.fromkeys(items))
    if len(different) == 1:
        return item_title(context, different[0]) if different[0] else context.plan.definition.process.title
    return f"{context.plan.definition.title(step_of(different[0]))} ({counted(len(different), 'time')})"


def _whom(context: CaseContext, recipients: Sequence[str]) -> str:
    titles = (recipient_title(context.partnership, recipient) for recipient in recipients)
    return listing(dict.fromkeys(filter(None, titles)), none="nobody by name")
