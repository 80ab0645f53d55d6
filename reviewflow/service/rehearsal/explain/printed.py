"""An account in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.service.rehearsal.explain.account import Account


def as_markdown(account: Account) -> str:
    """The account as one page of Markdown."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Account) -> Iterator[str]:
    yield f"# {account.title}"
    yield ""
    yield f"Process `{account.process}`, version {account.version}."
    for section in account.sections:
        yield ""
        yield f"## {section.title}"
        yield ""
        yield from (f"- {sentence}" for sentence in section.sentences)
