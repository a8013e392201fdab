"""Clauses near a query in meaning stand higher: by sentences where they can be compared, else by the table of words."""

from collections.abc import Sequence

from corpus.library import Library
from corpus.search.answers import SearchOptions, Semantic
from corpus.search.language.interpreting import is_filter
from corpus.search.ranking.planning import Plan
from corpus.search.ranking.scoring import Scored


def near_first(
    library: Library, found: Plan, scored: list[Scored], options: SearchOptions
) -> tuple[list[Scored], Semantic]:
    """Raise clauses near a query; say whether sentences were compared. numpy is loaded only for it."""
    state = _asked(found, options)
    if state is Semantic.USED:
        from corpus.search.ranking import sentences

        scored, state = sentences.nearer(library, found.asked_in, scored)
    return (scored if state is Semantic.USED else _by_words(found, scored, options)), state


def _asked(found: Plan, options: SearchOptions) -> Semantic:
    """Say whether sentences are to be compared: USED, or why not."""
    loose = found.asked_in and (found.read.node is None or is_filter(found.read.node))
    return (Semantic.USED if options.semantic else Semantic.OFF) if loose else Semantic.ASIDE


def _by_words(found: Plan, scored: Sequence[Scored], options: SearchOptions) -> list[Scored]:
    if not (found.asked_in and options.vectors):
        return list(scored)
    from corpus.search.ranking import sense

    meant = sense.of_query(found.asked_in)
    return sense.nearer(meant, scored) if meant.any() else list(scored)
