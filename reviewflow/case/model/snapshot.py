"""A case as one line of JSON, and back. Short, because it is written with every command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from reviewflow.case.model.state import Case, CaseStatus, Item, Linked, Manner, Outlook, Placed, Status

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def dump(case: Case) -> str:
    """Canonical: the same case always gives the same text."""
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
        **({"times": {name: clock.isoformat() for name, clock in case.times.items()}} if case.times else {}),
    }
    if case.holds:
        data["holds"] = {name: _placed(placed) for name, placed in case.holds.items()}
    if case.kept_for:
        data["kept_for"] = {matter: _placed(placed) for matter, placed in case.kept_for.items()}
    if case.kept_until is not None:
        data["kept_until"] = case.kept_until.isoformat()
    if case.related:
        data["related"] = {reference: _linked(each) for reference, each in case.related.items()}
    if case.joined:
        data["joined"] = {
            reference: {name: day.isoformat() for name, day in days.items()} for reference, days in case.joined.items()
        }
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
        items={name: _restored(item) for name, item in data["items"].items()},
        links=data["links"],
        origin=data["origin"],
        related={name: _linked_again(each) for name, each in data.get("related", {}).items()},
        joined={
            reference: {name: date.fromisoformat(day) for name, day in days.items()}
            for reference, days in data.get("joined", {}).items()
        },
        holds={name: _placed_again(each) for name, each in data.get("holds", {}).items()},
        kept_for={matter: _placed_again(each) for matter, each in data.get("kept_for", {}).items()},
        kept_until=_day(data.get("kept_until")),
        ending=data.get("ending", ""),
        ended=_day(data.get("ended")),
        times={name: time.fromisoformat(clock) for name, clock in data.get("times", {}).items()},
    )


def _linked(linked: Linked) -> Mapping[str, Any]:
    kept = {"kind": linked.kind, "effect": linked.effect, "since": linked.since.isoformat(), "hold": linked.hold}
    return kept | ({"review": linked.review.isoformat()} if linked.review else {})


def _linked_again(data: Mapping[str, Any]) -> Linked:
    since = date.fromisoformat(data["since"])
    return Linked(data["kind"], data["effect"], since, data["hold"], _day(data.get("review")))


def _placed(placed: Placed) -> Mapping[str, Any]:
    days = {"since": placed.since, "review": placed.review, "remind": placed.remind}
    kept: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    return kept | {"why": placed.reason} | ({"by": placed.requested_by} if placed.requested_by else {})


def _placed_again(data: Mapping[str, Any]) -> Placed:
    since, review, remind = date.fromisoformat(data["since"]), _day(data.get("review")), _day(data.get("remind"))
    return Placed(since, data["why"], data.get("by", ""), review, remind)


def _item(item: Item) -> Mapping[str, Any]:
    kept: dict[str, Any] = {"s": item.status}
    if item.round != 1:
        kept["r"] = item.round
    if item.due is not None:
        kept["due"] = item.due.isoformat()
    if item.by is not None:
        kept["by"] = item.by.isoformat()
    if item.at is not None:
        kept["at"] = item.at.isoformat()
    if item.fixed:
        kept["fixed"] = True
    if item.opened is not None:
        kept["opened"] = item.opened.isoformat()
    if item.done is not None:
        kept["done"] = item.done.isoformat()
    if item.answers:
        kept["a"] = item.answers
    if item.rungs:
        kept["rungs"] = item.rungs
    if item.sent:
        kept["sent"] = item.sent
    if item.manner:
        kept["manner"] = item.manner
    if item.turn:
        kept["turn"] = item.turn
    if item.original:
        kept["first"] = item.original.isoformat()
    if item.asked:
        kept["asked"] = True
    if item.outlook:
        kept["outlook"] = item.outlook
    if item.breach:
        kept["breach"] = item.breach
    if item.chased or item.heard or item.snoozed:
        kept.update(_answered(item))
    return kept


def _answered(item: Item) -> Mapping[str, Any]:
    """What was written and answered about it, of which most items have nothing."""
    days = {"wanted": item.wanted, "remind": item.remind, "snoozed": item.snoozed}
    kept: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    if item.chased:
        kept["chased"] = [day.isoformat() for day in item.chased]
    if item.heard:
        kept["heard"] = {kind: day.isoformat() for kind, day in item.heard.items()}
    if item.deciding:
        kept["deciding"] = item.deciding
    return kept


def _days(data: Mapping[str, str]) -> Mapping[str, date]:
    return {name: date.fromisoformat(day) for name, day in data.items()}


_STATUS = {str(status): status for status in Status}
_KEPT: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "s": ("status", _STATUS.__getitem__),
    "r": ("round", int),
    "due": ("due", date.fromisoformat),
    "by": ("by", time.fromisoformat),
    "at": ("at", time.fromisoformat),
    "fixed": ("fixed", bool),
    "opened": ("opened", date.fromisoformat),
    "done": ("done", date.fromisoformat),
    "a": ("answers", dict),
    "rungs": ("rungs", int),
    "sent": ("sent", int),
    "manner": ("manner", Manner),
    "turn": ("turn", int),
    "first": ("original", date.fromisoformat),
    "asked": ("asked", bool),
    "outlook": ("outlook", Outlook),
    "breach": ("breach", str),
    "chased": ("chased", lambda days: tuple(map(date.fromisoformat, days))),
    "heard": ("heard", _days),
    "deciding": ("deciding", str),
    "wanted": ("wanted", date.fromisoformat),
    "remind": ("remind", date.fromisoformat),
    "snoozed": ("snoozed", date.fromisoformat),
}
"""What `_item` keeps, by its short name: only what is there is read, because a case is read with every command."""


def _restored(data: Mapping[str, Any]) -> Item:
    fields = {}
    for short, value in data.items():
        name, read = _KEPT[short]
        fields[name] = read(value)
    return Item(**fields)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
