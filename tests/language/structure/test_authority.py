"""By whose authority a limit stands: only a national number is called national."""

import pytest

from reviewflow.language.model import Basis, Limit, NationalLimit
from reviewflow.language.structure.authority import authority_words, has_a_national_number, number_words

RULE = {"title": "Look at it", "counts_from": "the start", "owner": "the partners", "source": "Regulation 14"}


@pytest.mark.parametrize(
    ("basis", "number", "within", "is_national", "words"),
    [
        ("panel guidance", None, None, True, "set by the Panel's guidance"),
        ("statute", "statutory guidance", None, True, "set by statutory guidance"),
        ("regulation", "local policy", None, False, "a local day"),
        ("good practice", None, None, False, "good practice, with no fixed limit"),
        (
            "panel guidance",
            None,
            "12 working days",
            False,
            "a local day, stricter than the 15 working days set by the Panel's guidance",
        ),
    ],
)
def test_a_number_is_national_by_its_own_authority(
    basis: str, number: str | None, within: str | None, is_national: bool, words: str
) -> None:
    national = NationalLimit.model_validate(
        {**RULE, "basis": basis, "number": number, "within": "15 working days", "verified": "no"}
    )
    limit = Limit.model_validate({"national": "it", "from": "start", "met_by": "look", "within": within})
    assert has_a_national_number(limit, national) is is_national
    assert number_words(limit, national) == words


def test_a_limit_may_have_two_authorities() -> None:
    national = NationalLimit.model_validate({**RULE, "basis": "regulation", "number": "local policy", "verified": "no"})
    assert authority_words(national) == "regulation for the rule, local policy for the number"
    assert authority_words(national.model_copy(update={"number": Basis.REGULATION})) == "regulation"
