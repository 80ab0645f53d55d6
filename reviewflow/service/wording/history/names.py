"""What the sentences of a history have in common: whom and what an event names, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType

from reviewflow.case.model.ids import step_of
from reviewflow.language.definition import Definition
from reviewflow.service.wording.message_words import message_words
from reviewflow.service.wording.people import Person
from reviewflow.text import day_words, due_words, listing


@dataclass(frozen=True, slots=True)
class Names:
    """What things and people are called in the process under which an event was recorded."""

    definition: Definition
    title: Callable[[str], str]
    """Of an item, a limit or an ending: 'agency_return/police' gives 'Agency summary · Police'."""
    person: Person
    undone: Collection[str] = ()
    """Of work that is sent back, what had not been done before."""

    def titles(self, items: Iterable[str]) -> str:
        """'Agency summary · Police; Panel meeting'."""
        return "; ".join(self.title(item) for item in items)

    def is_automatic(self, item: str) -> bool:
        """Whether no person owes it, such as a document that is made or a message that goes."""
        step = self.definition.process.steps.get(step_of(item))
        return step is not None and step.owner is None

    def agency(self, name: str) -> str:
        """An agency by its name in the partnership."""
        return self.person(f"agency:{name}")

    def granter(self, name: str) -> str:
        """Who gave more time: a post, or a body outside."""
        return (self.definition.process.outside or {}).get(name) or self.person(f"role:{name}")

    def people(self, recipients: Iterable[str]) -> str:
        """'Police and Chair', each once, as one may hold two posts; whom a partnership does not have is left out."""
        return listing(dict.fromkeys(filter(None, map(self.person, recipients))), none="nobody by name")

    def message(self, name: str) -> str:
        """A message in quotation marks, by what its reader sees of its subject: '“Please reply”'."""
        return message_words(self.definition.messages, name)

    def hold(self, name: str) -> str:
        """The title of a hold, also of one that the process knows no more."""
        hold = self.definition.process.holds.get(name)
        return hold.title if hold else name.replace("_", " ").capitalize()

    def with_days(
        self, due: Mapping[str, date | None] | Mapping[str, date], by: Mapping[str, time] = MappingProxyType({})
    ) -> str:
        """'Panel meeting, due Tue 19 May 2026; …': items with their due days, `by` for those that count hours."""
        return "; ".join(
            f"{self.title(item)}{f', due {due_words(day, by.get(item))}' if day else ''}" for item, day in due.items()
        )


def inline(text: str) -> str:
    """What somebody wrote, as part of a sentence."""
    return text.rstrip(". ")


def decided_by(role: str, names: Names) -> str:
    """Which post decided it, as a sentence of its own; '' where the process leaves it to anybody."""
    return f" Decided by {names.person(f'role:{role}')}." if role else ""


def hold_review_words(names: Names, hold: str, review: date | None) -> str:
    """When a hold is looked at again; of one that may last so long at most, which may end by itself before."""
    rule = names.definition.process.holds.get(hold)
    if rule is None or rule.at_most is None:
        return review_words(review)
    look = f" It is looked at again on {day_words(review)}, unless it has ended by then." if review else ""
    return f"{look} It ends by itself: it may last {rule.at_most} at most."


def review_words(review: date | None) -> str:
    """When a hold or a link is looked at again, as a sentence of its own; empty when no day was said."""
    return f" To be looked at again on {day_words(review)}." if review else ""
