"""Both engines give the same answers, and a library copied from one to the other is the same by hash."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from corpus.clauses.tree import Node
from corpus.copying import copy, digest
from corpus.elastic.library import ElasticLibrary
from corpus.errors import ConflictError
from corpus.library import Library
from corpus.local import verifying
from corpus.local.library import LocalLibrary
from corpus.metadata.documents import documents_of
from corpus.model import SourceFile
from corpus.search.answers import SearchOptions
from corpus.search.search import answer_json, search
from search_api.service.ingesting import parsing_service
from search_api.service.samples import take_samples
from tests import elasticsearch_node, strategies
from tests.contract.conftest import sample_files
from tests.elastic.samples import version_file
from tests.oracle import Oracle

SOAK = bool(os.environ.get("SVOD_SOAK"))
CLAUSES = 5000 if SOAK else 200
QUERIES = 2000 if SOAK else 25

ASKED = """
отказ в исполнении запроса
кто несёт расходы
"настоящего Соглашения"
=Сторонами
сотруднич*
стороны РЯДОМ/5 запрос
"настоящего Соглашения" РЯДОМ/10 сторона
(отказ ИЛИ отклонение) И НЕ расходы
ст:6
тип:соглашение язык
дата:2005..2020 вступление в силу
рабочий язык
срок действия и порядок прекращения
как расторгнуть договор
стали
""".strip().splitlines()


@pytest.fixture(scope="module")
def both(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    """Give two libraries with the project's samples, one of each engine."""
    local = LocalLibrary(tmp_path_factory.mktemp("samples") / "library")
    elastic = ElasticLibrary(elasticsearch_node.patient(url), elasticsearch_node.new_prefix())
    with parsing_service() as parsing:
        for library in (local, elastic):
            assert all(not outcome.problem for outcome in take_samples(library, parsing))
    yield local, elastic
    local.close()
    elastic.close()


@pytest.mark.parametrize("query", ASKED)
def test_hits_order_highlights_and_facets(both: tuple[Library, Library], query: str) -> None:
    options = SearchOptions(limit=50, facets=("type", "party", "year", "kind", "article"))
    local, elastic = (answer_json(search(library, query, options)) for library in both)
    assert local == elastic
    assert local["total"] > 0


def test_the_library_as_a_whole(both: tuple[Library, Library]) -> None:
    local, elastic = both
    assert list(local.documents()) == list(elastic.documents())
    assert digest(local) == digest(elastic)
    assert local.health().clauses == elastic.health().clauses


def generated(clauses: int) -> list[SourceFile]:
    """Generate files that hold so many clauses."""
    chance, out, found = random.Random(31), [], 0
    texts = sample_files(40)
    while found < clauses:
        base = chance.choice(texts)
        number = len(out)
        instruments = tuple(replace(i, title=f"{i.title} {number}") for i in base.instruments)
        out.append(replace(base, name=f"{number:04}.txt", sha256=f"{number:064x}", instruments=instruments))
        found += sum(1 for i in instruments for p in i.walk() if p.text or p.heading)
    return out


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_both_engines_equal_the_oracle(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Generated queries over generated clauses: both hit sets are the brute-force oracle's."""
    # What is compared are answers, not times: some of these queries bring every clause.
    monkeypatch.setattr(verifying, "LONGEST_LOOK", 600.0)
    files = generated(CLAUSES)
    oracle = Oracle([d for file in files for d in documents_of(file)])
    libraries: list[Library] = [
        LocalLibrary(tmp_path / "library"),
        ElasticLibrary(elasticsearch_node.patient(url), elasticsearch_node.new_prefix()),
    ]
    for library in libraries:
        list(library.put_many(files))

    @seed(20261121)
    @settings(
        max_examples=QUERIES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(query=strategies.queries)
    def equal(query: Node) -> None:
        expected = oracle.matching(query)
        for library in libraries:
            recall = library.recall(query, 100_000)
            assert {(r.clause.document, r.clause.eid) for r in recall.clauses} == expected, (type(library), query)
            assert recall.total == len(expected)

    equal()
    for library in libraries:
        library.close()


def fresh(kind: str, url: str, folder: Path) -> Library:
    if kind == "local":
        return LocalLibrary(folder)
    return ElasticLibrary(elasticsearch_node.patient(url), elasticsearch_node.new_prefix())


@pytest.mark.parametrize(("one", "other"), [("local", "elastic"), ("elastic", "local")])
def test_copies_are_equal_by_hash(url: str, tmp_path: Path, one: str, other: str) -> None:
    source, target = fresh(one, url, tmp_path / "a"), fresh(other, url, tmp_path / "b")
    list(source.put_many(sample_files(6)))
    several = next(s for s in source.documents() if s.place == 1)
    source.delete(several.id)
    source.decide({"key": "ячейка", "value": {"status": "absent"}, "author": "Иванова"})
    source.decide({"key": "another", "note": "…"})
    assert digest(source) != digest(target)
    told: list[tuple[int, int]] = []
    copied = copy(source, target, lambda done, total: told.append((done, total)))
    assert copied.digest == digest(source) == digest(target)
    assert (copied.documents, copied.decisions) == (len(source.documents()), 2)
    assert told[-1] == (copied.files, copied.files)
    assert several.id not in {s.id for s in target.documents()}
    assert target.check() == []
    again = copy(source, target)
    assert again == copied


def test_a_copy_into_a_library_with_other_files_is_refused(library: ElasticLibrary, tmp_path: Path) -> None:
    source = LocalLibrary(tmp_path / "a")
    source.put(version_file("а.txt", 1))
    library.put(version_file("б.txt", 1))
    with pytest.raises(ConflictError, match=r"б\.txt"):
        copy(source, library)
    assert [s.source for s in library.documents()] == ["б.txt"]


def test_digest_tells_any_change(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path / "a")
    seen = {digest(library)}
    for change in (
        lambda: library.put(version_file("а.txt", 1)),
        lambda: library.put(version_file("а.txt", 2)),
        lambda: library.decide({"key": "a", "value": 1}),
        lambda: library.decide({"key": "a", "value": 2}),
        lambda: library.delete(library.documents()[0].id),
    ):
        change()
        assert digest(library) not in seen
        seen.add(digest(library))
