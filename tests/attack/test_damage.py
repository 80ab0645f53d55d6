"""A sample of the damages that `python -m tests.attack.damage` does all of."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.london import stamp
from reviewflow.service.trouble.words import trouble_lines
from tests.attack.damage import MOMENTS, Office, To, make_office
from tests.attack.damages import Damage, Done, could_do, damages, do_damage
from tests.attack.places import File, Server

EACH = {"sqlite": 3, "postgresql": 1}
"""How many damages of each table are tried."""
LEFT = {"sqlite": {To.AUDIT, To.REFUSED}, "postgresql": {To.AUDIT}}
"""What some of them come to."""
FOUND = [
    *(("definitions", "hash", "NULL"), ("definitions", "hash", "bytes"), ("seals", "hash", "bytes")),
    *(("cases", "reference", "NULL"), ("cases", "reference", "bytes"), ("cases", "reference", "not UTF-8")),
    *(("last_done", "name", "bytes"), ("notices", "tries", "NULL"), ("digests", "tries", "NULL")),
    *(("cases", "number", "NULL"), ("cases", "number", "a text"), ("cases", "number", "bytes")),
]
"""What harmed others before: a run of all found it."""


@pytest.fixture(scope="session")
def whole_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    return make_office(folder, File(folder))


@pytest.fixture(scope="session")
def whole_office_on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str) -> Office:
    server = Server(postgresql_server, "damage")
    server.empty()
    return make_office(tmp_path_factory.mktemp("office"), server)


def sample(office: Office, each: int) -> Iterator[Damage]:
    by_table = defaultdict[str, list[Damage]](list)
    for damage in damages(office.place):
        by_table[damage.table].append(damage)
    for of_table in by_table.values():
        yield from random.Random(26).sample(of_table, min(each, len(of_table)))


def test_what_is_compared_is_at_work(whole_office: Office) -> None:
    cases = whole_office.expected.cases
    histories = {reference: len(seen[0]) for reference, seen in cases.items()}
    assert sum(len(seen[3]) for seen in cases.values()) > 20
    assert all(events > 1 for events in histories.values())


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_damage_harms_only_what_it_belongs_to(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    office = request.getfixturevalue("whole_office" if kind == "sqlite" else "whole_office_on_postgresql")
    came = [office.harm(damage, tmp_path / "damaged") for damage in sample(office, EACH[kind])]
    assert [one.fault for one in came if one.fault] == []
    assert LEFT[kind] <= {one.to for one in came}


@pytest.mark.slow
def test_what_a_damage_would_come_to_is_known_without_a_copy(
    whole_office_on_postgresql: Office, tmp_path: Path
) -> None:
    server = whole_office_on_postgresql.place
    assert isinstance(server, Server)
    firsts = dict[Done, Damage]()
    for damage in [*damages(server)]:  # all of them, so that nobody reads the tables any more
        firsts.setdefault(could_do(damage, server), damage)
        if len(firsts) == len(Done):
            break
    came = {could: do_damage(damage, server, server.copied(tmp_path)) for could, damage in firsts.items()}
    assert came == {done: done for done in Done}
    assert [could_do(damage, server) for damage in firsts.values()] == [*firsts]


@pytest.mark.parametrize("about", FOUND, ids=" ".join)
def test_damage_that_once_harmed_others_does_so_no_more(
    whole_office: Office, tmp_path: Path, about: tuple[str, str, str]
) -> None:
    rows = [damage for damage in damages(whole_office.place) if damage.about == about]
    came = whole_office.harm(rows[len(rows) // 2], tmp_path / "damaged")
    assert came.fault == ""


@pytest.mark.parametrize("way", ["bytes", "not UTF-8"])
def test_a_damaged_row_under_which_the_program_signs_is_refused_in_words(
    whole_office: Office, tmp_path: Path, way: str
) -> None:
    """All cases share it: nothing is chased without it, which nobody must take for nothing being due."""
    rows = [damage for damage in damages(whole_office.place) if damage.about == ("people", "key", way)]
    came = [whole_office.harm(row, tmp_path / "damaged") for row in rows]
    assert [one.fault for one in came if one.fault] == []
    assert To.REFUSED in {one.to for one in came}


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (("definitions", "hash", "NULL"), "The row definitions/None of the database could not be sealed"),
        (("seals", "hash", "bytes"), "The part of the sweep that is called sealing could not be done: DamagedRow"),
    ],
)
def test_what_cannot_be_sealed_is_told_and_all_else_is_done(
    whole_office: Office, tmp_path: Path, about: tuple[str, str, str], told: str
) -> None:
    folder = tmp_path / "damaged"
    url = whole_office.copied(folder)
    *_, damage = (damage for damage in damages(whole_office.place) if damage.about == about)
    assert do_damage(damage, whole_office.place, url) is Done.DONE
    whole_office.seen(url, folder)
    with whole_office.workspace(url, folder) as workspace:
        assert any(line.startswith(told) for line in trouble_lines(workspace))
        last = workspace.store.last_sweep()
    assert last is not None
    assert last.finished == stamp(MOMENTS[-1])
