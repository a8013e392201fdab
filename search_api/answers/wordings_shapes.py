"""The wordings of a topic as the public contract has them, the same for the command line and HTTP."""

from corpus.comparison.grades import Grade
from corpus.comparison.kept.wordings import Wordings
from search_api.answers.standing import Answered, ShortState


class WordingHolderAnswer(Answered):
    """A document with its clause; `grade` is against the first text of its wording."""

    document: str
    name: str
    year: str | None
    parties: tuple[str, ...]
    eid: str
    text: str
    grade: Grade
    state: ShortState | None


class SlotAnswer(Answered):
    """A place filled differently: terms of time and how many documents say each."""

    values: tuple[tuple[str, int], ...]


class WordingAnswer(Answered):
    """Variants of one wording; `grade` is against the usual wording, `years` the first and the last."""

    text: str
    grade: Grade
    holders: tuple[WordingHolderAnswer, ...]
    slots: tuple[SlotAnswer, ...]
    years: tuple[str, str] | None


class WordingsAnswer(Answered):
    """A topic over documents: wordings, the usual one first; documents without it as (id, name)."""

    topic: str
    label: str
    variants: tuple[WordingAnswer, ...]
    lacking: tuple[tuple[str, str], ...]
    unclear: tuple[tuple[str, str], ...]
    total: int


def wordings_answer(found: Wordings) -> WordingsAnswer:
    """Shape the wordings of a topic."""
    return WordingsAnswer.model_validate(found)
