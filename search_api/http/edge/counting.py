"""The layer around all others: every answer is counted with its route, its status and the time it took."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.service.work.measuring import OTHER, Metrics


class Counting:
    """Count requests; what never gets an answer counts as 499."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 499

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        asked = scope.setdefault("state", {})
        try:
            await self.app(scope, receive, noting)
        finally:
            route = getattr(asked.get("route"), "path", OTHER)
            self.metrics.answered(scope["method"], route, status, time.perf_counter() - begun)
