"""Where mail may go: to an agency's own mail domains only, whatever address somebody typed for a post of it."""

from __future__ import annotations

from reviewflow.language.model import Agency
from reviewflow.text import listing


def outside_domains(agency: Agency, address: str) -> str:
    """Why nothing goes to this address, as a sentence; '' when it is at one of the agency's mail domains.

    Asked when a letter is about to leave, so that an address that was changed since counts as it is now. `check` asks
    the same of partnership.yaml. The project's own rule, after the lists of secure mail domains that partnerships
    keep, so that no request about a child goes to a private or mistyped address.
    """
    if agency.owns_address(address):
        return ""
    domains = listing(agency.domains)
    return f"The address is not at a mail domain that partnership.yaml lists for {agency.title}: {domains}."
