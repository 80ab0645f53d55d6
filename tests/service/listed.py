"""A process with a step for each entry of a list that an earlier step made."""


def listed(form: str, advise: str) -> str:
    """The file: `form` is what is asked at "book", '{about: {type: list, ...}}'; `advise` how each is done."""
    return f"""\
language: 1
process: listed
version: 1
title: Ask for advice
reference: ADV-{{year}}-{{number}}
opening:
  dates: {{notified: When it was notified}}
  agencies: at least 1
steps:
  book:
    title: Say for whom or what
    owner: chair
    form: {form}
  advise: {{title: Give advice, after: book, {advise}}}
"""
