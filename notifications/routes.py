"""By which channel a letter goes, and who is told on another that something waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewflow.case.model.ids import Recipient
from reviewflow.language.model import Channel, ChannelKind, Partnership, Urgency

URGENT_TEXT = "You have an urgent partnership task. Please read your mail."
TEXT = "You have a partnership task. Please read your mail."


@dataclass(frozen=True, slots=True)
class Going:
    """What decides about the way of a letter."""

    recipients: tuple[str, ...]
    """'role:chair', 'agency:police:contact'."""
    urgent: bool
    since: datetime
    """When it was first tried."""


def mail_channel(channels: Mapping[str, Channel], going: Going, *, now: datetime) -> str | None:
    """The first that takes such letters; the one that stands in for it when this one could not go for so long."""
    fitting = [
        (name, each) for name, each in channels.items() if each.kind is ChannelKind.MAIL and _takes(each, going, all)
    ]
    waited = now - going.since
    stand_in = next((name for name, each in fitting if each.after and waited >= _hours(each)), None)
    return stand_in or next((name for name, each in fitting if each.after is None), None)


def nudges(partnership: Partnership, going: Going) -> Iterator[tuple[str, str]]:
    """Channels on which to say that something waits, and the words: no case, no reference, no agency."""
    if all(Recipient.parse(recipient).is_reached_alone for recipient in going.recipients):
        return  # a contact of a case, or a body outside, has no task, and is told by the letter alone
    for name, channel in partnership.channels.items():
        if channel.kind is ChannelKind.MAIL or not _takes(channel, going, any):
            continue
        text = URGENT_TEXT if going.urgent else TEXT
        with_link = f"{partnership.partnership}: {text} {partnership.link}" if partnership.link else text
        yield name, text if channel.kind is ChannelKind.SMS else with_link


def _takes(channel: Channel, going: Going, enough: Callable[[Iterable[bool]], bool]) -> bool:
    urgency = Urgency.URGENT if going.urgent else Urgency.ORDINARY
    return channel.only in {None, urgency} and (not channel.to or enough(_names(going.recipients, channel)))


def _names(recipients: Iterable[str], channel: Channel) -> Iterator[bool]:
    for recipient in recipients:
        kind, name, _ = Recipient.parse(recipient)
        yield (name if kind == "role" else kind) in channel.to


def _hours(channel: Channel) -> timedelta:
    return timedelta(hours=channel.after.amount) if channel.after else timedelta()
