"""The office of the timelines: its definitions as data, so that a timeline adds its own and a mutant takes one out."""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reviewflow.calendar import Calendars
from reviewflow.case.plan.plan import Plan
from reviewflow.language.checks import check_library, errors
from reviewflow.language.definition import define
from reviewflow.language.folder.library import Library, read_library
from reviewflow.language.model import Partnership
from reviewflow.service.workspace.days.calendars import closed_days, load_calendars, meetings_of

FOLDER = Path(__file__).parent / "timelines"
CALENDARS = Path(__file__).parents[2] / "definitions" / "calendars.yaml"
SINGLE = ("ladders", "partnership")
REMOVED = "removed"

Data = dict[str, Any]
Definitions = dict[str, Data]
"""Each file's content by its path, as `messages.reminder`, `process.cspr`, `ladders`."""


class NotPassing(AssertionError):
    """The definitions do not pass `reviewflow check`."""


@dataclass(frozen=True)
class Stage:
    plan: Plan
    partnership: Partnership
    calendars: Calendars
    library: Library

    def opening_with(self, dates: Mapping[str, date]) -> "Stage":
        """Under the edition of the guidance that these dates choose; raises DefinitionError when there is none."""
        return replace(self, plan=Plan(define(self.library, self.plan.definition.process.process, dates)))


LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The quicker one where there is one."""


def read(path: Path) -> Any:
    """YAML in which every value is text, as an officer wrote it."""
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


def office() -> Definitions:
    """The shared definitions, free to be changed."""
    return copy.deepcopy(_office())


@cache
def _office() -> Definitions:
    library: Definitions = {name: read(FOLDER / "office" / f"{name}.yaml") for name in SINGLE}
    for folder, kind in (("messages", "message"), ("forms", "form"), ("guidance", "guidance")):
        library |= {f"{kind}.{path.stem}": read(path) for path in (FOLDER / "office" / folder).glob("*.yaml")}
    return library


def process(name: str, steps: Mapping[str, Any], **more: Any) -> Data:
    """A process with what every process needs filled in."""
    usual: Data = {
        "language": "1",
        "process": name,
        "version": "1",
        "title": "A review",
        "guidance": "edition",
        "reference": "RR-{year}-{number}",
        "opening": {"dates": {"notified": "When it was notified"}, "agencies": "at least 1"},
    }
    return usual | more | {"steps": dict(steps)}


def built(definitions: Definitions, name: str) -> Stage:
    """The named process, ready to run; raises NotPassing with all that `check` says."""
    library = read_library(files(definitions))
    wrong = errors(check_library(library))
    if wrong or library.partnership is None:
        raise NotPassing("\n\n".join(str(problem) for problem in wrong))
    partnership = library.partnership.model
    return Stage(Plan(define(library, name)), partnership, calendars(partnership.model_dump_json()), library)


def files(definitions: Definitions) -> Iterator[tuple[str, str, str, bytes]]:
    for path, data in definitions.items():
        kind, _, stem = path.partition(".")
        text = json.dumps(data, ensure_ascii=False, indent=1)  # which is YAML, and quick
        yield kind, f"{path}.yaml", stem or kind, text.encode()


@cache
def calendars(partnership: str = "", proclaimed: Sequence[date] = ()) -> Calendars:
    """The real calendars, with what a partnership (as JSON) adds to them and bank holidays proclaimed later."""
    who = Partnership.model_validate_json(partnership) if partnership else None
    closures = closed_days(who.closures) if who else {}
    own = who.calendars if who else {}
    meetings = meetings_of(who) if who else {}
    if not proclaimed:
        return load_calendars(CALENDARS, closures, own=own, meetings=meetings)
    shipped = yaml.load(CALENDARS.read_text(encoding="utf-8"), yaml.BaseLoader)
    shipped["england"]["add"] |= {day.isoformat(): "Proclaimed" for day in proclaimed}
    return load_calendars(yaml.safe_dump(shipped).replace("'", ""), closures, own=own)


def kind_of(path: str) -> str:
    return path.partition(".")[0]


def split(definitions: Definitions, key: str) -> tuple[str, list[str]]:
    """'message.reminder.text' -> the file 'message.reminder' and the place ['text'] in it."""
    file = max((path for path in definitions if key.startswith(f"{path}.")), key=len)
    return file, key.removeprefix(f"{file}.").split(".")


def changed(definitions: Definitions, key: str, value: Any) -> Definitions:
    """The definitions with one value changed or, when it is `removed`, taken out."""
    mutant = copy.deepcopy(definitions)
    file, place = split(mutant, key)
    here: Any = mutant[file]
    for part in place[:-1]:
        here = here[int(part)] if isinstance(here, list) else here[part]
    last: Any = int(place[-1]) if isinstance(here, list) else place[-1]
    assert value != here[last], f"{key} already is {value}"
    if value == REMOVED:
        del here[last]
    else:
        here[last] = value
    return mutant
