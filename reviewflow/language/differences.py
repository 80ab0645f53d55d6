"""What changed between two editions of a process, in an office's words. Every key of the language is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reviewflow.language.definition import Definition
from reviewflow.language.model import OUTSIDE, OWNER
from reviewflow.text import listing

Path = tuple[str, ...]
_NOT_COMPARED = {("process", "language"), ("process", "process"), ("process", "version")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise: where it stands, and what it was and is, in words."""

    path: Path
    words: str


def differences(old: Definition, new: Definition) -> list[Difference]:
    """All differences in the order of the new file, and what is gone at the end of its section."""
    before, after = _plain(old, new), _plain(new, old)
    titles = {**_titles(old), **_titles(new)}
    return [
        Difference(path, _sentence(path, was, now, titles))
        for path, was, now in _walk((), before, after)
        if path not in _NOT_COMPARED
    ]


def _plain(definition: Definition, other: Definition) -> dict[str, Any]:
    """All that is compared; targets, which no case keeps, only where both are known from files."""
    data: dict[str, Any] = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if definition.targets and other.targets is not None:
        data["targets"] = {
            name: target.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for name, target in definition.targets.items()
        }
    return data


def _titles(definition: Definition) -> dict[Path, str]:
    process = definition.process
    named: dict[Path, str] = {("process", "steps", name): step.title for name, step in process.steps.items()}
    named |= {("process", "limits", name): definition.limit_title(name) for name in process.limits}
    named |= {("ladders", name): ladder.title for name, ladder in definition.ladders.items()}
    named |= {("process", "outside", name): title for name, title in (process.outside or {}).items()}
    return named


_LEAVES = {"when", "dissent", "options", "until"}
"""Values that are compared as one: half a condition says nothing."""


def _walk(path: Path, was: Any, now: Any) -> Iterator[tuple[Path, Any, Any]]:
    if was == now:
        return
    if path and path[-1] == "rungs":
        was, now = _by_moment(was), _by_moment(now)
    if path and path[-1] in _PLACES and len(path) <= len(("process", "section")):
        was, now = was or {}, now or {}  # a section that one of the two does not have has no entries
    if isinstance(was, Mapping) and isinstance(now, Mapping) and (not path or path[-1] not in _LEAVES):
        for key in (*now, *(key for key in was if key not in now)):
            yield from _walk((*path, str(key)), was.get(key), now.get(key))
    else:
        yield path, was, now


def _by_moment(rungs: Any) -> dict[str, Any]:
    """The rungs of a ladder by when each goes; of several at one moment each by its number too."""
    moments: dict[str, Any] = {}
    for rung in rungs or ():
        when = str(rung["when"])
        again = sum(moment.split(" (")[0] == when for moment in moments)
        moments[f"{when} ({again + 1})" if again else when] = {key: rung[key] for key in rung if key != "when"}
    return moments


_PLACES = {
    "steps": "step",
    "limits": "time limit",
    "contacts": "contact",
    "dates": "date",
    "holds": "hold",
    "endings": "ending",
    "stands_still": "standstill",
    "outside": "body outside",
    "targets": "target",
    "forms": "form",
    "ladders": "ladder",
    "messages": "message",
    "national": "national limit",
    "tables": "decision table",
    "documents": "document",
    "opening": "opening",
}


def _sentence(path: Path, was: Any, now: Any, titles: Mapping[Path, str]) -> str:
    where, rest = _where(path, titles)
    if rest and rest[0] == "rungs":
        where, rest = f"{where}, {' '.join(rest[1:2])}", rest[2:]
        return _of_rung(where, rest, was, now)
    if not rest and was is not None and now is not None:
        return f"{_capital(where)} was {_words(was)} and is now {_words(now)}."
    if not rest:
        return f"New {where}{_details(now)}." if was is None else f"Gone: {where}."
    what = " ".join(rest).replace("_", " ")
    if was is None:
        return f"{_capital(where)}: {what} is new: {_words(now)}."
    if now is None:
        return f"{_capital(where)}: {what} is gone (it was {_words(was)})."
    return f"{_capital(where)}: {what} was {_words(was)} and is now {_words(now)}."


def _of_rung(where: str, rest: Path, was: Any, now: Any) -> str:
    """What is otherwise in what a ladder sends at one moment, or that it sends something new then, or nothing more."""
    if not rest:
        return f"{_capital(where)}: {'sends now' if was is None else 'sends no more'} {_message(now or was)}."
    if rest == ("to",):
        return f"{_capital(where)}: goes to {_readers(now)}, and went to {_readers(was)}."
    before = "is new" if was is None else f"was {_words(was)}"
    after = (
        f"{before}: {_words(now)}"
        if was is None
        else f"{before} and is {'gone' if now is None else f'now {_words(now)}'}"
    )
    return f"{_capital(where)}: {' '.join(rest).replace('_', ' ')} {after}."


def _message(rung: Mapping[str, Any]) -> str:
    return f'"{rung["message"]}" to {_readers(rung["to"])}'


_READERS = {OWNER: "whoever owes it", OUTSIDE: "the body outside that is waited for"}


def _readers(to: Any) -> str:
    """'whoever owes it and chair'."""
    return listing(_READERS.get(name, name) for name in ((to,) if isinstance(to, str) else to))


def _where(path: Path, titles: Mapping[Path, str]) -> tuple[str, Path]:
    """The thing that a path belongs to, as people call it, and what is left of the path within it."""
    inner = path[1:] if path[0] == "process" else path
    if inner[0] == "opening":
        return "the opening", inner[1:]
    if len(inner) > 1 and inner[0] in _PLACES:
        title = titles.get(path[: len(path) - len(inner) + 2])
        return f'{_PLACES[inner[0]]} "{inner[1]}"{f" ({title})" if title else ""}', inner[2:]
    return "the process", inner


def _details(value: Any) -> str:
    """The few things that an officer asks first of something new."""
    entries = value if isinstance(value, Mapping) else {}
    asked = [
        f"{key.replace('_', ' ')} {_words(entries[key])}"
        for key in ("owner", "after", "due", "met_by", "share", "limit")
        if key in entries
    ]
    return f": {listing(asked)}" if asked else ""


def _words(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case True:
            return "yes"
        case False:
            return "no"
        case list():
            return listing(_words(item) for item in value)
        case dict():
            return ", ".join(f"{key.replace('_', ' ')}: {_words(inner)}" for key, inner in value.items())
        case _:
            return f'"{_short(str(value))}"'


def _short(text: str, most: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 3]}..."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
