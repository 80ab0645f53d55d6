"""What docs/problems.md shows as a mistake is one: check says its code of it, and no longer once it is put right."""

import pytest

from tests.docs.reader import ROOT
from tests.language.examples import SETTINGS, Example, examples, said_of

EXAMPLES = tuple(examples())
BOTH_WRONG = {"PD018", "PD490"}
"""Where a key that comes again shows a second mistake."""
NAMES = {"PD021", "PD022", "PD030", "PD050"}
"""That an example names what stands in no file here: only part of a process is shown."""
MORE = {
    "PD026": {"PD035"},
    "PD040": {"PD046"},
    "PD041": {"PD046"},
    "PD050": {"PD051", "PD055"},
    "PD052": {"PD056"},
    "PD055": {"PD026"},
    "PD057": {"PD095"},
    "PD083": {"PD026"},
    "PD326": {"PD083"},
    "PD327": {"PD026", "PD321"},
    "PD341": {"PD011", "PD026"},
    "PD342": {"PD026"},
    "PD369": {"PD046"},
    "PD380": {"PD082"},
    "PD387": {"PD384"},
    "PD445": {"PD046"},
    "PD495": {"PD435"},
    "PD515": {"PD013", "PD384"},
}
"""What else check says, because an example leaves out what has nothing to do with its mistake."""


ELSEWHERE = {
    "PD001": "tests/language/err/empty.out",
    "PD045": "tests/service/commands/test_migration.py",
    "PD047": "tests/language/checks/flow/test_calendar_room.py",
    "PD343": "tests/service/rehearsal/test_check.py",
    "PD420": "tests/language/folder/test_library.py",
    "PD452": "tests/service/rehearsal/test_word_templates.py",
    "PD453": "tests/service/rehearsal/test_word_templates.py",
    "PD496": "tests/language/err/linked_agencies.out",
}
"""What no text of one file shows: a file that is empty or none, cases in a database, holidays, Word, two files."""
RUN = tuple(example for example in EXAMPLES if example.code not in ELSEWHERE)


def test_every_example_is_run_or_shown_elsewhere() -> None:
    assert [code for code, place in ELSEWHERE.items() if code not in (ROOT / place).read_text("utf-8")] == []
    assert set(SETTINGS) <= {example.code for example in RUN}


@pytest.mark.parametrize("example", RUN, ids=lambda example: example.code)
def test_an_example_gives_its_code_and_none_when_it_is_put_right(example: Example) -> None:
    said = said_of(example.code, example.wrong)
    assert said is not None, "Say in example_settings.yaml where it stands"
    assert example.code in said
    assert said - NAMES - MORE.get(example.code, set()) <= {example.code}
    if example.right:
        again = said_of(example.code, example.right)
        assert again is not None
        assert (example.code in again) is (example.code in BOTH_WRONG)
