"""Any command of a case."""

from __future__ import annotations

from reviewflow.case.model.commands.cases import OfCases
from reviewflow.case.model.commands.contacts import OfContacts
from reviewflow.case.model.commands.correspondence import OfCorrespondence
from reviewflow.case.model.commands.days import OfDays
from reviewflow.case.model.commands.legal_holds import OfLegalHolds
from reviewflow.case.model.commands.links import OfLinks
from reviewflow.case.model.commands.work import OfWork

Command = OfCases | OfContacts | OfCorrespondence | OfDays | OfLegalHolds | OfLinks | OfWork
