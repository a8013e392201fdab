"""The description of the interface: complete, and true of what the service answers to generated requests."""

import os

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from corpus.errors import LibraryUnavailableError
from corpus.library import Library
from corpus.local.library import LocalLibrary
from search_api.http.app import create_app
from search_api.service.settings import Settings
from tests.search_api.conftest import filled

load_all_checks()
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
EXAMPLES = 100 if os.environ.get("SVOD_SOAK") else 12


def _nothing() -> Library:
    raise LibraryUnavailableError("Описание интерфейса библиотеки не открывает.")


OPERATIONS = [
    f"{method.upper()} {path}"
    for path, methods in create_app(_nothing).openapi()["paths"].items()
    for method in methods
]


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, schemathesis.schemas.APIOperation]:
    folder = tmp_path_factory.mktemp("described") / "library"
    filled(folder).close()
    app = create_app(lambda: LocalLibrary(folder), Settings(names=("testserver", "testclient")))
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    return {o.label: o for o in (result.ok() for result in described.get_all_operations())}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.xdist_group("openapi")
def test_the_service_answers_as_described(operations: dict, operation: str) -> None:
    @given(case=operations[operation].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    holds()


def test_every_operation_is_told_in_full(reading: TestClient) -> None:
    schema = reading.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    paths = set(schema["paths"])
    assert {
        "/api/v1/documents",
        "/api/v1/documents/{document}",
        "/api/v1/documents/{document}/provisions/{eid}",
        "/api/v1/documents/{document}/references",
        "/api/v1/documents/{document}/equivalents",
        "/api/v1/search",
        "/api/v1/citations",
        "/api/v1/compare",
        "/api/v1/decisions",
        "/api/v1/export",
        "/health/live",
        "/health/ready",
    } <= paths
    assert not any("page" in path or path.startswith("/d/") for path in paths)
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            for status, answer in operation["responses"].items():
                if status.startswith(("4", "5")):
                    assert list(answer["content"]) == ["application/problem+json"], (method, path, status)


def test_descriptions_have_examples(reading: TestClient) -> None:
    schema = reading.get("/api/v1/openapi.json").json()
    paths = schema["paths"]
    told = {p["name"]: p for p in paths["/api/v1/search"]["get"]["parameters"]}
    assert told["q"].get("examples") or told["q"]["schema"]["examples"]
    for parameter in paths["/api/v1/documents/{document}/provisions/{eid}"]["get"]["parameters"][:2]:
        assert parameter.get("examples") or parameter["schema"]["examples"]
    assert schema["components"]["schemas"]["Problem"]["example"]["status"] == 404
    assert schema["components"]["schemas"]["SummaryAnswer"]["example"]["id"]


def test_the_kinds_of_files_that_are_sent_are_described(reading: TestClient, maps: str) -> None:
    told = reading.get("/api/v1/openapi.json").json()["paths"]["/api/v1/export"]["get"]["responses"]["200"]["content"]
    for asked in (
        {"document": maps, "format": "akn"},
        {"document": maps, "format": "md"},
        {"q": "карта", "format": "xlsx"},
    ):
        sent = reading.get("/api/v1/export", params=asked).headers["Content-Type"]
        assert sent.partition(";")[0] in told
