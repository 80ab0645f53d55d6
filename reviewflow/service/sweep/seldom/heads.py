"""The head of each day, kept where the office says: in a file, on another machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reviewflow.service.records.audit_heads import heads_in, newest_head
from reviewflow.service.workspace.workspace import Workspace

HEADS = "REVIEWFLOW_HEADS"
"""The file to which each day's head is added; best on another machine, where whoever keeps this one cannot write."""


def head_words(workspace: Workspace) -> str:
    """The newest head for whoever keeps it elsewhere; '' before the first seal."""
    head = newest_head(workspace)
    if head is None:
        return ""
    return (
        f"The head of all that is recorded here:\n\n  {head.line}\n\n"
        "Keep it where nobody who keeps the database can write. It names nobody and no case. With it,\n"
        f'  reviewflow audit --since "{head.line}"\n'
        "shows later that nothing recorded before was changed, taken out or put back.\n"
    )


def keep_head(workspace: Workspace, environ: Mapping[str, str]) -> str:
    """Add the head to the office's file, once a day; what went wrong as a sentence, '' when nothing did."""
    name, head = environ.get(HEADS), newest_head(workspace)
    if not name or head is None:
        return ""
    path = Path(name)
    try:
        kept = list(heads_in(path.read_text(encoding="utf-8"))) if path.exists() else []
        if not kept or kept[-1].at[:10] != head.at[:10]:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{head.line}\n")
    except OSError as error:
        return f"The head could not be kept in {path}: {error.strerror}."
    return ""
