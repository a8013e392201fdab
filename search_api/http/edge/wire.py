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


class Protocol(H11Protocol):
    """HTTP/1.1 whose refusals are problems."""

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
