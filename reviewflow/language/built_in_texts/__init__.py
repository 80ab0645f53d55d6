"""The words of the messages that the engine itself sends.

A file of the same name in definitions/messages takes the place of one of these.
"""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.language.built_in_texts.changes import ABOUT_CHANGES
from reviewflow.language.built_in_texts.work import ABOUT_WORK
from reviewflow.language.model import Message

SHIPPED: Mapping[str, Message] = {message.message: message for message in (*ABOUT_WORK, *ABOUT_CHANGES)}
"""By name."""
