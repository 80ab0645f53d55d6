"""Whoever makes a backup is killed at random, over and over: what has the name of a backup is a whole one."""

import random

import pytest

from reviewflow.service.backups.making import LEFTOVER
from reviewflow.service.backups.unpacking import unpack
from reviewflow.service.workspace.workspace import Workspace
from tests.forked import forked_workers
from tests.service.backups.offices import Safe
from tests.service.builders import opened

KILLS = 12


@pytest.mark.slow
def test_a_killed_backup_never_has_its_name(office: Workspace, safe: Safe, database_url: str) -> None:
    opened(office)
    chance = random.Random(11)
    with forked_workers("tests.service.backups.maker", database_url, str(safe.folder), safe.public) as makers:
        for kill in range(KILLS):
            makers.kill_after(chance.random() * 0.4, kill)
    made = sorted(safe.folder.glob("*.age"))
    assert made
    for file in made:
        work = safe.folder / f"unpacked-{file.stem}"
        work.mkdir()
        assert unpack(file, work, safe.secret)[0].rows["cases"] == 1
    places = (safe.folder, office.papers.parent)
    assert any(list(place.glob(f"{LEFTOVER}*")) for place in places)  # some were killed at work
    safe.made(office, "after.age")
    assert not any(list(place.glob(f"{LEFTOVER}*")) for place in places)
