"""A first real letter by each route, to somebody who says whether it came: `python -m tasks.outside.first_letters`.

Told as JSON on the standard input to whom and by whom. `reviewflow delivery try` starts it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.outcome import DeliveryStatus, Outcome
from notifications.send import send, tell
from notifications.settings import delivery_from_environment
from reviewflow.case.model.ids import agency_recipient, role_recipient
from reviewflow.language.model import ChannelKind, Partnership
from reviewflow.language.suggestions import not_among
from reviewflow.london import stamp
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.health.routes import Route, routes_of
from reviewflow.service.messages.mailboxes import mailbox, unreachable
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import ROUTE, LogEntry
from reviewflow.text import listing
from tasks.office import as_command, the_workspace, this_moment

KIND = "delivery try"
"""The kind of entry in the office's log."""
IN_TEST = (
    "Delivery is test: no message leaves the building, so no route can be tried. Nothing was sent. To try them with "
    "few people first, set REVIEWFLOW_GUESTS to their addresses, say reviewflow delivery guest-list --by NAME, and try "
    "again; to let all messages out: reviewflow delivery live --by NAME"
)
TRIAL = "This is a trial of this channel. Nothing is asked of anybody."


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What became of one route."""

    route: Route
    went: bool
    words: str


def try_routes(
    workspace: Workspace, environ: Mapping[str, str], to: str, *, by: str, now: datetime
) -> tuple[TrialResult, ...]:
    """Send by every route, keep which went, and note it in the office's log.

    Raises UserError in test mode, for who is not in partnership.yaml and where nothing may go; SettingsError.
    """
    office, mode = workspace.partnership, delivery_mode(workspace, environ).mode
    address = address_of(office, to)
    if mode is Mode.TEST:
        raise UserError(IN_TEST)
    delivery = delivery_from_environment(environ, mode, office.channels)
    number = len(workspace.store.noted(KIND)) + 1
    letters = LetterTrial(office, delivery, address, number, by)
    tried = tuple(letters.by(route, now=now) for route in routes_of(office, environ))
    for one in tried:
        if one.went:
            workspace.store.note_done(ROUTE + one.route.name, stamp(now))
    outcomes = "; ".join(f"{one.route.name} {'went' if one.went else 'failed'}" for one in tried)
    workspace.store.note(LogEntry(stamp(now), by, KIND, f"first letters to {to}: {outcomes}"))
    return tried


def address_of(partnership: Partnership, name: str) -> str:
    """The mailbox of a post or agency; raises UserError for who is not there, and where nothing may go."""
    known = [*partnership.roles, *partnership.agencies]
    if name not in known:
        what = "a post or an agency of partnership.yaml"
        raise UserError(f"{not_among(what, name, known)} There are: {listing(sorted(known))}. Nothing was sent.")
    recipient = role_recipient(name) if name in partnership.roles else agency_recipient(name, "contact")
    if why := unreachable(partnership, recipient):
        raise UserError(f"{why} Nothing was sent.")
    return mailbox(partnership, recipient) or ""


@dataclass(frozen=True, slots=True)
class LetterTrial:
    """The same trial, by one route after the other."""

    office: Partnership
    delivery: Delivery
    address: str
    number: int
    sender: str

    def by(self, route: Route, *, now: datetime) -> TrialResult:
        """By this one."""
        channel = self.office.channels.get(route.name)
        if channel is not None and channel.kind is not ChannelKind.MAIL:
            return self._word(route)
        outcome = send(self._letter(route), self.delivery.through(route.name if channel else None), now=now)
        return TrialResult(route, outcome.verdict is DeliveryStatus.SENT, _words(outcome))

    def _word(self, route: Route) -> TrialResult:
        """On a channel with targets of its own; told only when all messages go out, as every word there is."""
        if self.delivery.mode is not Mode.LIVE:
            return TrialResult(route, went=False, words="Not told: nothing is said there before delivery is live.")
        told = tell(self.delivery.urls[route.name], TRIAL, self.delivery)
        return TrialResult(route, told, "It was taken over." if told else "It could not be reached.")

    def _letter(self, route: Route) -> Letter:
        contact = self.office.contact
        text = (
            f"{self.sender} sends this to see whether letters of {self.office.partnership} reach this mailbox by "
            f"{route.name}.\n\nNothing is asked of you but this: please tell {contact.name} ({contact.email}, "
            f"{contact.phone}) that it came, and whether it looked as a letter should."
        )
        subject = f"{self.office.partnership}: a first letter, to see that letters arrive"
        return Letter(f"TRY-{self.number}/{route.name.replace(' ', '-')}", self.address, subject, text)


def _words(outcome: Outcome) -> str:
    return (
        outcome.detail
        if outcome.verdict is not DeliveryStatus.HELD
        else f"{outcome.detail} It is not on the guest list."
    )


def said(tried: tuple[TrialResult, ...], to: str) -> Iterator[str]:
    """A line for each route, and what to do next."""
    for one in tried:
        service = "" if one.route.service == one.route.name else f" ({one.route.service})"
        yield f"{one.route.name}{service}: {'went.' if one.went else 'did not go.'} {one.words}"
    if any(one.went for one in tried):
        yield f"That it was taken over does not say that it came: ask {to}."


def main() -> int:
    """Send, and say what became of each; 1 when one did not go."""
    told = json.load(sys.stdin)
    with the_workspace() as workspace:
        tried = try_routes(workspace, os.environ, told["to"], by=told["by"], now=this_moment())
        print("\n".join(said(tried, told["to"])))  # noqa: T201 - what the command is for
    return 0 if all(one.went for one in tried) else 1


if __name__ == "__main__":
    sys.exit(as_command(main))
