"""Documents as an answer: those of a library that have all a query asks of them."""

from collections.abc import Iterator
from dataclasses import replace

from analyzers.terms import terms
from corpus.effects.days import today
from corpus.effects.lives import lives
from corpus.effects.standing import StateOnDay, Validity
from corpus.errors import NotFoundError
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.countries import find_states
from corpus.library import Library, Summary
from corpus.search.answers import AskedDocument
from corpus.search.language.asked_documents import AskedDocuments
from corpus.search.listed import listed
from corpus.search.meaning.stems import stem
from corpus.search.meaning.thesaurus import thesaurus

MOST = 200
"""Documents that are answered; of so many the state is asked."""


def documents(library: Library, asked: AskedDocuments) -> tuple[AskedDocument, ...]:
    """Return the documents that have all that is asked, the newest first.

    «Договоры» are agreements of any name where the library has none that is called just so.
    """
    found = _documents(library, asked)
    treaties = tuple(sorted(map(str, TREATIES)))
    if found or not asked.types or not set(asked.types) <= set(treaties):
        return found
    return _documents(library, replace(asked, types=treaties))


def _documents(library: Library, asked: AskedDocuments) -> tuple[AskedDocument, ...]:
    found: list[AskedDocument] = []
    for summary in sorted(listed(library).values(), key=lambda s: (s.date or "", s.id), reverse=True):
        if len(found) == MOST:
            break
        if not _answers(summary, asked):
            continue
        state = state_of(library, summary.id)
        # Of an act whose state is not known nobody may say that it is not among those in force.
        if not asked.states or state is None or state.status in (*asked.states, Validity.UNKNOWN):
            why = "; ".join(_why(asked, summary, state))
            found.append(AskedDocument(summary.id, summary.title, summary.date, state, why))
    unknown = [d for d in found if asked.states and (d.state is None or d.state.status is Validity.UNKNOWN)]
    return (*(d for d in found if d not in unknown), *unknown)


def state_of(library: Library, document: str) -> StateOnDay | None:
    """Return the state of a document today; None for one deleted since it was found."""
    try:
        return lives(library).short(document, today())
    except NotFoundError:
        return None


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
