"""A case as one line of JSON, and back. Its keys are short, because it is written with every command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

from reviewflow.case.model.state import (
    Case,
    CaseStatus,
    Delegation,
    Item,
    KnownContact,
    Linked,
    Manner,
    Outlook,
    Placed,
    Status,
)

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def dump(case: Case) -> str:
    """The case as canonical JSON: the same case always gives the same text. What is empty is left out."""
    data: dict[str, Any] = {
        "process": case.process,
        "version": case.version,
        "definition": case.definition,
        "status": case.status,
        "opened": case.opened.isoformat(),
        "dates": {name: day.isoformat() for name, day in case.dates.items()},
        "agencies": case.agencies,
        "items": {name: _item(item) for name, item in case.items.items()},
        "links": case.links,
        "origin": case.origin,
        **({"times": _clocks(case.times)} if case.times else {}),
    }
    if case.holds:
        data["holds"] = {name: _placed(placed) for name, placed in case.holds.items()}
    if case.placed:
        data["placed"] = case.placed
    if case.kept_for:
        data["kept_for"] = {matter: _placed(placed) for matter, placed in case.kept_for.items()}
    if case.kept_until is not None:
        data["kept_until"] = case.kept_until.isoformat()
    if case.delegated:
        data["delegated"] = {
            step: {"to": given.to, "since": given.since.isoformat(), "until": given.until.isoformat()}
            for step, given in case.delegated.items()
        }
    if case.related:
        data["related"] = {reference: _linked(linked) for reference, linked in case.related.items()}
    if case.joined:
        data["joined"] = {
            reference: {name: day.isoformat() for name, day in days.items()} for reference, days in case.joined.items()
        }
    if case.joined_times:
        data["joined_times"] = {reference: _clocks(times) for reference, times in case.joined_times.items()}
    if case.linked_from:
        data["linked_from"] = case.linked_from
    if case.outside:
        data["outside"] = case.outside
    if case.contacts:
        data["contacts"] = {name: _contact(known) for name, known in case.contacts.items()}
    if case.rules != 1:
        data["rules"] = case.rules
    if case.closing:
        data["closing"] = case.closing
    if case.calendar:
        data["calendar"] = case.calendar
    if case.brought_in is not None:
        data |= {"brought_in": case.brought_in.isoformat(), "was": case.was}
    if case.ended is not None:
        data |= {"ending": case.ending, "ended": case.ended.isoformat()}
    return _canonical(data)


def load(reference: str, text: str) -> Case:
    """The case that `dump` wrote."""
    data = json.loads(text)
    return Case(
        reference=reference,
        process=data["process"],
        version=data["version"],
        definition=data["definition"],
        status=CaseStatus(data["status"]),
        opened=date.fromisoformat(data["opened"]),
        dates={name: date.fromisoformat(day) for name, day in data["dates"].items()},
        agencies=tuple(data["agencies"]),
        items={name: _item_again(item) for name, item in data["items"].items()},
        links=data["links"],
        origin=data["origin"],
        delegated={
            step: Delegation(given["to"], date.fromisoformat(given["since"]), date.fromisoformat(given["until"]))
            for step, given in data.get("delegated", {}).items()
        },
        related={name: _linked_again(linked) for name, linked in data.get("related", {}).items()},
        joined={
            reference: {name: date.fromisoformat(day) for name, day in days.items()}
            for reference, days in data.get("joined", {}).items()
        },
        joined_times={reference: _times(times) for reference, times in data.get("joined_times", {}).items()},
        placed=data.get("placed", {}),
        linked_from=data.get("linked_from", {}),
        outside=tuple(data.get("outside", ())),
        holds={name: _placed_again(placed) for name, placed in data.get("holds", {}).items()},
        kept_for={matter: _placed_again(placed) for matter, placed in data.get("kept_for", {}).items()},
        kept_until=_day(data.get("kept_until")),
        closing=data.get("closing", ""),
        ending=data.get("ending", ""),
        ended=_day(data.get("ended")),
        times=_times(data.get("times", {})),
        contacts={name: _contact_again(days) for name, days in data.get("contacts", {}).items()},
        rules=data.get("rules", 1),
        calendar=data.get("calendar", ""),
        brought_in=_day(data.get("brought_in")),
        was=data.get("was", ""),
    )


def _clocks(times: Mapping[str, time]) -> dict[str, str]:
    return {name: clock.isoformat() for name, clock in times.items()}


def _times(data: Mapping[str, str]) -> dict[str, time]:
    return {name: time.fromisoformat(clock) for name, clock in data.items()}


def _contact(known: KnownContact) -> list[str]:
    return [day.isoformat() for day in (known.given, known.erased) if day]


def _contact_again(days: list[str]) -> KnownContact:
    given, *erased = map(date.fromisoformat, days)
    return KnownContact(given, *erased)


def _linked(linked: Linked) -> Mapping[str, Any]:
    stored = {"kind": linked.kind, "effect": linked.effect, "since": linked.since.isoformat(), "hold": linked.hold}
    return stored | ({"review": linked.review.isoformat()} if linked.review else {})


def _linked_again(data: Mapping[str, Any]) -> Linked:
    since = date.fromisoformat(data["since"])
    return Linked(data["kind"], data["effect"], since, data["hold"], _day(data.get("review")))


def _placed(placed: Placed) -> Mapping[str, Any]:
    days = {"since": placed.since, "review": placed.review, "remind": placed.remind}
    stored: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    return stored | {"why": placed.reason} | ({"by": placed.requested_by} if placed.requested_by else {})


def _placed_again(data: Mapping[str, Any]) -> Placed:
    since, review, remind = date.fromisoformat(data["since"]), _day(data.get("review")), _day(data.get("remind"))
    return Placed(since, data["why"], data.get("by", ""), review, remind)


def _item(item: Item) -> Mapping[str, Any]:
    # Written out, beside `_STORED` that reads it: one table for both made an item's coding 1.7 times as slow, and a
    # whole case's half as slow again. A test holds that each reads what the other writes.
    stored: dict[str, Any] = {"s": item.status}
    if item.round != 1:
        stored["r"] = item.round
    if item.due is not None:
        stored["due"] = item.due.isoformat()
    if item.by is not None:
        stored["by"] = item.by.isoformat()
    if item.at is not None:
        stored["at"] = item.at.isoformat()
    if item.fixed:
        stored["fixed"] = True
    if item.opened is not None:
        stored["opened"] = item.opened.isoformat()
    if item.done is not None:
        stored["done"] = item.done.isoformat()
    if item.answers:
        stored["a"] = item.answers
    if item.rungs:
        stored["rungs"] = item.rungs
    if item.sent:
        stored["sent"] = item.sent
    if item.manner:
        stored["manner"] = item.manner
    if item.turn:
        stored["turn"] = item.turn
    if item.times is not None:
        stored["times"] = item.times
    if item.passed_over:
        stored["skipped"] = item.passed_over
    if item.of_round is not None:
        stored["of"] = item.of_round.isoformat()
    if item.stopped is not None:
        stored["stopped"] = item.stopped.isoformat()
    if item.original:
        stored["first"] = item.original.isoformat()
    if item.opened_by_hand:
        stored["asked"] = True
    if item.outlook:
        stored["outlook"] = item.outlook
    if item.breach:
        stored["breach"] = item.breach
    if item.chased or item.responses or item.snoozed_until or item.given_to or item.counted_as:
        stored.update(_answered(item))
    if item.returned or item.reopened:
        stored.update({"returned": item.returned, "reopened": item.reopened})
    if _is_seldom(item):
        stored.update(_seldom(item))
    if item.own_day is not None:
        stored.update({"own": item.own_day.isoformat(), "held": item.held, "unknown": item.unknown})
    return stored


def _is_seldom(item: Item) -> bool:
    counted = item.extended or item.told_after_noon
    return bool(counted or item.late or item.told_late or item.asked or item.stood or item.foreseen_since)


def _seldom(item: Item) -> Mapping[str, Any]:
    """A late answer, extensions that are counted, how its owner was told of it, and the word for a limit."""
    days = {
        "late": item.late,
        "told": item.told_late,
        "left": item.asked,
        "stood": item.stood,
        "since": item.foreseen_since,
    }
    stored: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    others = {
        "late_no": item.late_dissent,
        "extended": item.extended,
        "noon": item.told_after_noon,
        "foreseen": item.foreseen,
    }
    return stored | {name: value for name, value in others.items() if value}


def _answered(item: Item) -> Mapping[str, Any]:
    """Chasing, responses, owners that may change and what silence meant, which most items do not have."""
    days = {"wanted": item.asked_until, "remind": item.remind, "snoozed": item.snoozed_until}
    stored: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    if item.given_to:
        stored["to"] = item.given_to
    if item.counted_as:
        stored["counted"] = item.counted_as
    if item.chased:
        stored["chased"] = [day.isoformat() for day in item.chased]
    if item.responses:
        stored["heard"] = {kind: day.isoformat() for kind, day in item.responses.items()}
    if item.to_decide:
        stored["deciding"] = item.to_decide
    return stored


def _days(data: Mapping[str, str]) -> Mapping[str, date]:
    return {name: date.fromisoformat(day) for name, day in data.items()}


_STATUS = {str(status): status for status in Status}
_STORED: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "s": ("status", _STATUS.__getitem__),
    "r": ("round", int),
    "due": ("due", date.fromisoformat),
    "by": ("by", time.fromisoformat),
    "at": ("at", time.fromisoformat),
    "fixed": ("fixed", bool),
    "opened": ("opened", date.fromisoformat),
    "done": ("done", date.fromisoformat),
    "to": ("given_to", str),
    "a": ("answers", dict),
    "rungs": ("rungs", int),
    "sent": ("sent", int),
    "manner": ("manner", Manner),
    "counted": ("counted_as", str),
    "late": ("late", date.fromisoformat),
    "late_no": ("late_dissent", bool),
    "turn": ("turn", int),
    "times": ("times", int),
    "skipped": ("passed_over", tuple),
    "of": ("of_round", date.fromisoformat),
    "stopped": ("stopped", date.fromisoformat),
    "first": ("original", date.fromisoformat),
    "extended": ("extended", int),
    "returned": ("returned", int),
    "reopened": ("reopened", int),
    "asked": ("opened_by_hand", bool),
    "outlook": ("outlook", Outlook),
    "foreseen": ("foreseen", str),
    "since": ("foreseen_since", date.fromisoformat),
    "breach": ("breach", str),
    "chased": ("chased", lambda days: tuple(map(date.fromisoformat, days))),
    "heard": ("responses", _days),
    "deciding": ("to_decide", str),
    "wanted": ("asked_until", date.fromisoformat),
    "remind": ("remind", date.fromisoformat),
    "snoozed": ("snoozed_until", date.fromisoformat),
    "told": ("told_late", date.fromisoformat),
    "noon": ("told_after_noon", bool),
    "left": ("asked", date.fromisoformat),
    "stood": ("stood", date.fromisoformat),
    "own": ("own_day", date.fromisoformat),
    "held": ("held", bool),
    "unknown": ("unknown", tuple),
}
"""By its stored key, the field of an item and how it is read: only what is stored is read, with every command."""


def _item_again(data: Mapping[str, Any]) -> Item:
    """An item that is stored alike many times is made once: most have the days and the standing of others."""
    try:
        return _restored_once(tuple(data.items()))
    except TypeError:  # answers and lists are not compared
        return _restored(data)


@lru_cache(maxsize=10_000)
def _restored_once(stored: tuple[tuple[str, Any], ...]) -> Item:
    return _restored(dict(stored))


def _restored(data: Mapping[str, Any]) -> Item:
    fields = {}
    for short, value in data.items():
        name, read = _STORED[short]
        fields[name] = read(value)
    return Item(**fields)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
