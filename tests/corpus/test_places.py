"""Places in streams, against plain enumeration; and the traps of distances."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clauses.matching import near, near_in_article, places
from corpus.clauses.streams import Placed, read
from corpus.clauses.tree import Form, Near, Phrase, Within
from tests import strategies
from tests.oracle import _runs


def stream(text: str) -> tuple[Placed, ...]:
    """Read a stream: heading, then a line a sentence."""
    return read(text)


def f(text: str) -> Form:
    return Form(text)


CASES = [
    ("\na x x b", Near((f("a"), f("b")), 2), True),
    ("\na x x b", Near((f("a"), f("b")), 1), False),
    ("\nb x a", Near((f("a"), f("b")), 1), True),
    ("\nb x a", Near((f("a"), f("b")), 1, ordered=True), False),
    ("\na", Near((f("a"), f("a")), 5), False),
    ("\na a", Near((f("a"), f("a")), 0), True),
    ("\na b\nc d", Near((f("b"), f("c")), 0), True),
    ("\na b\nc d", Near((f("b"), f("c")), 0, within=Within.SENTENCE), False),
    ("\na b\nc d", Near((Phrase((f("b"), f("c"))),), 0, within=Within.SENTENCE), False),
    ("\na b\nc d", Near((Phrase((f("b"), f("c"))), f("a")), 9, within=Within.SENTENCE), False),
    ("\na b\nc d", Near((Phrase((f("c"), f("d"))),), 0, within=Within.SENTENCE), True),
    ("a\nb", Near((f("a"), f("b")), 99), False),
    ("a\nb", Near((f("a"), f("b")), 100), True),
    ("\nx a b y c", Near((Phrase((f("a"), f("b"))), f("c")), 1), True),
    ("\nx a b y c", Near((Phrase((f("a"), f("b"))), f("c")), 0), False),
    ("\na b a", Near((Phrase((f("a"), f("b"))), Phrase((f("b"), f("a")))), 5), False),
    ("\na b b a", Near((Phrase((f("a"), f("b"))), Phrase((f("b"), f("a")))), 0), True),
    ("\na x b x c", Near((f("a"), f("b"), f("c")), 2), True),
    ("\na x b x c", Near((f("a"), f("b"), f("c")), 1), False),
    ("\nc x b x a", Near((f("a"), f("b"), f("c")), 2, ordered=True), False),
    ("\na a b", Near((f("a"), f("b"), f("a")), 0), True),
    ("\na a b", Near((f("a"), f("b"), f("a")), 0, ordered=True), False),
]


@pytest.mark.parametrize(("text", "query", "expected"), CASES)
def test_distances(text: str, query: Near, expected: bool) -> None:
    assert near(query, stream(text)) is expected


def test_many_alike_words_end() -> None:
    text = "\n" + " ".join(["a"] * 30)
    assert near(Near((f("a"),) * 30, 0), stream(text))
    assert not near(Near((f("a"),) * 31, 50), stream(text))


def test_articles() -> None:
    clauses = [stream("a\nb"), stream("\nx c"), stream("\ny"), stream("\nc")]
    query = Near((f("b"), f("c")), 1, within=Within.ARTICLE)
    assert near_in_article(query, clauses) == {0, 1}
    assert near_in_article(Near((f("a"), f("b")), 0, within=Within.ARTICLE), clauses) == {0}
    assert near_in_article(Near((f("b"), f("c")), 9, within=Within.ARTICLE), clauses) == {0, 1, 3}
    assert near_in_article(Near((f("a"), f("q")), 9, within=Within.ARTICLE), clauses) == set()


forms = st.lists(st.sampled_from("abc"), max_size=9).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(part=strategies.phrases, heading=strategies.texts(1, 4), text=strategies.texts(1, 20))
def test_places_of_phrases(part: Phrase, heading: str, text: str) -> None:
    from analyzers.terms import terms

    lines = [" ".join(t.form for t in terms(x)) for x in (heading, text)]
    found = stream("\n".join(lines))
    assert [p.start for p in places(part, found)] == [r[0].position for r in _runs(part.words, _tokens(found))]


def _tokens(found):
    from tests.oracle import Token

    return [Token(w.position, w.form, w.lemmas) for w in found]
