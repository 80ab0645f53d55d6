"""What fails once in a thread beside a program: told by its kind alone, and the thread goes on."""

import logging

import pytest

from tasks.beside import goes_on

HOSTILE = "Zqzq 943 476 5919"


def test_what_comes_after_a_failure_is_still_done(caplog: pytest.LogCaptureFixture) -> None:
    done = []
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            with goes_on("Drawing the board"):
                if number == 1:
                    raise OSError(HOSTILE)
                done.append(number)
    assert done == [0, 2]
    [line] = caplog.messages
    assert line.startswith("Drawing the board failed, and is left to the next sweep: OSError")


def test_no_word_of_what_it_was_about_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), goes_on("Drawing the board"):
        raise ValueError(HOSTILE)
    assert "Zqzq" not in caplog.text
    assert "943" not in caplog.text


def test_what_ends_the_program_passes() -> None:
    with pytest.raises(KeyboardInterrupt), goes_on("Drawing the board"):
        raise KeyboardInterrupt
