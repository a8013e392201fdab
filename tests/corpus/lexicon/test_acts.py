"""Every word of the table of acts, asked of everyone who knows such words."""

import pytest

from corpus.citations.read.reading import read
from corpus.citations.read.type_words import lemma_of
from corpus.citations.resolve.catalogue import Entry, same_type
from corpus.citations.writing import cite
from corpus.lexicon.acts import TREATIES, TYPES, WORDS, type_of
from corpus.lexicon.declension import head, plural, singular
from corpus.metadata.correctable import validated
from corpus.metadata.identity import readable_id
from corpus.model import Instrument, InstrumentType
from corpus.search.language.fieldnames import TYPES as ASKED
from ingest.acts.title_lines import title_word
from ingest.pipeline import parse_bytes
from search_api.web.strings import TYPES as SHOWN

# Words of which the thirteen tables before this one said different things, and what is said now.
DISAGREED = [
    ("приговор", "ruling"),
    ("решение", "ruling"),
    ("конституция", "law"),
    ("директива", "act"),
    ("контракт", "treaty"),
    ("перечень", "act"),
    ("пакт", "convention"),
    ("трактат", "treaty"),
    ("договоренность", "agreement"),
    ("указание", "act"),
    ("стратегия", "act"),
    ("вердикт", "ruling"),
    ("документация", "act"),
]


def words(**wanted):
    return [w.word for w in WORDS.values() if all(getattr(w, name) is value for name, value in wanted.items())]


def test_the_table_has_every_type_once():
    assert set(TYPES) == set(SHOWN) == set(InstrumentType)
    assert all(WORDS[t.word].type is t.code and WORDS[t.word].general for t in TYPES.values() if t.word)
    assert {t.code for t in TYPES.values() if t.treaty} == TREATIES


@pytest.mark.parametrize(("word", "code"), DISAGREED)
def test_where_tables_disagreed(word, code):
    assert type_of(word) == code


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_declined_searched_and_corrected_to(word):
    assert {head(f"{form} о лодках") for form in singular(word)[:6]} == {(0, word)}
    assert ASKED[word] == (type_of(word),)
    assert validated("type", [word.capitalize()]) == (type_of(word),)


@pytest.mark.parametrize("word", words(title=True))
def test_a_word_opens_a_title(word):
    for printed in WORDS[word].heads:
        found = title_word(f"{printed.upper()} О лодках")
        assert found is not None
        assert found[1] is type_of(word)
        [act] = parse_bytes(
            f"{printed.upper()}\nо лодках\n\n1. Лодки красят.\n2. Весла сушат.\n".encode(), "a.txt"
        ).instruments
        assert act.type is type_of(word)


@pytest.mark.parametrize("word", words(title=False))
def test_a_word_opens_no_title(word):
    assert title_word(f"{word.upper()} О лодках") is None


@pytest.mark.parametrize("word", words(cited=True))
def test_a_word_is_cited_in_every_case(word):
    for form in singular(word):
        assert lemma_of(form.upper()) == word
        [found] = read(f"согласно {form} от 5 мая 2001 г. № 7 это можно")
        assert (found.named.lemma, found.named.date, found.named.number) == (word, "2001-05-05", "7")


@pytest.mark.parametrize("word", words(cited=False))
def test_a_word_is_not_cited(word):
    assert not read(f"согласно {singular(word)[2]} от 5 мая 2001 г. № 7 это можно")


@pytest.mark.parametrize("word", [w for w in words(cited=True) if plural(w)])
def test_acts_are_listed_under_the_plural(word):
    found = read(f"установлено {plural(word)[4]} от 5 мая 2001 г. № 7 и от 6 июня 2002 г. № 8 и действует")
    assert [(c.named.lemma, c.named.number) for c in found] == [(word, "7"), (word, "8")]


@pytest.mark.parametrize("word", words(cited=True))
def test_a_document_is_called_by_its_word_and_by_a_general_one(word):
    named = read(f"по {singular(word)[2]} от 5 мая 2001 г. № 7")[0].named
    for code in InstrumentType:
        entry = Entry("a", "a.txt", 0, code, "О лодках", "2001-05-05", "7", None)
        assert same_type(named, entry) is (WORDS[word].general and code in WORDS[word].types)
    own = Entry("a", "a.txt", 0, type_of(word), f"{word.capitalize()} о лодках", "2001-05-05", "7", None)
    assert same_type(named, own)


@pytest.mark.parametrize("code", InstrumentType)
def test_a_type_is_written_shown_and_left_out_of_ids(code):
    kind = TYPES[code]
    assert SHOWN[code] == kind.name
    assert validated("type", [kind.name]) == (str(code),)
    assert cite(Instrument(code, "О лодках", "2001-05-05")).startswith(kind.written)
    id_ = readable_id(code, None, f"{kind.word or 'Разное'} о лодках", "a.txt", 0)
    assert id_.startswith(f"{code}-undated-o-lodkax" if kind.word else "act-undated-raznoe")


@pytest.mark.parametrize("word", words(annexed=True))
def test_an_annexed_act_is_one_of_its_own(word):
    text = f"""ПРИКАЗ
О лодках

1. Утвердить прилагаемое.

Директор
А.А. Волнов

Приложение
к приказу

{word.upper()}
о лодках

1. Лодки красят.
2. Весла сушат.
"""
    assert [a.type for a in parse_bytes(text.encode(), "a.txt").instruments] == ["order", type_of(word)]
