"""What an article is about shows in its other clauses, what a query is about in its best clauses."""

from collections.abc import Sequence
from dataclasses import replace
from heapq import nsmallest

from corpus.clauses.clause import Clause
from corpus.search.answers import Part
from corpus.search.ranking.scoring import Scored
from corpus.search.ranking.weights import DEFAULT, Weights


def lifted(scored: Sequence[Scored], weights: Weights = DEFAULT) -> list[Scored]:
    """Lift clauses whose article holds a better one."""
    best: dict[tuple[str, str], list[float]] = {}
    articles = [_article(s.clause) for s in scored]
    for s, article in zip(scored, articles, strict=True):
        best.setdefault(article, []).append(s.score)
    tops = {key: sorted(scores, reverse=True)[:2] for key, scores in best.items()}
    out = []
    for s, article in zip(scored, articles, strict=True):
        top = tops[article]
        other = top[0] if s.score < top[0] or (len(top) > 1 and top[1] == top[0]) else (top[1] if len(top) > 1 else 0.0)
        lift = weights.neighbours * other
        if s.score > 0 and lift > 0:
            parts = (*s.parts, Part("соседние положения статьи", lift))
            out.append(replace(s, score=s.score + lift, parts=parts))
        else:
            out.append(s)
    return out


BEST = 3
"""The best clauses, whose topics tell what a query is about."""
AGREED = 0.3
"""Share of their scores that must be on a topic for it to tell."""


def on_topic(scored: Sequence[Scored], weights: Weights = DEFAULT) -> list[Scored]:
    """Lift clauses on a topic of the best clause, the more of the best share it: acts say one thing in many ways."""
    best = nsmallest(BEST, scored, key=lambda s: (-s.score, s.clause.document, s.clause.order))
    total = sum(s.score for s in best)
    if total <= 0:
        return list(scored)
    shares = {t: sum(s.score for s in best if t in s.clause.topics) / total for t in best[0].clause.topics}
    told = {t: (share - AGREED) / (1 - AGREED) for t, share in shares.items() if share > AGREED}
    return [
        _on_topic(s, weights.on_topic * max((told.get(t, 0.0) for t in s.clause.topics), default=0.0)) for s in scored
    ]


def _on_topic(s: Scored, share: float) -> Scored:
    lift = share * s.score
    return replace(s, score=s.score + lift, parts=(*s.parts, Part("о том же, что лучшие", lift))) if lift else s


def _article(clause: Clause) -> tuple[str, str]:
    steps = clause.eid.split("__")
    for i, step in enumerate(steps):
        if step.startswith("art_"):
            return clause.document, "__".join(steps[: i + 1])
    return clause.document, steps[0]
