"""Who is written to, and owes something, as a member of a group: its post, or who comes for its agency."""

from __future__ import annotations

from reviewflow.case.model.ids import agency_recipient, role_recipient
from reviewflow.language.definition import Definition
from reviewflow.language.model import FormField
from reviewflow.language.structure.standing_groups import OF_AN_AGENCY


def member_recipient(definition: Definition, listed: FormField, member: str) -> str:
    """'role:chair', 'agency:police', 'agency:police/senior'; a member who left is written to as the post it names."""
    group = definition.groups.get(listed.members_of or "")
    comes = group.for_agency.get(member, "") if group is not None else ""
    if comes in OF_AN_AGENCY:
        return agency_recipient(member, "" if comes == "contact" else comes)
    return role_recipient(comes or member)
