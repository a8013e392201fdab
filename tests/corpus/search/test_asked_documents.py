"""Questions that ask for documents are told from those that ask for clauses; their topics are known."""

import tomllib
from pathlib import Path

import pytest

from corpus.search.language.questions import Asks, question
from corpus.topics.topics import topics

CASES = tomllib.loads(Path(__file__).with_name("asked_documents.toml").read_text("utf-8"))["question"]


@pytest.mark.parametrize("case", CASES, ids=[c["q"] for c in CASES])
def test_question(case):
    read = question(case["q"], topics())
    if case["kind"] == "no":
        assert read is None
        return
    assert (read.asks, read.topic, read.days) == (Asks(case["kind"]), case["topic"], case.get("days", 0))


def test_what_documents_are_called_narrows_to_their_type():
    assert question("какие протоколы не содержат оговорок", topics()).types == ("protocol",)
    assert question("какие договоры не содержат оговорок", topics()).types == ()


def test_a_bound_may_answer_itself():
    assert question("какие соглашения исполняют запрос не дольше 20 дней", topics()).or_as_long
    assert not question("где срок больше 30 дней", topics()).or_as_long
