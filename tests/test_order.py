"""The order of the tests: long ones first for each worker, short ones last, and servers waited for by few."""

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import order
from tests.order import LEAST, ROOT, WAITING, Measured, in_blocks, kept_seconds

LONG = {
    "tests/case/year.py": 90.0,
    "tests/case/laws.py": 40.0,
    "tests/docs/site.py": 60.0,
    "tests/store.py": 30.0,
}
WAITS = {"tests/prefect/keys.py": 50.0, "tests/browser/pages.py": 20.0, "tests/prefect/growth.py": 10.0}
SECONDS = LONG | WAITS
COLLECTED = [
    *["tests/browser/pages.py"] * 4,
    *["tests/case/laws.py"] * 10,
    *["tests/case/year.py"] * 2,
    *["tests/cli/help.py"] * 60,
    "tests/docs/site.py",
    "tests/prefect/growth.py",
    "tests/prefect/keys.py",
    *["tests/prefect/names.py"] * 10,
    *["tests/store.py"] * 2,
    *["tests/text.py"] * 8,
]


def blocks(workers: int, collected: list[str] = COLLECTED) -> list[list[str]]:
    """The modules that each worker begins with, as xdist's worksteal cuts them."""
    places = in_blocks(collected, workers, SECONDS)
    assert sorted(places) == list(range(len(collected)))
    found, begin = [], 0
    for left in range(workers, 0, -1):
        end = begin + (len(collected) - begin) // left
        found.append([collected[place] for place in places[begin:end]])
        begin = end
    return found


@pytest.mark.parametrize("workers", [1, 2, 3, 5])
def test_each_worker_begins_with_long_ones_and_ends_with_short_ones(workers: int) -> None:
    for block in blocks(workers):
        is_long = [module in SECONDS for module in block]
        assert is_long == sorted(is_long, reverse=True)
        assert not is_long[-1]


def test_one_waits_and_the_others_have_as_much_to_do() -> None:
    first, second, third = blocks(3)
    assert set(WAITS) < set(first)
    assert not set(WAITS) & {*second, *third}
    seconds = [sum(SECONDS.get(module, 0.0) for module in set(block)) for block in (first, second, third)]
    assert sorted(seconds) == [90.0, 100.0, 110.0]


def test_where_they_are_too_many_to_wait_for_one_by_one_two_do() -> None:
    waiting = [{*block} & {*WAITS} for block in blocks(6)]
    assert waiting[0] == {"tests/prefect/keys.py"}
    assert waiting[1] == {"tests/browser/pages.py", "tests/prefect/growth.py"}


def test_what_shares_a_server_stands_together() -> None:
    first = list(dict.fromkeys(blocks(3)[0]))
    assert first[:3] == ["tests/prefect/keys.py", "tests/prefect/growth.py", "tests/browser/pages.py"]


def test_what_has_more_tests_than_a_block_goes_on_in_the_next() -> None:
    assert blocks(2, ["tests/case/laws.py"] * 5 + ["tests/text.py"]) == [
        ["tests/case/laws.py"] * 3,
        ["tests/case/laws.py"] * 2 + ["tests/text.py"],
    ]


def test_the_same_is_said_whatever_ran_before() -> None:
    assert in_blocks(COLLECTED, 3, SECONDS) == in_blocks(COLLECTED, 3, dict(reversed(SECONDS.items())))


def test_none_collected_is_none() -> None:
    assert in_blocks([], 3, SECONDS) == []


def test_what_is_written_down_is_there() -> None:
    found = kept_seconds()
    assert [module for module in found if not (ROOT / module).is_file()] == []
    assert all(before >= after for before, after in pairwise(found.values()))
    assert [place for place in WAITING if not any(module.startswith(place) for module in found)] == []


def test_what_takes_long_is_left_out_by_make_quick(request: pytest.FixtureRequest) -> None:
    long = {item.nodeid for item in request.session.items if item.get_closest_marker("slow")}
    modules = kept_seconds()
    assert {item.nodeid for item in request.session.items if item.nodeid.partition("::")[0] in modules} <= long
    assert request.node.nodeid not in long


def test_what_was_measured_is_written_and_the_rest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "SECONDS", tmp_path / "seconds.txt")
    (tmp_path / "seconds.txt").write_text("30.0 tests/test_text.py\n20.0 tests/test_files.py\n8.0 tests/gone.py\n")
    measured = Measured()
    for name, seconds in [("test_files", 4.0), ("test_files", 2.0), ("test_order", LEAST - 1), ("test_memory", 40.0)]:
        measured.pytest_runtest_logreport(
            SimpleNamespace(nodeid=f"tests/{name}.py::test", duration=seconds)  # type: ignore[arg-type]
        )
    measured.pytest_sessionfinish()
    written = "40.0 tests/test_memory.py\n30.0 tests/test_text.py\n6.0 tests/test_files.py\n"
    assert (tmp_path / "seconds.txt").read_text() == written
