"""By whose authority a time limit stands: its rule may be law, and its number our own."""

from __future__ import annotations

from reviewflow.language.model import Basis, Limit, NationalLimit

NATIONAL = frozenset({Basis.STATUTE, Basis.REGULATION, Basis.STATUTORY_GUIDANCE, Basis.PANEL_GUIDANCE})
"""Whose numbers bind every partnership; good practice and local policy bind none."""
_WORDS = {
    Basis.STATUTE: "set by Act of Parliament",
    Basis.REGULATION: "set by regulations",
    Basis.STATUTORY_GUIDANCE: "set by statutory guidance",
    Basis.PANEL_GUIDANCE: "set by the Panel's guidance",
    Basis.GOOD_PRACTICE: "good practice, with no fixed limit",
    Basis.LOCAL_POLICY: "a local day",
}


def number_basis(limit: Limit, national: NationalLimit | None) -> Basis:
    """Whose the number is: local where a process has its own, or is stricter than the edition."""
    if national is None or limit.within is not None:
        return Basis.LOCAL_POLICY
    return national.number or national.basis


def has_a_national_number(limit: Limit, national: NationalLimit | None) -> bool:
    """Whether it may be called a national time limit."""
    return number_basis(limit, national) in NATIONAL


def number_words(limit: Limit, national: NationalLimit | None) -> str:
    """'set by statutory guidance', 'a local day'; of a stricter one, what it is stricter than."""
    if national is not None and limit.within is not None and national.within is not None:
        return f"a local day, stricter than the {national.within} {_WORDS[national.number or national.basis]}"
    return _WORDS[number_basis(limit, national)]


def authority_words(national: NationalLimit) -> str:
    """'statutory guidance', or 'regulation for the rule, local policy for the number'."""
    if national.number is None or national.number is national.basis:
        return national.basis.value
    return f"{national.basis.value} for the rule, {national.number.value} for the number"
