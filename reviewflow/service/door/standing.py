"""The standing link of an agency: a page on which it opens a case of its own, such as a referral.

It stands for as long as the office does not withdraw it. It is made from the key and the office's log alone: nothing of
it is kept in the database.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import agency_recipient
from reviewflow.case.model.refusal import Refused
from reviewflow.language.model import FormFields, FromAgencies
from reviewflow.language.problem import DefinitionError
from reviewflow.london import london_day, stamp
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.door.key import Door
from reviewflow.service.door.tokens import read_token, token_of
from reviewflow.service.views.redaction import without_typed
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry

WITHDRAWN = "standing_link_withdrawn"
"""In the office's log: which of whose links was ended; the next one is another."""


@dataclass(frozen=True, slots=True)
class StandingLink:
    """What a standing link opens: a process, for one agency."""

    process: str
    agency: str
    rule: FromAgencies
    title: str
    """Of the agency."""
    heading: str
    """Of the process."""
    fields: FormFields
    offers: tuple[str, ...] = ()
    """The papers that its page offers."""

    @property
    def known(self) -> Mapping[str, str]:
        """The answers that the agency is not asked for."""
        return {**self.rule.answers, **({self.rule.agency: self.agency} if self.rule.agency else {})}


def openable(workspace: Workspace) -> Iterator[str]:
    """The processes of which agencies open cases."""
    for name, process in workspace.library.processes.items():
        if process.model.opening.from_agencies is not None:
            yield name


def standing_address(workspace: Workspace, door: Door, process: str, agency: str) -> str:
    """The address of its page; the same until it is withdrawn or the key is another. Raises UserError unknown."""
    _checked(workspace, process, agency)
    return f"{door.url}/r/{_token(workspace, door.keys[0], process, agency)}"


def withdraw_standing(workspace: Workspace, process: str, agency: str, *, by: str, now: datetime) -> None:
    """End the standing link of an agency: the next one that is asked for is another. Raises UserError."""
    _checked(workspace, process, agency)
    if not by.strip():
        raise UserError("Who withdraws it? Give a name and post: --by NAME. Nothing was changed.")
    workspace.store.note(LogEntry(stamp(now), by.strip(), WITHDRAWN, f"{process} {agency}"))


def open_standing(workspace: Workspace, door: Door, token: str) -> StandingLink | None:
    """What the page with this token is for; None when it opens nothing."""
    read = read_token(token)
    if not read:
        return None
    ended = _ended(workspace)
    for process in openable(workspace):
        for agency in workspace.partnership.agencies:
            mark = f"{process} {agency}"
            own = (token_of(key, "standing", process, agency, str(ended.count(mark))) for key in door.keys)
            if any(hmac.compare_digest(read, known) for known in own):
                return _standing(workspace, process, agency)
    return None


def open_by_agency(
    workspace: Workspace,
    standing: StandingLink,
    agencies: Collection[str],
    answers: Mapping[str, object],
    *,
    once: str,
    vouched: str = "",
    now: datetime,
) -> tuple[str, tuple[str, ...]]:
    """Open a case and record what the agency filled in, once for `once`: its reference, and what was refused.

    The agency that fills it in takes part, with those that it names. The one date is today.
    """
    opening = workspace.library.processes[standing.process].model.opening
    days = dict.fromkeys(opening.dates, london_day(now))
    taking_part = tuple(dict.fromkeys((standing.agency, *agencies)))
    key = f"standing/{hashlib.sha256(f'{standing.process} {standing.agency} {once}'.encode()).hexdigest()[:32]}"
    reference, typed = "", tuple(str(answer) for answer in answers.values())
    try:
        case = open_case(
            workspace, standing.process, c.Open(days, taking_part), by=standing.title, now=now, key=key
        ).case
        reference = case.reference
        command = c.Complete(standing.rule.step, {**answers, **standing.known}, None)
        carry_out(workspace, reference, command, by=standing.title, now=now, key=f"{key}/form", vouched=vouched)
    except (Refused, DefinitionError, UserError) as refused:
        return reference, tuple(filter(None, without_typed(str(refused), typed).split("\n")))
    return reference, ()


def _standing(workspace: Workspace, process: str, agency: str) -> StandingLink | None:
    definition = workspace.definition(process, {})
    rule = definition.process.opening.from_agencies
    if rule is None:
        return None
    title = recipient_title(workspace.partnership, agency_recipient(agency))
    fields = definition.step_forms.get(rule.step, {})
    offers = definition.process.steps[rule.step].offers or ()
    return StandingLink(process, agency, rule, title, definition.process.title, fields, offers)


def _token(workspace: Workspace, key: str, process: str, agency: str) -> str:
    return token_of(key, "standing", process, agency, str(_ended(workspace).count(f"{process} {agency}")))


def _ended(workspace: Workspace) -> list[str]:
    return [entry.body for entry in workspace.store.noted(WITHDRAWN)]


def _checked(workspace: Workspace, process: str, agency: str) -> None:
    known = list(openable(workspace))
    if process not in known:
        which = f" They do of: {', '.join(known)}." if known else ""
        raise UserError(f'Agencies open no case of "{process}".{which}')
    if agency not in workspace.partnership.agencies:
        raise UserError(f'"{agency}" is not an agency of partnership.yaml.')
