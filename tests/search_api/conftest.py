"""A library with the texts of the tests, and clients of the service over it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from fastapi.testclient import TestClient

from corpus.comparison.decided import undo
from corpus.comparison.decisions import cell_decision, keep
from corpus.comparison.grid import Verdict
from corpus.library import Library
from corpus.local.library import LocalLibrary
from corpus.metadata.correcting import correct
from ingest.pipeline import parse_bytes
from search_api.http.app import create_app
from search_api.main import SUBCOMMANDS
from search_api.service import logs
from search_api.service.settings import Settings
from tests.search_api.texts import FERRIES, FILES, WATCHES

logs.configure()
ORIGIN = "http://127.0.0.1:8000"


def command() -> typer.Typer:
    """Return the whole command."""
    made = typer.Typer(pretty_exceptions_enable=False)
    for subcommand in SUBCOMMANDS:
        subcommand.register(made)
    return made


def filled(folder: Path) -> Library:
    library = LocalLibrary(folder)
    for name, text in FILES.items():
        library.put(parse_bytes(text.encode(), name))
    return library


def judged(library: Library, document: str) -> None:
    """Decide on a document: a fact is corrected; a cell is decided on, and the decision withdrawn."""
    cell = keep(library, cell_decision(library.get(document), "refusal", Verdict.REJECT, "Серова", note="см. пункт"))
    undo(library, cell.key, "Дуров")
    correct(library, document, "place", ["Буян"], "Дуров")


def doubted(library: Library) -> dict[str, str]:
    """Give a library a doubt of each kind: of reading, of a repair, a cell, a decision; return ids by file."""
    for name, text in {"дозоры.txt": WATCHES, "перевоз.txt": FERRIES}.items():
        library.put(parse_bytes(text.encode(), name))
    ids = {summary.source: summary.id for summary in library.documents()}
    maps = library.get(ids["карты.txt"])
    made = cell_decision(maps, "refusal", Verdict.CORRECT, "Серова", ["art_2__para_1"], "см. пункт")
    keep(library, replace(made, hashes={"art_2__para_1": "0" * 16}))
    return ids


def client_of(opener: Callable[[], Library], **settings: object) -> TestClient:
    return TestClient(create_app(opener, Settings(**settings)), base_url=ORIGIN, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client for tests that only read."""
    library = filled(tmp_path_factory.mktemp("reading") / "library")
    with client_of(lambda: library) as client:
        yield client


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A filled library of one test's own."""
    library = filled(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    """A client over the library of this test."""
    with client_of(lambda: library) as client:
        yield client


@pytest.fixture(scope="session")
def maps(reading: TestClient) -> str:
    """The id of the agreement on maps."""
    return reading.get("/api/v1/documents", params={"text": "карт"}).json()[0]["id"]
