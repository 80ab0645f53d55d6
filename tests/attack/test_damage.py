"""A sample of the damages that `python -m tests.attack.damage` does all of."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.damage import Damage, Office, make_office

EACH = 3
"""How many damages of each table are tried."""


@pytest.fixture(scope="session")
def whole_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("office"))


def sample(office: Office) -> Iterator[Damage]:
    by_table = defaultdict[str, list[Damage]](list)
    for damage in office.damages():
        by_table[damage.table].append(damage)
    for damages in by_table.values():
        yield from random.Random(26).sample(damages, min(EACH, len(damages)))


def test_what_is_compared_is_at_work(whole_office: Office) -> None:
    histories = {reference: len(seen[0]) for reference, seen in whole_office.expected.items()}
    assert sum(len(seen[3]) for seen in whole_office.expected.values()) > 20
    assert all(events > 1 for events in histories.values())


def test_damage_harms_only_what_it_belongs_to(whole_office: Office, tmp_path: Path) -> None:
    harms = [harm for damage in sample(whole_office) if (harm := whole_office.harm(damage, tmp_path / "damaged.db"))]
    assert harms == []
