"""Readers see each file whole and of one version, whatever writers do; nothing acknowledged is lost."""

import os
import random
import threading
import time

import pytest

from corpus.elastic import control, writing
from corpus.elastic.library import ElasticLibrary
from corpus.elastic.reindexing import Reindexing
from corpus.errors import ConflictError, InputError, NotFoundError, SvodError
from corpus.library import NOBODY, Other, Put
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from tests import elasticsearch_node
from tests.elastic.processes import finished, running
from tests.elastic.samples import EVERY, version_file, versions_seen

SOAK = bool(os.environ.get("SVOD_SOAK"))
READS, REPLACEMENTS = (1000, 200) if SOAK else (10, 8)
KILLS = 50 if SOAK else 4


def total(library: ElasticLibrary) -> int:
    return library.recall(EVERY, 1).total


@pytest.mark.soak
def test_a_reader_never_sees_a_mixture(url: str, library: ElasticLibrary) -> None:
    """One process replaces two files over and over while another searches."""
    names = ["договор.txt", "протокол.txt"]
    for name in names:
        library.put(version_file(name, 0))
    with (
        running("read", url, library.prefix, 1_000_000) as reader,
        running("put", url, library.prefix, ",".join(names), 1, REPLACEMENTS) as writer,
    ):
        assert reader.stdout is not None
        assert reader.stdout.readline() == "read 2\n"
        written = finished(writer, 600)
        assert reader.poll() is None, reader.stderr.read()[-2000:]
        reader.kill()
        lines = reader.stdout.read().splitlines()
    assert set(lines[:-1]) == {"read 2"}
    assert len(lines) >= READS
    acknowledged = [int(line.split()[-1]) for line in written if line.startswith("stored договор.txt")]
    assert acknowledged == list(range(1, REPLACEMENTS))
    assert list(versions_seen(library).values()) == [{REPLACEMENTS - 1}] * 2
    assert library.check() == []


@pytest.mark.soak
def test_kills_of_the_ingesting_process(url: str, library: ElasticLibrary) -> None:
    names = [f"файл {n}.txt" for n in range(4)]
    chance = random.Random(6)
    acknowledged: dict[str, int] = {}
    for round_ in range(KILLS):
        with running("put", url, library.prefix, ",".join(names), round_ * 1000, round_ * 1000 + 1000) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline()]
            time.sleep(chance.uniform(0.0, 0.6))
            writer.kill()
            lines += writer.stdout.read().splitlines()
        for line in lines:
            name, version = line.removeprefix("stored ").rsplit(" ", 1)
            acknowledged[name] = max(acknowledged.get(name, -1), int(version))
        assert library.check() == []
        seen = {library.get(d).source: max(v) for d, v in versions_seen(library).items()}
        for name, version in acknowledged.items():
            assert seen[name] >= version
    assert library.put(version_file(names[0], 999_999)).put is Put.REPLACED


def test_two_processes_put_the_same_file(url: str, library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 0))
    others = [ElasticLibrary(elasticsearch_node.patient(url), library.prefix) for _ in range(3)]
    answers: list[Put] = []
    failures: list[BaseException] = []

    def write(other: ElasticLibrary, base: int) -> None:
        try:
            answers.extend(other.put(version_file("а.txt", base + n)).put for n in range(5))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(o, 100 * (i + 1))) for i, o in enumerate(others)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        versions_seen(library)
    assert not failures
    assert answers == [Put.REPLACED] * 15
    (version,) = next(iter(versions_seen(library).values()))
    assert version in {104, 204, 304}
    assert library.check() == []


def test_the_same_bytes_put_at_once_under_two_names(url: str, library: ElasticLibrary) -> None:
    one, two = version_file("а.txt", 1), version_file("а.txt", 1)
    two = SourceFile("б.txt", one.sha256, "text", "utf-8", one.text, instruments=one.instruments)
    library.put(version_file("в.txt", 1))
    answers = {}
    threads = [
        threading.Thread(
            target=lambda f=f: answers.update(
                {f.name: ElasticLibrary(elasticsearch_node.patient(url), library.prefix).put(f)}
            )
        )
        for f in (one, two)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.put for a in answers.values()) == [Put.DUPLICATE, Put.STORED]
    assert len(library.documents()) == 2
    assert library.check() == []


def poisoned(name: str) -> SourceFile:
    """Make a file of which Elasticsearch refuses one clause: its eId is longer than a term may be."""
    good = Provision("art_1", Kind.ARTICLE, "Стороны обмениваются сведениями, редакция1, порядок.", "1")
    bad = Provision("art_" + "2" * 40_000, Kind.ARTICLE, "Стороны обмениваются сведениями.", "2")
    instrument = Instrument(InstrumentType.AGREEMENT, "Соглашение", provisions=(good, bad))
    return SourceFile(name, f"hash of {name}", "text", "utf-8", "текст", instruments=(instrument,))


def test_a_poisoned_file_is_reported_and_stops_nothing(library: ElasticLibrary) -> None:
    files = [version_file("а.txt", 1), poisoned("плохой.txt"), version_file("б.txt", 1)]
    first, second, third = library.put_many(files)
    assert isinstance(second, InputError)
    assert "плохой.txt" in str(second)
    assert "term" in str(second)
    assert len(str(second)) < 600
    assert not isinstance(first, SvodError)
    assert not isinstance(third, SvodError)
    assert {d.source for d in library.documents()} == {"а.txt", "б.txt"}
    assert len(versions_seen(library)) == 2
    assert library.check() == []


def test_letters_outside_unicode_are_refused(library: ElasticLibrary) -> None:
    file = version_file("а.txt", 1)
    with pytest.raises(InputError, match="Unicode"):
        library.put(SourceFile("б.txt", "x", "text", None, "\ud800", instruments=file.instruments))
    assert library.documents() == []


def test_what_is_retired_is_removed_after_its_grace(library: ElasticLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in range(3):
        library.put(version_file("а.txt", version))
    client, store = library._client, f"{library.prefix}-store"
    gens = {"size": 100, "query": {"term": {"record": "file"}}, "_source": ["gen"]}
    assert len(client.search(store, gens)["hits"]["hits"]) == 3
    assert library._writing.sweep(now=True) == 0
    monkeypatch.setattr(writing, "GRACE", 0.0)
    assert library._writing.sweep(now=True) == 2
    assert len(client.search(store, gens)["hits"]["hits"]) == 1
    left = client.search(f"{library.prefix}-clauses", {"size": 100, "query": {"match_all": {}}, "_source": ["gen"]})
    assert {hit["_source"]["gen"] for hit in left["hits"]["hits"]} == {3}
    assert versions_seen(library)
    assert library.check() == []


class Interrupted(writing.Writing):
    """Runs something of another process between the writing of the records and the commit."""

    def __init__(self, library: ElasticLibrary, meanwhile) -> None:
        super().__init__(library._client, library._names, library._control, library._truth)
        self._meanwhile = meanwhile

    def _fill(self, *arguments, **options) -> None:
        super()._fill(*arguments, **options)
        meanwhile, self._meanwhile = self._meanwhile, lambda: None
        meanwhile()


def test_a_writer_thought_lost_writes_nothing(
    url: str, library: ElasticLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.put(version_file("а.txt", 1))
    other = ElasticLibrary(elasticsearch_node.patient(url), library.prefix)
    monkeypatch.setattr(writing, "ABANDONED", -1.0)
    slow = Interrupted(library, lambda: other._writing.sweep(now=True))
    with pytest.raises(ConflictError, match="слишком долго"):
        slow.put(version_file("а.txt", 2), Other.VERSION, NOBODY)
    assert list(versions_seen(library).values()) == [{1}]
    assert library.check() == []
    assert library._control.read()[0].retired[2].until > time.time() + control.WATCH / 2


def test_a_reindex_between_writing_and_commit_loses_nothing(url: str, library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 1))
    other = ElasticLibrary(elasticsearch_node.patient(url), library.prefix)
    Interrupted(library, other.reindex).put(version_file("б.txt", 1), Other.REFUSE, NOBODY)
    assert len(versions_seen(library)) == 2
    assert library.check() == []


def test_a_delete_that_meets_a_replacement(url: str, library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 1))
    (document,) = library.documents()
    other = ElasticLibrary(elasticsearch_node.patient(url), library.prefix)

    def delete() -> None:
        other.delete(document.id)

    outcome = Interrupted(library, delete).put(version_file("а.txt", 2), Other.VERSION, NOBODY)
    assert outcome.put is Put.STORED
    assert total(library) == total(other)
    assert versions_seen(other) == {document.id: {2}}
    other.delete(document.id)
    with pytest.raises(NotFoundError):
        library.get(document.id)
    assert total(library) == 0


def test_a_reindex_broken_off_is_resumed(url: str, library: ElasticLibrary) -> None:
    files = [version_file(f"{n}.txt", 1) for n in range(6)]
    list(library.put_many(files))

    class BreakError(Exception):
        pass

    def break_off(done: int, _: int) -> None:
        if done == 3:
            raise BreakError

    with pytest.raises(BreakError):
        library.reindex(break_off)
    state, _ = library._control.read()
    assert state.building is not None
    library.put(version_file("6.txt", 1))
    assert len(versions_seen(library)) == 7
    other = ElasticLibrary(elasticsearch_node.patient(url), library.prefix)
    with pytest.raises(SvodError, match="перестраивает другая"):
        other.reindex()
    # The builder gives no sign of life: another process goes on with the same index.
    library._control.change(
        lambda s: control.replace(s, building=control.replace(s.building, alive=time.time() - 1000))
    )
    assert [f.rule for f in library.check()] == ["reindex"]
    started = Reindexing(other._client, other._names, other._control, other._truth)
    sums = started._sums(state.building.index)
    assert len(sums) >= 3
    assert other.reindex() == total(library) == 7 * 13
    assert other._control.read()[0].index == state.building.index
    assert library.check() == []


def test_the_old_index_is_kept_until_the_next_reindex(library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 1))
    for number in (2, 3):
        library.reindex()
        names = sorted(i for i in library._client.indices(f"{library.prefix}-clauses-*"))
        assert [library._names.number(name) for name in names] == [number - 1, number]
    assert library.check() == []


def test_an_index_of_another_version_names_the_remedy(library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 1))
    old = f"{library.prefix}-clauses-v0.9-000001"
    library._control.change(lambda state: control.replace(state, index=old))
    with pytest.raises(SvodError, match=f"svod reindex --library .*{library.prefix}"):
        library.recall(EVERY, 1)
    assert not library.health().ready
    with pytest.raises(SvodError, match="svod reindex"):
        library.put(version_file("б.txt", 1))
    library.reindex()
    assert total(library) == 13
    assert library.check() == []


def test_check_tells_what_is_wrong(library: ElasticLibrary) -> None:
    library.put(version_file("а.txt", 1))
    index, _ = library._control.read()
    library._client.bulk([({"delete": {"_index": index.index, "_id": "1-0-3"}}, None)], refresh=True)
    assert [f.rule for f in library.check()] == ["index"]
    library.reindex()
    assert library.check() == []
    (document,) = library.documents()
    where = {"_index": library._truth._alias, "_id": "1-0"}
    summary = library._client.gets(library._truth._alias, ["1-0"])[0]["summary"]
    library._client.bulk(
        [({"update": where}, {"doc": {"summary": summary.replace("agreement", "protocol")}})], refresh=True
    )
    assert [f.rule for f in library.check()] == ["summary"]
    library.reindex()
    assert (library.check(), library.documents()) == ([], [document])
    library._control.change(lambda state: control.replace(state, next=state.next + 1))
    index, _ = library._control.read()
    orphan = {"gen": 2, "document": "x", "key": "x#y", "checksum": 1}
    library._client.bulk([({"index": {"_index": index.index, "_id": "2-0-0"}}, orphan)], refresh=True)
    assert [f.rule for f in library.check()] == ["orphan"]


@pytest.mark.soak
def test_reindexes_under_load(url: str, library: ElasticLibrary) -> None:
    """Reindex over and over while one process writes and one reads: no error, no mixture, nothing lost."""
    times = 20 if SOAK else 2
    names = ["а.txt", "б.txt", "в.txt"]
    for name in names:
        library.put(version_file(name, 0))
    with (
        running("put", url, library.prefix, ",".join(names), 1, 100_000) as writer,
        running("read", url, library.prefix, 100_000) as reader,
    ):
        for _ in range(times):
            library.reindex()
            assert len(versions_seen(library)) == 3
        assert writer.poll() is None
        assert reader.poll() is None, reader.stderr.read()[-2000:]
        writer.kill()
        reader.kill()
        lines = reader.stdout.read().splitlines()
        stored = writer.stdout.read().splitlines()
    assert "unavailable" not in lines
    assert not [line for line in stored if line.startswith("waiting")]
    seen = {library.get(d).source: max(v) for d, v in versions_seen(library).items()}
    for line in stored:
        name, version = line.removeprefix("stored ").rsplit(" ", 1)
        assert seen[name] >= int(version)
    assert library.check() == []


def test_prefixes_do_not_mix(url: str, library: ElasticLibrary) -> None:
    longer = ElasticLibrary(elasticsearch_node.patient(url), f"{library.prefix}-clauses-v1")
    library.put(version_file("а.txt", 1))
    longer.put(version_file("б.txt", 1))
    library.reindex()
    library.reindex()
    assert [d.source for d in longer.documents()] == ["б.txt"]
    assert total(longer) == total(library) == 13
    assert longer.check() == library.check() == []
    longer.close()


@pytest.mark.parametrize("prefix", ["", "Svod", "-x", "a b", "a,b", "*", "_all", "..", "имя"])
def test_bad_prefixes_are_refused(url: str, prefix: str) -> None:
    with pytest.raises(InputError, match="префикс"):
        ElasticLibrary(elasticsearch_node.patient(url), prefix)


def test_an_empty_library_answers(url: str) -> None:
    library = ElasticLibrary(elasticsearch_node.patient(url), elasticsearch_node.new_prefix())
    assert library.documents() == library.decisions() == library.check() == library.clauses([("a", "b")]) == []
    assert total(library) == 0
    assert library.statistics(["суд"]).frequency == {"суд": 0}
    assert library.counts(EVERY, ["type"], 5) == {"type": {}}
    assert library.terms("су", 5) == []
    assert library.health().ready
    assert library.reindex() == 0
    with pytest.raises(NotFoundError):
        library.get("x")
    assert not library._client.indices(f"{library.prefix}-*")
