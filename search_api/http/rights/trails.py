"""The trail over HTTP."""

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from search_api.http.edge.problems import documented
from search_api.http.edge.requests import Route
from search_api.service.access.asking import Admin, Opened

router = APIRouter(prefix="/api/v1", tags=["rights"], route_class=Route)


@router.get(
    "/audit",
    summary="Журнал: кто, когда и что изменил",
    responses=documented("unauthorized", "forbidden", "invalid", "library-unavailable"),
)
def audit(
    library: Opened,
    admin: Admin,
    before: Annotated[str, Query(max_length=60, pattern="^[0-9a-f-]*$", description="Записи раньше этого места")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    form: Annotated[Literal["json", "jsonl"], Query(alias="format")] = "json",
) -> Response:
    """Return notes, the last first; `jsonl` writes each on a line of its own."""
    del admin
    told = [{"place": note.place, **note.said} for note in library.trail(before, limit)]
    if form == "jsonl":
        lines = "".join(json.dumps(note, ensure_ascii=False) + "\n" for note in told)
        return Response(lines, media_type="application/jsonl; charset=utf-8")
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")
