"""How far a stage is, in the words that stand beside its title."""

from typing import Any

import pytest

from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import Line, settled_words
from tests.service.views.lines import line

DONE, LETTER = Standing.DONE, {"automatic": True}


def _lines(*given: tuple[Standing, dict[str, Any]]) -> list[Line]:
    return [line(f"step_{number}", standing, **changes) for number, (standing, changes) in enumerate(given)]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (_lines((DONE, {}), (DONE, LETTER)), "settled"),
        (_lines((DONE, {}), (Standing.OPEN, {})), "1 of 2 settled"),
        (_lines((DONE, {}), (Standing.OPEN, {}), (Standing.OPEN, LETTER)), "1 of 2 settled"),
        (_lines((DONE, {}), (Standing.OPEN, LETTER)), "1 of 1 settled, 1 automatic step to come"),
        (_lines((Standing.NOT_NEEDED, {}), (Standing.OVERDUE, LETTER)), "1 automatic step to come"),
        (_lines((DONE, {}), (Standing.NOT_NEEDED, LETTER)), "settled"),
        (_lines((DONE, LETTER), (Standing.NOT_YET, LETTER)), "1 of 2 settled"),
        (_lines((Standing.NOT_NEEDED, {}), (Standing.NOT_NEEDED, LETTER)), "not needed"),
    ],
)
def test_a_stage_is_settled_when_nothing_is_to_come_also_no_letter_that_waits(lines: list[Line], words: str) -> None:
    assert settled_words(lines) == words
