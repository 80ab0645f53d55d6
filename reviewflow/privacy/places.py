"""Where somebody lives or is written to: postcodes, houses, mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewflow.privacy.kinds import ADDRESS, EMAIL, POSTCODE, Identifier

# Royal Mail, Programmers' Guide to the Postcode Address File: the areas there are, the shapes of a postcode, and the
# letters that its second half never has (C I K M O V).
_AREA = (
    "(?:AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK"
    "|FY|GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP"
    "|NR|NW|N|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW|UB"
    "|WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE)"
)
_WHOLE = re.compile(rf"(?<![\w/.-]){_AREA}\d[A-Z\d]?[ -]{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}}\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|\dth)$")
_DISTRICT = re.compile(
    rf"\bpost ?codes?\b(?: (?:is|area|begins(?: with)?|starts(?: with)?|district))?[ .:=]{{0,3}}{_AREA}\d[A-Z\d]?\b",
    re.IGNORECASE,
)
_WAY = "Road|Street|Avenue|Close|Lane|Drive|Crescent|Terrace|Gardens|Grove|Rd|Ave"
_HOUSE = re.compile(
    rf"(?<![\d.,/£])\d{{1,4}}[a-z]?,? (?:(?:[A-Z][\w']+ ){{1,3}}?(?:{_WAY})|[Tt]he (?:{_WAY}))\b(?! [A-Z])"
)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_OF_AN_OFFICE = frozenset(
    str.split(
        "safeguarding mash referral referrals panel office admin enquiries info duty team business unit"
        " businessunit review reviews scp lscp cscp lado legal support help helpdesk contact partnership board"
        " chair coordinator services children childrens social care police health trust cdop mail noreply"
        " reply secure quality training"
    )
)


def places(text: str) -> Iterator[tuple[int, Identifier]]:
    """Where a postcode, a house or the mailbox of a person stands."""
    for code in _WHOLE.finditer(text):
        if not _ORDINAL.search(code[0]):
            yield code.start(), POSTCODE
    if district := _DISTRICT.search(text):
        yield district.start(), POSTCODE
    if house := _HOUSE.search(text):
        yield house.start(), ADDRESS
    for mailbox in _MAILBOX.finditer(text):
        if not _OF_AN_OFFICE.issuperset(re.findall(r"[a-z]+", mailbox[0].partition("@")[0].lower())):
            yield mailbox.start(), EMAIL
