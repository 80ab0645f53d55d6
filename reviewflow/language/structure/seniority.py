"""Who is above whom: the posts of a partnership by `answers_to`, and of an agency its senior lead and its partner."""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.language.model import Partnership, Role


def posts_above(roles: Mapping[str, Role], name: str) -> tuple[str, ...]:
    """The posts that this one answers to, the nearest first; where they run in a circle, itself last."""
    above: list[str] = []
    post = roles.get(name)
    while post is not None and post.answers_to is not None and post.answers_to not in above:
        above.append(post.answers_to)
        post = roles.get(post.answers_to)
    return tuple(above)


def mailboxes_above(partnership: Partnership, owner: str) -> frozenset[str]:
    """The mailboxes of whoever is senior to a post or an agency; empty where the file does not say who that is."""
    agency, roles = partnership.agencies.get(owner), partnership.roles
    first = agency.partner if agency is not None else None
    posts = posts_above(roles, owner) if agency is None else (first or "", *posts_above(roles, first or ""))
    known = [roles[post].email for post in posts if post in roles]
    return frozenset(address.lower() for address in (*known, (agency.senior if agency else None) or "") if address)
