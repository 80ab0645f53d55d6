"""Message templates: words and a fixed list of fields in braces. No code, and nothing that could identify a child."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

ADDRESSED = "addressed"
"""The field that stays as it is written until the letter leaves."""
TOGETHER = "together"
"""The field that names other cases."""
FORECAST = "forecast"
"""The field that takes longer to work out than all others."""
REASON = "reason"
"""The field that prints what somebody typed."""
REPLY_BY = "reply_by"
"""The field that says by when a contact answers."""
FIELDS: dict[str, str] = {
    "partnership": "the partnership's short name",
    "reference": "the case reference",
    "process": "the title of the process",
    "called": "what the process calls a case of it: review, request",
    "step": "what is owed",
    "owner": "who owes it: the agency or the post",
    "due": "the day it is due, with its weekday",
    REPLY_BY: "of a letter that leads to a page on which a contact answers: the day by which they do",
    "was_due": "the day on which it was due before it was given more time; nothing where that is told of no new day",
    "meets": "the day of the meeting that it invites to",
    TOGETHER: "together with which cases it is treated: together with RR-2026-005; an agency reads only of those in "
    "which it takes part; nothing where there is none",
    "met": "the day of that meeting, or the day that was named, before it was moved, put off or called off",
    "days": "how far away that is: 2 working days left, due today, 3 working days overdue",
    "limit": "the national or local time limit that is nearest, and its day",
    FORECAST: "whether the time limit will be met in time as things stand, and what that hangs on",
    "sent_before": "how many messages have gone out about it before this one",
    "chased": "since when it is owed, how many messages went out about it before this one, and on which days",
    "item": "how commands name what it is about: agency_return/police",
    "wanted": "the later day that was asked for, as commands write it; DAY where none was",
    "said": "what was answered: needs more time, until Fri 5 Jun 2026",
    "next": "what happens next and when, if nothing arrives",
    "nil_return": "that nothing in the records is an answer too; nothing where the form has no option nil_return",
    "papers": "which papers come with it: those that steps make for whoever owes it; nothing where none does",
    "acknowledge": "to say that this has arrived; nothing where no reminder falls away with that",
    "answer": "how to answer: the address of a page for just this, or the telephone number and the mailbox to use",
    REASON: "why: what was recorded last of a decision, of more time or of work that was skipped, of a hold, or of a "
    "missed time limit; nothing where nothing was, or where it might identify a child",
    "link": "the address of that page alone; the office's own address where letters carry none",
    "contact_name": "the post to ask",
    "contact_email": "the mailbox to ask",
    "contact_phone": "the telephone number to ring",
    ADDRESSED: "how a contact of the case wishes to be addressed; filled in only as the released letter leaves",
}
OF_CONTACTS = frozenset(
    {
        *("partnership", "reference", "process", "step", "due"),
        *("contact_name", "contact_email", "contact_phone", ADDRESSED, REASON),
    }
)
"""What a letter to a contact of the case may say: nothing of what agencies owe, were asked or have answered."""
LEADS_TO_A_PAGE = frozenset({"answer", "link"})
"""Where it leads to a page on which they answer, the address of that."""
OF_REPLIES = LEADS_TO_A_PAGE | {REPLY_BY}
"""What it may say besides where it leads to such a page."""

OF_BODIES = frozenset(
    {
        *("partnership", "reference", "process", "called", "step", "due", "next", "answer"),
        *("contact_name", "contact_email", "contact_phone"),
    }
)
"""What a letter to a body outside may say: it owes nothing here, and has no account, and no page."""

OF_OFFICE: dict[str, str] = {
    "today": "the day on which it is made",
    "today_in_full": "the same as a letter to a person says it: Friday 12 June 2026",
    "family_contact": "the link person for the family: the post of that name, else the office",
    "groups": "the groups that meet: who chairs each, who belongs to it, and what makes a quorum",
    "partners": "a row for each safeguarding partner to sign in, with room for the date",
}
"""What a document may carry besides, also before there is a case."""
OF_TABLE: dict[str, str] = {
    "table_questions": "the questions of the decision table that it names, with the answers to choose from",
    "table_rows": "its rows: what is recommended, and why",
    "table_outcomes": "its outcomes, with when to use each",
    "table_words": "what its words mean",
}
"""What a document may carry that names a decision table."""
TABLES: dict[str, str] = {
    "timetable": "every step and limit with its day",
    "agencies": "the agencies that take part",
    "open_steps": "what is owed now, by whom and by when",
    "dates": "the days that were given when the case was opened, and those set since",
    "returns": "what each agency was asked for, and how it stands",
    "answers": "what was answered so far by others than agencies, but for free text; without what {decisions} shows "
    "on the same paper",
    "decisions": "those of them that decide: by each partner, by a meeting, by a table, or by the course that follows",
    "dissent": "who differed, and when",
    "invited": "who was invited to its meetings, and what each said",
    "attendance": "who was at its meetings, sent somebody or apologised, and whether that was a quorum",
    "beside": "what is on hold, and the cases that are linked",
    "actions": "the actions of its plan, and of the plans that follow from it, with who leads and by when; "
    "of a case that verifies, those that were chosen",
    "seen": "a row for each of these actions, with room for what those who verify have seen",
}
"""What a document of a case may carry besides."""
BLOCKS = OF_TABLE | TABLES | {name: OF_OFFICE[name] for name in ("partners", "groups")}
"""Those that are tables or paragraphs of their own, and not words within a sentence."""
BEFORE_A_CASE = frozenset({"partnership", "contact_name", "contact_email", "contact_phone", *OF_OFFICE, *OF_TABLE})
"""What is known before there is a case."""
OF_LETTERS = frozenset({ADDRESSED, REASON, REPLY_BY, TOGETHER, "item", "wanted"})
"""What a letter may carry and no document."""
DOCUMENT_FIELDS: dict[str, str] = (
    {name: words for name, words in FIELDS.items() if name not in OF_LETTERS} | OF_OFFICE | OF_TABLE | TABLES
)
"""What a document may carry."""

_SLOT = re.compile(r"\{([^{}\n]*)\}")
MOST = 1_000
"""Of so many templates it is remembered what stands in them: an office has a hundred, and fills in the same again."""


def slots(template: str) -> Iterator[tuple[int, int, str]]:
    """Each field of a template: line and column (from 0) within it, and the name."""
    for number, line in enumerate(template.split("\n")):
        for match in _SLOT.finditer(line):
            yield number, match.start(), match[1]


def stray_braces(template: str) -> Iterator[tuple[int, int]]:
    """Line and column (from 0) of the first brace of each line that stands alone: half a field."""
    for number, line in enumerate(template.split("\n")):
        rest = _SLOT.sub(lambda match: " " * len(match[0]), line)
        if brace := re.search(r"[{}]", rest):
            yield number, brace.start()


@lru_cache(maxsize=MOST)
def named(template: str) -> frozenset[str]:
    """The fields that a template names."""
    return frozenset(_SLOT.findall(template))


_NOTHING = "\0"
_LEFT_OUT = re.compile(rf"(?m)^[ \t]*- {_NOTHING}\n|{_NOTHING} | ?{_NOTHING}")
"""Where a field was empty: its space goes with it, and the line of a list on which only it stood."""
_BEGINS_A_SENTENCE = re.compile(r"(?:^|[.!?] |\n\s*(?:- )?)$")


class _Place(NamedTuple):
    """A field of a template."""

    before: str
    """The words between it and the field before it."""
    name: str
    begins: bool
    """Whether a sentence begins with it."""


def render(template: str, values: Mapping[str, str]) -> str:
    """The template with its fields filled in, one that begins a sentence with a capital letter.

    An empty field takes its space with it, and the line of a list on which only it stood. A value is never read as a
    template again.
    """
    places, rest = _places(template)
    filled = [f"{place.before}{_at_its_place(place, values[place.name]) or _NOTHING}" for place in places]
    return _LEFT_OUT.sub("", "".join([*filled, rest]))


@lru_cache(maxsize=MOST)
def _places(template: str) -> tuple[tuple[_Place, ...], str]:
    """The fields of a template in their order, and the words after the last."""
    places, end = [], 0
    for slot in _SLOT.finditer(template):
        begins = _BEGINS_A_SENTENCE.search(template[: slot.start()]) is not None
        places.append(_Place(template[end : slot.start()], slot[1], begins))
        end = slot.end()
    return tuple(places), template[end:]


def _at_its_place(place: _Place, value: str) -> str:
    return f"{value[:1].upper()}{value[1:]}" if place.begins and "@" not in value.partition(" ")[0] else value
