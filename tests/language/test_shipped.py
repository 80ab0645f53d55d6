"""The shipped definitions, as they are pinned by a case and read back."""

from pathlib import Path

import pytest

from reviewflow.language.definition import Definition, define
from reviewflow.language.library import load_library

SHIPPED = load_library(Path(__file__).parent.parent.parent / "definitions")


@pytest.mark.parametrize("process", sorted(SHIPPED.processes))
def test_what_is_stored_reads_back_the_same(process: str) -> None:
    definition = define(SHIPPED, process)
    restored = Definition.model_validate_json(definition.body)
    assert restored == definition
    assert (restored.body, restored.hash) == (definition.body, definition.hash)
    assert list(restored.process.steps) == list(SHIPPED.processes[process].model.steps)
