"""What the doctor knows that can be wrong, each with a name that stays: docs/doctor.md has a section for each."""

from __future__ import annotations

from enum import StrEnum


class Ailment(StrEnum):
    """The order is that of the page."""

    DATABASE_AWAY = "database-away"
    MIGRATIONS = "migrations"
    CHECK_FAILED = "check-failed"
    DEFINITIONS = "definitions"
    OWN_FILES = "own-files"
    TROUBLE = "trouble"
    CLOCK_FAR = "clock-far"
    CLOCK_BEHIND = "clock-behind"
    CLOCK_APART = "clock-apart"
    TIME_ZONE = "time-zone"
    SWEEP_LATE = "sweep-late"
    SWEEP_FAILED = "sweep-failed"
    DELIVERY_HELD = "delivery-held"
    LETTERS_LATE = "letters-late"
    LETTERS_LOST = "letters-lost"
    ROUTE_UNTRIED = "route-untried"
    BOUNCES = "bounces"
    BOUNCES_UNREAD = "bounces-unread"
    MAIL_SETTINGS = "mail-settings"
    MAIL_AWAY = "mail-away"
    BOUNCES_AWAY = "bounces-away"
    SENDER_SPF = "sender-spf"
    SENDER_DKIM = "sender-dkim"
    SENDER_DMARC = "sender-dmarc"
    UNSEALED = "unsealed"
    BACKUP_OLD = "backup-old"
    BANK_HOLIDAYS = "bank-holidays"
    PAPERS_ELSEWHERE = "papers-elsewhere"
    DISK = "disk"
    PREFECT_AWAY = "prefect-away"
    PREFECT_UNTRIED = "prefect-untried"
    PREFECT_LOCKED = "prefect-locked"
    PREFECT_OPEN = "prefect-open"
    PREFECT_SHOWS_PASSWORD = "prefect-shows-password"  # noqa: S105 - a name
    PREFECT_ORIGINS = "prefect-origins"
    PREFECT_COUNTS = "prefect-counts"
    PREFECT_KEEPS_ALL = "prefect-keeps-all"
    PREFECT_NO_RETRY = "prefect-no-retry"
    PREFECT_KILLS = "prefect-kills"
