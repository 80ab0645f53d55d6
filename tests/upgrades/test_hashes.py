"""A file that uses no newer key keeps the hash that it had: a case goes on under what it was opened under."""

import shutil
from pathlib import Path

import pytest

from reviewflow.service.workspace.definition_files import DefinitionFiles

TOY = Path(__file__).parents[1] / "toy"
AS_THEY_WERE = {
    "follow_up": "85aa8f41ecfad8010dd520cc6551c8998a52651f81c04cfb349394d4868471a7",
    "review": "dcde697b9fc7bcaae6ec7c8ac2e0b4b2e8b0c11a859c9d2c7bd01e95635d364d",
}
"""By process, the hash that version 0.1.0 gave the same files."""


IT_SAID, IT_SAYS = "Sign in: {link}", "Answer: {link}"


@pytest.fixture
def as_it_was(tmp_path: Path) -> Path:
    """The files of then: one message says something else since."""
    shutil.copytree(TOY, tmp_path / "toy")
    message = tmp_path / "toy" / "messages" / "reminder.yaml"
    message.write_text(message.read_text(encoding="utf-8").replace(IT_SAYS, IT_SAID), encoding="utf-8")
    return tmp_path / "toy"


@pytest.mark.parametrize("process", sorted(AS_THEY_WERE))
def test_a_new_key_of_the_language_leaves_older_files_as_they_are(process: str, as_it_was: Path) -> None:
    assert DefinitionFiles(as_it_was).definition(process).hash == AS_THEY_WERE[process]
