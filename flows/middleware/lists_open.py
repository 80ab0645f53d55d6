"""Lists to choose from in Prefect's older pages, which open when they are pressed.

In version 3.9.1 such a list hears of one press twice, by its button and by the box around it, and closes again at once.
Space and the arrows open it without a press.
"""

from __future__ import annotations

from starlette.types import ASGIApp

from flows.middleware.first_script import FirstScript, is_older

SCRIPT = b"""<script>
document.addEventListener("click", press => {
  const button = press.target.closest?.("button.p-select-button__control"), box = button?.parentElement;
  if (!box?.matches(".p-base-input")) return;
  press.stopPropagation();
  box.dispatchEvent(new MouseEvent("click", press));
}, true);
</script>"""
"""A press of the button becomes one of the box alone; all that listens around it hears of it as before."""


class ListsOpen(FirstScript):
    """An ASGI application whose older pages have lists that open."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, SCRIPT, is_older)
