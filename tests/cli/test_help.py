"""What every command says of itself stands word for word in the folder `help` beside this."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.cli.commands import COMMANDS, Later

GOLDEN = Path(__file__).parent / "help"
ALL = "reviewflow"


def commands() -> list[tuple[str, ...]]:
    """Every command by the words that are typed for it, in the order in which help lists them; () is reviewflow."""
    words: list[tuple[str, ...]] = [()]
    for command in COMMANDS:
        words.append((command.name,))
        words.extend((command.name, part) for part in getattr(command.load(), "commands", ()))
    return words


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


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_line_in_the_list_of_commands_is_the_first_of_its_help(command: Later) -> None:
    assert command.help == " ".join(command.load().help.partition("\n\n")[0].split())
