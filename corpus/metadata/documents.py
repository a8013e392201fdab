"""What a file becomes in a library: its documents with their ids, their summaries, and the digest of the whole."""

import hashlib
from dataclasses import replace

from corpus import codec
from corpus.effects.force.lasting import own_days
from corpus.library import Summary
from corpus.metadata.corrections import document_id
from corpus.model import Document, SourceFile


def documents_of(file: SourceFile) -> tuple[Document, ...]:
    """Return the documents of a file, one for each instrument, in order of place."""
    return tuple(
        Document(document_id(i, file.key, place), file.name, place, i) for place, i in enumerate(file.instruments)
    )


def digest(file: SourceFile) -> str:
    """Return a SHA-256 of all that is stored of a file but the parser's name: equal files have equal digests."""
    return hashlib.sha256(codec.dumps(replace(file, parser="")).encode("utf-8", "surrogatepass")).hexdigest()


def summary(document: Document) -> Summary:
    """Return a document without its provisions."""
    instrument = document.instrument
    return Summary(
        id=document.id,
        source=document.source,
        place=document.place,
        type=str(instrument.type),
        title=instrument.title,
        date=instrument.date,
        place_signed=instrument.place,
        number=instrument.number,
        parties=instrument.parties,
        issuer=instrument.issuer,
        languages=instrument.languages,
        status=instrument.status,
        provisions=sum(1 for _ in instrument.walk()),
        diagnostics=len(instrument.diagnostics),
        short_name=instrument.short_name,
        days=own_days(instrument),
    )
