"""Files whose every clause names the version it belongs to, so that a mixture of two versions shows."""

import hashlib

from corpus.clauses.tree import Word
from corpus.library import Library
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile

ARTICLES = 12
EVERY = Word("сторона", ("сторона",))


def version_file(name: str, version: int, articles: int = ARTICLES) -> SourceFile:
    """Make an agreement; each version has another number of articles and its number in every one."""
    count = articles + version % 3
    provisions = tuple(
        Provision(
            f"art_{n}",
            Kind.ARTICLE,
            f"Стороны обмениваются сведениями о судах, редакция{version}, порядок обмена {n}.",
            str(n),
            f"Порядок {n}",
        )
        for n in range(1, count + 1)
    )
    title = f"Соглашение об обмене сведениями {name}"
    instrument = Instrument(InstrumentType.AGREEMENT, title, "2008-10-23", provisions=provisions)
    text = f"{title}, редакция {version}"
    digest = hashlib.sha256(f"{name} {version}".encode()).hexdigest()
    return SourceFile(name, digest, "text", "utf-8", text, instruments=(instrument,))


def versions_seen(library: Library, names: set[str] | None = None) -> dict[str, set[int]]:
    """Search once and return, by document, the versions its clauses have; fail when one is not whole."""
    out: dict[str, set[int]] = {}
    counts: dict[str, int] = {}
    for hit in library.recall(EVERY, 10_000).clauses:
        number = int(hit.clause.text.partition("редакция")[2].partition(",")[0])
        out.setdefault(hit.clause.document, set()).add(number)
        counts[hit.clause.document] = counts.get(hit.clause.document, 0) + 1
    for document, found in out.items():
        assert len(found) == 1, f"{document}: смесь редакций {sorted(found)}"
        (version,) = found
        assert counts[document] == ARTICLES + version % 3, (
            f"{document}: {counts[document]} положений редакции {version}"
        )
    return out
