"""The numbers of the ranking, found on judged queries (bench/RESULTS.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts; 0 (for factors 1) switches it off."""

    k1: float = 0.9
    b: float = 0.6
    heading: float = 1.2
    lead_in: float = 0.3
    above: float = 0.5
    near: float = 0.25
    coverage: float = 0.8
    plain_coverage: float = 0.2
    turn: float = 1.1
    common: float = 0.3
    in_turn: float = 0.7
    second_choice: float = 0.15
    bare_heading: float = 0.4
    preamble: float = 0.8
    conclusions: float = 0.9
    definition: float = 0.8
    sense: float = 0.3
    sentences: float = 0.5
    sentence_topics: float = 0.6
    own_words: float = 0.5
    neighbours: float = 0.05
    window: int = 4
    opening: float = 0.1
    scattered: float = 0.7
    least_share: float = 0.6
    about: float = 1.2
    on_topic: float = 0.2
    ruling: float = 0.4
    other_kind: float = 0.4


DEFAULT = Weights()
