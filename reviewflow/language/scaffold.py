"""The text of a new process file to start from, with comments that say what each part is for."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.model import Process, Step


def blank_process(name: str, *, owner: str) -> str:
    """A whole small process, which passes `check`, to be changed line by line."""
    return f"""\
# What this process is for, in a sentence for whoever opens this file next.
#
# Days, steps and questions are yours to change. Count version up with every change; cases that are already open stay
# on the version that they began with. After any change:  reviewflow check
language: 1
process: {name}                # the same as the name of this file
version: 1
title: {_title(name)}
reference: {_letters(name)}-{{year}}-{{number}}     # how its cases are numbered

opening:                       # what is asked when a case is opened
  dates:
    agreed: On which day was it agreed to do this?

steps:
  plan:                        # a name for the step: small letters, digits and _
    title: Plan it             # what people read
    owner: {owner}
    due: 5 working days after agreed

  hold:
    title: Hold it
    after: plan                # it opens when that is done
    owner: {owner}
    due: 20 working days after agreed
    form:                      # what is asked when somebody says that it is done
      held_on:
        type: date
        label: On which day was it held?
        completes: yes         # this is the day on which the step counts as done
      more:
        type: yes_no
        label: Is more needed?

  follow_up:
    title: Follow it up
    after: hold
    when: {{hold.more: yes}}     # only after this answer; otherwise it is not needed
    owner: {owner}
    due: 10 working days after hold
"""


def extending_process(name: str, base: Process) -> str:
    """A file that is like another process, with all that may be changed written as comments."""
    return "\n".join(_extending(name, base)) + "\n"


def _extending(name: str, base: Process) -> Iterator[str]:
    yield f"# {_title(name)}: like {base.process}, but for what is written here."
    yield "#"
    yield f"# When a new version of {base.process}.yaml comes, this file takes it over, and keeps what is its own."
    yield "# Take the # away from a line, and from the names above it, and change it. Then:  reviewflow check"
    yield from (
        "language: 1",
        f"process: {name}",
        f"extends: {base.process}",
        "version: 1",
        f"title: {_title(name)}",
        f"reference: {_letters(name)}-{{year}}-{{number}}",
        "",
        "# steps:",
    )
    for step_name, step in base.steps.items():
        yield f"#   {step_name}:  # {step.title}"
        yield from (f"#     {line}" for line in _changeable(step))
    yield "#"
    yield "# To leave a step out:"
    yield f"#   {next(iter(base.steps))}: removed"


def _changeable(step: Step) -> Iterator[str]:
    if step.owner:
        yield f"owner: {step.owner}"
    if step.due:
        yield f"due: {step.due}"
    if step.ladder:
        yield f"ladder: {step.ladder}"
    if isinstance(step.form, str):
        yield f"form: {step.form}"


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _letters(name: str) -> str:
    """CSPR for cspr, PLR for practice_learning_review."""
    words = [word for word in name.split("_") if word]
    short = words[0] if len(words) == 1 else "".join(word[0] for word in words)
    letters = "".join(letter for letter in short.upper() if letter.isalpha())
    return letters[:8] or "R"
