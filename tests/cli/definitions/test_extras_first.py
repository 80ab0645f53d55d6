"""Which part of the installation is missing is said before anything is read or worked out."""

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app, extras


@pytest.mark.parametrize(
    ("words", "module"),
    [
        ("preview nothing_of_this_name -o t.html", "jinja2"),
        ("preview nothing_of_this_name -o t.ics", "icalendar"),
        ("preview nothing_of_this_name --format html", "jinja2"),
        ("bring-in --blank nothing_of_this_name -o t.xlsx", "openpyxl"),
        ("report --database sqlite:///nowhere.db -o t.html", "jinja2"),
        ("report --database sqlite:///nowhere.db -o t.xlsx", "openpyxl"),
        ("report --database sqlite:///nowhere.db -o t.pdf", "typst"),
    ],
)
def test_what_is_missing_is_said_first(words: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == module else object())
    done = CliRunner().invoke(app, [*words.split(), "--definitions", "nowhere"])
    assert isinstance(done.exception, ModuleNotFoundError), done.output
    assert (done.exception.name, extras.missing_extra(done.exception) is not None) == (module, True)


def test_a_form_that_needs_nothing_more_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    done = CliRunner().invoke(app, ["preview", "nothing_of_this_name", "-o", "t.csv", "--definitions", "nowhere"])
    assert "There is no folder of definitions" in str(done.exception)
