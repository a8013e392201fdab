"""A query by any inflected form of a dictionary word finds every word of which it is a form."""

import pymorphy3

from analyzers.lemmas import folded, is_known, lemmas
from analyzers.terms import terms
from tests.shared import need


def reference_words() -> list[str]:
    return sorted({t.form for file in need("seeds").iterdir() for t in terms(file.read_text("utf-8"))})


def unheard_of(word: str, parse) -> bool:
    """The gerund «ев» of «есть»."""
    return len(word) == 2 and "GRND" in parse.tag


def test_every_form_of_every_dictionary_word_finds_it():
    morph = pymorphy3.MorphAnalyzer()
    missed = []
    for word in reference_words():
        if len(word) < 2 or not is_known(word):
            continue
        held = set(lemmas(word))
        for parse in morph.parse(word):
            if not parse.is_known or unheard_of(word, parse):
                continue
            forms = [f for f in parse.lexeme if not unheard_of(f.word, f)]
            missed.extend((word, f.word) for f in forms if not held & set(lemmas(folded(f.word))))
    assert missed == []
