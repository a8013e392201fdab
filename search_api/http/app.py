"""The application: routes, guard, errors, static files."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.gzip import GZipMiddleware

from corpus.library import Library
from corpus.plain import Record
from search_api.http import (
    citations,
    comparison,
    documents,
    effects,
    export,
    health,
    jobs,
    matrices,
    metadata,
    search,
)
from search_api.http import (
    metrics as metrics_route,
)
from search_api.http.deciding import doubts, repairs
from search_api.http.edge import handlers
from search_api.http.edge.counting import Counting
from search_api.http.edge.guard import Guard
from search_api.http.edge.problems import Problem, documented
from search_api.http.rights import people, trails
from search_api.service.access.asking import Access
from search_api.service.opened import Shelf
from search_api.service.settings import Settings
from search_api.service.tokens import read_tokens
from search_api.service.work.beside import embedding_work, states_work
from search_api.service.work.measuring import Metrics
from search_api.service.work.uploading import Jobs
from search_api.service.workers import PROCESSES, workers
from search_api.web import (
    page_comparison,
    page_document,
    page_help,
    page_library,
    page_metadata,
    page_search,
)
from search_api.web.assets import Assets
from search_api.web.citecheck import page_citecheck
from search_api.web.compare import page_decisions, page_matrix, page_others, page_queue, page_wordings
from search_api.web.dated import page_editions, page_timeline
from search_api.web.entry import page_audit, page_login, page_oidc, page_settings
from search_api.web.reading import page_links, page_print, page_quote, page_repairs
from search_api.web.shelves import page_several

VERSION = "1"
EVERYWHERE = documented("bad-request", "unauthorized")
"""Refusals of what no route takes: a damaged address, a token that is none."""
ROUTERS = (
    health.router,
    metrics_route.router,
    documents.router,
    jobs.router,
    effects.router,
    metadata.router,
    search.router,
    citations.router,
    comparison.router,
    doubts.router,
    repairs.router,
    matrices.router,
    export.router,
    people.router,
    trails.router,
    page_search.router,
    page_metadata.router,
    page_quote.router,
    page_links.router,
    page_print.router,
    page_repairs.router,
    page_document.router,
    page_editions.router,
    page_timeline.router,
    page_library.router,
    page_several.router,
    page_comparison.router,
    page_matrix.router,
    page_wordings.router,
    page_others.router,
    page_decisions.router,
    page_queue.router,
    page_citecheck.router,
    page_help.router,
    page_login.router,
    page_oidc.router,
    page_settings.router,
    page_audit.router,
)


def create_app(opener: Callable[[], Library], settings: Settings | None = None) -> FastAPI:
    """Build the service over a library that `opener` opens when first needed."""
    settings = settings or Settings()
    shelf, metrics = Shelf(opener), Metrics()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        app.state.workers = workers(settings)  # those of an earlier start have ended with it
        embedding, states = embedding_work(shelf.fetch), states_work(shelf.opened)
        app.state.jobs = Jobs(PROCESSES, metrics=metrics, after=embedding.wake)
        embedding.start()
        states.start()
        yield
        app.state.jobs.close()
        embedding.close()
        states.close()
        app.state.workers.close()
        shelf.close()

    app = FastAPI(
        title="Свод",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        description="Библиотека соглашений: поиск по положениям, сопоставление, точные ссылки.",
        responses=EVERYWHERE,
    )
    app.state.settings, app.state.shelf, app.state.metrics = settings, shelf, metrics
    app.state.access = Access(settings, shelf, read_tokens(settings))
    app.state.assets, app.state.workers, app.state.jobs = Assets(), workers(settings), Jobs(PROCESSES, metrics=metrics)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", app.state.assets)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    handlers.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Counting, metrics=metrics)
    return app


def _openapi(app: FastAPI) -> Record:
    """Build the description once; add the Problem shape that the error answers name, drop FastAPI's own."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    for operation in (o for methods in schema["paths"].values() for o in methods.values() if "requestBody" in o):
        told = documented("unsupported-media-type", "too-large")
        operation["responses"] = {str(status): answer for status, answer in told.items()} | operation["responses"]
    shapes = schema.setdefault("components", {}).setdefault("schemas", {})
    shapes["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    shapes.pop("HTTPValidationError", None)
    shapes.pop("ValidationError", None)
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    app.openapi_schema = schema
    return schema
