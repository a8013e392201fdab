"""The server's own refusal: what is no HTTP never reaches the application, and is told in the service's words."""

import asyncio
import json
import socket
from collections.abc import Callable

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from search_api.http.edge.problems import MEDIA_TYPE, problem_body

_DETAIL = "Это не запрос HTTP/1.1, или его первая строка и заголовки слишком велики."


HEAD_SECONDS = 10.0
"""A request's first line and headers must be there within so many seconds of its first byte or of the connection."""
CONNECTIONS = 4000
"""One process holds so many; another is closed at once."""


class Protocol(H11Protocol):
    """HTTP/1.1 whose refusals are problems, and whose heads must come in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head; refuse a connection too many."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
            return
        self._late = self.loop.call_later(HEAD_SECONDS, self._too_late)

    def handle_events(self) -> None:
        """Handle what came; a whole head ends the waiting, a half one that follows an answer begins it anew."""
        super().handle_events()
        waiting = self.cycle is None or self.cycle.response_complete
        if not waiting and self._late is not None:
            self._late.cancel()
            self._late = None
        elif waiting and self._late is None and self.conn.trailing_data[0]:
            self._late = self.loop.call_later(HEAD_SECONDS, self._too_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    def _too_late(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Answer with a problem and close; `msg` is uvicorn's own, in English."""
        del msg
        content = json.dumps(problem_body("bad-request", _DETAIL), ensure_ascii=False).encode()
        headers = [
            ("Content-Type", MEDIA_TYPE),
            ("Content-Length", str(len(content))),
            ("Connection", "close"),
        ]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=content), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


GRACE = 2.0
"""Seconds that work in other processes may go on once the service is told to stop."""


class Serving(uvicorn.Server):
    """A server that has long work given up when it is told to stop, so that it is answered and not cut off."""

    def __init__(self, config: uvicorn.Config, give_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._give_up = give_up

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, and wait for those under way."""
        asyncio.get_running_loop().call_later(GRACE, self._give_up)
        await super().shutdown(sockets)
