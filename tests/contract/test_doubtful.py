"""What is doubtful is told alike on every engine, and no more of a document that was deleted or read otherwise."""

from ingest.pipeline import parse_bytes
from search_api.answers.doubts.doubtful import DoubtKind, doubtful
from tests.search_api.texts import FERRIES, WATCHES


def kinds(library):
    return [(one.kind, one.document, one.what) for one in doubtful(library)]


def test_doubts_of_each_kind_come_and_go_with_the_text(library):
    assert kinds(library) == []
    (ferries,) = library.put(parse_bytes(FERRIES.encode(), "перевоз.txt")).documents
    (watches,) = library.put(parse_bytes(WATCHES.encode(), "дозоры.txt")).documents
    told = [(DoubtKind.REPAIR, ferries, "0"), (DoubtKind.CELL, ferries, "subject"), (DoubtKind.READING, watches, "0")]
    assert sorted(kinds(library)) == sorted(told)
    library.put(parse_bytes(FERRIES.replace("Феде-\nрации", "Федерации").encode(), "перевоз.txt"))
    assert sorted(kinds(library)) == sorted(told[1:])
    library.delete(watches)
    assert kinds(library) == told[1:2]
