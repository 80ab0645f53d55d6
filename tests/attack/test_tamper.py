"""A few of the edits that `python -m tests.attack.tamper` makes: every column of every table comes in turn there."""

from pathlib import Path

import pytest

from reviewflow.store.tables import METADATA
from tests.attack.edits import Edit, Mended
from tests.attack.places import File, Server
from tests.attack.tamper import FREE, UNPROVEN, Attack, Named, prepare, sample

NUMBER = {"sqlite": 120, "postgresql": 30}


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Attack:
    return prepare(File(tmp_path_factory.mktemp("attack")))


@pytest.fixture(scope="module")
def attack_on_postgresql(postgresql_server: str) -> Attack:
    server = Server(postgresql_server)
    server.empty()
    return prepare(server)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_what_was_recorded_is_owed_or_was_sent_is_not_changed_unseen(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    attack = request.getfixturevalue("attack" if kind == "sqlite" else "attack_on_postgresql")
    made = {edit: attack.made(edit, tmp_path) for edit in sample(attack, NUMBER[kind], seed=7)}
    assert [str(edit) for edit, named in made.items() if named is Named.SILENT] == []
    assert {Named.AUDIT, Named.SINCE} <= set(made.values())


@pytest.mark.parametrize("table", ["events", "notices", "attempts", "office", "destroyed", "definitions", "dispatches"])
def test_with_every_chain_and_seal_made_anew_only_a_head_that_was_kept_tells(
    attack: Attack, tmp_path: Path, table: str
) -> None:
    column = list(METADATA.tables[table].c)[-1].name
    assert attack.made(Edit("change", table, column, 0, Mended.NOTHING), tmp_path) is Named.AUDIT
    assert attack.made(Edit("change", table, column, 0, Mended.SEALS), tmp_path) in {Named.AUDIT, Named.SINCE}


def test_what_may_be_changed_is_there_and_says_why() -> None:
    for (table, column), why in FREE.items():
        assert not column or column in METADATA.tables[table].c
        assert why
    for table, why in UNPROVEN.items():
        assert table in METADATA.tables
        assert why


def test_the_office_is_whole_to_begin_with(attack: Attack, tmp_path: Path) -> None:
    assert attack.made(Edit("swap", "people", "key", 0, Mended.NOTHING), tmp_path) is Named.SAME
