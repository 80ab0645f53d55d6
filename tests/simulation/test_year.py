"""A year of a partnership, lived from a seed: nobody is chased wrongly, and nothing is forgotten."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.simulation.world import World


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_year(seed: int, tmp_path: Path) -> None:
    world = World(seed, tmp_path)
    assert len(world.office.partnership.agencies) == 12
    assert len(world.coming) == 30
    for day in world.live():
        if day > world.down_until:
            assert world.nothing_is_waiting(datetime.combine(day, time(14, 15), UTC)) == []
        assert world.post.wrong == []
        assert world.post.untrue == []
    assert world.chased_twice() == []
    assert world.escalated_too_soon() == []
    assert world.post.more_than_one_a_day() == []
    assert world.audit() == []
    assert world.answered["done"] > 500
    assert len(world.post.letters) > 500
    mornings = sum("morning/business_support" in each for letter in world.post.letters for each in letter.about)
    assert mornings > 150  # of about 235; the engine or the mail is down for weeks
