"""Documents as an answer: those of a library that have all a query asks of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzers.terms import terms
from corpus.clauses.tree import And, Node
from corpus.effects.lives import lives, short_or_none
from corpus.effects.standing import StateOnDay, Validity
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.countries import find_states
from corpus.lexicon.reckoning import today
from corpus.library import Library, Summary
from corpus.search.answers import AskedDocument
from corpus.search.language.asked_documents import AskedDocuments
from corpus.search.listed import listed
from corpus.search.meaning.stems import stem
from corpus.search.meaning.thesaurus import thesaurus
from corpus.search.narrowing import through

MOST = 200
"""Documents that are answered."""
STATES = 50
"""Documents, the first, whose state is told where no state is asked for: each is worked out from all acts on it."""
_TREATIES = frozenset(map(str, TREATIES))


def documents(library: Library, asked: AskedDocuments, filters: Sequence[Node] = ()) -> tuple[AskedDocument, ...]:
    """Return the documents that have all that is asked and that filters let through, the newest first.

    «Договоры» are agreements of any name where the library has none that is called just so.
    """
    newest = sorted(listed(library).values(), key=lambda s: (s.date or "", s.id), reverse=True)
    within = through(library, newest, And(tuple(filters)) if filters else None)
    found = [s for s in within if _answers(s, asked)]
    if not found and asked.types and set(asked.types) <= _TREATIES:
        asked = replace(asked, types=tuple(sorted(_TREATIES)))
        found = [s for s in within if _answers(s, asked)]
    return _told(library, asked, found[:MOST])


def _told(library: Library, asked: AskedDocuments, found: Sequence[Summary]) -> tuple[AskedDocument, ...]:
    """Tell documents with their states, those whose state is asked for and not known last."""
    lived, on = lives(library), today()
    lived.fetch(s.id for s in (found if asked.states else found[:STATES]))
    known: list[AskedDocument] = []
    unknown: list[AskedDocument] = []
    for n, summary in enumerate(found):
        state = short_or_none(lived, summary.id, on) if asked.states or n < STATES else None
        told = AskedDocument(summary.id, summary.title, summary.date, state, "; ".join(_why(asked, summary, state)))
        if not asked.states or (state and state.status in asked.states):
            known.append(told)
        elif state is None or state.status is Validity.UNKNOWN:
            # Of an act whose state is not known nobody may say that it is not among those in force.
            unknown.append(told)
    return (*known, *unknown)


def _answers(summary: Summary, asked: AskedDocuments) -> bool:
    date = summary.date or ""
    return (
        (not asked.types or summary.type in asked.types)
        and all(_is_party(summary, name) for name in asked.parties)
        and (not asked.about or _is_about(summary.title, asked.about))
        and (not asked.low or (bool(date) and date[: len(asked.low)] >= asked.low))
        and (not asked.high or (bool(date) and date[: len(asked.high)] <= asked.high))
    )


def _is_party(summary: Summary, name: str) -> bool:
    """Say whether a state is a party, itself or by a body that its name is part of, or stands in the title."""
    said = "; ".join((*summary.parties, summary.title))
    return any(found.name == name for _, found in find_states(said))


def _is_about(title: str, words: str) -> bool:
    """Say whether a title has every word that tells, itself or by its stem («о миграции», «миграционный»)."""
    idle = thesaurus().idle
    held = {lemma for term in terms(title) for lemma in term.lemmas}
    stems = {root for lemma in held if (root := stem(lemma))}
    return all(
        not held.isdisjoint(term.lemmas) or any(stem(lemma) in stems for lemma in term.lemmas)
        for term in terms(words)
        if term.form not in idle
    )


def _why(asked: AskedDocuments, summary: Summary, state: StateOnDay | None) -> Iterator[str]:
    """Name the conditions a document answers."""
    for name in asked.parties:
        yield f"сторона: {name}"
    if asked.about:
        yield f"в названии: {asked.about}"
    if (asked.low or asked.high) and summary.date:
        yield f"дата: {summary.date}"
    if asked.states:
        known = state and state.status is not Validity.UNKNOWN
        yield "состояние на сегодня" if known else "состояние не установлено"
