"""What the best clauses are about lifts others on the same topic, however they say it."""

import pytest

from corpus.clauses.clause import Clause
from corpus.model import Kind
from corpus.search.ranking.lifting import on_topic
from corpus.search.ranking.scoring import Scored


def scored(order: int, score: float, *topics: str) -> Scored:
    clause = Clause("a", f"art_{order}", Kind.ARTICLE, order, "", "Текст.", "", (), (), topics=topics)
    return Scored(clause, score, (), (), literal=True)


CASES = [
    ([("refusal",), ("refusal",), ("refusal",), ("refusal",), ()], [True, True, True, True, False]),
    ([(), ("refusal",), ("refusal",), ("refusal",)], [False] * 4),
    ([("refusal",), ("expenses",), ("expenses",), ("expenses",)], [True, False, False, False]),
    ([(), ()], [False, False]),
]


@pytest.mark.parametrize(("topics", "lifted"), CASES)
def test_clauses_on_the_topic_of_the_best_are_lifted(topics, lifted):
    given = [scored(i, 10.0 - i, *t) for i, t in enumerate(topics)]
    found = on_topic(given)
    assert [after.score > before.score for before, after in zip(given, found, strict=True)] == lifted
    assert all(abs(s.score - g.score - sum(p.value for p in s.parts)) < 1e-9 for s, g in zip(found, given, strict=True))


def test_nothing_found_is_left_alone():
    assert on_topic([]) == []
    assert on_topic([scored(1, 0.0, "refusal")])[0].score == 0.0
