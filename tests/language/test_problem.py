"""How problems are read one after the other."""

from reviewflow.language.problem import LONG_LIST, Mark, Problem, printed

STEPS = "Its steps: " + ", ".join(f"step_{number:03}" for number in range(40)) + "."


def problem(name: str, listed: str = STEPS) -> Problem:
    return Problem("a.yaml", Mark(1, 1), "PD022", f'"{name}" is not a step of this process.\n{listed}')


def test_a_long_list_stands_with_the_first_that_needs_it() -> None:
    first, second, other = printed([problem("one"), problem("two"), problem("chair", STEPS.replace("steps", "roles"))])
    assert first.endswith(STEPS)
    assert second.splitlines()[1:] == ['  "two" is not a step of this process.', "  Its steps: as listed above."]
    assert other.endswith("step_039.")


def test_a_short_list_stands_with_each() -> None:
    short = "Its steps: meet and decide."
    assert len(short) < LONG_LIST
    assert all(words.endswith(short) for words in printed([problem("one", short), problem("two", short)]))


def test_another_list_is_another_one() -> None:
    rest = STEPS.replace("step_000", "first")
    assert all("as listed above" not in words for words in printed([problem("one"), problem("two", rest)]))
