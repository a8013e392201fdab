"""What a monitoring system asks."""

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.library import Library
from corpus.rights.people import Person
from search_api.http.edge.requests import Route
from search_api.service.access.asking import MONITOR, Monitoring
from search_api.service.opened import Shelf
from search_api.service.work.measuring import MEDIA_TYPE, Metrics

router = APIRouter(include_in_schema=False, route_class=Route)


@router.get("/metrics")
async def metrics(request: Request, who: Monitoring) -> Response:
    """Tell requests, errors, uploads, parses of all processes, and the index; asked in threads nothing else takes."""
    told = await to_thread.run_sync(_told, request, who, limiter=request.app.state.access.limiter)
    return Response(told, media_type=MEDIA_TYPE)


def _told(request: Request, who: Person) -> bytes:
    shelf: Shelf = request.app.state.shelf
    counted: Metrics = request.app.state.metrics
    # How many documents there are in all funds is told to the monitoring system, which the machine's owner set.
    seen: Library = shelf.fetch().whole if who is MONITOR else request.state.library
    return counted.told(seen.health())
