"""The audit anyone can run: whether what was recorded, is owed and was sent is what it was.

All of it is read as of one moment. What breaks off one look is a finding, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from hashlib import sha256

from reviewflow.service.records.proof.cases import wrong_case
from reviewflow.service.records.proof.database import wrong_database
from reviewflow.service.records.proof.finding import DATABASE, OFFICE, AuditFinding
from reviewflow.service.records.proof.letters import wrong_letters
from reviewflow.service.records.proof.names import wrong_names
from reviewflow.service.records.proof.seals import (
    AuditedSeals,
    missing_cases,
    wrong_rows,
    wrong_sealed_case,
    wrong_seals,
)
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import HeldByOthers, StoreUnavailable
from reviewflow.store.records import CaseRow


def audit(workspace: Workspace) -> tuple[int, list[AuditFinding]]:
    """How many cases were looked at, and what is wrong with them and with the office.

    Never raises for what stands in the database, however it is damaged.
    """
    try:
        references = {row.reference for row in workspace.store.cases(None)}
    except HeldByOthers:
        raise
    except Exception as error:  # noqa: BLE001 - the one boundary: an audit says what it cannot read
        return 0, [*_tried(DATABASE, partial(wrong_database, workspace)), _unread(DATABASE, error)]
    return len(references), [*audit_cases(workspace, references), *audit_office(workspace)]


def audit_cases(workspace: Workspace, references: Collection[str]) -> list[AuditFinding]:
    """What is wrong with these cases, of each the first thing."""
    with workspace.store.driver.snapshot():
        try:
            seals = AuditedSeals(workspace)
            rows = [row for row in workspace.store.cases(None) if row.reference in references]
        except HeldByOthers:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            return [_unread(DATABASE, error)]
        return [finding for row in rows for finding in _first(row, partial(_case, workspace, seals, row))]


def audit_office(workspace: Workspace) -> list[AuditFinding]:
    """What is wrong with all that belongs to no case: the database, the seals, the log, letters, names."""
    findings = list(_tried(DATABASE, partial(wrong_database, workspace)))
    with workspace.store.driver.snapshot():
        try:
            seals, there = AuditedSeals(workspace), {row.reference for row in workspace.store.cases(None)}
        except HeldByOthers:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            return [*findings, _unread(DATABASE, error)]
        looks = _looks(workspace, seals, there)
        return findings + [finding for about, look in looks for finding in _tried(about, look)]


def _looks(
    workspace: Workspace, seals: AuditedSeals, there: set[str]
) -> Iterator[tuple[str, Callable[[], Iterable[AuditFinding]]]]:
    yield OFFICE, partial(missing_cases, workspace, seals, there)
    yield OFFICE, partial(_definitions, workspace)
    yield "Names", partial(wrong_names, workspace)
    yield "Letters", partial(wrong_letters, workspace, seals)
    yield "Seals", partial(wrong_seals, seals)
    yield OFFICE, partial(wrong_rows, workspace, seals)


def _case(workspace: Workspace, seals: AuditedSeals, row: CaseRow) -> Iterator[AuditFinding]:
    events = list(workspace.store.events(row.reference))
    is_steady = seals.is_steady(row.reference)
    yield from wrong_case(workspace, row, events, latest=seals.latest, is_steady=is_steady)
    yield from wrong_sealed_case(seals, row, events, workspace.store.case_leaf(row.reference))


def _first(row: CaseRow, look: Callable[[], Iterator[AuditFinding]]) -> Iterator[AuditFinding]:
    """The first thing that is wrong with a case: the others may follow from it."""
    yield from list(_tried(row.reference, look))[:1]


def _tried(about: str, look: Callable[[], Iterable[AuditFinding]]) -> Iterator[AuditFinding]:
    try:
        yield from look()
    except HeldByOthers:
        raise
    except Exception as error:  # noqa: BLE001 - the one boundary: an audit says what it cannot read
        yield _unread(about, error)


def _unread(about: str, error: Exception) -> AuditFinding:
    words = str(error) if isinstance(error, StoreUnavailable | LookupError) else type(error).__name__
    return AuditFinding(about, None, f"what is stored cannot be read: {words}")


def _definitions(workspace: Workspace) -> Iterator[AuditFinding]:
    for digest, process, version, body in workspace.store.every_definition():
        if sha256(body.encode()).hexdigest() != digest:
            words = f"the definition {digest[:12]} ({process}, version {version}) is not the text of its hash"
            yield AuditFinding(OFFICE, None, words)
