"""A document in any of the forms it can be taken away in."""

from corpus.citations.resolve.references import outgoing, resolver
from corpus.errors import QueryError
from corpus.library import Library
from search_api.answers.standing import Standing
from search_api.exports.rendering import DOCUMENT_FORMATS

AKN = "akn"
MEDIA_TYPES = {AKN: "application/akn+xml"} | {name: form.media_type for name, form in DOCUMENT_FORMATS.items()}


def exported(library: Library, id_: str, form: str) -> bytes:
    """Write a document in a form of MEDIA_TYPES; raise QueryError for another one, NotFoundError."""
    if form not in MEDIA_TYPES:
        raise QueryError(f"Такого вида нет: «{form}». Есть: {', '.join(MEDIA_TYPES)}.")
    document = library.get(id_)
    if form != AKN:
        return DOCUMENT_FORMATS[form].write(Standing(library).stated(document))
    from corpus.akn.writing import to_akn

    return to_akn(document, tuple(outgoing(document, resolver(library))))
