"""Prefect's newer pages without the mark by which a site that counts visitors knows a browser again.

They begin to count before they ask whether they may, whatever is set: an identifier of the browser stands in a cookie,
and beside it. The site itself is not asked (`flows.server.ONLY_OURS`); this keeps the browser unmarked, and clears it.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from flows.middleware.whole_answers import answer_changed, without

PAGES = "/v2"
UNASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since")
"""What a browser may not ask of a page: to be packed, or to be kept as it was."""
FIRST = b"<head>"
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


class Uncounted:
    """An ASGI application whose newer pages leave no mark in a browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application; a page is kept back until the whole of it is there, anything else is passed on."""
        if scope["type"] != "http" or not _is_page(scope["path"]):
            await self._app(scope, receive, send)
            return
        await answer_changed(self._app, without(scope, *UNASKED), receive, send, _unmark)


def _unmark(body: bytes, headers: MutableHeaders) -> bytes:
    headers["cache-control"] = "no-store"
    return body.replace(FIRST, FIRST + SCRIPT, 1)


def _is_page(path: str) -> bool:
    """Whether it is a page of theirs, and no script, picture or font."""
    return (path == PAGES or path.startswith(f"{PAGES}/")) and "." not in path.rpartition("/")[2]
