"""Targets over all cases, in sentences. Known from the files of today alone: no case keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.model import CountedEvery, Target
from reviewflow.service.wording.rules import Teller

_OVER = {CountedEvery.YEAR: "a year from April", CountedEvery.QUARTER: "a quarter"}


def targets_told(teller: Teller) -> Iterator[str]:
    """Such as: at least 80% of the cases opened in a year from April keep the time limit “Answer it”."""
    for target in (teller.definition.targets or {}).values():
        source = f" Taken from: {target.source.rstrip('.')}." if target.source else ""
        yield (
            f"{target.title}: at least {target.share} of the cases opened in {_OVER[target.every]} "
            f"{_in_time(teller, target)}."
            f"{source} It binds no single case; `report` shows what was reached."
        )


def _in_time(teller: Teller, target: Target) -> str:
    if target.due is None or target.met_by is None:
        return f"keep the time limit “{teller.definition.limit_title(target.limit or '')}”"
    return f"have {teller.title(target.met_by)} done {teller.rule(target.due)}"
