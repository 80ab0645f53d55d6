"""A case as one line of JSON, and back. Its keys are short, because it is written with every command."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from reviewflow.case.model.arranged import Delegation, KnownContact, Placed
from reviewflow.case.model.beside import Linked, Taken
from reviewflow.case.model.item_snapshot import day_of, dump_item, load_item
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, CaseStatus, Item

WRITTEN = 10_000
"""Of so many items the text is kept: of a case with a hundred items a command changes five, and writes all."""
_written: dict[tuple[str, int], tuple[Item, str]] = {}
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def dump(case: Case) -> str:
    """The case as canonical JSON: the same case always gives the same text. What is empty is left out."""
    data: dict[str, Any] = {
        "process": case.process,
        "version": case.version,
        "definition": case.definition,
        "status": case.status,
        "opened": case.opened.isoformat(),
        "dates": _days(case.dates),
        "agencies": case.agencies,
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
        data["delegated"] = {name: _delegation(given) for name, given in case.delegated.items()}
    if case.to_delegate:
        data["to_delegate"] = {
            name: _delegation(given) | {"why": given.reason} for name, given in case.to_delegate.items()
        }
    if case.related:
        data["related"] = {reference: _linked(linked) for reference, linked in case.related.items()}
    if case.joined:
        data["joined"] = {
            reference: {name: day.isoformat() for name, day in days.items()} for reference, days in case.joined.items()
        }
    if case.joined_times:
        data["joined_times"] = {reference: _clocks(times) for reference, times in case.joined_times.items()}
    if case.started_after:
        data["started_after"] = _days(case.started_after)
    data |= {name: known for name, known in _beside(case).items() if known}
    if case.contacts:
        data["contacts"] = {name: _contact(known) for name, known in case.contacts.items()}
    if case.rules != 1:
        data["rules"] = case.rules
    if case.closing:
        data["closing"] = case.closing
    if case.closing_reason:
        data["closing_reason"] = case.closing_reason
    if case.closing_since is not None:
        data["closing_since"] = case.closing_since.isoformat()
    if case.calendar:
        data["calendar"] = case.calendar
    if case.brought_in is not None:
        data |= {"brought_in": case.brought_in.isoformat(), "was": case.was}
    if case.ended is not None:
        data |= {"ending": case.ending, "ended": case.ended.isoformat()}
    before = _canonical({name: value for name, value in data.items() if name < "items"})
    after = _canonical({name: value for name, value in data.items() if name > "items"})
    return f'{before[:-1]},"items":{{{",".join(_items(case.items))}}},{after[1:]}'


def _beside(case: Case) -> dict[str, object]:
    """What other cases have to do with this one."""
    return {
        "linked_from": case.linked_from,
        "led": case.led,
        "leads": case.leads,
        "taken": {item: [taken.reference, taken.number] for item, taken in case.taken.items()},
        "elsewhere": {
            kind: {reference: _days(steps) for reference, steps in others.items()}
            for kind, others in case.elsewhere.items()
        },
        "outside": case.outside,
    }


def _items(items: Mapping[str, Item]) -> Iterator[str]:
    """Each item as it is written, with its name."""
    return (_text(name, items[name]) for name in sorted(items))


def _text(name: str, item: Item) -> str:
    known = _written.get((name, id(item)))
    return known[1] if known is not None else _keep(name, item, f"{_canonical(name)}:{_canonical(dump_item(item))}")


def _keep(name: str, item: Item, text: str) -> str:
    """The text of an item, kept together with it: as long as that is so, no other item has its number."""
    if len(_written) >= WRITTEN:
        _written.clear()
    _written[name, id(item)] = item, text
    return text


def as_stored(case: Case, before: Case | None) -> Case:
    """The case as `load` gives it back after `dump`, in the order in which all of it is stored.

    `before` is the case as it was read or made so before: what it still has of that is the same.
    """
    items, old = case.items, before.items if before is not None else {}
    made = {
        name: items[name] if old.get(name) is items[name] else _read_back(name, items[name]) for name in sorted(items)
    }
    if before is not None and replace(case, items=old) == before:  # most commands change items alone
        return replace(before, items=made)
    return replace(load(case.reference, dump(replace(case, items={}))), items=made)


def _read_back(name: str, item: Item) -> Item:
    text = _text(name, item)
    [stored] = json.loads(f"{{{text}}}").values()
    made = load_item(stored)
    _keep(name, made, text)
    return made


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
        dates=_days_again(data["dates"]),
        agencies=tuple(data["agencies"]),
        items={name: load_item(item) for name, item in data["items"].items()},
        links=data["links"],
        started_after=_days_again(data.get("started_after", {})),
        origin=data["origin"],
        delegated={name: _delegation_again(given) for name, given in data.get("delegated", {}).items()},
        to_delegate={name: _delegation_again(given) for name, given in data.get("to_delegate", {}).items()},
        related={name: _linked_again(linked) for name, linked in data.get("related", {}).items()},
        joined={
            reference: {name: date.fromisoformat(day) for name, day in days.items()}
            for reference, days in data.get("joined", {}).items()
        },
        joined_times={reference: _times(times) for reference, times in data.get("joined_times", {}).items()},
        placed=data.get("placed", {}),
        linked_from=data.get("linked_from", {}),
        led=data.get("led", {}),
        leads={reference: tuple(agencies) for reference, agencies in data.get("leads", {}).items()},
        taken={item: Taken(*taken) for item, taken in data.get("taken", {}).items()},
        elsewhere={
            kind: {reference: _days_again(steps) for reference, steps in others.items()}
            for kind, others in data.get("elsewhere", {}).items()
        },
        outside=tuple(data.get("outside", ())),
        holds={name: _placed_again(placed) for name, placed in data.get("holds", {}).items()},
        kept_for={matter: _placed_again(placed) for matter, placed in data.get("kept_for", {}).items()},
        kept_until=day_of(data.get("kept_until")),
        closing=data.get("closing", ""),
        closing_reason=data.get("closing_reason", ""),
        closing_since=day_of(data.get("closing_since")),
        ending=data.get("ending", ""),
        ended=day_of(data.get("ended")),
        times=_times(data.get("times", {})),
        contacts={name: _contact_again(days) for name, days in data.get("contacts", {}).items()},
        rules=data.get("rules", 1),
        calendar=data.get("calendar", ""),
        brought_in=day_of(data.get("brought_in")),
        was=data.get("was", ""),
    )


def _delegation(given: Delegation) -> dict[str, str]:
    until = {"until": given.until.isoformat()} if given.until else {}
    return {"to": given.to, "since": given.since.isoformat(), **until}


def _delegation_again(data: Mapping[str, str]) -> Delegation:
    return Delegation(data["to"], date.fromisoformat(data["since"]), day_of(data.get("until")), data.get("why", ""))


def _days(days: Mapping[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}


def _days_again(data: Mapping[str, str]) -> dict[str, date]:
    return {name: date.fromisoformat(day) for name, day in data.items()}


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
    days = {"review": linked.review, "told": linked.told}
    return stored | {name: day.isoformat() for name, day in days.items() if day}


def _linked_again(data: Mapping[str, Any]) -> Linked:
    days = (day_of(data.get(name)) for name in ("review", "told"))
    return Linked(data["kind"], data["effect"], date.fromisoformat(data["since"]), data["hold"], *days)


def _placed(placed: Placed) -> Mapping[str, Any]:
    days = {"since": placed.since, "review": placed.review, "remind": placed.remind}
    stored: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    return stored | {"why": placed.reason} | ({"by": placed.requested_by} if placed.requested_by else {})


def _placed_again(data: Mapping[str, Any]) -> Placed:
    since, review, remind = date.fromisoformat(data["since"]), day_of(data.get("review")), day_of(data.get("remind"))
    return Placed(since, data["why"], data.get("by", ""), review, remind)
