"""A query by any inflected form of a dictionary word finds every word of which it is a form."""

import os

import pymorphy3
import pytest

from analyzers.lemmas import folded, is_known, lemmas
from analyzers.terms import terms
from corpus.clauses.clause import clauses
from corpus.local.library import LocalLibrary
from corpus.search.answers import SearchOptions
from corpus.search.language.interpreting import read
from ingest.pipeline import parse_file
from tests.shared import need

SOAK = bool(os.environ.get("SVOD_SOAK"))
BARE = SearchOptions(all_words=True, as_typed=True, derivations=False, synonyms=False, topics=False, vectors=False)


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


def inflected(words) -> dict[str, set[str]]:
    """For each form of each dictionary word, the words of which it is a form."""
    morph = pymorphy3.MorphAnalyzer()
    found: dict[str, set[str]] = {}
    for word in words:
        for parse in morph.parse(word) if len(word) > 1 and is_known(word) else ():
            if parse.is_known and not unheard_of(word, parse):
                for form in parse.lexeme:
                    if not unheard_of(form.word, form):
                        found.setdefault(folded(form.word), set()).add(word)
    return found


@pytest.mark.timeout(3600 if SOAK else 300)
def test_a_query_by_any_form_finds_every_clause_that_holds_the_word(tmp_path):
    """At full count under SVOD_SOAK: every form of every dictionary word of the reference files."""
    library = LocalLibrary(tmp_path / "library")
    for file in sorted(need("seeds").iterdir()):
        library.put(parse_file(file, file.name))
    holding: dict[str, set[tuple[str, str]]] = {}
    for summary in library.documents():
        for clause in clauses(library.get(summary.id)):
            for term in (*terms(clause.heading), *terms(clause.text)):
                holding.setdefault(term.form, set()).add((summary.id, clause.eid))
    asked = sorted(inflected(holding).items())
    missed = []
    for form, words in asked if SOAK else asked[::50]:
        node = read(library, form, BARE).node
        assert node is not None, form
        found = {(r.clause.document, r.clause.eid) for r in library.recall(node, 1000).clauses}
        missed.extend((form, word) for word in words if not holding[word] <= found)
    print(f"{len(set().union(*(w for _, w in asked)))} words, {len(asked)} forms, {len(missed)} misses")
    assert missed == []
