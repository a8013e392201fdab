"""What runs in processes of its own: python -m tests.elastic.worker put|put-timed|read|watch URL PREFIX … (one line a finished step)."""

import sys
import time

from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.errors import LibraryUnavailableError
from tests.elastic.samples import version_file, versions_seen


def put(library: ElasticLibrary, names: list[str], first: int, last: int, *, timed: bool) -> None:
    """Put versions of files in turn, and say each that was acknowledged, and when if `timed`."""
    for version in range(first, last):
        for name in names:
            while True:
                try:
                    library.put(version_file(name, version))
                    break
                except LibraryUnavailableError as error:
                    print(f"waiting {error}", flush=True)
            print(f"stored {name} {version}", flush=True)
            if timed:
                print(f"at {time.time()} {version} {name}", flush=True)


def read(library: ElasticLibrary, times: int, *, watch: bool) -> None:
    """Search and check that every document is whole and of one version; versions never go back.

    Where nodes die (`watch`) one that goes back is told and not judged: a version may be seen before it is
    acknowledged and be gone with the node that alone had it. The caller, who knows what was acknowledged, judges
    («back», the time the read began, the version, the document).
    """
    last: dict[str, int] = {}
    for _ in range(times):
        began = time.time()
        try:
            seen = versions_seen(library)
        except LibraryUnavailableError:
            print("unavailable", flush=True)
            continue
        for document, (version,) in seen.items():
            if version < last.get(document, 0):
                assert watch, f"{document}: редакция {last[document]} сменилась на {version}"
                print(f"back {began} {version} {document}", flush=True)
            last[document] = version
        print(f"read {len(seen)}", flush=True)


if __name__ == "__main__":
    command, url, prefix, *rest = sys.argv[1:]
    writes = command.startswith("put")
    hosts = tuple(url.split(","))
    watch = command == "watch"
    connection = Connection(hosts, patience=30.0) if writes else Connection(hosts, within=1.8 if watch else 20.0)
    opened = ElasticLibrary(connection, prefix)
    if writes:
        put(opened, rest[0].split(","), int(rest[1]), int(rest[2]), timed=command == "put-timed")
    else:
        read(opened, int(rest[0]), watch=watch)
