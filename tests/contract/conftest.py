"""The engines the contract suite runs over.

To add an engine: define a session-scoped fixture `<name>_engine` that returns an `Engine`, and name it in ENGINES with
its marks. Every test of this folder that asks for `engine`, `library` or `filled` then runs over it too.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from corpus.elastic.library import ElasticLibrary
from corpus.library import Library
from corpus.local.library import LocalLibrary
from corpus.metadata.documents import documents_of
from corpus.model import Document, SourceFile
from tests import elasticsearch_node, strategies
from tests.oracle import Oracle

ENGINES = [
    pytest.param("local", id="local"),
    pytest.param("elastic", id="elastic", marks=[pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]),
]


@dataclass
class Engine:
    """`fresh` makes an empty library; `again` opens the same one as another process would; `drop` removes it."""

    name: str
    fresh: Callable[[], Library]
    again: Callable[[Library], Library]
    drop: Callable[[Library], None] = lambda library: None


@dataclass(repr=False)
class Filled:
    """A library with generated files, for tests that only read, and the oracle over the same documents."""

    library: Library
    files: list[SourceFile]
    documents: list[Document] = field(init=False)
    oracle: Oracle = field(init=False)

    def __post_init__(self) -> None:
        self.documents = [d for file in self.files for d in documents_of(file)]
        self.oracle = Oracle(self.documents)


@pytest.fixture(scope="session")
def local_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(
        "local",
        fresh=lambda: LocalLibrary(tmp_path_factory.mktemp("library") / "библиотека", patience=0.2),
        again=lambda library: LocalLibrary(library.folder, patience=0.2),
    )


@pytest.fixture(scope="session")
def elastic_engine() -> Engine:
    url = elasticsearch_node.shared_url()
    return Engine(
        "elastic",
        fresh=lambda: ElasticLibrary(elasticsearch_node.patient(url), elasticsearch_node.new_prefix()),
        again=lambda library: ElasticLibrary(elasticsearch_node.patient(url), library.prefix),
        drop=elasticsearch_node.drop,
    )


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def library(engine: Engine) -> Iterator[Library]:
    """Give an empty library."""
    library = engine.fresh()
    yield library
    library.close()
    engine.drop(library)


@pytest.fixture(scope="session")
def filled(engine: Engine) -> Iterator[Filled]:
    """Give a library of generated files, the same in every run; some were replaced, some deleted."""
    library = engine.fresh()
    files = sample_files(190 if os.environ.get("SVOD_SOAK") else 40)
    kept = [f for n, f in enumerate(files) if n % 7 != 3]
    old = [replacement(f, files[(n + 1) % len(files)]) for n, f in enumerate(files) if n % 7 in {1, 3}]
    list(library.put_many(old))
    list(library.put_many(files))
    for n, file in enumerate(files):
        if n % 7 == 3:
            for document in documents_of(file):
                library.delete(document.id)
    yield Filled(library, kept)
    library.close()


def replacement(file: SourceFile, by: SourceFile) -> SourceFile:
    """Give a file's name another content."""
    return SourceFile(file.name, f"{by.sha256}-old", "text", None, by.text, instruments=by.instruments)


def sample_files(number: int) -> list[SourceFile]:
    """Generate files, the same in every run, with names of their own."""
    out: list[SourceFile] = []

    @seed(20261121)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.files(spans=False))
    def collect(file: SourceFile) -> None:
        if all(file.sha256 != f.sha256 for f in out):
            name = f"папка/{len(out):03}.txt"
            out.append(SourceFile(name, file.sha256, "text", None, file.text, instruments=file.instruments))

    collect()
    return out[:number]
