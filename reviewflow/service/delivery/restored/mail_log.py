"""What the log of a mail server, or receipts, tell of letters that may have gone: which did, and which only may have.

Any text will do, a line at a time: the number of a letter stands in its Message-ID and in its header, mailboxes stand
where mail servers write to whom. What is proof and what is not is said apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reviewflow.london import LONDON, read_stamp
from reviewflow.service.delivery.restoration import Restoration
from reviewflow.service.delivery.restored.settling import DoubtfulLetter, Origin
from reviewflow.text import moment_words

_NUMBER = re.compile(r"digest(?:/[A-Za-z0-9_-]+){3}|[A-Z][A-Z0-9-]*/[0-9]+\.[0-9]+")
_ADDRESS = re.compile(r"[A-Za-z0-9_.'+&~-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_OF_MAIL = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?: [+-]\d{4})?")
_SYSLOG = re.compile(r"^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d")
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a log tells of one letter."""

    is_proof: bool
    words: str
    """The middle of a sentence."""


def evidence(
    lines: Iterable[str], letters: Sequence[DoubtfulLetter], restoration: Restoration
) -> Mapping[str, Evidence]:
    """By the number of each letter of which something is told: what. Proof is kept before what is only likely."""
    numbers = {letter.number: letter for letter in letters}
    mailboxes = {letter.address for letter in letters if letter.address}
    written_to: dict[str, datetime | None] = {}
    told: dict[str, Evidence] = {}
    for line, moment in _while_nobody_watched(lines, restoration):
        for number in _NUMBER.findall(line):
            if number in numbers and not (number in told and told[number].is_proof):
                told[number] = _by_number(numbers[number], moment)
        for address in map(str.lower, _ADDRESS.findall(line)):
            if address in mailboxes:
                written_to.setdefault(address, moment)
    likely = {
        letter.number: Evidence(is_proof=False, words=f"mail to its mailbox stands in the log{_at(moment)}")
        for letter in letters
        if (moment := written_to.get(letter.address, LONG_AGO)) != LONG_AGO
    }
    return likely | told


LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def _by_number(letter: DoubtfulLetter, moment: datetime | None) -> Evidence:
    """A number of before the backup is of this letter alone, but an older try may have left it in the log."""
    is_proof = letter.origin is Origin.IN_THE_BACKUP and not (letter.was_tried and moment is None)
    where = f"its number stands in the log{_at(moment)}"
    return Evidence(is_proof, where if is_proof else f"{where}, but may have been another letter's there")


def _at(moment: datetime | None) -> str:
    return f", {moment_words(moment)}" if moment else ""


def _while_nobody_watched(lines: Iterable[str], restoration: Restoration) -> Iterator[tuple[str, datetime | None]]:
    """The lines of between the backup and the restore, each with its moment: that of an earlier line if it has none."""
    since, until = read_stamp(restoration.backup), read_stamp(restoration.restored)
    moment: datetime | None = None
    for line in lines:
        moment = _moment(line, since) or moment
        if moment is None or since <= moment <= until:
            yield line, moment


def _moment(line: str, since: datetime) -> datetime | None:
    """The moment that a line begins with or names; a time of day without a zone is London's."""
    try:
        if found := _ISO.search(line):
            return _zoned(datetime.fromisoformat(found[0]))
        if found := _OF_MAIL.search(line):
            return _zoned(parsedate_to_datetime(found[0]))
        if found := _SYSLOG.match(line):
            read = datetime.strptime(f"{since.year} {found[0]}", "%Y %b %d %H:%M:%S").replace(tzinfo=LONDON)
            over_new_year = (since - read).days > _HALF_A_YEAR
            return read.replace(year=since.year + 1) if over_new_year else read
    except ValueError:
        return None
    return None


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
