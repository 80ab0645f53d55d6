"""What docs/problems.md shows as a mistake is one: check says its code of it, and no longer once it is put right."""

import pytest

from tests.language.examples import Example, codes, examples

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
    "PD055": {"PD026"},
    "PD326": {"PD083"},
    "PD327": {"PD026", "PD321"},
    "PD341": {"PD011", "PD026"},
    "PD342": {"PD026"},
    "PD369": {"PD046"},
    "PD387": {"PD384"},
    "PD515": {"PD013", "PD384"},
}
"""What else check says, because an example leaves out what has nothing to do with its mistake."""


def is_run(example: Example) -> bool:
    said = codes(example.wrong)
    return said is not None and example.code in said


RUN = tuple(example for example in EXAMPLES if is_run(example))


def test_a_third_of_the_examples_is_run() -> None:
    """The others are of other files than a process, stand in prose, or need much around them."""
    assert len(RUN) * 3 > len(EXAMPLES)


@pytest.mark.parametrize("example", RUN, ids=lambda example: example.code)
def test_an_example_gives_its_code_and_none_when_it_is_put_right(example: Example) -> None:
    said = codes(example.wrong)
    assert said is not None
    assert said - NAMES - MORE.get(example.code, set()) <= {example.code}
    if example.right:
        again = codes(example.right)
        assert again is not None
        assert (example.code in again) is (example.code in BOTH_WRONG)
