"""Texts of requests are read where they can be given up: an answer in time, or a sentence that says so."""

import time
from collections.abc import Iterator

import pytest

from corpus.citations.cited_text import LONGEST, read_text
from corpus.comparison.differences import differences
from corpus.errors import BusyError, QueryError, TooSlowError
from ingest.confined.pool import Pool
from ingest.confined.texts import SMALL, SMALL_PAIR, Texts

WORDS = "Стороны обмениваются картами согласно п. 2 ст. 8 Соглашения от 14.05.1907 «о рыбных промыслах». "


def soon() -> float:
    return time.monotonic() + 60


@pytest.fixture(scope="module")
def texts() -> Iterator[Texts]:
    texts = Texts(Pool(1))
    yield texts
    texts.close()


@pytest.mark.parametrize("times", [1, 2 * SMALL // len(WORDS)])
def test_citations_are_read_alike_here_and_apart(texts: Texts, times: int) -> None:
    assert texts.cited(WORDS * times, soon()) == read_text(WORDS * times)


@pytest.mark.parametrize("times", [1, 2 * SMALL_PAIR // len(WORDS)])
def test_words_are_compared_alike_here_and_apart(texts: Texts, times: int) -> None:
    left, right = WORDS * times, WORDS.replace("картами", "пятью картами") * times
    assert texts.differences(left, right, soon()) == differences(left, right)


def test_a_text_too_long_is_refused_at_once(texts: Texts) -> None:
    with pytest.raises(QueryError, match="длиннее"):
        texts.cited("а" * (LONGEST + 1), soon())


def test_what_takes_too_long_is_given_up_and_the_next_is_answered(texts: Texts) -> None:
    texts.differences(WORDS * 20, WORDS * 21, soon())  # a child is there
    began = time.monotonic()
    with pytest.raises(TooSlowError, match="Разделите"):
        texts.differences("а б " * 4_000, "б в " * 4_000, began + 0.1)
    assert time.monotonic() - began < 3
    assert texts.differences(WORDS * 20, WORDS * 21, soon())


def test_there_is_no_room_for_everybody() -> None:
    texts = Texts(Pool(1, waiting=0))
    texts.differences(WORDS * 20, WORDS * 21, soon())
    texts.close()
    with pytest.raises(BusyError) as told:
        texts.differences(WORDS * 20, WORDS * 21, soon())
    assert told.value.retry_after > 0
