"""Every timeline comes out as it says; every key of the language has one that fails when the key is not heeded."""

import pytest

from tests.case.laws import EXEMPT, NEEDED_BY_CHECK, keys_of_the_language, keys_on_the_way
from tests.case.stage import FOLDER, NotPassing, changed
from tests.case.timeline import Timeline, WentOtherwise, load_timeline, play

TIMELINES = {path.stem: load_timeline(path) for path in sorted(FOLDER.glob("*.yaml"))}
CLAIMS = [(name, key) for name, timeline in TIMELINES.items() for key in timeline.proves]


@pytest.mark.parametrize("name", TIMELINES)
def test_timeline(name: str) -> None:
    timeline = TIMELINES[name]
    play(timeline, timeline.definitions)


@pytest.mark.parametrize(("name", "key"), CLAIMS, ids=lambda key: key)
def test_a_definition_without_the_key_runs_otherwise(name: str, key: str) -> None:
    """So an engine that did not heed the key would fail the timeline. The mutant itself passes `check`, or nearly."""
    timeline = TIMELINES[name]
    mutant = changed(timeline.definitions, key, timeline.proves[key])
    needed = keys_on_the_way(timeline.definitions, key)[-1] in NEEDED_BY_CHECK
    with pytest.raises(NotPassing if needed else WentOtherwise):
        play(timeline, mutant)


def _proven(timeline: Timeline) -> set[str]:
    return {way for key in timeline.proves for way in keys_on_the_way(timeline.definitions, key)}


def test_every_key_of_the_language_is_proven() -> None:
    proven = set[str]().union(*(_proven(timeline) for timeline in TIMELINES.values()))
    assert sorted(keys_of_the_language() - proven - set(EXEMPT)) == []


def test_no_exemption_is_needless() -> None:
    proven = set[str]().union(*(_proven(timeline) for timeline in TIMELINES.values()))
    assert sorted(set(EXEMPT) & proven) == []
    assert sorted(set(EXEMPT) - keys_of_the_language()) == []
