"""What is written down of the statements is what they are declared to be."""

import json

import pytest

from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.prepared import FOLDER, prepared
from reviewflow.store.statements.making import compiled, declared, everything


@pytest.mark.parametrize("dialect", Dialect)
def test_the_statements_are_written_down_as_they_are_declared(dialect: Dialect, update_golden: bool) -> None:
    place, text = FOLDER / f"{dialect}.json", json.dumps(everything(dialect), indent=1) + "\n"
    if update_golden:
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    assert place.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("dialect", Dialect)
def test_one_of_another_size_is_made_when_it_is_wanted(dialect: Dialect) -> None:
    assert prepared(dialect, "load_these 9") == compiled(dialect, declared("load_these 9"))
    with pytest.raises(LookupError):
        prepared(dialect, "NONE")
