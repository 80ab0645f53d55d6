"""What an address opens: the case and the item of its mailbox as they stand now, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from reviewflow.case.apply.lines import lines_in
from reviewflow.case.handlers.contacts import why_unknown
from reviewflow.case.model.ids import Recipient, key_of, step_of
from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.rules.answers.bounds import Bounds
from reviewflow.case.rules.answers.form_answers import read_answers
from reviewflow.language.model import FormFields
from reviewflow.london import london_day
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.door.key import Door
from reviewflow.service.door.tokens import hash_of, read_token
from reviewflow.service.door.who import answering_post, is_asked
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import AnswerLink, CaseRow

ERASED_ADDRESS = "erased/"


class Stand(StrEnum):
    """How what an address asks for stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    ANEW = "asked anew since"
    ELSEWHERE = "with somebody else now"
    OVER = "not needed any more"


@dataclass(frozen=True)
class OpenedItem:
    """One item of one mailbox, opened by its address."""

    hash: str
    link: AnswerLink
    row: CaseRow
    context: CaseContext
    post: str
    """The post that answers, by whom this mailbox is read."""
    may_answer: bool = True
    """Whether that post is still one of those that the item is asked of."""

    @property
    def item(self) -> str:
        return self.link.item

    @property
    def state(self) -> Item:
        return self.context.case.items[self.item]

    @property
    def form(self) -> FormKey:
        """What the form is made for, by which its answer is recorded once."""
        return FormKey(self.link.reference, shown_item(self.context.plan, self.item), self.link.round)

    @property
    def fields(self) -> FormFields:
        """What the page asks: of what may come later only what its line left unsaid."""
        return self.context.plan.form_of(self.item, self.context.case)

    @property
    def lines(self) -> int:
        """How many lines were added to tables of it that grow, those that were withdrawn among them."""
        tables = self.context.plan.growing.get(step_of(self.item), ())
        return sum(len(lines_in(self.state.answers.get(table))) for table in tables)

    @cached_property
    def questions(self) -> FormFields:
        """The same with the bounds that are known."""
        return self._bounds.known(self.fields)

    def wrong_with(self, typed: Mapping[str, object], *, vouched: bool) -> list[str]:
        """A sentence for all that is wrong with what was typed, also with what other answers and days do not allow."""
        agencies = self.context.case.agencies
        answers, wrong = read_answers(self.questions, typed, agencies, vouched=vouched)
        if wrong and not vouched:
            answers, _ = read_answers(self.questions, typed, agencies, vouched=True)
        return [*wrong, *self._bounds.problems(answers)]

    @property
    def _bounds(self) -> Bounds:
        return Bounds(self.context.plan, self.context.case, self.item, self.context.calendars, self.context.today)

    @property
    def agency(self) -> str:
        """The agency that answers, '' where a post of the partnership does."""
        return self.context.plan.agency(self.item, self.context.case) if step_of(self.item) in self._steps else ""

    @property
    def agency_answers(self) -> bool:
        """Whether the post that answers is one of an agency."""
        return Recipient.parse(self.post).is_agency

    @property
    def is_contact(self) -> bool:
        """Whether a contact of the case answers, who is asked this one thing and shown nothing else."""
        return Recipient.parse(self.link.recipient).is_contact

    @property
    def papers_of(self) -> str:
        """The ending of the names of papers that are made for this owner alone."""
        return key_of(self.item)

    @property
    def by(self) -> str:
        """Who answers, as it stands in the history: a post or a contact of the case, never a person."""
        if self.is_contact:
            return f"{_contact_title(self.context, self.post)} (contact of the case)"
        return recipient_title(self.context.partnership, self.post)

    @property
    def until(self) -> date:
        return date.fromisoformat(self.link.until)

    @property
    def stand(self) -> Stand:
        state = self.context.case.items.get(self.item)
        if state is None or self.context.case.status is not CaseStatus.OPEN:
            return Stand.ANSWERED if state is not None and state.status is Status.DONE else Stand.OVER
        if state.round > self.link.round:
            return Stand.ANEW
        if state.status is Status.DONE:
            return Stand.ANSWERED
        if not is_asked(self.context, self.item):
            return Stand.OVER
        return Stand.ASKED if self.may_answer else Stand.ELSEWHERE

    @property
    def _steps(self) -> frozenset[str]:
        return frozenset(self.context.plan.steps)


def open_address(workspace: Workspace, door: Door, token: str, *, now: datetime) -> OpenedItem | None:
    """What the address with this token opens; None when it opens nothing, whatever the reason."""
    read = read_token(token)
    hashes = [hash_of(key, read) for key in door.keys]
    kept = next(((hashed, *found) for hashed in hashes if (found := workspace.store.link(hashed)) is not None), None)
    if kept is None or not read or _is_ended(kept[1], now):
        return None
    hashed, link, row = kept
    context = workspace.context(row, now)
    if (to := Recipient.parse(link.recipient)).is_contact:
        return None if why_unknown(context.case, to.name) else OpenedItem(hashed, link, row, context, link.recipient)
    post = answering_post(context, link.item, link.address)
    return OpenedItem(hashed, link, row, context, post or link.recipient, may_answer=bool(post))


def _contact_title(context: CaseContext, recipient: str) -> str:
    """What the process calls a contact; never who that is."""
    name = Recipient.parse(recipient).name
    declared = (context.plan.definition.process.contacts or {}).get(name)
    return declared.title if declared else recipient_title(context.partnership, recipient)


def _is_ended(link: AnswerLink, now: datetime) -> bool:
    is_past = london_day(now) > date.fromisoformat(link.until)
    return is_past or link.withdrawn is not None or link.address.startswith(ERASED_ADDRESS)
