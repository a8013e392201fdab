"""Folds of the overview: topics a lawyer looks at together, in the order of an agreement."""

from collections.abc import Iterable, Mapping

_FOLDS: Mapping[str, str] = {
    "Предмет": (
        "purpose subject definitions principles persons directions forms other-directions bodies bodies-change contacts"
        " secure-channels"
    ),
    "Запрос": (
        "request-basis request-form request-confirmation request-contents request-signature request-attachments"
        " request-confidentiality request-confidentiality-impossible"
    ),
    "Исполнение": (
        "execution execution-law execution-term execution-obstacles execution-transfer execution-more"
        " execution-presence execution-postpone execution-results"
    ),
    "Отказ": "refusal refusal-consultation refusal-notice reciprocity extradition-refusal entry-refusal",
    "Информация": (
        "spontaneous information-exchange legislation-exchange information-confidentiality use-limits evidence-use"
        " third-party lawful-disclosure information-protection personal-data retention"
    ),
    "Расходы и язык": "expenses gratuitous language",
    "Споры и изменения": "disputes liability force-majeure other-treaties annexes amendments amendments-force",
    "Действие": (
        "entry-into-force provisional transitional duration suspension termination termination-effects"
        " prior-agreements accession reservations depositary territory"
    ),
    "Подписание": "authentic-texts prevailing-text",
}
OTHER = "Иные темы"
FOLD_OF = {topic: fold for fold, topics in _FOLDS.items() for topic in topics.split()}
"""The fold of each built-in topic; others, and those users add, stand under OTHER."""

NAMES = (*_FOLDS, OTHER)


def folded_up(topics: Iterable[str]) -> dict[str, list[str]]:
    """Gather topics under their folds, in the order of folds; empty folds are left out.

    >>> folded_up(["expenses", "own-topic", "refusal"])
    {'Отказ': ['refusal'], 'Расходы и язык': ['expenses'], 'Иные темы': ['own-topic']}
    """
    held: dict[str, list[str]] = {name: [] for name in NAMES}
    for topic in topics:
        held[FOLD_OF.get(topic, OTHER)].append(topic)
    return {name: found for name, found in held.items() if found}
