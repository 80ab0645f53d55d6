"""docs/asvs.md: every requirement of levels 1 and 2 of the standard has its row, and the tests named are there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
STANDARD = Path(__file__).with_name("asvs_5.0.0.txt").read_text(encoding="utf-8")
"""The numbers and levels of version 5.0.0, as OWASP publishes them; a line each."""
ROWS = re.findall(r"^\| ([\d.]+) \| (\d) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
STANDS = ("met", "in part", "the office's", "not met", "nothing of the kind")


def test_no_requirement_is_missing_and_none_is_invented() -> None:
    assert [f"{number} {level}" for number, level, *_ in ROWS] == STANDARD.splitlines()


def test_each_row_says_how_it_stands_and_why() -> None:
    assert {stands for _, _, _, stands, _ in ROWS} == set(STANDS)
    assert [number for number, _, _, _, why in ROWS if len(why) < 8] == []
    counted = Counter(stands for _, _, _, stands, _ in ROWS)
    told = dict(re.findall(r"^\| ([a-z' ]+) \| .+ \| (\d+) \|$", PAGE, re.MULTILINE))
    assert told == {stands: str(counted[stands]) for stands in STANDS}


def test_each_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE))
    assert len(named) > 60
    missing = [(path, name) for path, name in named if not _stands(ROOT / path, name)]
    assert missing == []


def _stands(path: Path, name: str) -> bool:
    return path.is_file() and (not name or f"def {name}(" in path.read_text(encoding="utf-8"))
