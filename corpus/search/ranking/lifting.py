"""What an article is about shows in its other clauses."""

from collections.abc import Sequence
from dataclasses import replace

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


def _article(clause: Clause) -> tuple[str, str]:
    steps = clause.eid.split("__")
    for i, step in enumerate(steps):
        if step.startswith("art_"):
            return clause.document, "__".join(steps[: i + 1])
    return clause.document, steps[0]
