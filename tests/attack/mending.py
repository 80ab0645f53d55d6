"""What somebody mends after an edit who has the source: the chains of events, the states, every seal."""

from __future__ import annotations

from reviewflow.case.apply import fold
from reviewflow.case.model import events as e
from reviewflow.case.model.snapshot import dump
from reviewflow.store.cases.chain import link
from reviewflow.store.records import Leaf, NewEvent, Seal
from reviewflow.store.seals import KINDS, seal_hash
from reviewflow.store.store import open_store
from tests.attack.edits import Mended
from tests.attack.places import Copy


def mend(copy: Copy, url: str, mended: Mended) -> None:
    if mended is not Mended.NOTHING:
        for case, reference in copy.execute("SELECT id, reference FROM cases").fetchall():
            _chain_anew(copy, case, reference)
    if mended is Mended.SEALS:
        _seal_anew(copy, url)


def _chain_anew(copy: Copy, case: int, reference: str) -> None:
    """Every event numbered and linked again, and the case replayed, as the program would have it."""
    rows = copy.execute(
        'SELECT number, kind, body, "by", "on", recorded_at FROM events WHERE case_id = ? ORDER BY number', [case]
    ).fetchall()
    head, events = reference, []
    for place, (number, kind, body, by, on, at) in enumerate(rows, start=1):
        head = link(head, place, NewEvent(kind, body, by, on), at)
        change = "UPDATE events SET number = ?, hash = ? WHERE case_id = ? AND number = ?"
        copy.execute(change, [place, head, case, number])
        events.append((kind, body))
    try:
        after = fold(reference, [e.decode(kind, body) for kind, body in events])
    except Exception:  # noqa: BLE001 - what cannot be replayed cannot be mended
        return
    values = [len(events), head, dump(after), after.status, case]
    copy.execute("UPDATE cases SET number = ?, head = ?, state = ?, status = ? WHERE id = ?", values)


def _seal_anew(copy: Copy, url: str) -> None:
    """Every row that is there under the seal that it had, those that are new under the last, and the chain again."""
    copy.commit()
    store = open_store(url)
    had = {(leaf.kind, leaf.key): leaf.seal for leaf in store.leaves()}
    seals = store.seals()
    leaves: list[Leaf] = []
    try:
        now = [row.leaf for kind in KINDS for row in store.sealable(kind)]
        now += [leaf for row in store.cases(None) if (leaf := store.case_leaf(row.reference))]
        leaves = [_under(leaf, had.get((leaf.kind, leaf.key), len(seals))) for leaf in now]
    finally:
        store.close()
    copy.execute("DELETE FROM sealed")
    for leaf in {(leaf.kind, leaf.key, leaf.number): leaf for leaf in leaves}.values():
        values = [leaf.kind, leaf.key, leaf.seal, leaf.number, leaf.hash, leaf.stand]
        copy.execute("INSERT INTO sealed (kind, key, seal, number, hash, stand) VALUES (?, ?, ?, ?, ?, ?)", values)
    _link_seals(copy, seals, leaves)


def _under(leaf: Leaf, seal: int) -> Leaf:
    return Leaf(leaf.kind, leaf.key, leaf.hash, leaf.number, leaf.stand, seal)


def _link_seals(copy: Copy, seals: list[Seal], leaves: list[Leaf]) -> None:
    previous = ""
    for place, seal in enumerate(seals, start=1):
        covered = [leaf for leaf in leaves if leaf.seal == place]
        anew = Seal(place, seal.at, len(covered), seal.settings, seal.note, "")
        previous = seal_hash(previous, anew, covered)
        copy.execute(
            "UPDATE seals SET number = ?, covers = ?, hash = ? WHERE number = ?",
            [place, len(covered), previous, seal.number],
        )
