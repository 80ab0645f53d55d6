"""A few thousand damaged files; `make fuzz` tries hundreds of thousands."""

from collections import Counter
from random import Random

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.language.folder.kinds import KINDS
from reviewflow.london import at_clock
from reviewflow.service.rehearsal.play import OPENS
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.workspace.days.calendars import calendars_of
from tests.language.fuzz.corpus import starts
from tests.language.fuzz.damage import Kind, Tree
from tests.language.fuzz.runs import mutant, run
from tests.language.fuzz.samples import files, place_of, planted
from tests.language.fuzz.trial import TODAY, tried
from tests.language.fuzz.year import Year
from tests.shipped import FILES

MUTANTS = 500
PARTS = 4
"""So that several processes share them."""


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_file_is_told_with_its_place_and_never_a_bug(part: int) -> None:
    figures = run(range(part * MUTANTS, (part + 1) * MUTANTS))
    assert sum(figures.mutants.values()) == MUTANTS
    assert not figures.faults, "\n".join(
        f"{one.number} {one.start.name} {one.wrote!r}\n{why}" for one, why in figures.faults
    )


@pytest.mark.parametrize("number", [159_637])
def test_what_a_run_of_all_found_is_told(number: int) -> None:
    """A name that is none, with a value that is none either."""
    assert run([number]).faults == []


@pytest.mark.parametrize("key", ["steps", "limits", "dates", "holds"])
def test_a_name_and_its_value_may_both_be_wrong(key: str) -> None:
    start = next(start for start in starts() if start.name == "small/processes/toy.yaml")
    lines = start.data.decode().replace(f"\n{key}:\n", f"\n{key}:\n  Not.a.name: 'yes'\n", 1)
    assert lines != start.data.decode()
    outcome = tried(start, lines.encode(), use=False)
    assert outcome.fault == ""
    assert any('"Not.a.name" is not a name' in problem.message for problem in outcome.told)


@pytest.mark.parametrize("name", ["action_plan", "case_discussion", "extended_review", "lac_or_care_leaver_death"])
def test_what_is_not_damaged_passes_check_and_is_played_for_a_year(name: str) -> None:
    """Else a damaged file that passes check would not be played either, and nobody would notice."""
    start = next(start for start in starts() if start.name == f"shipped/processes/{name}.yaml")
    outcome = tried(start, start.data, use=True)
    assert (outcome.fault, outcome.played) == ("", True)


def test_a_process_that_lost_a_step_with_its_group_is_told_and_not_played() -> None:
    """Its error stands at the process: whoever checks sees it, and no case is opened by it."""
    start = next(start for start in starts() if start.name == "shipped/groups/closing.yaml")
    whole = tried(start, start.data, use=True)
    assert (whole.fault, whole.played) == ("", True)
    cut = tried(start, start.data.replace(b"\n  ask_to_close:", b"\n  ask_otherwise:"), use=True)
    assert (cut.fault, cut.played) == ("", False)
    assert any(problem.file.startswith("processes/") and "ask_to_close" in problem.message for problem in cut.told)


def test_a_year_is_full_of_what_is_done() -> None:
    """Of three years at least one is not over soon, by an ending that chance chose."""
    plan, partnership = Plan(FILES.definition("rapid_review")), FILES.partnership
    told = scenario(plan, partnership, dates={}, today=TODAY)
    begun = at_clock(max(told.dates.values()), OPENS)
    calendars = calendars_of(partnership, "proclaimed_until: 2028-12-31")
    years = [Year(plan, partnership, calendars, told, Random(seed), begun) for seed in range(3)]
    assert max(year.play() for year in years) > 20


def test_the_same_number_makes_the_same_file() -> None:
    assert [mutant(number).data for number in range(20)] == [mutant(number).data for number in range(20)]


def test_every_key_of_every_model_stands_in_a_file_that_is_damaged() -> None:
    written = {place: Tree(start.data.decode()) for start in starts() for place in [start.name]}
    keys = {place.key for tree in written.values() for place in tree.keys}
    assert {key for _, key, _ in planted()} <= keys


def test_there_is_a_made_up_file_of_every_kind() -> None:
    assert {place_of(kind) for kind in KINDS} <= set(files())


def test_every_kind_of_damage_is_done_to_every_kind_of_file() -> None:
    done = Counter((mutant(number).kind, mutant(number).start.place.partition("/")[0]) for number in range(2600))
    folders = {start.place.partition("/")[0] for start in starts()}
    assert done.keys() == {(kind, folder) for kind in Kind for folder in folders}
