"""What a paper is filled with that no case is needed for: who is who, the day, and a decision table to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test
from reviewflow.language.model import DecisionTable, FormField, Partnership
from reviewflow.language.structure.standing_groups import memberships
from reviewflow.markdown import plain, row, table
from reviewflow.text import day_words

FAMILY = "family_link"
"""The post of partnership.yaml whom the papers for families name."""


_ROWS_HEAD = ("| When | Then | Because |", "| -------- | ----- | ----- |")
"""What makes a row apply takes more room than what follows from it."""


def office_values(partnership: Partnership, today: date) -> Mapping[str, str]:
    """The fields of who is who."""
    return {
        "partnership": partnership.partnership,
        "contact_name": partnership.contact.name,
        "contact_email": partnership.contact.email,
        "contact_phone": partnership.contact.phone,
        "today": day_words(today),
        "today_in_full": f"{today:%A} {today.day} {today:%B %Y}",
        "family_contact": family_contact(partnership),
        "partners": "\n".join(_signatures(partnership)),
        "groups": "\n".join(table(("Group", "Chair", "Members", "Quorum"), _groups(partnership))),
    }


def family_contact(partnership: Partnership) -> str:
    """Who is there for a family, and how to reach them."""
    contact, post = partnership.contact, partnership.roles.get(FAMILY)
    if post is None:
        return f"{contact.name}, {contact.phone}, {contact.email}"
    return f"the {post.title[:1].lower()}{post.title[1:]}, {post.email}, or through our office on {contact.phone}"


def _signatures(partnership: Partnership) -> Iterator[str]:
    posts = dict.fromkeys(agency.partner for agency in partnership.agencies.values() if agency.partner)
    titles = [partnership.roles[post].title for post in posts if post in partnership.roles]
    yield from ("| Signed by | Name and signature | Date |", "| ------ | -------- | ---- |")
    yield from (f"| {plain(title)} | | |" for title in titles or ["For the safeguarding partners"])


def _groups(partnership: Partnership) -> Iterator[tuple[str, str, str, str]]:
    for group in memberships(partnership).values():
        members = "<br>".join(map(plain, group.members.values()))
        quorum = group.quorum.words(group.title_of)
        yield plain(group.title), plain(group.chair), members, plain(f"{quorum[:1].upper()}{quorum[1:]}")


def table_values(shown: DecisionTable) -> Mapping[str, str]:
    """A decision table, as its guide shows it."""
    return {
        "table_questions": "\n".join(table(("Ask", "Answers"), _questions(shown))),
        "table_rows": "\n".join((*_ROWS_HEAD, *map(row, _rows(shown)))),
        "table_outcomes": "\n".join(table(("What follows", "What to know about it"), _outcomes(shown))),
        "table_words": "\n".join(table(("Word", "What it means"), _words(shown))) if shown.words else "",
    }


def _questions(shown: DecisionTable) -> Iterator[tuple[str, str]]:
    for question in shown.questions.values():
        yield plain(question.label), "<br>".join(f"☐ {plain(words)}" for words in _options(question).values())


def _options(question: FormField) -> Mapping[str, str]:
    return question.options or {"yes": "Yes", "no": "No"}


def _rows(shown: DecisionTable) -> Iterator[tuple[str, str, str]]:
    for line in shown.rows:
        because = f"{plain(line.because)}{'. **The law leaves no choice.**' if line.must else ''}"
        when = _test(shown, line.when) if line.when is not None else "In all other cases"
        yield when, plain(shown.outcomes[line.recommend].title), because


def _test(shown: DecisionTable, test: Test) -> str:
    match test:
        case Is():
            question = shown.questions[test.field]
            answers = " *or* ".join(plain(_options(question).get(value, value)) for value in test.values)
            return f"{plain(question.label)} **{answers}**"
        case AllOf():
            return "<br>".join(_part(shown, part) for part in test.parts)
        case AnyOf():
            return "<br>*or* ".join(_part(shown, part) for part in test.parts)
        case Not():
            return f"*not:* {_part(shown, test.part)}"


def _part(shown: DecisionTable, test: Test) -> str:
    """In brackets where it has parts itself, so that nobody takes one grouping for another."""
    words = _test(shown, test)
    return words if isinstance(test, Is) else f"({words})"


def _outcomes(shown: DecisionTable) -> Iterator[tuple[str, str]]:
    """Those of which there is more to say than that they follow."""
    for outcome in shown.outcomes.values():
        if outcome.help:
            yield plain(outcome.title), plain(outcome.help)


def _words(shown: DecisionTable) -> Iterator[tuple[str, str]]:
    for word, meaning in (shown.words or {}).items():
        yield plain(word.replace("_", " ").capitalize()), plain(meaning)
