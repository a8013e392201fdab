"""Equivalents of provisions: in one document by aligning the two, in the whole library by candidates from the index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from analyzers.spans import Span
from corpus.citations.writing import place
from corpus.clauses.units import Unit
from corpus.comparison.align import FOUND, INCONCLUSIVE, Alignment, align
from corpus.comparison.decisions import decisions
from corpus.comparison.grid import Candidate, Decision, Equivalents, Status, Verdict
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document, Provision
from corpus.topics.own_topics import topics_in
from corpus.topics.topics import PRESENT, Tagged, Topics

SHOWN = 5
"""Candidates told for one provision and document."""

LEAST = 0.05
"""Candidates less likely than this are not told, unless nothing else is."""


def equivalents(
    document: Document,
    other: Document,
    eid: str | None = None,
    decided: Mapping[str, Decision] | None = None,
    table: Topics | None = None,
) -> list[Equivalents]:
    """Return what the other document has for a provision, or for each; raise NotFoundError for an unknown eId."""
    asked = [p for p in document.instrument.walk() if (p.eid == eid if eid else p.text or p.heading)]
    if eid and not asked:
        raise NotFoundError(f"В документе {document.id} нет положения {eid}.")
    alignment = align(document, other, table)
    place_of = {u.eid: i for i, u in enumerate(alignment.left.units)}
    answers = [_of_unit(alignment, place_of[p.eid]) if p.eid in place_of else _of_holder(alignment, p) for p in asked]
    spoken = {p.lang for p in other.instrument.walk() if p.text}
    answers = [a if p.lang in spoken else _unread(a) for a, p in zip(answers, asked, strict=True)]
    return [_under_decisions(a, document, other, decided or {}) for a in answers]


def _unread(answer: Equivalents) -> Equivalents:
    """Leave open what is asked of a text in another language: words that are not alike prove nothing there."""
    return replace(answer, status=Status.INCONCLUSIVE, confidence=0.5) if answer.status is Status.ABSENT else answer


def equivalents_in(library: Library, document: str, other: str, eid: str | None = None) -> list[Equivalents]:
    """Do the same for documents of a library, under its decisions."""
    one, two = library.get(document), library.get(other)
    return equivalents(one, two, eid, decisions(library, [one, two]), topics_in(library))


def status_of(score: float) -> Status:
    """Turn a probability into a status."""
    return Status.FOUND if score >= FOUND else Status.INCONCLUSIVE if score >= INCONCLUSIVE else Status.ABSENT


def _of_unit(alignment: Alignment, i: int) -> Equivalents:
    row = alignment.scores[i]
    order = [int(j) for j in np.argsort(-row, kind="stable")[:SHOWN]]
    best = float(row[order[0]]) if order else 0.0
    kept = [j for n, j in enumerate(order) if n == 0 or row[j] >= LEAST]
    status = status_of(best)
    return Equivalents(
        alignment.left.document.id,
        alignment.left.units[i].eid,
        status,
        tuple(_candidate(alignment, i, j) for j in kept),
        round(best if status is Status.FOUND else 1 - best if status is Status.ABSENT else 0.5, 3),
        tuple(t.topic for t in alignment.left.tags[i] if t.confidence >= PRESENT),
    )


def _candidate(alignment: Alignment, i: int, j: int) -> Candidate:
    right = alignment.right
    unit = right.units[j]
    return Candidate(
        right.document.id,
        right.document.source,
        right.document.place,
        unit.eid,
        _spans(unit, alignment.left.tags[i], right.tags[j]),
        round(float(alignment.scores[i, j]), 4),
        unit.text,
        place(right.document, unit.eid),
        _evidence(alignment, i, j),
    )


def _spans(unit: Unit, asked: Sequence[Tagged], tags: Sequence[Tagged]) -> tuple[Span, ...]:
    """Return the sentences of a unit that answer: those on a shared topic, or all of its own text."""
    whole = (Span(unit.own[0].span.start, unit.own[-1].span.end),) if unit.own else ()
    wanted = {t.topic for t in asked if t.confidence >= PRESENT}
    shared = {span for t in tags if t.topic in wanted for eid, span in t.places if eid == unit.eid}
    return tuple(sorted(shared)) if shared and len(unit.own) > 1 else whole


def _evidence(alignment: Alignment, i: int, j: int) -> tuple[str, ...]:
    from corpus.comparison.features import NAMES

    by = dict(zip(NAMES, alignment.reasons[:, i, j], strict=True))
    table = alignment.left.table.by_id
    mine = {t.topic for t in alignment.left.tags[i] if t.confidence >= PRESENT}
    shared = [table[t.topic].label for t in alignment.right.tags[j] if t.topic in mine and t.confidence >= PRESENT]
    told = [f"тема: {', '.join(shared)}"] if shared else []
    told.append(f"слова совпадают на {round(100 * float(max(by['words'], by['lead'], by['sentence'])))} %")
    if by["heading"] >= FOUND:
        told.append("похожие заголовки")
    if alignment.left.words[i] == alignment.right.words[j]:
        told = ["текст тот же слово в слово"]
    return tuple(told)


def _of_holder(alignment: Alignment, provision: Provision) -> Equivalents:
    """Answer for a unit without words of its own (an article of paragraphs) by what its parts are answered by."""
    inside = {p.eid for p in provision.walk()}
    rows = [i for i, u in enumerate(alignment.left.units) if u.eid in inside and u.owner is None]
    shares: dict[str, float] = {}
    for i in rows:
        j = int(alignment.scores[i].argmax()) if alignment.scores.shape[1] else -1
        if j >= 0:
            article = alignment.right.units[j].article
            shares[article] = shares.get(article, 0.0) + float(alignment.scores[i, j]) / len(rows)
    best = sorted(shares.items(), key=lambda s: -s[1])[:SHOWN]
    document = alignment.right.document
    made = {p.eid: p for p in document.instrument.walk()}
    candidates = tuple(
        Candidate(
            document.id,
            document.source,
            document.place,
            eid,
            (Span(0, len(made[eid].text)),) if made[eid].text else (),
            round(score, 4),
            made[eid].text or made[eid].heading or "",
            place(document, eid),
            ("по частям",),
        )
        for eid, score in best
        if eid in made
    )
    top = candidates[0].score if candidates else 0.0
    return Equivalents(
        alignment.left.document.id, provision.eid, status_of(top), candidates, round(max(top, 1 - top), 3)
    )


def _under_decisions(
    answer: Equivalents, document: Document, other: Document, decided: Mapping[str, Decision]
) -> Equivalents:
    """Let the lawyer's decisions win: confirmed and added candidates come first with score 1, rejected ones go."""
    mine = [d for d in decided.values() if d.eid and answer.eid in _side(d, document.id)]
    mine = [d for d in mine if other.id in (d.document, d.other)]
    if not mine:
        return answer
    fresh = {_other_side(d, document.id, answer.eid): d for d in mine if not d.stale}
    kept = [c for c in answer.candidates if c.eid not in fresh or fresh[c.eid].verdict is not Verdict.REJECT]
    sure = []
    for eid, decision in fresh.items():
        provision = other.find(eid)
        if decision.verdict is not Verdict.REJECT and provision is not None:
            span = (Span(0, len(provision.text)),) if provision.text else ()
            told = Candidate(
                other.id,
                other.source,
                other.place,
                eid,
                span,
                1.0,
                provision.text or provision.heading or "",
                place(other, eid),
                ("решение юриста",),
            )
            sure.append(next((replace(c, score=1.0, evidence=("решение юриста",)) for c in kept if c.eid == eid), told))
    candidates = (*sure, *(c for c in kept if c.eid not in fresh))
    best = max((c.score for c in candidates), default=0.0)
    status = status_of(best)
    # What is left after a rejection was second best and is not promoted to certainty, but the decision is certain.
    confidence = 1.0 if sure or (status is Status.ABSENT and fresh) else answer.confidence
    return replace(answer, status=status, candidates=candidates, confidence=confidence, decisions=tuple(mine))


def _side(decision: Decision, document: str) -> Iterable[str]:
    if decision.document == document and decision.eid:
        yield decision.eid
    if decision.other == document and decision.other_eid:
        yield decision.other_eid


def _other_side(decision: Decision, document: str, eid: str) -> str:
    if decision.document == document and decision.eid == eid:
        return decision.other_eid or ""
    return decision.eid or ""
