"""Agreements of states before tariffs, minutes, rulings and forms that use the same words."""

import pytest

from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, SourceFile
from corpus.search.answers import SearchOptions
from corpus.search.search import explain, search
from tests.corpus.search.conftest import tree

ALL = SearchOptions(limit=50)
PARTIES = ("Республика Алания", "Республика Бурмия")
SAID = "|Стороны обучают работников почты за свой счёт."


def act(type_: InstrumentType, title: str, text: str = SAID, **fields) -> Instrument:
    return Instrument(type_, title, provisions=tree({"para_1": text}), **fields)


AGREEMENT = act(InstrumentType.AGREEMENT, "Соглашение о почте", "|Стороны помогают учить работников.", parties=PARTIES)
OTHERS = [
    (
        act(InstrumentType.AGREEMENT, "Отраслевое тарифное соглашение по почте"),
        "соглашение, стороны которого не названы",
    ),
    (act(InstrumentType.PROTOCOL, "Протокол заседания комиссии по почте"), "протокол, стороны которого не названы"),
    (act(InstrumentType.DECREE, "О штрафе по протоколу о почте", issuer="Почтовый городской суд"), "судебный акт"),
    (act(InstrumentType.ORDER, "О лицах, составляющих протоколы о почте"), "приказ"),
]
MADE_FOR_ONE = [
    act(InstrumentType.CONVENTION, "Конвенция о почте"),
    act(InstrumentType.PROTOCOL, "Протокол к Соглашению о почте"),
    act(InstrumentType.AGREEMENT, "Соглашение государств об обмене письмами"),
    act(InstrumentType.LAW, "О ратификации Протокола о почте"),
    act(InstrumentType.ACT, "Всеобщая декларация прав почтальона"),
    act(InstrumentType.ACT, "Устав Всемирного союза почты"),
]


@pytest.fixture
def filled(tmp_path):
    def fill(*files):
        library = LocalLibrary(tmp_path / "library")
        for i, acts in enumerate(files):
            library.put(SourceFile(f"{i}.txt", f"{i:064}", "text", "utf-8", "текст", instruments=acts))
        return library

    return fill


def kinds(library, query="кто обучает работников"):
    found = {h.source: h for h in search(library, query, ALL).hits}
    return {
        source: [p.label for p in explain(library, query, h.document, h.eid).parts if p.label.startswith("вид акта")]
        for source, h in found.items()
    }


@pytest.mark.parametrize(("other", "named"), OTHERS)
def test_what_is_no_agreement_of_states_counts_less(filled, other, named):
    library = filled((AGREEMENT,), (other,))
    assert kinds(library) == {"0.txt": [], "1.txt": [f"вид акта: {named}"]}
    assert search(library, "кто обучает работников", ALL).hits[0].source == "0.txt"


@pytest.mark.parametrize("other", MADE_FOR_ONE)
def test_what_is_made_for_an_agreement_counts_in_full(filled, other):
    ruling = act(InstrumentType.RULING, "О взыскании")
    assert kinds(filled((AGREEMENT,), (other,), (ruling,)))["1.txt"] == []


def test_a_statute_that_a_decree_approves_is_none_of_states(filled):
    approved = (act(InstrumentType.DECREE, "Об уставе"), act(InstrumentType.ACT, "Устав учреждения почты", "|Учит."))
    library = filled((AGREEMENT,), approved)
    assert set(kinds(library, "учит").get("1.txt", ())) == {"вид акта: акт"}


def test_where_no_agreement_names_parties_all_count_alike(filled):
    library = filled(*((act(InstrumentType.AGREEMENT, f"Соглашение о почте {i}"),) for i in range(3)))
    assert not search(library, "кто обучает работников", ALL).prior


def test_a_word_tells_what_it_tells_in_the_acts_asked_for(filled):
    """«запрос» stands in one of many rulings and in each clause of agreements: it must not outweigh «печать»."""
    clauses = {f"para_{i}": "|Запрос исполняется скоро." for i in range(1, 9)} | {"para_9": "|Письмо скрепляет печать."}
    asked = Instrument(InstrumentType.AGREEMENT, "Соглашение", provisions=tree(clauses), parties=PARTIES)
    ruled = [
        act(InstrumentType.RULING, f"Решение {i}", "|Печать поставлена, печать верна." if i % 2 else "|Отказать.")
        for i in range(40)
    ]
    answer = search(filled((asked,), *((r,) for r in ruled)), "печать запрос", SearchOptions(limit=1, prior=True))
    assert answer.hits[0].eid == "para_9"
