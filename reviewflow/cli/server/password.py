"""What Prefect asks for before it shows or does anything: made once for a folder, kept where only its owner reads."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from reviewflow.service.workspace.errors import UserError

USER = "reviewflow"
FILE = "prefect-password"
GIVEN = "PREFECT_SERVER_API_AUTH_STRING"
"""An office that sets this names its own password, as user:password."""


def sign_in(home: Path, environ: Mapping[str, str]) -> str:
    """What a person types: 'user:password', given by the environment or kept in `home`; it is made when there is none.

    Raises UserError when the file holds none, or when others than its owner may read it.
    """
    if given := environ.get(GIVEN, "").strip():
        return given
    path = home / FILE
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _kept(path)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        made = f"{USER}:{secrets.token_urlsafe(24)}"
        file.write(made)
    return made


def _kept(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise UserError(f"Others on this machine may read {path}, Prefect's password. Say: rm {path}, and start again.")
    kept = path.read_text(encoding="utf-8").strip()
    if ":" not in kept:
        raise UserError(f"{path} holds no password of the form user:password. Say: rm {path}, and start again.")
    return kept
