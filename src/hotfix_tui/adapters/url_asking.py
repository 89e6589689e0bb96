"""Pages asked with the standard library: http and https only, a time limit, and no more read than is shown."""

from __future__ import annotations

import http.client
import threading
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.ports import Answer

READ = 64 * 1024
"""The most bytes that are read of an answer."""


def ask(url: str, timeout: float) -> Answer:
    """The page's answer, also one that says no, within `timeout` seconds. Raises: PortFailure."""
    found: list[Answer] = []
    trouble: list[Exception] = []

    def work() -> None:
        try:
            found.append(_ask(url, timeout))
        except (OSError, ValueError, http.client.HTTPException) as error:
            trouble.append(error)

    asking = threading.Thread(target=work, name="url", daemon=True)
    asking.start()  # each read has its own limit, so that a slow drip is ended only from here
    asking.join(timeout)
    if found:
        return found[0]
    raise _failed(url, timeout, trouble[0] if trouble else None)


def _ask(url: str, timeout: float) -> Answer:
    request = Request(url, headers={"User-Agent": "hotfix", "Accept": "*/*"})  # noqa: S310  (the opener knows only http)
    try:
        with _opener().open(request, timeout=timeout) as answer:
            return Answer(answer.status, answer.url, _text(answer))
    except HTTPError as error:
        with error:
            return Answer(error.code, error.url or url, _text(error))


def _opener() -> OpenerDirector:
    """Only what is named here is understood."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
        _Refuse(),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(HTTPRedirectHandler):
    max_redirections = 5


class _Refuse(HTTPErrorProcessor):
    """Turns an answer that says no into an error that carries it, and any other kind of address into a sentence."""

    handler_order = 1000

    def unknown_open(self, request: Request) -> None:
        raise URLError(f"{request.type}: is not asked")

    def http_error_default(
        self, request: Request, answer: IO[bytes], code: int, message: str, headers: http.client.HTTPMessage
    ) -> None:
        raise HTTPError(request.full_url, code, message, headers, answer)


def _text(answer: IO[bytes]) -> str:
    return answer.read(READ).decode("utf-8", "replace")


def _failed(url: str, timeout: float, error: Exception | None) -> PortFailure:
    shown = clean(url, NAME)
    if error is None or isinstance(error, TimeoutError):
        return PortFailure("Page", f"{shown} did not answer within {timeout:g} s.", "Try it in a browser.")
    reason = getattr(error, "reason", error)
    said = getattr(reason, "strerror", None) or str(reason)
    return PortFailure("Page", f"{shown} cannot be asked: {clean(str(said), NAME)}.", "Try it in a browser.")
