"""Three nodes lose their elected master again and again while people search and files come in."""

import os
import time

import pytest

from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.errors import LibraryUnavailableError
from tests import elasticsearch_node
from tests.elastic.processes import running
from tests.elastic.samples import version_file, versions_seen

SOAK = bool(os.environ.get("SVOD_SOAK"))
KILLS = 10 if SOAK else 1
READS_BACK_WITHIN = 30.0
NAMES = [f"файл {n}.txt" for n in range(3)]


@pytest.mark.soak
def test_kills_of_the_elected_master() -> None:
    cluster = elasticsearch_node.started(3, heap="320m")
    try:
        _kills(cluster)
    finally:
        cluster.stop()


def _kills(cluster: elasticsearch_node.Cluster) -> None:
    hosts = tuple(node.url for node in cluster.nodes)
    library = ElasticLibrary(Connection(hosts, patience=20.0), "svod")
    for name in NAMES:
        library.put(version_file(name, 0))
    with (
        running("put-timed", cluster.url, "svod", ",".join(NAMES), 1, 1_000_000) as writer,
        running("watch", cluster.url, "svod", 1_000_000) as reader,
    ):
        for _ in range(KILLS):
            master = cluster.master()
            time.sleep(1.0)
            master.kill()
            died = time.monotonic()
            _wait_for_reads(library)
            assert time.monotonic() - died < READS_BACK_WITHIN
            time.sleep(1.0)
            cluster.launch(master)
            master.wait(3)
            _wait_for_green(master)
            assert reader.poll() is None, reader.stderr.read()[-2000:]
            assert writer.poll() is None, writer.stderr.read()[-2000:]
        writer.kill()
        written = writer.stdout.read().splitlines()
        stored = [line for line in written if line.startswith("stored")]
        time.sleep(0.5)
        assert reader.poll() is None, reader.stderr.read()[-2000:]
        reader.kill()
        seen_lines = reader.stdout.read().splitlines()
        reads = [line for line in seen_lines if line.startswith("read")]
    assert len(reads) >= (1000 if SOAK else 20)
    assert set(reads) == {"read 3"}
    _no_acknowledged_version_was_gone(library, written, seen_lines)
    seen = {library.get(d).source: max(v) for d, v in versions_seen(library).items()}
    for line in stored:
        name, version = line.removeprefix("stored ").rsplit(" ", 1)
        assert seen[name] >= int(version), f"{name}: принята редакция {version}, в библиотеке {seen[name]}"
    assert library.check() == []
    library.close()


def _no_acknowledged_version_was_gone(library: ElasticLibrary, written: list[str], read: list[str]) -> None:
    """A read that begins after a version was acknowledged shows that version or a later one."""
    acknowledged = [line.split(" ", 3)[1:] for line in written if line.startswith("at ")]
    for began, version, document in (line.split(" ", 3)[1:] for line in read if line.startswith("back ")):
        source = library.get(document).source
        before = [int(v) for at, v, name in acknowledged if name == source and float(at) < float(began)]
        assert int(version) >= max(before, default=0), f"{document}: принята редакция {max(before)}, показана {version}"


def _wait_for_reads(library: ElasticLibrary) -> None:
    end = time.monotonic() + READS_BACK_WITHIN
    while time.monotonic() < end:
        try:
            assert len(versions_seen(library)) == len(NAMES)
        except LibraryUnavailableError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"чтение не вернулось за {READS_BACK_WITHIN} с")


def _wait_for_green(node: elasticsearch_node.Node) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if node.ask("/_cluster/health").get("status") == "green":
            return
        time.sleep(0.3)
    pytest.fail("кластер не восстановил копии")
