"""docs/checked-against-the-dossier.md: what it says of the definitions is what they say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.language.folder.library import Library
from reviewflow.language.model import Limit, Process
from reviewflow.language.phrases import Anchor, Due
from tests.shipped import library

ROOT = Path(__file__).parents[2]
LIBRARY = library()
PAGE = (ROOT / "docs" / "checked-against-the-dossier.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"(?m)^## ", PAGE)[1:]
NAME = re.compile(r"`([a-z][a-z0-9_]*)`")
SAID = re.compile(r"`([a-z][a-z0-9_]*)` \*([^*]+)\*")


def ours(section: str) -> dict[str, set[str]]:
    """The days of every step and limit of the processes that a section is about, by name."""
    heading = section.partition("\n")[0]
    about = [name for name in NAME.findall(heading) or NAME.findall(section) if name in LIBRARY.processes]
    found: dict[str, set[str]] = {}
    for name in about:
        process = LIBRARY.processes[name].model
        for step, each in process.steps.items():
            found.setdefault(step, set()).add(str(each.due))
        for limit, its in process.limits.items():
            found.setdefault(limit, set()).add(str(counted(process, its)))
    return found


def counted(process: Process, limit: Limit) -> Due | None:
    if limit.national is None:
        return limit.due
    national = LIBRARY.guidance[process.guidance or ""].model.limits[limit.national]
    return Due(limit.within or national.within, national.before, Anchor(limit.counts_from or ""))


def known(library: Library) -> Iterator[str]:
    """Every name that the page may speak of."""
    for kind in (
        library.processes,
        library.forms,
        library.messages,
        library.guidance,
        library.groups,
        library.documents,
    ):
        yield from kind
    for guidance in library.guidance.values():
        yield from guidance.model.limits
    for loaded in library.processes.values():
        process = loaded.model
        yield from (*process.steps, *process.limits, *process.dates, *process.opening.dates, *process.endings)
    assert library.ladders is not None
    assert library.partnership is not None
    yield from (
        *library.ladders.model.ladders,
        *library.partnership.model.roles,
        "supersedes",
        "source",
        "note",
        "verified",
    )


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: each.partition("\n")[0][:50])
def test_its_days_are_the_definitions(section: str) -> None:
    found = ours(section)
    assert [(name, days) for name, days in SAID.findall(section) if days not in found.get(name, set())] == []


def test_every_name_in_it_is_one() -> None:
    assert set(NAME.findall(PAGE)) - set(known(LIBRARY)) == set()


def test_every_shipped_process_stands_in_it() -> None:
    assert set(LIBRARY.processes) - set(NAME.findall(PAGE)) == set()
