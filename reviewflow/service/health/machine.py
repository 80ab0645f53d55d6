"""What this machine gives: London's time, room on the disk, and the papers where they are looked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reviewflow.london import LONDON
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.workspace.database import DATABASE, DEFAULT_DATABASE, SQLITE, database_exists
from reviewflow.service.workspace.workspace import DEFAULT_PAPERS, DOCUMENTS, Workspace
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.room import server_has_room
from reviewflow.text import listing

LEAST_ROOM = 500_000_000
"""Bytes: what a database of some hundred cases grows to, with its log and one backup while it is made."""
HARDLY_ANY = 1_000_000
"""Bytes: with so little left a change may still be kept, or no longer."""
ROOM_THERE = (
    "make room there now: all goes on by itself, and nothing is lost; where PostgreSQL has stopped meanwhile, start it"
)
TIME_ZONES = (
    "install the machine's time zones anew (Debian: apt-get install --reinstall tzdata), "
    "or, where it has none, Python's: pip install -U tzdata"
)
"""Python looks at the machine's first, so that its own mend nothing where those are wrong."""
SUMMER, WINTER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


def time_zone() -> Iterator[Finding]:
    """Whether London's summer time is known: all days are counted by it, whatever zone the machine is set to."""
    known = LONDON.utcoffset(SUMMER.replace(tzinfo=None)), LONDON.utcoffset(WINTER.replace(tzinfo=None))
    if known == (timedelta(hours=1), timedelta()):
        yield good("time zone", "London's summer time is known; the machine's own zone decides nothing")
    else:
        says = "What this machine knows of London's time is wrong: there is no summer time in it"
        yield to_do(Ailment.TIME_ZONE, "time zone", says, TIME_ZONES)


def disk(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether there is room where the database, the papers and the messages of test mode lie."""
    address = environ.get(DATABASE) or DEFAULT_DATABASE
    file = [Path(address.removeprefix(SQLITE)).parent] if address.startswith(SQLITE) else []
    room = {str(place): _room(place) for place in dict.fromkeys((*file, workspace.papers))}
    server = workspace.store.driver.dialect is Dialect.POSTGRESQL
    if server and not server_has_room(workspace.store.driver):
        says = "It is full on the server of the database: nothing is recorded and nothing is chased until there is room"
        yield to_do(Ailment.DISK, "disk", says, ROOM_THERE)
    elif full := [place for place, left in room.items() if left < HARDLY_ANY]:
        says = f"It is full at {listing(full)}: nothing is recorded and nothing is chased until there is room"
        yield to_do(Ailment.DISK, "disk", says, "make room now: all goes on by itself, and nothing is lost")
    elif little := [place for place, left in room.items() if left < LEAST_ROOM]:
        says = f"Less than {LEAST_ROOM // 1_000_000} MB are left at {listing(little)}"
        yield to_do(Ailment.DISK, "disk", says, "make room: with a full disk nothing more can be recorded")
    else:
        yield good("disk", "There is room")


def _room(place: Path) -> int:
    """Bytes left there, or where it would be made."""
    there = next(folder for folder in (place.absolute(), *place.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free


def papers(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Whether papers of this office's cases lie where an earlier version of reviewflow put them."""
    old, here = DEFAULT_PAPERS, workspace.papers
    if environ.get(DOCUMENTS) or here == old or database_exists({}):  # the default database's own
        yield good("papers", "They are looked for where they are written")
        return
    left = sorted(row.reference for row in workspace.store.every_case() if (old / row.reference).is_dir())
    if left:
        says = f"Those of {listing(left)} are in {old}, and are looked for in {here}"
        remedy = f"move each folder from {old} to {here}, or set {DOCUMENTS}={old}"
        yield to_do(Ailment.PAPERS_ELSEWHERE, "papers", says, remedy)
    else:
        yield good("papers", "They are looked for where they are written")
