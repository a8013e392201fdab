"""What a child says is taken for an answer only when it is one through and through."""

from functools import cache

import pytest

from corpus.citations.cited_text import TextRead, read_text
from ingest.confined.answers import NoAnswerError, answered, answered_file, written, written_file
from ingest.pipeline import parse_bytes

ACT = """СОГЛАШЕНИЕ о переправах

Статья 1

1. Переправы открыты днём согласно п. 2 ст. 8 Соглашения от 5 мая 2005 года.
"""


@cache
def told() -> bytes:
    return written_file(parse_bytes(ACT.encode(), "акт.txt"))


def test_a_file_comes_home_as_it_was() -> None:
    assert answered_file(told()) == parse_bytes(ACT.encode(), "акт.txt")
    assert answered(TextRead, written(read_text(ACT))) == read_text(ACT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"name":"акт.txt"', '"name":5'),
        ('"eid":"art_1"', '"eid":["art_1"]'),
        ('"eid":"art_1","kind":"article"', '"eid":"art_1","kind":"bomb"'),
        ('"source":[', '"source":["0",'),
        ("\n{", "\n\n{"),
        ("\n", "\n7\n"),
        ('"layers":{', '"layers":[1],"more":{'),
        ('{"version":1', '{"version":2'),
        ('"value":{', '"value":[{'),
        ('"text":"', '"text":' + "[" * 100_000 + '"'),
    ],
)
def test_anything_else_is_no_answer(old: str, new: str) -> None:
    changed = told().decode().replace(old, new, 1)
    assert changed != told().decode()
    with pytest.raises(NoAnswerError):
        answered_file(changed.encode())
