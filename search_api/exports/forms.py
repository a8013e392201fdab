"""A document in any of the forms it can be taken away in."""

from corpus.citations.resolve.references import outgoing, resolver
from corpus.citations.writing import name
from corpus.effects.editions import Edition, Marked, on_day
from corpus.effects.lives import as_on, lives
from corpus.errors import QueryError
from corpus.library import Library
from corpus.model import Document
from search_api.answers.doubts.repairs_told import shaped, taken_back
from search_api.answers.standing import Standing
from search_api.exports.rendering import DOCUMENT_FORMATS

AKN = "akn"
MEDIA_TYPES = {AKN: "application/akn+xml"} | {name: form.media_type for name, form in DOCUMENT_FORMATS.items()}


def file_name(called: str, form: str) -> str:
    """Return the name of a file a document is taken away in.

    >>> file_name("agreement-1", "akn"), file_name("agreement-1", "docx")
    ('agreement-1.xml', 'agreement-1.docx')
    """
    return f"{called}.{'xml' if form == AKN else form}"


def exported(library: Library, id_: str, form: str, on: str | None = None) -> bytes:
    """Write a document in a form of MEDIA_TYPES, with `on` (ISO 8601) as it stood on that day.

    Raise QueryError for another form, NotFoundError.
    """
    if form not in MEDIA_TYPES:
        raise QueryError(f"Такого вида нет: «{form}». Есть: {', '.join(MEDIA_TYPES)}.")
    document, standing = library.get(id_), Standing(library, on or "")
    if on is not None and form == "docx":
        return _tracked(library, document, on)
    if on is not None:
        document = as_on(lives(library), document, on)
    if form != AKN:
        left = shaped(document, list(taken_back(library, document, library.source(id_))))
        return DOCUMENT_FORMATS[form].write(standing.stated(document), left)
    from corpus.akn.history import history
    from corpus.akn.writing import to_akn

    references = () if on is not None else tuple(outgoing(document, resolver(library)))
    return to_akn(document, references, history(lives(library), id_, standing.on), on)


def _tracked(library: Library, document: Document, on: str) -> bytes:
    from search_api.exports.tracked import as_tracked_word

    told = lives(library)
    edition = on_day(told.life(document.id).editions, on)
    names = {
        d: name(told.summary(d)) for d in {t.by.document for _, ts in _marked(edition) for t in ts if t.by.document}
    }
    return as_tracked_word(document, edition, names)


def _marked(edition: Edition) -> Marked:
    return (*edition.touched, *edition.gone)
