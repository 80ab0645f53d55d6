"""What ought to be seen in Prefect, said without Prefect: made from the store, compared by `tasks.views.view`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from reviewflow.case.rules.standing import Standing

__all__ = ["CASE", "OVERDUE", "OWED", "Bar", "CaseView", "Standing", "WorkView", "round_key"]

CASE, OWED, OVERDUE = "case", "owed", "overdue"
"""Tags: the picture of a case, what somebody owes, and what of that is late."""


def round_key(reference: str, item: str, number: int) -> str:
    """'RR-2026-001/agency_return/police/1': work that is sent back gets a form and a bar of its own each round."""
    return f"{reference}/{item}/{number}"


@dataclass(frozen=True, slots=True)
class WorkView:
    """One thing that somebody owes, with the form on which to answer it. Only what is open is given."""

    key: str
    """Unique, and the same for as long as this is owed: 'RR-2026-001/agency_return/police/1'."""
    case: str
    item: str
    title: str
    due: date | None
    standing: Standing
    message: str
    tags: tuple[str, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)
    """A JSON Schema; each property with title, description and position."""
    help: str = ""
    """Markdown, shown above the form."""

    @property
    def name(self) -> str:
        """What its run is called: how it stands comes first, because lists cut off what is long."""
        return f"{self.standing} · {self.title}"

    @property
    def paper(self) -> str:
        """Changes when the form or its help has changed. Leave out of both what changes by the day."""
        return _digest([self.form, self.help])


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the picture of a case."""

    title: str
    """How it stands, then what it is."""
    standing: Standing
    starts: date
    """When it became open; for what is not open yet, when it is expected to."""
    due: date | None = None
    ended: date | None = None
    """For what is to come: when the last of it is expected."""

    def until(self, today: date) -> date:
        """Where it ends: what is not settled runs until today."""
        return max(self.starts, self.ended or (self.starts if self.standing is Standing.NOT_YET else today))


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case: how it stands as a whole, and its page."""

    reference: str
    title: str
    label: str
    """One or two words: 'On track', 'Overdue', 'Waiting for a decision', 'Done'."""
    message: str
    number: int
    """The number of the case's last event: a picture of an older one never replaces that of a newer one."""
    tags: tuple[str, ...] = ()
    closed: bool = False
    due: date | None = None
    """The day of its time limit that ends first; None when none runs."""
    forms: int = 0
    """How many things somebody owes now, each with a form."""
    by_the_hour: bool = False
    """Whether something is due at a time of day, so that it looks different within a day."""
    page: str = ""
    """Markdown: the case on one page, drawn and in words, with the papers that were made."""

    @property
    def shape(self) -> str:
        """Changes when anything of it has changed."""
        return _digest(asdict(self))

    @property
    def about(self) -> str:
        """What its page is, in a line, for the list of all pages."""
        return f"**{self.title}** is {'over' if self.closed else 'open'}: {self.label}. Drawn, and in words."

    @property
    def name(self) -> str:
        """What its run is called, as that of a piece of work."""
        return f"{self.label} · {self.title}"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:12]
