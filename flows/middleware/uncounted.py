"""Prefect's newer pages without the mark by which a site that counts visitors knows a browser again.

They begin to count before they ask whether they may, whatever is set: an identifier of the browser stands in a cookie,
and beside it. The site itself is not asked (`flows.server.ONLY_OURS`); this keeps the browser unmarked, and clears it.
"""

from __future__ import annotations

from starlette.types import ASGIApp

from flows.middleware.first_script import FirstScript, is_newer

SCRIPT = b"""<script>
(() => {
  const mark = "AMP_", cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  const set = cookie.set, keep = Storage.prototype.setItem;
  for (const one of document.cookie.split("; ")) {
    if (one.startsWith(mark)) set.call(document, one.split("=")[0] + "=; path=/; max-age=0");
  }
  for (const store of [localStorage, sessionStorage]) {
    Object.keys(store).filter(key => key.startsWith(mark)).forEach(key => store.removeItem(key));
  }
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie, set(text) { if (!String(text).startsWith(mark)) set.call(this, text); },
  });
  Storage.prototype.setItem = function (key, value) {
    if (!String(key).startsWith(mark)) keep.call(this, key, value);
  };
})();
</script>"""
"""The first that a page does, before any other script of it."""


class Uncounted(FirstScript):
    """An ASGI application whose newer pages leave no mark in a browser."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, SCRIPT, is_newer)
