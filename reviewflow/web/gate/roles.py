"""Who has which role at the proxy: a file of names, as the proxy knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum
from pathlib import Path

import yaml

from reviewflow.service.workspace.errors import SettingsError

ROLES_FILE = "REVIEWFLOW_ROLES_FILE"
GROUP = "group:"
"""Before the name of a group that a provider of OpenID Connect says."""


class SignInRole(IntEnum):
    """What somebody may do; each may all that is before it."""

    VIEWER = 1
    OFFICER = 2
    MANAGER = 3
    MACHINE = 4


KEYS: Mapping[str, SignInRole] = {f"{role.name.lower()}s": role for role in SignInRole}


def read_roles(path: Path) -> Mapping[str, SignInRole]:
    """The role of each name and group; the highest, where a name stands in several lists.

    Raises SettingsError when the file cannot be read, or says something else.
    """
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path} says who may what at the proxy, and cannot be read.") from error
    if not isinstance(written, dict) or written.keys() - KEYS.keys():
        raise SettingsError(f"{path} has other keys than {', '.join(KEYS)}.")
    roles: dict[str, SignInRole] = {}
    for key, role in KEYS.items():
        names = written.get(key) or []
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise SettingsError(f"{path}: {key} is to be a list of names as the proxy knows them.")
        roles |= {name.strip(): max(role, roles.get(name.strip(), role)) for name in names}
    return roles


def role_of(roles: Mapping[str, SignInRole], user: str, groups: Collection[str]) -> SignInRole | None:
    """The highest role that somebody has, by name or by a group; None for none."""
    names = (user, *(f"{GROUP}{group}" for group in groups))
    return max((roles[name] for name in names if name in roles), default=None)
