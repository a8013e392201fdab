"""What runs in processes of its own: python -m tests.elastic.worker put|read URL PREFIX … (one line a finished step)."""

import sys

from corpus.elastic.connection import Connection
from corpus.elastic.library import ElasticLibrary
from corpus.errors import LibraryUnavailableError
from tests.elastic.samples import version_file, versions_seen


def put(library: ElasticLibrary, names: list[str], first: int, last: int) -> None:
    """Put versions of files in turn, and say each that was acknowledged."""
    for version in range(first, last):
        for name in names:
            while True:
                try:
                    library.put(version_file(name, version))
                    break
                except LibraryUnavailableError as error:
                    print(f"waiting {error}", flush=True)
            print(f"stored {name} {version}", flush=True)


def read(library: ElasticLibrary, times: int) -> None:
    """Search and check that every document is whole and of one version; versions never go back."""
    last: dict[str, int] = {}
    for _ in range(times):
        try:
            seen = versions_seen(library)
        except LibraryUnavailableError:
            print("unavailable", flush=True)
            continue
        for document, (version,) in seen.items():
            assert version >= last.get(document, 0), f"{document}: редакция {last[document]} сменилась на {version}"
            last[document] = version
        print(f"read {len(seen)}", flush=True)


if __name__ == "__main__":
    command, url, prefix, *rest = sys.argv[1:]
    opened = ElasticLibrary(Connection(tuple(url.split(",")), patience=30.0 if command == "put" else 1.8), prefix)
    if command == "put":
        put(opened, rest[0].split(","), int(rest[1]), int(rest[2]))
    else:
        read(opened, int(rest[0]))
