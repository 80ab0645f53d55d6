"""Backups encrypted for a public key, in the format of the program age, which opens them too."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reviewflow.service.backups.errors import DamagedBackup
from reviewflow.service.workspace.errors import UserError

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how a secret begins, not one
MAGIC = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED")


def recipients(given: Iterable[str]) -> list[Any]:
    """The public keys: each written out, or a file with one a line. Raises UserError, which repeats no secret."""
    return [_recipient(key) for text in given for key in _keys(text)]


def new_key(path: Path) -> str:
    """Write a new secret key into a file of its own, as age-keygen does, and the public one into FILE.pub beside it.

    Returns the public key. Raises UserError where there is a file already.
    """
    from pyrage import x25519

    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError(f"{path} is there already, and may be the key of older backups. Name another file.") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    public_file(path).write_text(f"{public}\n", encoding="utf-8")
    return public


def public_file(path: Path) -> Path:
    """Where the public key to a secret one is written."""
    return path.with_name(f"{path.name}.pub")


def encrypt(plain: Path, encrypted: Path, keys: list[Any]) -> None:
    """Encrypt a file, a piece at a time."""
    from pyrage import encrypt_file

    encrypt_file(str(plain), str(encrypted), keys)


def is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(32).startswith(MAGIC)


def decrypt(encrypted: Path, plain: Path, key_file: Path) -> None:
    """Open an encrypted file with the secret key in another; raises UserError or DamagedBackup."""
    from pyrage import DecryptError, decrypt_file

    try:
        decrypt_file(str(encrypted), str(plain), _identities(key_file))
    except (DecryptError, OSError, ValueError):
        raise DamagedBackup(
            f"{encrypted} cannot be opened with the key in {key_file}: it was encrypted for another key, or the file "
            "is damaged or cut. Nothing was restored."
        ) from None


def _keys(text: str) -> Iterator[str]:
    if text.startswith(("age1", "ssh-", SECRET)):
        yield text
        return
    path = Path(text)
    if not path.is_file():
        raise UserError(f'"{text}" is neither a public key (age1...) nor a file with some. Nothing was written.')
    lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    if not named:
        raise UserError(f"{text} has no public key in it: one a line, age1... Nothing was written.")
    yield from named


def _recipient(key: str) -> Any:
    from pyrage import RecipientError, ssh, x25519

    if key.startswith(SECRET):
        raise UserError(
            "This is a secret key, and a backup is encrypted for the public one (age1...), which stands in the first "
            "line of the key's file. Nothing was written."
        )
    try:
        return ssh.Recipient.from_str(key) if key.startswith("ssh-") else x25519.Recipient.from_str(key)
    except RecipientError:
        raise UserError(f'"{key[:80]}" is not a public key: it looks like age1... Nothing was written.') from None


def _identities(path: Path) -> list[Any]:
    from pyrage import IdentityError, ssh, x25519

    content = path.read_bytes()
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    try:
        if content.startswith(b"-----BEGIN OPENSSH"):
            return [ssh.Identity.from_buffer(content)]
        identities = [x25519.Identity.from_str(line) for line in lines if line.startswith(SECRET)]
    except IdentityError:
        identities = []
    if not identities:
        raise UserError(f"{path} holds no secret key: one a line, {SECRET}1... Nothing was restored.")
    return identities
