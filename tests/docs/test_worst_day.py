"""docs/develop/worst-day.md: no row is missing in any of its lists, and every test that is named is there."""

import re

from tests.docs.names import ROOT

PAGE = (ROOT / "docs" / "develop" / "worst-day.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([TIF])(\d+) \| (.+) \|$", PAGE, re.MULTILINE)
HOW_MANY = {"T": 16, "I": 20, "F": 19}


def test_no_row_is_missing() -> None:
    numbers = {letter: [int(number) for of, number, _ in ROWS if of == letter] for letter in HOW_MANY}
    assert numbers == {letter: list(range(1, last + 1)) for letter, last in HOW_MANY.items()}


def test_each_row_names_tests_that_are_there() -> None:
    for letter, number, rest in ROWS:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", rest.rpartition(" | ")[2])
        assert named, f"{letter}{number}"
        assert [each for each in named if not _stands(*each)] == [], f"{letter}{number}"


def _stands(path: str, name: str) -> bool:
    file = ROOT / path
    return file.is_file() and (not name or f"def {name}(" in file.read_text("utf-8"))
