"""A quotation changed by a word, a number, a negation or the order is told; a true one never is."""

import random

import pytest

from corpus.citations.quoted.verdict import QuotationVerdict, verify
from corpus.citations.quoted.words import printed
from ingest.pipeline import parse_bytes
from tests.quality.memos import memos

TRUE = (QuotationVerdict.EXACT, QuotationVerdict.NORMALISED)
EACH = 300


def texts():
    for agreement in memos("own")["agreements"]:
        for act in parse_bytes(agreement["text"].encode(), agreement["file"]).instruments:
            yield from ((printed(p), p.text) for top in act.provisions for p in top.walk() if len(p.text.split()) >= 5)


def runs(seed):
    """Yield a provision's words and a run of them, the signs at its ends left out."""
    chance = random.Random(seed)
    held = list(texts())
    for _ in range(EACH):
        text, words = chance.choice(held)
        split = words.split()
        length = chance.randint(4, min(20, len(split)))
        start = chance.randint(0, len(split) - length)
        start -= start > 0 and split[start - 1] in ("не", "ни")
        end = start + length - (split[start + length - 1] in ("не", "ни"))
        yield chance, text, " ".join(split[start:end]).strip(" ,.;:–«»")


def changed(chance, quoted, how):
    words = quoted.split()
    at = chance.randrange(len(words))
    if how == "word":
        words[at] = "верблюда"
    elif how == "number":
        words.insert(at, "семнадцать")
    elif how == "negation":
        words = [w for w in words if w != "не"] if "не" in words else [*words[:at], "не", *words[at:]]
    else:
        words.reverse()
    return " ".join(words)


def test_true_ones_raise_no_alarm():
    wrong = [q for _, text, q in runs(1) if verify(q, [text]).verdict not in TRUE]
    assert wrong == []


def test_yo_capitals_and_gaps_raise_no_alarm():
    wrong = []
    for chance, text, quoted in runs(2):
        words = quoted.split()
        at = chance.randint(1, len(words) - 1)
        if words[at - 1] not in ("не", "ни"):
            words[at:at] = ["…"]
        told = " ".join(words).replace("е", "ё", 1)
        told = told[0].swapcase() + told[1:]
        if verify(told, [text]).verdict not in TRUE:
            wrong.append(told)
    assert wrong == []


@pytest.mark.parametrize("how", ["word", "number", "negation", "order"])
def test_changed_ones_are_told(how):
    wrong = []
    for chance, text, quoted in runs(3):
        told = changed(chance, quoted, how)
        if told != quoted and verify(told, [text]).verdict in TRUE:
            wrong.append((quoted, told))
    assert wrong == []


def test_a_change_is_told_as_what_it_is():
    kinds = set()
    for how in ("word", "number", "negation"):
        for chance, text, quoted in runs(4):
            told = verify(changed(chance, quoted, how), [text])
            kinds |= {c.kind for c in told.changes}
    assert {"word", "addition", "negation", "omission", "number"} & kinds >= {"word", "negation", "addition"}
