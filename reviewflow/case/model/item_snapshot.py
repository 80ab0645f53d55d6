"""One item as it is kept in the state of its case, and read again: what an item seldom has is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

from reviewflow.case.model.state import Item, Manner, Outlook, Status


def dump_item(item: Item) -> Mapping[str, Any]:
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
    if item.returned or item.reopened or item.grounds or item.begun:
        stored.update(_sent_back(item))
    if _is_seldom(item):
        stored.update(_seldom(item))
    if item.own_day is not None:
        stored.update({"own": item.own_day.isoformat(), "held": item.held, "unknown": item.unknown})
    return stored


def _sent_back(item: Item) -> Mapping[str, Any]:
    grounds = {"grounds": dict(item.grounds)} if item.grounds else {}
    starts = {"starts": item.begun} if item.begun else {}
    return {"returned": item.returned, "reopened": item.reopened, **grounds, **starts}


def _is_seldom(item: Item) -> bool:
    counted = item.extended or item.told_after_noon or item.reason or item.was_due or item.follows or item.growing
    counted = counted or item.was_with or item.nth is not None
    counted = counted or item.first_done is not None or item.written
    return bool(counted or item.late or item.told_late or item.asked or item.stood or item.foreseen_since)


def _seldom(item: Item) -> Mapping[str, Any]:
    """A late answer, extensions that are counted, what its day follows, how its owner was told, a limit's word."""
    days = {
        "late": item.late,
        "told": item.told_late,
        "left": item.asked,
        "stood": item.stood,
        "since": item.foreseen_since,
        "was": item.was_due,
        "begun": item.first_done,
    }
    stored: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    others = {
        "late_no": item.late_dissent,
        "extended": item.extended,
        "noon": item.told_after_noon,
        "foreseen": item.foreseen,
        "why": item.reason,
        "follows": item.follows,
        "grows": item.growing,
        "with": item.was_with,
        "wrote": item.written,
    }
    nth: dict[str, Any] = {"nth": item.nth} if item.nth is not None else {}
    if item.first_at is not None:
        nth["begun_at"] = item.first_at.isoformat()
    return stored | nth | {name: value for name, value in others.items() if value}


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
    "begun": ("first_done", date.fromisoformat),
    "begun_at": ("first_at", time.fromisoformat),
    "nth": ("nth", int),
    "of": ("of_round", date.fromisoformat),
    "grows": ("growing", tuple),
    "wrote": ("written", tuple),
    "with": ("was_with", str),
    "stopped": ("stopped", date.fromisoformat),
    "first": ("original", date.fromisoformat),
    "extended": ("extended", int),
    "was": ("was_due", date.fromisoformat),
    "returned": ("returned", int),
    "reopened": ("reopened", int),
    "grounds": ("grounds", dict),
    "asked": ("opened_by_hand", bool),
    "starts": ("begun", int),
    "outlook": ("outlook", Outlook),
    "foreseen": ("foreseen", str),
    "since": ("foreseen_since", date.fromisoformat),
    "breach": ("breach", str),
    "why": ("reason", str),
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
    "follows": ("follows", tuple),
}
"""By its stored key, the field of an item and how it is read: only what is stored is read, with every command."""


def load_item(data: Mapping[str, Any]) -> Item:
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


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
