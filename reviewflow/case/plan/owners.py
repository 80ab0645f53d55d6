"""Who owes an item of a case, and which agencies it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewflow.case.model.ids import ItemId, Recipient, agency_recipient, key_of, role_recipient, step_of
from reviewflow.case.model.state import FINISHED, Case, is_erased, is_finished
from reviewflow.case.plan.entries import named_out
from reviewflow.case.plan.lines import PlannedLines
from reviewflow.case.plan.members import member_recipient
from reviewflow.language.model import AGENCY, CONTRIBUTORS, EACH, FieldType
from reviewflow.language.structure.contacts import contacts_written_to, replied_to
from reviewflow.language.structure.lists import agency_column, owner_column
from reviewflow.language.structure.owners import (
    ACCEPTED,
    OwnerFromAnswer,
    named_agency,
    owner_in_answer,
    owning_role,
    post_of_agency,
)


@dataclass(frozen=True)
class PlannedOwners(PlannedLines):
    """Who owes what: by the definition, by a list that was gathered, or by an answer."""

    def agency(self, item: str, case: Case) -> str:
        """The agency that an item is about: its owner where each agency owes it, else the one its line names; or ''."""
        name, key = ItemId.parse(item)
        if self.steps[name].for_each == AGENCY:
            return key
        if self.steps[name].asks is not None:
            asked = Recipient.parse(self._asked_now(item, case))
            return asked.name if asked.is_agency else ""
        if owner := self._agency_named(name, case):
            return owner
        listed = self.listed(name)
        if listed and listed.type is FieldType.AGENCIES:
            return key
        column = agency_column(self.steps[name], listed) if listed else ""
        return str(self.line(name, case, key).get(column, ""))

    def contributors(self, item: str, case: Case) -> Sequence[str]:
        """The agencies that an item's line names besides its owner."""
        step = step_of(item)
        named = self.line(step, case, key_of(item)).get(CONTRIBUTORS) if step in self.steps else None
        lead = self.agency(item, case) if isinstance(named, list) else ""
        return [agency for agency in named if agency != lead] if isinstance(named, list) else ()

    def owner(self, item: str, case: Case) -> str:
        """Who owes an item: 'agency:police', 'role:chair', or '' for automatic steps and limits.

        Of what is settled whoever owed it then, also where the work of that post has passed to another since.
        """
        named, state = self.named_owner(item, case), case.items.get(item)
        if not named.startswith("role:"):
            return named
        if state is not None and state.was_with and state.status in FINISHED:
            return state.was_with
        given = case.delegated.get(step_of(item))
        return self.holder(role_recipient(given.to) if given else named, case, step_of(item))

    def holder(self, recipient: str, case: Case, step: str = "") -> str:
        """Whoever does in this case what a post does, where that has passed to another; any other recipient as it is.

        Whoever takes no part in `step` does not do it for another either: it stays where it was.
        """
        out = named_out(self.steps[step], case) if step and case.delegated and self.steps[step].without else frozenset()
        passed: list[str] = []
        while (given := case.delegated.get(recipient)) is not None and recipient not in passed and given.to not in out:
            passed.append(recipient)
            recipient = role_recipient(given.to)
        return recipient

    def posts(self, case: Case) -> tuple[str, ...]:
        """The posts that owe something in a case, may come to owe it, or do that for another; by name."""
        owners = (Recipient.parse(self.named_owner(item, case)) for item in self.all_items(case))
        owing = (owner.name for owner in owners if owner.kind == "role" and not owner.post)
        delegated = {**case.delegated, **case.to_delegate}
        passed = (Recipient.parse(name).name for name in delegated if ":" in name)
        doing = (given.to for given in delegated.values() if ":" not in given.to)
        return tuple(dict.fromkeys((*owing, *filter(None, map(owning_role, self.steps.values())), *passed, *doing)))

    def named_owner(self, item: str, case: Case) -> str:
        """Who owes an item as the definition, a list or an answer names them, whoever does it for them now."""
        post = self.always_with.get(step_of(item))
        return post if post is not None else self._named_in_this_case(item, case)

    @cached_property
    def always_with(self) -> Mapping[str, str]:
        """By step that one post owes in every case, that post: most are so, and each is asked for at every turn."""
        posts = {name: owning_role(step) for name, step in self.steps.items() if step.asks is None}
        return {name: role_recipient(post) for name, post in posts.items() if post}

    def _named_in_this_case(self, item: str, case: Case) -> str:
        name, key = ItemId.parse(item)
        step = self.steps.get(name)
        if step is None or step.owner is None:
            return ""
        if step.asks is not None:
            return self._asked_now(item, case)
        if step.owner == AGENCY or (post := post_of_agency(step)):
            return agency_recipient(key, "" if step.owner == AGENCY else post)
        if agency := self._agency_named(name, case):
            return agency_recipient(agency)
        if column := owner_column(step):
            return self._owner_of_line(name, column, case, key)
        if answered := owner_in_answer(step):
            return self._named(answered, case)
        listed = self.listed(name)
        if step.owner == EACH and listed and listed.type is FieldType.AGENCIES:
            return agency_recipient(key) if key else ""
        if step.owner == EACH and listed and listed.members_of:
            return member_recipient(self.definition, listed, key) if key else ""
        return role_recipient(key if step.owner == EACH else step.owner) if key or step.owner != EACH else ""

    def asked_in_order(self, step: str, case: Case) -> tuple[str, ...]:
        """The owners that a step asks one after the other; none while their list is not gathered."""
        asks = self.steps[step].asks
        if asks is None or not isinstance(asks.in_order, str):
            return tuple(map(role_recipient, asks.in_order)) if asks else ()
        source, _, field = asks.in_order.partition(".")
        state = case.items.get(source)
        answer = state.answers.get(field) if state is not None else None
        names = [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else []
        of_agencies = self.form(source)[field].type is FieldType.AGENCIES
        return tuple(map(agency_recipient if of_agencies else role_recipient, names))

    @cached_property
    def letters_in_order(self) -> Mapping[str, str]:
        """By the step that contacts answer, the letter that is written to one after the other of them."""
        return {replied_to(step): name for name, step in self.steps.items() if step.until is not None}

    def contact(self, item: str, case: Case) -> str:
        """The contact to whom the letter of an item goes; '' of any other item.

        Of several in order whoever is written to now; before that the first who was not erased.
        """
        step = self.steps.get(step_of(item))
        order = contacts_written_to(step) if step is not None else ()
        state = case.items.get(item)
        now = Recipient.parse(state.given_to) if state is not None and state.given_to else None
        if now is not None and now.is_contact:
            return now.name
        return next((contact for contact in order if not is_erased(case, contact)), next(iter(order), ""))

    def next_contact(self, letter: str, case: Case) -> str:
        """The contact who is written to next, after whoever is now; '' when nobody is left. None that was erased is."""
        order, now = contacts_written_to(self.steps[step_of(letter)]), self.contact(letter, case)
        following = order[order.index(now) + 1 :] if now in order else order
        return next((contact for contact in following if not is_erased(case, contact)), "")

    def _asked_now(self, item: str, case: Case) -> str:
        state = case.items.get(item)
        if state is not None and state.given_to:
            return state.given_to
        return next(iter(self.asked_in_order(step_of(item), case)), "")

    def _agency_named(self, step: str, case: Case) -> str:
        """The agency that owes a step because the file or an answer names it; '' where neither does."""
        answered = owner_in_answer(self.steps[step])
        if answered is not None and answered.kind != "role":
            named = Recipient.parse(self._named(answered, case))
            return named.name if named.is_agency else ""
        return named_agency(self.steps[step])

    def recipient_named(self, answered: OwnerFromAnswer, case: Case) -> str:
        """Who is written to because an answer names them: 'agency:police/contact', 'role:chair'; '' when none does."""
        named = self._named(answered, case)
        recipient = Recipient.parse(named)
        return agency_recipient(recipient.name, "contact") if recipient.is_agency else self.holder(named, case)

    def _named(self, owner: OwnerFromAnswer, case: Case) -> str:
        """'agency:police' or 'role:chair', whom an answer names or who accepted; '' when there is nobody."""
        state = case.items.get(owner.step)
        if state is None or owner.kind == ACCEPTED:
            return state.given_to if state is not None and is_finished(case, owner.step) else ""
        name = str(state.answers.get(owner.field, ""))
        as_one = agency_recipient if owner.kind == AGENCY else role_recipient
        return as_one(name) if name else ""

    def _owner_of_line(self, step: str, column: str, case: Case, key: str) -> str:
        owner, listed = self.line(step, case, key).get(column), self.listed(step)
        kind = "agency" if listed and listed.columns[column].type is FieldType.AGENCY else "role"
        return f"{kind}:{owner}" if owner else ""
