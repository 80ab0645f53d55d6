"""Letters and digests: each reference with its letter, address and contents; each digest as its tries say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.service.delivery.letter_versions import with_salt
from reviewflow.service.records.proof.finding import LETTERS, AuditFinding
from reviewflow.service.records.proof.messages import base_of, wrong_standing
from reviewflow.service.records.proof.seals import AuditedSeals
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Dispatch, StoredLetter

ERASED = "erased/"


def wrong_letters(workspace: Workspace, seals: AuditedSeals) -> Iterator[AuditFinding]:
    """What of the letters and digests does not agree with what was put into the hands of the mail."""
    store = workspace.store
    letters = {letter.number: letter for letter in store.letters()}
    dispatches = store.dispatches()
    last = {dispatch.letter: dispatch for dispatch in sorted(dispatches, key=lambda text: text.version)}
    destroyed = {certificate.reference for certificate in store.destroyed()}
    erased = bool(store.noted("address_erased"))
    for number, dispatch in last.items():
        gone = number.partition("/")[0] in destroyed
        words = _wrong_letter(letters.get(number), dispatch, may_be_gone=gone, may_be_erased=erased)
        if words:
            yield AuditFinding(LETTERS, None, f"letter {number} {words}")
    yield from _older(workspace, seals, letters, last)
    yield from _wrong_places(workspace, dispatches, letters)
    yield from _wrong_digests(workspace, seals)


def _wrong_letter(letter: StoredLetter | None, dispatch: Dispatch, *, may_be_gone: bool, may_be_erased: bool) -> str:
    if letter is None:
        return "" if may_be_gone and dispatch.salt is None else f"is gone, and went as {dispatch.reference}"
    if (letter.day, letter.urgent) != (dispatch.day, dispatch.urgent):
        return f"has another day or urgency than it went with as {dispatch.reference}"
    if dispatch.salt is None:
        erased = may_be_erased and letter.address == f"{ERASED}{letter.number}"
        return "" if erased else "had its proof taken out, and nobody erased its address"
    agrees = dispatch.envelope == with_salt(dispatch.salt, [letter.address, *letter.also_due])
    return "" if agrees else f"went to another address, or listed other work, as {dispatch.reference}"


def _older(
    workspace: Workspace, seals: AuditedSeals, letters: Mapping[str, StoredLetter], last: Mapping[str, Dispatch]
) -> Iterator[AuditFinding]:
    """Letters from before their texts were kept: the first seals cover them."""
    for row in workspace.store.sealable("letters"):
        leaves = seals.of("letters", row.leaf.key)
        if row.leaf.key in last:
            continue
        if not leaves or leaves[0].seal > seals.initial:
            if seals.seals:
                yield AuditFinding(LETTERS, None, f"letter {row.leaf.key} is here, and never went")
        elif leaves[0].hash != row.leaf.hash:
            yield AuditFinding(LETTERS, None, f"letter {row.leaf.key} is not what seal {leaves[0].seal} has of it")
    for key in seals.covered("letters"):
        if key not in letters and key.partition("/")[0] not in _destroyed(workspace):
            yield AuditFinding(LETTERS, None, f"letter {key} is gone")


def _destroyed(workspace: Workspace) -> set[str]:
    return {certificate.reference for certificate in workspace.store.destroyed()}


def _wrong_places(
    workspace: Workspace, dispatches: list[Dispatch], letters: Mapping[str, StoredLetter]
) -> Iterator[AuditFinding]:
    """Messages and digests that are in another letter than they went in."""
    went = {held: dispatch.letter for dispatch in dispatches for held in dispatch.holds}
    for notice in workspace.store.notices():
        expected = went.get(str(notice.id), notice.letter)
        if notice.letter != expected or (notice.letter is not None and notice.letter not in letters):
            yield AuditFinding(
                LETTERS, None, f"message {notice.number} went in letter {expected}, and stands in another"
            )
        elif notice.letter is not None and str(notice.id) not in went and _is_dispatched(dispatches, notice.letter):
            yield AuditFinding(
                LETTERS, None, f"message {notice.number} stands in letter {notice.letter}, without having gone"
            )
        elif notice.letter is None and notice.status == "sent":
            yield AuditFinding(LETTERS, None, f"message {notice.number} stands as sent, and in no letter")
    for digest in workspace.store.digests():
        if digest.letter != went.get(digest.key, digest.letter):
            yield AuditFinding(
                LETTERS, None, f"digest {digest.key} went in letter {went[digest.key]}, and stands in another"
            )


def _is_dispatched(dispatches: list[Dispatch], letter: str) -> bool:
    return any(dispatch.letter == letter for dispatch in dispatches)


def _wrong_digests(workspace: Workspace, seals: AuditedSeals) -> Iterator[AuditFinding]:
    lost = [entry.body for entry in workspace.store.noted("digest")]
    for digest in workspace.store.digests():
        attempts = workspace.store.digest_attempts(digest.key)
        leaves = seals.of("digests", digest.key)
        if not attempts and (not leaves or leaves[0].seal <= seals.initial):
            continue  # from before its tries were kept
        words = wrong_standing(digest, attempts, base_of(digest, attempts, seals.latest))
        if not words and digest.status == "undeliverable" and not any(body.startswith(digest.key) for body in lost):
            words = "stands as refused, and the office's log does not say so"
        if words:
            yield AuditFinding(LETTERS, None, f"digest {digest.key} {words}")
