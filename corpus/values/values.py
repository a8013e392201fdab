"""Values read out of provisions: what is read in the rows of which topics."""

from collections.abc import Callable, Sequence

from corpus.values import copies, expenses, force, grounds, languages, terms
from corpus.values.value import Passage, Value

READERS: dict[str, tuple[Callable[[Sequence[Passage]], Value | None], ...]] = {
    "refusal": (grounds.grounds_of_refusal,),
    "extradition-refusal": (grounds.grounds_of_refusal,),
    "execution-term": (terms.execution_term,),
    "request-form": (terms.oral_term,),
    "termination": (terms.notice_term,),
    "language": (languages.working_languages,),
    "authentic-texts": (languages.text_languages, copies.number_of_copies),
    "prevailing-text": (languages.prevailing_text,),
    "entry-into-force": (force.event,),
    "duration": (terms.duration,),
    "expenses": (expenses.bearer,),
    "disputes": (expenses.settlement,),
}


def read(topic: str, sources: Sequence[Passage]) -> tuple[Value, ...]:
    """Read the values of a row's cell."""
    return tuple(v for reader in READERS.get(topic, ()) if (v := reader(sources)) is not None)
