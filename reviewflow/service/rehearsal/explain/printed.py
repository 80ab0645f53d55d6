"""An account in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.markdown import plain
from reviewflow.service.rehearsal.explain.account import Account


def as_markdown(account: Account) -> str:
    """The account as one page of Markdown."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Account) -> Iterator[str]:
    yield f"# {plain(account.title)}"
    yield ""
    yield f"Process `{account.process}`, version {account.version}."
    for section in account.sections:
        yield ""
        yield f"## {plain(section.title)}"
        yield ""
        yield from (f"- {plain(sentence)}" for sentence in section.sentences)
