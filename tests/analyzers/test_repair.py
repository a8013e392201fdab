"""Repair: the table of cases, and what must hold for any text."""

import os
import random
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.repair import THETA, Edit, Repaired, repair
from analyzers.repair.rules.lookalikes import TO_CYRILLIC

FILE = Path(__file__).with_name("repair.cases")


def _plain(text: str) -> str:
    return re.sub(r"\\(?:[nrf\\]|u[0-9a-f]{4})", lambda m: m[0].encode().decode("unicode_escape"), text)


def _cases():
    section = ""
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line.strip() and not (line.startswith("# ") and not section):
            given_text, arrow, wanted = line.partition(" → ")
            mark = [pytest.mark.xfail(strict=True, reason="known failure")] if section == "known failures" else []
            before = _plain(given_text)
            yield pytest.param(before, _plain(wanted) if arrow else before, id=f"{section}: {given_text}", marks=mark)


CASES = list(_cases())


def test_the_table_is_long_enough():
    assert len(CASES) >= 300


@pytest.mark.parametrize(("source", "wanted"), CASES)
def test_case(source, wanted):
    found = repair(source)
    assert found.text == wanted, found.edits
    if source == wanted:
        assert not found.edits


SENTENCES = """
Компетентные органы Сторон обмениваются сведениями о порядке выдачи и замены проездных документов.
Запрос исполняется в срок, не превышающий тридцати дней со дня его поступления в учреждение юстиции.
В исполнении поручения может быть отказано, если оно противоречит законодательству государства.
Расходы на перевод документов несет та Сторона, на территории которой они возникли.
Настоящий Договор вступает в силу с даты получения последнего письменного уведомления.
Свидетель не может быть привлечен к ответственности за деяние, совершенное до пересечения границы.
Стороны содействуют развитию научно-технического и культурного сотрудничества.
Суд первой инстанции рассмотрел дело по существу и удовлетворил требования истца.
Министерство юстиции Республики Армения уведомляет об этом другую Сторону.
Решение об отказе в регистрации должно быть мотивировано и вручено заявителю.
Перевозчик обязан обеспечить сохранность груза до момента его выдачи получателю.
Срок действия разрешения продлевается по просьбе владельца на основании ходатайства.
Лицо, заключенное под стражу, имеет право на свидание с защитником наедине.
О времени и месте проведения заседания извещаются все заинтересованные учреждения.
Постановление о возбуждении уголовного дела направляется прокурору незамедлительно.
Имущество, подлежащее конфискации, передается по акту приема и описи.
Меры по охране окружающей среды принимаются с учетом особенностей местности.
Работник вправе обжаловать приказ об увольнении в суд в течение месяца.
Положения настоящей статьи не применяются к трудящимся-мигрантам и членам их семей.
Ходатайство о пересмотре приговора подается через суд, который его постановил.
""".strip().splitlines()
TWINS = dict(zip("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX", strict=True))


def _cut(r, sentence, by, share):
    def one(word):
        if len(word) < 5 or r.random() > share:
            return word
        at = r.randint(2, len(word) - 2)
        return word if not (word[at - 1] + word[at]).isalpha() or "-" in word else word[:at] + by + word[at:]

    return " ".join(one(w) for w in sentence.split())


def _some(r, sentence):
    words = sentence.split()
    start = r.randrange(len(words) - 3)
    return " ".join([*words[:start], *(" ".join(w) for w in words[start : start + 3]), *words[start + 3 :]])


def _over_a_line(r, sentence):
    words = [" ".join(w) for w in sentence.split()]
    longest = max(words, key=len)
    if len(longest) < 11:
        return "  ".join(words)
    at = 2 * r.randint(2, len(longest) // 2 - 3)
    words[words.index(longest)] = longest[: at - 1] + "\n" + longest[at:]
    return "  ".join(words)


DAMAGE = {
    "gaps kept": (lambda r, s: "  ".join(" ".join(w) for w in s.split()), 1.0),
    "gaps lost": (lambda r, s: " ".join(" ".join(w) for w in s.split()), 0.99),
    "some words": (_some, 0.99),
    "fragments": (lambda r, s: _cut(r, s, " ", 0.25), 0.99),
    "hyphens": (lambda r, s: _cut(r, s, "-\n", 0.3), 1.0),
    "soft hyphens": (lambda r, s: _cut(r, s, "\u00ad", 0.3), 1.0),
    "look-alikes": (lambda r, s: "".join(TWINS.get(c, c) if r.random() < 0.3 else c for c in s), 1.0),
    "glued": (lambda r, s: re.sub(r"([а-я]{3,}) ([А-Я][а-я]{3,})", r"\1\2", s), 1.0),
    "no-break blanks": (lambda r, s: "\u00a0\u00a0".join("\u00a0".join(w) for w in s.split()), 1.0),
    "thin blanks": (lambda r, s: " ".join("\u2009".join(w) for w in s.split()), 0.99),
    "inside Markdown": (lambda r, s: "**" + "  ".join(" ".join(w) for w in s.split()) + "**", 1.0),
    "inside HTML": (lambda r, s: "<b>" + "  ".join(" ".join(w) for w in s.split()) + "</b>", 1.0),
    "over a line end": (_over_a_line, 0.97),
    "cut capitals": (lambda r, s: _cut(r, s.upper(), " ", 0.25), 0.98),
    "spaced capitals": (lambda r, s: " ".join(" ".join(w) for w in s.upper().split()), 0.97),
    "page ends": (lambda r, s: _cut(r, s, "-\n\n\f\n", 0.15), 1.0),
    "decomposed": (lambda r, s: unicodedata.normalize("NFD", s), 1.0),
}


def _boundaries(text):
    marks, at = set(), 0
    for word in re.sub(r" (?=[;,.:)])", "", text).split():
        marks.add((at, at + len(word), word))
        at += len(word)
    return marks


@pytest.mark.parametrize("kind", DAMAGE)
@pytest.mark.parametrize("seed", [1, 2])
def test_words_come_back_exactly(kind, seed):
    damage, floor = DAMAGE[kind]
    r = random.Random(seed)
    right = wanted = got = 0
    damaged = [damage(r, s) for s in SENTENCES]
    clean = [s.upper() if "capitals" in kind else s for s in SENTENCES]
    for sentence, answer in zip(clean, repair("\n\n".join(damaged)).text.split("\n\n"), strict=True):
        one, two = _boundaries(sentence), _boundaries(re.sub(r"\*\*|</?b>|\f", "", answer))
        right, wanted, got = right + len(one & two), wanted + len(one), got + len(two)
    assert min(right / wanted, right / got) >= floor


def test_clean_sentences_stay():
    assert repair("\n\n".join(SENTENCES)).edits == ()


def _skeleton(text):
    """Reduce a text to what repair may never change."""
    text = unicodedata.normalize("NFC", text).translate(TO_CYRILLIC)
    text = re.sub(r"[\s\u00ad\u200b-\u200d\u2060\ufeff¬‐‑-]", "", text).casefold()
    return re.sub("з+", "з", text.translate(str.maketrans("0364iі1l", "озбчlll1")).replace("1", "l"))


ALPHABET = st.sampled_from(list('абвгде киоуяСтПР  \n--.,;:()«»"АВaeopcxAB013\u00ad\u00a0\u2009\u0306и'))
PIECES = st.one_of(
    st.sampled_from([w for s in SENTENCES for w in s.split()]),
    st.sampled_from(
        [
            " ",
            "  ",
            "\n",
            "-\n",
            "\n\n",
            " ;",
            "№ 5",
            "Статья 4",
            "п р и к а з",
            "С т о р о н ы",
            "междуПравом",
            "A.",
            "x",
        ]
    ),
    st.text(ALPHABET, max_size=12),
)
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.lists(PIECES, max_size=24).map(" ".join)


@settings(max_examples=1500 if os.environ.get("SVOD_SOAK") else 150, deadline=None)
@given(TEXTS)
def test_only_blanks_hyphens_and_look_alikes_change(text):
    found = repair(text)
    assert _skeleton(found.text) == _skeleton(text) or any("hyphen-page" in e.rule for e in found.edits)


@settings(max_examples=1500 if os.environ.get("SVOD_SOAK") else 150, deadline=None)
@given(TEXTS)
def test_undoing_the_edits_gives_the_source(text):
    found = repair(text)
    undone, at, made = [], 0, 0
    for edit in found.applied:
        made_at = made + edit.start - at
        assert found.text[made:made_at] == text[at : edit.start]
        assert found.text[made_at : made_at + len(edit.replacement)] == edit.replacement
        undone += [found.text[made:made_at], text[edit.start : edit.end]]
        made, at = made_at + len(edit.replacement), edit.end
    assert "".join(undone) + found.text[made:] == text
    assert all(a.end <= b.start for a, b in pairwise(found.edits))


@settings(max_examples=1500 if os.environ.get("SVOD_SOAK") else 150, deadline=None)
@given(TEXTS)
def test_paragraphs_stay(text):
    found = repair(text).text
    assert len(re.findall(r"\S\s*\n\s*\n(?=\s*\S)", re.sub(r"[-‐‑¬\u00ad]\s*\n[\s\d]*", "", text))) <= found.count("\n")


@pytest.mark.parametrize("kind", DAMAGE)
def test_repaired_text_needs_no_repair(kind):
    r = random.Random(7)
    once = repair("\n\n".join(DAMAGE[kind][0](r, s) for s in SENTENCES)).text
    assert repair(once).text == once


def test_every_offset_maps_into_its_edit():
    found = repair("защита прав и с в о б о д  ч e л о в е к а ;")
    at = found.text.index("человека")
    span = found.to_source(at, at + 8)
    assert found.source[span.start : span.end] == "ч e л о в е к а ;"


def test_layers_become_one_edit():
    found = Repaired("ч e л о-\nвек").then([Edit(2, 3, "е", "one", 0.9)]).then([Edit(0, 7, "чело", "two", 0.8)])
    assert [(e.start, e.end, e.replacement, e.rule, e.confidence) for e in found.edits] == [
        (0, 7, "чело", "one+two", 0.8)
    ]
    found = found.then([Edit(4, 6, "", "three", 0.95)])
    assert found.text == "человек"
    assert [(e.start, e.end, e.replacement) for e in found.edits] == [(0, 7, "чело"), (7, 9, "")]


def test_weak_edits_leave_the_text():
    found = Repaired("а б").then([Edit(1, 2, "", "weak", THETA - 0.1)])
    assert found.text == "а б"
    assert len(found.edits) == 1


def test_every_edit_names_rule_and_confidence():
    found = repair("О п р и ч и н а х о т к а з а ; междуПравительством, обеспе-\nчение")
    assert {r for e in found.edits for r in e.rule.split("+")} >= {"spaced-gaps-lost", "glued", "hyphen"}
    assert all(0 < e.confidence <= 1 for e in found.edits)


def test_the_corpus_own_words_count():
    text = "о работе криптоплатф ормы"
    assert repair(text).text == text
    assert repair(text, {"криптоплатформы": 12}).text == "о работе криптоплатформы"
