"""The data file and what is made of it."""

from importlib.resources import files

import pytest

from corpus.comparison.topics import topics
from corpus.query.answers import Means, SearchOptions
from corpus.query.concepts import concepts
from corpus.query.reading import read
from corpus.query.stems import stem
from corpus.query.thesaurus import Thesaurus, thesaurus

LINES = files("corpus.data").joinpath("synonyms.txt").read_text("utf-8").splitlines()

KIN = [("хулиганство", "хулиган"), ("поспорить", "спорить"), ("заплатить", "платить"), ("спорить", None)]


@pytest.mark.parametrize(("word", "known"), KIN)
def test_words_are_understood_by_their_stem(word, known):
    small = Thesaurus("[простые]\nхулиган = порядок\nспорить = разногласие\nплатить = нести расходы")
    assert small.kin(word) == ((known,) if known else ())


def test_words_joined_by_or_are_one_concept(rivers):
    wishes = read(rivers, "отказ в запросе или обращении", SearchOptions()).wishes
    groups = [c.words for c in concepts(wishes, thesaurus(), SearchOptions()) if not c.turn]
    assert groups == [(0,), (2, 4)]
