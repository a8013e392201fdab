"""The application: routes, guard, errors, static files."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.gzip import GZipMiddleware

from corpus.library import Library
from search_api import handlers
from search_api.assets import Assets
from search_api.guard import Guard
from search_api.opened import Shelf
from search_api.problems import Problem
from search_api.settings import Settings
from search_api.tokens import read_tokens
from search_api.workers import workers

VERSION = "1"
ROUTERS = (
    "health", "documents", "metadata", "search", "citations", "comparison", "export",
    "page_search", "page_metadata", "page_document", "page_library", "page_comparison", "page_help",
)  # fmt: skip


def create_app(opener: Callable[[], Library], settings: Settings | None = None) -> FastAPI:
    """Build the service over a library that `opener` opens when first needed."""
    settings = settings or Settings()
    shelf = Shelf(opener)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.workers.close()
        shelf.close()

    app = FastAPI(
        title="Свод", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        description="Библиотека соглашений: поиск по положениям, сопоставление, точные ссылки.",
    )  # fmt: skip
    app.state.settings, app.state.shelf, app.state.tokens = settings, shelf, read_tokens(settings)
    app.state.assets, app.state.workers = Assets(), workers(settings)
    for router in _routers():
        app.include_router(router)
    app.mount("/static", app.state.assets)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    handlers.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
    app.add_middleware(Guard, settings=settings)
    return app


def _routers() -> list[APIRouter]:
    found = [f"search_api.routes.{name}" for name in ROUTERS]
    return [import_module(name).router for name in found if find_spec(name)]


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Build the description once; add the Problem shape that the error answers name, drop FastAPI's own."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    shapes = schema.setdefault("components", {}).setdefault("schemas", {})
    shapes["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    shapes.pop("HTTPValidationError", None)
    shapes.pop("ValidationError", None)
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    app.openapi_schema = schema
    return schema
