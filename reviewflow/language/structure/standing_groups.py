"""The members of groups that meet, as partnership.yaml has them on the day, put into the questions that ask for them.

They are the options of those questions, so that whatever draws, reads or tells a choice does so with members.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.language.model import FieldType, FormField, FormFields, Model, Partnership, StandingGroup
from reviewflow.language.model.values import HowMany
from reviewflow.language.phrases import Quorum

Kinds = Mapping[str, tuple[str, tuple[str, ...]]]
"""By the name of a kind of member, what they are called, and who they are."""
OF_AN_AGENCY = ("contact", "deputy", "senior")
"""The mailboxes of an agency, one of which may stand for it in a group."""


class Membership(Model):
    """Who belongs to a group on a day: their titles, and who comes for those that are agencies."""

    title: str
    members: dict[str, str]
    """By the name of the post or agency, its title."""
    for_agency: dict[str, str]
    """By the name of an agency, who comes for it: one of its mailboxes, or a post."""
    quorum: HowMany
    kinds: dict[str, tuple[str, tuple[str, ...]]]
    """By the name of a kind of member, what they are called, and who they are."""
    chair: str
    """The title of the post that chairs it."""

    def title_of(self, member: str) -> str:
        """What a member is called; its name where it is none."""
        return self.members.get(member, member)


def memberships(partnership: Partnership) -> dict[str, Membership]:
    """Every group of the partnership, by name."""
    return {name: _membership(partnership, group) for name, group in partnership.groups.items()}


def _membership(partnership: Partnership, group: StandingGroup) -> Membership:
    posts = {name: partnership.roles[name].title for name in group.posts if name in partnership.roles}
    agencies = {name: partnership.agencies[name].title for name in group.agencies if name in partnership.agencies}
    return Membership(
        title=group.title,
        members=posts | agencies,
        for_agency=group.agencies,
        quorum=group.quorum.of_members(group.titled_kinds),
        kinds=group.titled_kinds,
        chair=posts.get(group.chair, group.chair),
    )


def kinds_asked(groups: Mapping[str, Membership], members_of: str | None) -> Kinds:
    """The kinds of member that the quorum of a step may name: of the group whose members it asks, else of any group."""
    asked = [group for name, group in groups.items() if members_of in {None, name}]
    return {name: kind for group in asked for name, kind in group.kinds.items()}


def ask_for_members(fields: FormFields) -> bool:
    """Whether a form asks for members of a group."""
    return any(field.members_of is not None or ask_for_members(field.columns) for field in fields.values())


def with_members(fields: FormFields, groups: Mapping[str, Membership]) -> FormFields:
    """The questions with the members of today as options; none of them where the group is there no more."""
    if not ask_for_members(fields):
        return fields
    return dict(_resolved(fields, groups))


def _resolved(fields: FormFields, groups: Mapping[str, Membership]) -> Iterator[tuple[str, FormField]]:
    for name, field in fields.items():
        group = groups.get(field.members_of or "")
        members = {"options": group.members, "quorum": _quorum(field, group)} if group is not None else {}
        yield name, field.model_copy(update={**members, "columns": with_members(field.columns, groups)})


def _quorum(field: FormField, group: Membership) -> Quorum:
    """What the question asks for, or else its group, with the members of each kind that it names."""
    return field.quorum.of_members(group.kinds) if field.quorum is not None else group.quorum


def says_whether_they_come(form: FormFields) -> tuple[str, ...]:
    """The questions of an invitation whose answers are shown: all that is chosen, else the first yes or no."""
    chosen, yes_or_no = (
        tuple(name for name, field in form.items() if field.type is kind)
        for kind in (FieldType.CHOICE, FieldType.YES_NO)
    )
    return chosen or yes_or_no[:1]
