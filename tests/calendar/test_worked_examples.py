"""The examples that practitioners counted by hand."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from reviewflow.calendar import explain, shift
from reviewflow.language.phrases import parse_span

HERE = Path(__file__).parent
EXAMPLES = yaml.load((HERE / "worked_examples.yaml").read_text(), Loader=yaml.BaseLoader)
TABLE = yaml.load((HERE / "bank_holidays.yaml").read_text(), Loader=yaml.BaseLoader)


@pytest.fixture(params=EXAMPLES, ids=lambda example: example["case"])
def example(request):
    return request.param


def test_the_day_is_the_one_counted_by_hand(example, england):
    start, span = date.fromisoformat(example["from"]), parse_span(example["span"])
    end = shift(start, span, england, before=example.get("back") == "yes")
    assert end == date.fromisoformat(example["gives"])
    assert england.on_or_before(end) == date.fromisoformat(example.get("target", example["gives"]))


def test_the_explanation_ends_on_the_same_day(example, england):
    start, span = date.fromisoformat(example["from"]), parse_span(example["span"])
    lines = explain(start, span, england, before=example.get("back") == "yes")
    assert lines[0] == (start, "the day itself is not counted")
    assert lines[-1][0] == date.fromisoformat(example["gives"])


@pytest.mark.parametrize("year", TABLE)
def test_bank_holidays_of_the_year(year, england):
    closed = [day for day in england.closed if day.year == int(year) and day.weekday() < 5]
    assert sorted(closed) == [date.fromisoformat(f"{year}-{day}") for day in TABLE[year]]
