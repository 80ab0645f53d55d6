"""Where mail may go: to the own mail domains of an agency or a body outside only, whatever address somebody typed."""

from __future__ import annotations

from reviewflow.language.model import Agency, OutsideBody
from reviewflow.text import listing


def outside_domains(whose: Agency | OutsideBody, address: str) -> str:
    """Why nothing goes to this address, as a sentence; '' when it is at one of its mail domains.

    Asked when a letter is about to leave, so that an address that was changed since counts as it is now. `check` asks
    the same of partnership.yaml. The project's own rule, after the lists of secure mail domains that partnerships
    keep, so that no request about a child goes to a private or mistyped address.
    """
    if whose.owns_address(address):
        return ""
    domains = listing(whose.domains or ())
    return f"The address is not at a mail domain that partnership.yaml lists for {whose.title}: {domains}."
