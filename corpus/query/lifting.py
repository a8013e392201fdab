"""What an article is about shows in its other clauses."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.clauses import Clause
from corpus.query.answers import Part
from corpus.query.scoring import Scored
from corpus.query.weights import DEFAULT, Weights


def lifted(scored: Sequence[Scored], weights: Weights = DEFAULT) -> list[Scored]:
    """Lift clauses whose article holds a better one."""
    best: dict[tuple[str, str], list[float]] = {}
    for s in scored:
        best.setdefault(_article(s.clause), []).append(s.score)
    tops = {key: sorted(scores, reverse=True)[:2] for key, scores in best.items()}
    out = []
    for s in scored:
        top = tops[_article(s.clause)]
        other = top[0] if s.score < top[0] or (len(top) > 1 and top[1] == top[0]) else (top[1] if len(top) > 1 else 0.0)
        lift = weights.neighbours * other
        if s.score > 0 and lift > 0:
            parts = (*s.parts, Part("соседние положения статьи", lift))
            out.append(replace(s, score=s.score + lift, parts=parts))
        else:
            out.append(s)
    return out


def _article(clause: Clause) -> tuple[str, str]:
    chain = (*clause.path, clause.eid)
    return clause.document, next((eid for eid in chain if eid.rpartition("__")[2].startswith("art_")), chain[0])
