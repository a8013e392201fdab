"""What cites a document is found through the index, the same as by reading every document, as files come and go."""

import random

import pytest

from corpus.citations.resolve.references import incoming, outgoing, resolver
from corpus.errors import NotFoundError
from tests.corpus.citations.samples import LAW, ORDER, POST, PROTOCOL, act, documents, file

TYPES = {"соглашение": "agreement", "протокол": "protocol", "приказ": "order", "закон": "law"}
GENITIVE = {"agreement": "Соглашения", "protocol": "Протокола", "order": "приказа", "law": "Закона"}
SUBJECTS = ("речных мешков", "лесных мостов", "почтовых лодок", "маяков", "охраны лебедей и подсчёта перьев")


def read_whole(document, library):
    """Find what cites a document without the index."""
    resolving = resolver(library)
    return [
        (e.id, r.eid, r.span, r.target.eids)
        for e in resolving.catalogue.entries
        for r in outgoing(library.get(e.id), resolving)
        if r.target and r.target.document == document
    ]


def told(document, library):
    return [(i.document, i.eid, i.span, i.target_eids) for i in incoming(document, library)]


def drawn(seed):
    """Acts that name one another by date, number, title, or all of them, and acts that nothing names."""
    random_ = random.Random(seed)
    heads = []
    for n in range(6):
        type_ = random_.choice(list(GENITIVE))
        subject = " и ".join(random_.sample(SUBJECTS, random_.choice((1, 1, 2))))
        date = f"20{n:02}-0{random_.randint(1, 9)}-1{random_.randint(0, 9)}" if random_.random() < 0.8 else None
        heads.append((type_, f"учёте {subject}", date, str(random_.randint(1, 40)) if random_.random() < 0.6 else None))
    files = []
    for n, (type_, subject, date, number) in enumerate(heads):
        units = {"art_1": "1|Учёт ведут."}
        for k in range(random_.randint(0, 4)):
            other, about, day, num = random_.choice(heads)
            name = GENITIVE[other]
            name += f" от {'.'.join(reversed(day.split('-')))}" if day and random_.random() < 0.7 else ""
            name += f" № {num}" if num and random_.random() < 0.7 else ""
            name += f" о {about}" if random_.random() < 0.7 else ""
            units[f"art_{k + 2}"] = f"{k + 2}|Согласно статье 1 {name} мешки считают."
        title = {"agreement": "Соглашение о ", "protocol": "Протокол о ", "order": "О ", "law": "О "}[type_] + subject
        files.append(file(f"{n}", act(type_, title, units, date=date, number=number)))
    return files


def test_samples_and_files_that_come_and_go(library):
    files = [file("a", POST, PROTOCOL), file("b", ORDER), file("c", LAW)]
    post, order = documents(files[0])[0].id, documents(files[1])[0].id
    for f in files:
        library.put(f)
    assert told(post, library) == read_whole(post, library)
    assert any(row[0] == order for row in told(post, library))
    library.delete(order)
    assert not any(row[0] == order for row in told(post, library))
    library.put(files[1])
    assert any(row[0] == order for row in told(post, library))


@pytest.mark.parametrize("seed", range(6))
def test_index_and_reading_agree(library, seed):
    for f in drawn(seed):
        library.put(f)
    met = 0
    for summary in library.documents():
        rows = told(summary.id, library)
        assert rows == read_whole(summary.id, library)
        met += len(rows)
    assert met


def test_only_what_names_a_document_is_read(library, monkeypatch):
    for f in [*drawn(1), file("post", POST), file("order", ORDER)]:
        library.put(f)
    post = next(s.id for s in library.documents() if s.source == "post")
    read, get = [], library.get
    monkeypatch.setattr(library, "get", lambda id_: read.append(id_) or get(id_))
    assert len(incoming(post, library)) > 0
    assert {library.documents()[0].id} - set(read)
    assert len(set(read)) == 2


def test_an_unknown_document(library):
    with pytest.raises(NotFoundError):
        incoming("agreement-none", library)
