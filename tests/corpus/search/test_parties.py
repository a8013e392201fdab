"""The field «сторона»: states by any of their names, today's and former ones, bodies by any form of their words."""

import hashlib

import pytest

from corpus.clauses.tree import NOWHERE
from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from corpus.search.language.filters import read_filter
from corpus.search.language.tokens import Token, Type

HELD = (
    "Правительство Российской Федерации",
    "Правительство Киргизской ССР",
    "Кыргызская Республика",
    "Республика Беларусь",
    "Союз Советских Социалистических Республик",
    "Верховный Суд Республики Казахстан",
    "Министерство связи Лукоморья",
)
CASES = [
    ("РФ", {0}),
    ("Россия", {0}),
    ("правительство России", {0}),
    ("суд РФ", set()),
    ("Киргизия", {1, 2}),
    ("Кыргызстан", {1, 2}),
    ("правительство Киргизии", {1}),
    ("Белоруссия", {3}),
    ("СССР", {4}),
    ("верховный суд", {5}),
    ("Казахстан", {5}),
    ("правительство", {0, 1}),
    ("связь", {6}),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    library = LocalLibrary(tmp_path_factory.mktemp("parties") / "l")
    act = Instrument(
        InstrumentType.AGREEMENT, "Соглашение", parties=HELD, provisions=(Provision("art_1", Kind.ARTICLE, "Текст."),)
    )
    library.put(SourceFile("a.txt", hashlib.sha256(b"a").hexdigest(), "text", "utf-8", "a", instruments=(act,)))
    yield library
    library.close()


@pytest.mark.parametrize(("asked", "wanted"), CASES)
def test_parties(library, asked, wanted):
    found = read_filter(library, Token(Type.FIELD, asked, NOWHERE, field="сторона")).values
    assert set(found) == ({HELD[i] for i in wanted} or {asked})
