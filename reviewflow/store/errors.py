"""What can go wrong in the store that a caller tells apart."""


class CaseConflict(Exception):  # noqa: N818 - an ordinary outcome of a race, not a fault
    """Somebody else appended to the case first: load it again and decide again."""


class AlreadyRecorded(Exception):  # noqa: N818 - the wish was granted earlier
    """A command with this key was recorded on this case before."""


class StoreUnavailable(Exception):  # noqa: N818
    """The database cannot be used now; the message says why and what to do."""
