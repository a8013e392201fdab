"""States, and searches by them, are the same on every engine; what another process put, changed or deleted counts at once."""

import random

import pytest

from corpus.effects.lives import Lives, lives
from corpus.library import Library
from corpus.metadata.correcting import correct
from corpus.search.answers import SearchOptions
from corpus.search.language.filters import excluded_of, filters_of
from corpus.search.narrowing import documents_through
from corpus.search.search import search, similar
from ingest.pipeline import parse_bytes
from tests.search_api.dated import CHANGES, FILES, QUERY, TREATY

ON = "2026-01-01"


@pytest.fixture
def dated(library: Library) -> Library:
    list(library.put_many([parse_bytes(text.encode(), name) for name, text in FILES.items()]))
    return library


def found(library: Library, query: str) -> list[tuple[str, str, str]]:
    answer = search(library, query, SearchOptions(limit=100))
    return sorted((h.source, h.eid, h.state.status if h.state else "") for h in answer.hits)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("состояние:утратило-силу", [("договор.txt", "art_2", "repealed")]),
        ("состояние:изменено", [("договор.txt", "art_1__para_1", "amended")]),
        (f"({QUERY}) И состояние:прекращено", [("прежний.txt", "art_2", "terminated")]),
        ("улей действует:01.01.2006 файл:договор", [("договор.txt", "art_2", "in_force")]),
        ("улей состояние:действует файл:договор", []),
    ],
)
def test_searches_by_state(dated: Library, query: str, expected: list[tuple[str, str, str]]) -> None:
    hits = found(dated, query)
    assert [h for h in hits if h in expected] == expected
    assert expected or "art_2" not in [eid for _, eid, _ in hits]


def test_documents_are_narrowed_by_state_wherever_they_are_asked(dated: Library) -> None:
    gone = filters_of(dated, {"state": ["прекращено"]})
    (ended,) = [s.id for s in dated.documents() if s.source == "прежний.txt"]
    assert documents_through(dated, "", gone) == {ended}
    for asked in ("договоры после 2000", "в каких договорах нет положений о расходах"):
        told = search(dated, asked, SearchOptions(filters=gone)).documents
        assert [d.id for d in told or ()] == [ended], asked


def test_what_is_alike_is_narrowed_by_topics_too(dated: Library) -> None:
    (ended,) = [s.id for s in dated.documents() if s.source == "прежний.txt"]
    lacking = excluded_of(dated, ["нет:расходы"])
    assert similar(dated, ended, "art_2", SearchOptions(limit=5)).hits
    assert similar(dated, ended, "art_2", SearchOptions(limit=5, filters=lacking)).hits == ()


def test_the_facet_counts_what_each_state_finds(dated: Library) -> None:
    facet = search(dated, QUERY, SearchOptions(limit=1, facets=("state",))).facets["state"]
    by_state = {s: search(dated, f"({QUERY}) И состояние:{s}", SearchOptions(limit=1)).total for s in facet}
    assert facet == by_state


def test_what_is_dead_stands_below(dated: Library) -> None:
    hits = search(dated, QUERY, SearchOptions(limit=100)).hits
    dead = [h.state is not None and h.state.status in ("repealed", "terminated") for h in hits]
    assert sum(dead) >= 2
    assert dead == sorted(dead)


def test_what_comes_and_goes_is_told_at_once(library: Library) -> None:
    library.put(parse_bytes(TREATY.encode(), "договор.txt"))
    treaty = library.documents()[0].id
    assert lives(library).short(treaty, ON).status == "in_force"
    before = library.moment()
    library.put(parse_bytes(CHANGES.encode(), "изменения.txt"))
    assert library.moment() != before
    assert lives(library).short(treaty, ON, "art_2").status == "repealed"
    library.delete(next(s.id for s in library.documents() if s.id != treaty))
    assert lives(library).short(treaty, ON, "art_2").status == "in_force"
    correct(library, treaty, "ended_from", ("2010-02-03",), "Юрист", "нота о денонсации")
    told = lives(library).state(treaty, ON)
    assert (told.status, told.since) == ("terminated", "2010-02-03")
    assert "нота о денонсации" in told.basis[0].text
    assert lives(library).short(treaty, "2010-02-02").status == "in_force"


def test_what_is_kept_from_before_is_what_would_be_read_anew(library: Library) -> None:
    """Files come, go, come in another wording and under another title; a twin makes the name they use ambiguous."""
    chance, carried = random.Random(19), 0
    wordings = {
        name: [text, text.replace("2007", "2008"), text.replace("ульев", "сот")] for name, text in FILES.items()
    }
    wordings["двойник.txt"] = [TREATY, TREATY.replace("Статья 3", "Статья 4")]
    for step in range(18):
        name = chance.choice(list(wordings))
        stored = next((s for s in library.documents() if s.source == name), None)
        if stored and step % 3 == 0:
            library.delete(stored.id)
        elif stored and step % 5 == 0:
            correct(library, stored.id, "title", (f"{stored.title} (копия)",), "Юрист", "")
        else:
            library.put(parse_bytes(chance.choice(wordings[name]).encode(), name))
        before = {d: told.life(d) for told in [lives(library)] for d in told.documents}
        anew = Lives(library)
        assert before == {d: anew.life(d) for d in anew.documents}, step
        library.put(parse_bytes(f"ПОРЯДОК\n\n1. Пчеловод ведёт список {step}.".encode(), "порядок.txt"))
        after = lives(library)
        carried += sum(after.life(d) is life for d, life in before.items() if d in after.documents)
    assert carried > 30
