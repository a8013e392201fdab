"""Vectors kept beside clauses, on every engine: what is missing, what goes with its text, what is said twice."""

from itertools import islice

import pytest

from analyzers import embedding
from corpus.copying import copy
from corpus.errors import LibraryBusyError
from corpus.kept_vectors import KeptVector
from corpus.library import Origin
from corpus.local.keeping.backup import back_up, restored
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions, Semantic
from corpus.search.filling import fill, told
from corpus.search.ranking.sentences import LABEL
from corpus.search.search import explain, search
from tests.contract.test_decisions import BUOYS, LANTERNS, ONE, TWO, act, file_of

FERRIES = (
    "Паромы ходят через пролив дважды в день, кроме дней шторма.",
    "Если судно терпит бедствие, ближайшая гавань высылает катер и принимает людей на берег.",
    "Сбор за стоянку у причала платит владелец судна.",
    "Груз, найденный в море, хранится год и возвращается хозяину.",
    "Лоцман обязателен для судов длиннее ста метров.",
)
semantic = pytest.mark.skipif(not embedding.available(), reason="нет svod[semantic]")


@pytest.fixture
def library(library):
    library.put(file_of("маяки.txt", ONE))
    library.put(file_of("гавани.txt", TWO))
    return library


def key_of(text):
    return embedding.key(text)


def kept(clauses):
    """Vectors the store knows nothing of: any bytes, each clause's its own."""
    return [KeptVector(c.place, key_of(c.text), c.text.encode()[:384]) for c in clauses]


def texts(library):
    return sorted(c.text for c in library.vectors.missing())


def id_of(library, name):
    return next(s.id for s in library.documents() if s.source == name)


def test_what_is_missing_is_kept_once(library, engine):
    every = list(library.vectors.missing())
    assert library.vectors.share() == (0, len(every)) == (0, 6)
    library.vectors.keep(kept(every[:4]))
    assert library.vectors.share() == (4, 6)
    assert texts(library) == sorted(c.text for c in every[4:])
    other = engine.again(library)
    assert set(other.vectors.held([key_of(c.text) for c in every])) == {key_of(c.text) for c in every[:4]}
    assert other.vectors.held([key_of(every[0].text)]) == {key_of(every[0].text): every[0].text.encode()[:384]}
    other.close()


def test_vectors_of_clauses_gone_meanwhile_are_not_kept(library):
    every = list(library.vectors.missing())
    library.erase(id_of(library, "маяки.txt"))
    library.vectors.keep(kept(every))
    assert library.vectors.share() == (3, 3)
    assert not library.vectors.held([key_of(BUOYS[0])])


def test_what_is_replaced_serves_whoever_says_the_same(library):
    library.vectors.keep(kept(library.vectors.missing()))
    library.put(file_of("гавани.txt", act("Соглашение о гаванях", "Каждая Сторона несёт свои расходы.", FERRIES[0])))
    assert texts(library) == sorted(["Каждая Сторона несёт свои расходы.", FERRIES[0]])
    assert library.vectors.held([key_of("Каждая Сторона несёт свои расходы.")])
    assert library.vectors.share() == (3, 5)


@pytest.mark.parametrize("how", ["erase", "forget"])
def test_erased_text_leaves_no_vector(library, how, tmp_path):
    library.vectors.keep(kept(library.vectors.missing()))
    gone = id_of(library, "маяки.txt")
    if how == "forget":
        library.delete(gone)
    getattr(library, how)(gone)
    library.put(file_of("третий.txt", act("Соглашение о паромах", FERRIES[0])))
    if how == "erase" or isinstance(library, LocalLibrary):
        assert not library.vectors.held([key_of(LANTERNS[0]), key_of(BUOYS[0])])
    assert library.vectors.held([key_of(LANTERNS[1])])
    assert library.vectors.share() == (3, 4)
    if isinstance(library, LocalLibrary) and how == "erase":
        for file in library.folder.glob("truth.sqlite*"):
            assert LANTERNS[0].encode()[:384] not in file.read_bytes()


def test_a_copy_carries_them(library, tmp_path):
    every = list(library.vectors.missing())
    library.vectors.keep(kept(every[:5]))
    target = LocalLibrary(tmp_path / "копия")
    copy(library, target)
    assert target.vectors.share() == (5, 6)
    assert texts(target) == [every[5].text]
    target.close()


def test_a_backup_carries_them(library, tmp_path):
    if not isinstance(library, LocalLibrary):
        return  # a cluster is backed up by its own snapshots, or by a copy
    library.vectors.keep(kept(library.vectors.missing()))
    back_up(library.folder, tmp_path / "копия")
    restored(tmp_path / "копия", tmp_path / "снова")
    again = LocalLibrary(tmp_path / "снова")
    assert again.vectors.share() == (6, 6)
    again.close()


def test_a_part_counts_what_it_shows(library):
    library.vectors.keep(kept(library.vectors.missing()))
    library.put(file_of("паромы.txt", act("Соглашение о паромах", *FERRIES)), origin=Origin(fund="тайный"))
    assert library.within(frozenset({""})).vectors.share() == (6, 6)
    assert library.within(frozenset({"тайный"})).vectors.share() == (0, 5)
    assert library.vectors.share() == (6, 11)


def test_a_reindex_keeps_them(library):
    library.vectors.keep(kept(library.vectors.missing()))
    library.reindex()
    assert library.vectors.share() == (6, 6)
    assert list(library.check()) == []


def test_one_process_works_at_a_library(library, engine):
    library.register("embedding", "embedding", {"owner": "другой", "until": 2e10})
    with pytest.raises(LibraryBusyError):
        fill(library)
    library.register("embedding", "embedding", {"owner": "другой", "until": 1})
    library.vectors.keep(kept(library.vectors.missing()))
    assert fill(library) == 0


def test_without_vectors_the_search_is_by_words(library):
    found = search(library, "огни на озере")
    assert found.semantic is (Semantic.FILLING if embedding.available() else Semantic.ABSENT)
    assert search(library, "огни", SearchOptions(semantic=False)).semantic is Semantic.OFF
    assert search(library, '"маяки" И буи').semantic is Semantic.ASIDE
    if not embedding.available():
        assert told(library) == "пословный поиск; пакет svod[semantic] не установлен"


@pytest.mark.soak
@semantic
def test_clauses_near_in_meaning_stand_higher_alike_on_every_engine(library, tmp_path):
    query = "где спасут моряков судна"
    home = LocalLibrary(tmp_path / "своя")
    for one in (library, home):
        one.put(file_of("паромы.txt", act("Соглашение о паромах", *FERRIES)))
    home.put(file_of("маяки.txt", ONE))
    home.put(file_of("гавани.txt", TWO))
    assert fill(library) == 11
    assert told(library) == "векторы: 11 из 11 положений"
    assert fill(library) == 0
    fill(home)
    found, same = search(library, query), search(home, query)
    assert found.semantic is same.semantic is Semantic.USED
    assert [(h.document, h.eid, h.score) for h in found.hits] == [(h.document, h.eid, h.score) for h in same.hits]
    why = explain(library, query, found.hits[0].document, found.hits[0].eid)
    assert round(why.score, 4) == found.hits[0].score
    assert any(part.label == LABEL and part.value > 0 for part in why.parts)
    without = search(library, query, SearchOptions(semantic=False))
    assert without.semantic is Semantic.OFF
    gained = {h.text: h.score - next(o.score for o in without.hits if o.eid == h.eid) for h in found.hits}
    assert max(gained, key=gained.__getitem__) == FERRIES[1]
    home.close()


@pytest.mark.soak
@semantic
def test_a_failure_leaves_the_search_by_words(library):
    by_words = search(library, "огни на озере", SearchOptions(semantic=False)).hits
    library.vectors.keep([KeptVector(c.place, key_of(c.text), b"\x01\x02\x03") for c in library.vectors.missing()])
    found = search(library, "огни на озере")
    assert found.semantic is Semantic.FAILED
    assert found.hits == by_words


@pytest.mark.soak
@semantic
def test_too_few_vectors_change_nothing_and_a_break_goes_on(library):
    library.put(file_of("паромы.txt", act("Соглашение о паромах", *FERRIES)))
    by_words = search(library, "судно", SearchOptions(semantic=False)).hits
    budget = islice([False] * 4, 4)
    made = fill(library, stopped=lambda: next(budget, True))
    assert 0 < made < 11
    assert search(library, "судно").semantic is Semantic.FILLING
    assert search(library, "судно").hits == by_words
    assert made + fill(library) == 11
    assert search(library, "судно").semantic is Semantic.USED
