"""The rule that nothing goes to an address outside an agency's mail domains."""

import pytest

from reviewflow.language.model import Agency
from reviewflow.service.messages.allowed_addresses import outside_domains

POLICE = Agency(
    title="Northmoor Police",
    sector="police",
    contact="reviews@northmoor.police.example",
    domains=("northmoor.police.example", "pnn.example"),
)


@pytest.mark.parametrize("address", ["reviews@northmoor.police.example", "A.Duty@PNN.example"])
def test_an_address_at_one_of_the_domains_is_allowed(address: str) -> None:
    assert outside_domains(POLICE, address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "somebody@mail.example",
        "reviews@northmoor.police.example.org",
        "reviews@evil.northmoor.police.example",
        "northmoor.police.example",
        "northmoor.police.example@mail.example",
        "",
    ],
)
def test_any_other_is_refused_with_the_domains_that_are_allowed(address: str) -> None:
    assert outside_domains(POLICE, address) == (
        "The address is not at a mail domain that partnership.yaml lists for Northmoor Police: "
        "northmoor.police.example and pnn.example."
    )
