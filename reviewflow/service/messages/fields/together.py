"""The other cases that are treated together with one, for those who may read of them: their references, no more."""

from __future__ import annotations

from collections.abc import Collection

from reviewflow.case.model.ids import Recipient
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import listing


def together_words(context: CaseContext, readers: Collection[str] = ()) -> str:
    """'together with RR-2026-005 and RR-2026-006'; '' where this case leads none that all these readers may know of.

    An agency reads only of cases in which it takes part too; the posts of the partnership of all.
    """
    known = [
        reference
        for reference, agencies in context.case.leads.items()
        if context.plan.together and all(_may_know(Recipient.parse(reader), agencies) for reader in readers)
    ]
    return f"together with {listing(known)}" if known else ""


def _may_know(reader: Recipient, agencies: Collection[str]) -> bool:
    return reader.kind == "role" or (reader.is_agency and reader.name in agencies)
