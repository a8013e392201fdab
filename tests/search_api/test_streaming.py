"""A long check is told to its end, however it ends."""

import json

import pytest

from corpus.errors import InputError
from search_api.web.citecheck.streaming import streamed


@pytest.mark.parametrize(
    ("error", "told"), [(InputError("Файл пуст."), "Файл пуст."), (ZeroDivisionError(), "сообщите о ней")]
)
def test_a_failure_is_the_last_line(error: Exception, told: str) -> None:
    def work(progress):
        progress(1, 2)
        raise error

    first, last = map(json.loads, streamed(work))
    assert first == {"done": 1, "all": 2}
    assert told in last["error"]
