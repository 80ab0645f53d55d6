"""What every command says of itself stands word for word in the folder `help` beside this."""

from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from reviewflow.cli import app

GOLDEN = Path(__file__).parent / "help"
ALL = "reviewflow"
GROUPS = ("actions", "messages", "retention")


def commands() -> list[tuple[str, ...]]:
    """Every command by the words that are typed for it, in the order in which help lists them; () is reviewflow."""
    whole = get_command(app)
    found: list[tuple[str, ...]] = [()]
    for name in listed(whole):
        found.append((name,))
        if name in GROUPS:
            found.extend((name, part) for part in listed(subcommand(whole, name)))
    return found


def listed(group: object) -> list[str]:
    return group.list_commands(None)  # type: ignore[attr-defined,no-any-return]


def subcommand(group: object, name: str) -> object:
    return group.get_command(None, name)  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words) or ALL)
def test_help_stays_as_it_is_written_down(
    words: tuple[str, ...], update_golden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REVIEWFLOW_DATABASE", "REVIEWFLOW_DEFINITIONS", "REVIEWFLOW_BY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    answered = CliRunner().invoke(app, [*words, "--help"], prog_name="reviewflow")
    assert answered.exit_code == 0
    golden = GOLDEN / f"{'-'.join(words) or ALL}.txt"
    if update_golden:
        golden.write_text(answered.output, encoding="utf-8")
    assert answered.output == golden.read_text(encoding="utf-8")


def test_no_help_is_written_down_for_a_command_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {"-".join(words) or ALL for words in commands()}
