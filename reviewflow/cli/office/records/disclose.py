"""What is handed over and what is erased: disclose, erase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.context import Reason, Reference, Signing


def disclose(
    reference: Reference,
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder: disclosure/RR-2026-001")],
    *,
    context: Signing,
) -> None:
    """Write all of a case into a folder: pages to read, with history, messages, papers and definition, and proof."""
    from reviewflow.service.records.disclosure.writing import disclose as write

    with context.workspace() as workspace:
        written = write(workspace, reference, output, by=context.who, now=context.moment)
    typer.echo(
        f"Wrote {len(written)} files into {output}: open {output / 'index.html'}. Read it before it leaves the office."
    )


def erase(
    name: Annotated[str, typer.Argument(help="The name, written as the history shows it; or an e-mail address")],
    reason: Reason,
    *,
    context: Signing,
) -> None:
    """Erase a name, or a mailbox that was written to; what was recorded and sent stays, and is still proven."""
    from reviewflow.service.records.erasure import erase as take_out
    from reviewflow.service.records.erasure import erased_words

    with context.workspace() as workspace:
        traces = take_out(workspace, name, reason, by=context.who, now=context.moment)
        words = erased_words(workspace, name, traces)
    typer.echo(words)
