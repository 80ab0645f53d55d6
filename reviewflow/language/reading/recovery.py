"""Reading on after mistakes: what is wrong in itself is put aside, so that the rest is checked in the same pass.

What is recovered is never run. It is only checked: a stand-in takes the place of what cannot be read, and problems
about a stand-in are dropped (see `checks.check_library`).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reviewflow.language.model import Form, Guidance, Ladders, Message, Partnership, Process
from reviewflow.language.reading.shapes import keys_of, model_at, path_of
from reviewflow.language.reading.tree import KEY, Path
from reviewflow.language.suggestions import nearest

STAND_IN = "z" + 59 * "_"  # a name that nobody gives
KINDS = (Process, Form, Ladders, Guidance, Message, Partnership)
STAND_INS: dict[str | int, object] = {
    "language": "1",
    "version": "1",
    "title": "-",
    "label": "-",
    "reference": "X-{year}-{number}",
    "agencies": "at least 1",
    "process": STAND_IN,
    "guidance": STAND_IN,
    "owner": STAND_IN,
    "send": STAND_IN,
    "national": STAND_IN,
    "met_by": STAND_IN,
    "message": STAND_IN,
    "from": STAND_IN,
    "after": [STAND_IN],
    "to": [STAND_IN],
    "make": STAND_IN,
    "run": f"{STAND_IN}/{STAND_IN}",
    "start": {"process": STAND_IN, "dates": {}},
    "share": "100%",
    "subject": "-",
    "text": "-",
    "name": "-",
    "phone": "-",
    "email": f"{STAND_IN}@example.org",
    "sector": STAND_IN,
    "counts_from": "-",
    "basis": "statute",
    "kind": "latest",
    "verified": "no",
    "in_force_from": "2026-01-01",
}
LEFT_OUT = frozenset(
    {
        *("due", "not_before", "on_a_working_day", "within", "when", "at", "calendar", "ladder", "reopens"),
        *("summary", "help", "about", "required", "completes"),
        *(
            "deputy",
            "senior",
            "partner",
            "designated",
            "away",
            "quiet",
            "send_at",
            "link",
            "closures",
            "note",
            "before",
        ),
    }
)
TRIES = 5


def as_name(text: str) -> str:
    """The text as a name: "Agency return" is agency_return; "" when nothing is left."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return (name if not name[:1].isdigit() else f"n_{name}")[:60]


@dataclass(frozen=True, slots=True)
class Recovered:
    """A model without its mistakes, and where stand-ins are in it."""

    model: BaseModel
    stand_ins: frozenset[Path]


def recover(kind: type[BaseModel], data: Any, errors: Sequence[ErrorDetails]) -> Recovered | None:
    """The model without its mistakes; None when they are such that what is left would mislead."""
    if kind not in KINDS:
        return None
    data = copy.deepcopy(data)
    for _ in range(TRIES):
        # From the end, so that taking an entry out of a list does not move those still to be put right.
        for error in sorted(errors, key=lambda error: [str(part).zfill(9) for part in error["loc"]], reverse=True):
            if not _put_aside(kind, data, error):
                return None
        try:
            return Recovered(kind.model_validate(data), frozenset(_stand_ins(data)))
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None


def _stand_ins(data: Any, path: Path = ()) -> Iterator[Path]:
    """Where a text has a stand-in in it; of a list that is nothing else, the list too."""
    match data:
        case str() if STAND_IN in data:
            yield path
        case dict():
            for key, value in data.items():
                yield from _stand_ins(value, (*path, key))
        case list():
            inside = [place for index, value in enumerate(data) for place in _stand_ins(value, (*path, index))]
            yield from inside
            if inside and len(data) == 1:
                yield path


def _put_aside(kind: type[BaseModel], data: Any, error: ErrorDetails) -> bool:
    """Take the mistake out of the data, or a stand-in in its place; False when neither can be done."""
    path = path_of(kind, error["loc"])
    on_key = path[-1:] == (KEY,)
    path = path[:-1] if on_key else path
    holder = _at(data, path[:-1])
    if isinstance(holder, str):
        path, holder = path[:-1], _at(data, path[:-2])  # one name where a list of them may be
    if not path or holder is None:
        return bool(path)  # a part of what has already been put aside
    if on_key:
        return _rename(holder, path[-1], as_name(str(path[-1])))
    if isinstance(holder, dict) and path[-1] not in holder and error["type"] != "missing":
        return True  # its name was put right before: what else is wrong with it is looked for under that
    if error["type"] == "extra_forbidden":
        return _misspelt(kind, path, holder)
    if error["type"] == "missing" and path[-1] in holder:
        return True
    if error["type"] == "string_pattern_mismatch" and path[-1] not in _NO_NAMES and as_name(str(error["input"])):
        holder[path[-1]] = as_name(str(error["input"]))
        return True
    return _replace(data, path, holder)


_NO_NAMES = {"reference", "for_each", "run", "email", "contact", "deputy", "senior", "domains"}


def _misspelt(kind: type[BaseModel], path: Path, holder: dict[Any, Any]) -> bool:
    owner = model_at(kind, path[:-1])
    near = nearest(str(path[-1]), keys_of(owner)) if owner else None
    if near is not None and _rename(holder, path[-1], near):
        return True
    holder.pop(path[-1], None)
    return True


def _rename(holder: Any, old: Any, new: str) -> bool:
    """Give a key another name, in its place; False when that name is taken, or none is left."""
    if not isinstance(holder, dict) or not new or new in holder or old not in holder:
        return False
    entries = [(new if key == old else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(entries)
    return True


def _replace(data: Any, path: Path, holder: Any) -> bool:
    """Put something readable in the place of what is not, or take it out where nothing needs it."""
    match path:
        case ("steps", _, "for_each", *_):
            step = data["steps"][path[1]]
            agencies = "agencies" in data.get("opening", {}) and step.get("owner") != "each"
            step["for_each"] = _its_list(data, step) or ("agency" if agencies else [STAND_IN])
        case ("steps", step, "reopens", target, *rest) if rest != ["due"]:
            del data["steps"][step]["reopens"][target]
        case ("steps", step, "start", *_):
            data["steps"][step]["start"] = STAND_INS["start"]
        case ("steps", step, "form") | ("steps", step, "form", _, *_) if path[-1] not in _OF_A_FIELD:
            data["steps"][step]["form"] = STAND_IN
        case ("agencies", agency, "domains", *_):
            data["agencies"][agency]["domains"] = _domains(data["agencies"][agency])
        case ("agencies", agency, "contact"):
            data["agencies"][agency]["contact"] = STAND_INS["email"]
        case ("steps", step):
            data["steps"][step] = {"title": "-", "owner": STAND_IN}
        case ("limits", name):
            data["limits"][name] = {"met_by": STAND_IN, "due": f"on {STAND_IN}"}
        case (("limits" | "targets") as section, name, "due"):
            data[section][name]["due"] = f"on {STAND_IN}"
        case ("targets", name):
            data["targets"][name] = {"title": "-", "share": "100%", "limit": STAND_IN}
        case ("ladders", name, "rungs", int(number), "when"):
            del data["ladders"][name]["rungs"][number]
        case ("ladders", name, "rungs") | ("ladders", name, "rungs", int()):
            data["ladders"][name]["rungs"] = [{"when": "on the day", "to": STAND_IN, "message": STAND_IN}]
        case _:
            return _stand_in(path[-1], holder)
    return True


def _domains(agency: Any) -> list[str]:
    """The domains of an agency's own addresses, so that none of them is outside of what could not be read."""
    addresses = (agency.get(post) for post in ("contact", "deputy", "senior"))
    found = [address.rpartition("@")[2] for address in addresses if isinstance(address, str) and "@" in address]
    return list(dict.fromkeys(found)) or ["example.org"]


def _its_list(data: Any, step: Any) -> str | None:
    """A table for a step that speaks of lines; None when it does not, or no form gathers one."""
    if "records" not in step and "each." not in f"{step.get('owner')} {step.get('due')}":
        return None
    forms = ((name, other.get("form")) for name, other in data["steps"].items() if isinstance(other, dict))
    tables = (
        f"{name}.{key}"
        for name, form in forms
        if isinstance(form, dict)
        for key, field in form.items()
        if isinstance(field, dict) and field.get("type") == "rows"
    )
    return next(tables, None)


_OF_A_FIELD = {"label", "help", "required", "completes"}


def _stand_in(key: str | int, holder: Any) -> bool:
    if isinstance(holder, list) and isinstance(key, int):
        holder[key] = STAND_IN  # one name of a list of names
    elif not isinstance(holder, dict):
        return False
    elif key in LEFT_OUT:
        holder.pop(key, None)
    elif key in STAND_INS:
        holder[key] = copy.deepcopy(STAND_INS[key])
    else:
        return False
    return True


def _at(data: Any, path: Path) -> Any:
    for part in path:
        entry = isinstance(data, dict) and part in data
        if entry or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
        else:
            return None
    return data
