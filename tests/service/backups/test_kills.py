"""Whoever makes a backup is killed at random, over and over: what has the name of a backup is a whole one."""

import random
from pathlib import Path

import pytest

from reviewflow.service.backups.making import LEFTOVER
from reviewflow.service.backups.unpacking import unpack
from reviewflow.service.workspace.workspace import Workspace
from tests.forked import Moments, forked_workers
from tests.service.backups.offices import Safe
from tests.service.builders import opened

KILLS = 12


def made(safe: Safe) -> list[Path]:
    return sorted(safe.folder.glob("*.age"))


def left_over(office: Workspace, safe: Safe) -> bool:
    """Whether one was killed at work."""
    return any(any(place.glob(f"{LEFTOVER}*")) for place in (safe.folder, office.papers.parent))


@pytest.mark.slow
def test_a_killed_backup_never_has_its_name(office: Workspace, safe: Safe, database_url: str) -> None:
    opened(office)
    moments, kill = Moments(random.Random(11), within=0.4), 0
    with forked_workers("tests.service.backups.maker", database_url, str(safe.folder), safe.public) as makers:
        while kill < KILLS or not (made(safe) and left_over(office, safe)):
            makers.kill_after(moments.next(len(made(safe))), kill)
            kill += 1
    for file in made(safe):
        work = safe.folder / f"unpacked-{file.stem}"
        work.mkdir()
        assert unpack(file, work, safe.secret)[0].rows["cases"] == 1
    safe.made(office, "after.age")
    assert not left_over(office, safe)
