"""What a command led to: what was recorded, what follows now, and who will be told when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.language.built_in_messages import OF_EARLIER_LETTERS, OF_REVIVED_WORK
from reviewflow.london import LONDON
from reviewflow.service.commands.carry_out import CommandResult, find
from reviewflow.service.messages.coming import ComingMessage, coming_message
from reviewflow.service.messages.departure import leaves_at, sweep_at
from reviewflow.service.messages.heard import was_heard_of, was_told_it_is_over
from reviewflow.service.messages.naming import item_title
from reviewflow.service.messages.promised import promised
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
    context = workspace.context(find(workspace, result.case.reference), now)
    said = list(zip(result.events, sentences(workspace, result.case, result.events), strict=True))
    told = [(event, words) for event, words in said if not isinstance(event, MESSAGES + WARNED)]
    first = told[0][0] if told else None
    return WhatFollowed(
        tuple(words for event, words in told if event is first or not isinstance(event, FOLLOWS)),
        tuple(words for event, words in told if event is not first and isinstance(event, FOLLOWS)),
        (*_in_the_outbox(workspace, context, result.events), *_coming(context, result.case, result.events)),
        tuple(words for event, words in told if event is not first and isinstance(event, e.NotNeeded)),
    )


def _in_the_outbox(workspace: Workspace, context: CaseContext, recorded: Sequence[e.Event]) -> Iterator[ToBeTold]:
    going = (notice for notice in promised(context, recorded) if _will_leave(workspace, context, notice))
    queued = sorted(going, key=lambda notice: (step_of(notice.item), notice.message))
    for (_, message), alike in groupby(queued, key=lambda notice: (step_of(notice.item), notice.message)):
        same = list(alike)
        people = [notice.recipient for notice in same]
        about = _about(context, [notice.item for notice in same])
        leaves = _leaves(context, same[0])
        yield ToBeTold(about, message, _called(context, message), _whom(context, people), leaves, waits=True)


def _will_leave(workspace: Workspace, context: CaseContext, notice: NewNotice) -> bool:
    """Whether it goes: what nobody has heard of is not taken back or changed in a letter."""
    if notice.message in OF_REVIVED_WORK:
        return was_told_it_is_over(notice.item, notice.recipient, workspace.store.notices(context.case.reference))
    if notice.message not in OF_EARLIER_LETTERS:
        return True
    return was_heard_of(context.plan, notice.item, workspace.store.notices(context.case.reference))


def _called(context: CaseContext, message: str) -> str:
    return message_words(context.plan.definition.messages, message)


def _leaves(context: CaseContext, notice: NewNotice) -> datetime | None:
    if notice.to_release:
        return None
    at_once = sweep_at(context.now)
    leaves = at_once if notice.urgent else leaves_at(context.partnership, context.calendars, notice.item, context.now)
    return leaves.astimezone(LONDON)


def _coming(context: CaseContext, case: Case, recorded: Sequence[e.Event]) -> Iterator[ToBeTold]:
    """The next message about each thing that was touched and is owed."""
    touched = dict.fromkeys(item for event in recorded for item in items_about(event) if item in case.items)
    coming = sorted(filter(None, (coming_message(context, item) for item in touched)), key=_alike)
    for (when, _, message), alike in groupby(coming, key=_alike):
        same = list(alike)
        people = [recipient for message_to in same for recipient in message_to.to]
        about = _about(context, [message_to.item for message_to in same])
        whom, leaves = _whom(context, people), when.astimezone(LONDON)
        yield ToBeTold(about, message, _called(context, message), whom, leaves, waits=False)


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
