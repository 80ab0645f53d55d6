"""Which handler carries out which command, and two facts about each: when it may be given, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from reviewflow.case.draft import Draft
from reviewflow.case.handlers import (
    case_details,
    contacts,
    endings,
    growing_tables,
    legal_holds,
    links,
    migration,
    opening,
    optional_steps,
    reopening,
    work,
)
from reviewflow.case.handlers.correspondence import chasing, deliveries, released_letters, requests, responses
from reviewflow.case.handlers.days import breaches, case_dates, extensions, holds
from reviewflow.case.handlers.taking_part import agencies, agency_mergers, members, together
from reviewflow.case.handlers.verifying import delegation, elsewhere
from reviewflow.case.model import commands as c


class Handler(NamedTuple):
    """What carries out a command, and two facts about it."""

    run: Callable[[Draft, Any], None]
    when_over: bool = False
    """A case that is over takes it too: facts may yet be put right, and the sweep may come late."""
    propagates: bool = True
    """What follows from its events is worked out at once."""


def _changes(run: Callable[[Draft, Any], None], *, when_over: bool = False) -> Handler:
    return Handler(run, when_over=when_over)


def _records(run: Callable[[Draft, Any], None], *, when_over: bool = False) -> Handler:
    """A fact from which nothing follows for the work."""
    return Handler(run, when_over=when_over, propagates=False)


HANDLERS: Mapping[type[c.Command], Handler] = MappingProxyType(
    {
        c.Open: _changes(opening.refuse_again),
        c.Complete: _changes(work.complete, when_over=True),
        c.ChangeLine: _changes(growing_tables.change_line),
        c.WithdrawLine: _changes(growing_tables.withdraw_line),
        c.Reopen: _changes(reopening.reopen, when_over=True),
        c.Skip: _changes(work.skip, when_over=True),
        c.OpenStep: _changes(optional_steps.open_step),
        c.CorrectDate: _changes(case_details.correct, when_over=True),
        c.CorrectCalendar: _changes(case_dates.correct_calendar),
        c.SetDate: _changes(case_dates.set_date),
        c.Extend: _changes(extensions.extend),
        c.Delegate: _changes(delegation.delegate),
        c.TakeBack: _changes(delegation.take_back),
        c.EndDelegations: _records(delegation.end_delegations),
        c.RecordBreach: _changes(breaches.explain_breach, when_over=True),
        c.Link: _changes(links.link),
        c.Unlink: _changes(links.unlink),
        c.Join: _changes(links.join),
        c.RecordLinkedFrom: _changes(links.record_linked_from, when_over=True),
        c.RecordTreated: _records(links.record_treated, when_over=True),
        c.RecordOver: _changes(links.record_over, when_over=True),
        c.RecordLed: _changes(together.record_led),
        c.TakeOver: _changes(together.take_over),
        c.ReopenWith: _changes(together.reopen_with),
        c.RecordSettled: _changes(links.record_settled),
        c.RecordVerified: _changes(elsewhere.record_verified, when_over=True),
        c.RecordUnlinkedFrom: _changes(links.record_unlinked_from, when_over=True),
        c.Hold: _changes(holds.hold),
        c.Release: _changes(holds.release),
        c.GiveContact: _records(contacts.give_contact),
        c.EraseContact: _records(contacts.erase_contact, when_over=True),
        c.ReleaseLetter: _changes(released_letters.release_letter),
        c.RefuseLetter: _changes(released_letters.refuse_letter),
        c.AddAgency: _changes(agencies.add_agency),
        c.RemoveAgency: _changes(agencies.remove_agency),
        c.MergeAgencies: _changes(agency_mergers.merge_agencies),
        c.ChangeMembers: _changes(members.change_members),
        c.End: _changes(endings.end),
        c.RecordStarted: _changes(case_details.record_started, when_over=True),
        c.Migrate: _changes(migration.migrate),
        c.AdoptRules: _changes(migration.adopt_rules),
        c.Withdraw: _records(endings.withdraw),
        c.Recount: _records(case_dates.recount_days, when_over=True),
        c.LookAhead: _records(breaches.look_ahead_today, when_over=True),
        c.Chase: _records(chasing.chase_due, when_over=True),
        c.ChaseByHand: _records(chasing.chase_now),
        c.Respond: _records(responses.respond),
        c.Snooze: _records(responses.snooze),
        c.Resume: _records(responses.resume),
        c.RecordUndelivered: _records(deliveries.record_undelivered, when_over=True),
        c.RecordDelayed: _records(deliveries.record_delayed, when_over=True),
        c.RecordLeft: _records(requests.record_left, when_over=True),
        c.AskAnew: _changes(requests.ask_anew, when_over=True),
        c.RecordRecovered: _records(deliveries.record_recovered, when_over=True),
        c.PlaceLegalHold: _records(legal_holds.place_legal_hold, when_over=True),
        c.LiftLegalHold: _records(legal_holds.lift_legal_hold, when_over=True),
        c.KeepUntil: _records(legal_holds.keep_until, when_over=True),
    }
)
"""Every command of `c.Command`."""
