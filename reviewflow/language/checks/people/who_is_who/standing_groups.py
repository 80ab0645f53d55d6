"""The groups that meet: everybody in them is known and named once, one chairs, and their quorum can be met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reviewflow.language.checks.forms.members import quorum_mistakes
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Agency, Partnership, StandingGroup
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.standing_groups import OF_AN_AGENCY
from reviewflow.language.suggestions import unknown, unknown_agency, unknown_role
from reviewflow.text import listing


def check_library(library: Library) -> Iterator[Problem]:
    """Unknown names (PD030), who is named twice or chairs from outside (PD470), quorums (PD471) and kinds (PD426)."""
    loaded = library.partnership
    for name, group in loaded.model.groups.items() if loaded is not None else ():
        assert loaded is not None
        path: Path = ("groups", name)
        yield from _unknown_names(loaded, group, path)
        yield from _chair(loaded, group, path)
        yield from _named_twice(loaded, group, path)
        yield from _kinds(loaded, group, path)
        yield from _quorum(loaded, group, path)


def _unknown_names(loaded: Loaded[Partnership], group: StandingGroup, path: Path) -> Iterator[Problem]:
    roles, agencies = loaded.model.roles, loaded.model.agencies
    for position, post in enumerate(group.posts):
        if post not in roles:
            place = (*path, "posts", position) if len(group.posts) > 1 else (*path, "posts")
            yield loaded.source.value_problem(place, "PD030", unknown_role(post, roles))
    for name, who in group.agencies.items():
        if name not in agencies:
            yield loaded.source.key_problem((*path, "agencies", name), "PD030", unknown_agency(name, agencies))
        elif who not in {*OF_AN_AGENCY, *roles}:
            known = [*OF_AN_AGENCY, *roles]
            message = unknown("a mailbox of the agency or a post", who, known, "Write one of")
            yield loaded.source.value_problem((*path, "agencies", name), "PD030", message)
        elif who in OF_AN_AGENCY and not _mailbox(agencies[name], who):
            message = f'{agencies[name].title} has no "{who}". Give it one under agencies, or write: contact.'
            yield loaded.source.value_problem((*path, "agencies", name), "PD470", message)


def _mailbox(agency: Agency, who: str) -> str | None:
    return {"contact": agency.contact, "deputy": agency.deputy, "senior": agency.senior}[who]


def _chair(loaded: Loaded[Partnership], group: StandingGroup, path: Path) -> Iterator[Problem]:
    if group.chair not in loaded.model.roles:
        yield loaded.source.value_problem((*path, "chair"), "PD030", unknown_role(group.chair, loaded.model.roles))
    elif group.chair not in group.posts:
        message = (
            f'"{group.chair}" chairs {group.title}, and is none of its posts: {listing(group.posts)}. Add it there.'
        )
        yield loaded.source.value_problem((*path, "chair"), "PD470", message)


def _named_twice(loaded: Loaded[Partnership], group: StandingGroup, path: Path) -> Iterator[Problem]:
    """A post twice, also as the one who comes for an agency; an agency that is called as a post is."""
    posts = [who for who in group.agencies.values() if who not in OF_AN_AGENCY]
    counted = Counter((*group.posts, *posts))
    for post in (name for name, often in counted.items() if often > 1):
        message = f'"{post}" is in {group.title} more than once, and would count more than once. Name it once.'
        yield loaded.source.key_problem(path, "PD470", message)
    for name in group.agencies:
        if name in group.posts:
            message = f'"{name}" is the name of a post and of an agency here: who came could not be told apart.'
            yield loaded.source.key_problem((*path, "agencies", name), "PD470", message)


def _quorum(loaded: Loaded[Partnership], group: StandingGroup, path: Path) -> Iterator[Problem]:
    for message in quorum_mistakes(group.quorum.of_members(group.titled_kinds), group.members, group.title):
        yield loaded.source.value_problem((*path, "quorum"), "PD471", message)


def _kinds(loaded: Loaded[Partnership], group: StandingGroup, path: Path) -> Iterator[Problem]:
    """Kinds of member are called as no member is, and whoever is of one is a member."""
    named = {**loaded.model.roles, **loaded.model.agencies}
    for name, kind in group.kinds.items():
        place: Path = (*path, "kinds", name)
        if name in {*group.members, *named}:
            whose = f"a member of {group.title}" if name in group.members else "a post or an agency"
            message = f'"{name}" is the name of {whose} and of a kind of member. Name the kind otherwise.'
            yield loaded.source.key_problem(place, "PD426", message)
        for position, who in enumerate(kind.members):
            if who not in group.members:
                where: Path = (*place, "members", position) if len(kind.members) > 1 else (*place, "members")
                message = unknown(f"one of {group.title}", who, group.members, "They are")
                yield loaded.source.value_problem(where, "PD426", message)
