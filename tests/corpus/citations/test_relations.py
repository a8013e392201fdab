"""Typed relations between acts: what is operative counts, mentions and notes do not; titles and lists do."""

from dataclasses import replace

import pytest

from corpus.citations.layered.layer import LAYER, layer
from corpus.citations.layered.relations import distinct, kept
from corpus.citations.layered.relations import layer as relations
from tests.corpus.citations.samples import act

POST = "Соглашение о почтовом обмене от 5 мая 2001 года"
# type, title, provisions (eid: number|text), the relations told: (eid, relation, beginning of the name)
CASES = [
    (
        "law",
        "О ратификации Соглашения о почтовом обмене",
        {"body": f"Ратифицировать {POST}, совершенное в Буяне."},
        [("", "ratifies"), ("body", "ratifies")],
    ),
    (
        "law",
        "О ратификации Протокола о внесении изменений в Соглашение о почтовом обмене от 5 мая 2001 года",
        {},
        [("", "ratifies")],
    ),
    (
        "protocol",
        "Протокол о внесении изменений в Соглашение о почтовом обмене от 5 мая 2001 года",
        {},
        [("", "amends")],
    ),
    ("law", "О присоединении Лукоморья к Конвенции о маяках", {}, [("", "ratifies")]),
    (
        "decree",
        "О подписании Соглашения о почтовом обмене",
        {
            "para_1": "1|Одобрить прилагаемый проект Соглашения о почтовом обмене.",
            "para_2": "2|Уполномочить министра подписать от имени Правительства Лукоморья Соглашение о почтовом обмене.",
        },
        [("", "approves"), ("para_1", "approves"), ("para_2", "approves")],
    ),
    (
        "decree",
        "О признании утратившими силу некоторых решений",
        {
            "para_1": "1|Признать утратившими силу:",
            "para_1__point_1": "1|постановление Правительства Лукоморья от 3 мая 2001 г. № 5;",
            "para_1__point_2": "2|постановление Правительства Лукоморья от 7 июня 2002 г. № 8.",
        },
        [("para_1__point_1", "supersedes"), ("para_1__point_2", "supersedes")],
    ),
    (
        "agreement",
        "Соглашение о перевозе",
        {
            "art_9": f"9|Со дня вступления в силу настоящего Соглашения прекращают свое действие {POST} и Протокол к нему от "
            "6 июня 2003 года."
        },
        [("art_9", "supersedes"), ("art_9", "supersedes")],
    ),
    ("agreement", "Соглашение о перевозе", {"art_9": f"9|{POST} утрачивает силу."}, [("art_9", "supersedes")]),
    (
        "law",
        "О внесении изменений в отдельные законы",
        {
            "art_1": "1|Внести в Федеральный закон от 21 декабря 1994 года № 68-ФЗ следующие изменения.",
            "art_2": "2|Статью 5 Федерального закона от 6 июня 2019 года № 122-ФЗ дополнить пунктом 3.",
            "art_3": "3|Внести в статью 5 Федерального закона от 6 июня 2019 года № 122-ФЗ изменение.",
        },
        [("art_1", "amends"), ("art_3", "amends")],
    ),
    (
        "order",
        "О мерах",
        {"preamble": f"Во исполнение {POST} приказываю:", "para_1": "1|Начать обмен."},
        [("preamble", "implements")],
    ),
    (
        "order",
        "О мерах",
        {"preamble": "В соответствии с Федеральным законом от 21 декабря 1994 года № 68-ФЗ приказываю:"},
        [("preamble", "implements")],
    ),
    (
        "ruling",
        "Определение",
        {"body": "На основании Федерального закона от 21 декабря 1994 года № 68-ФЗ суд отказал."},
        [],
    ),
    (
        "law",
        "Водный закон",
        {
            "art_1": "1|(Пункт утратил силу – Федеральный закон от 7 декабря 2011 г. № 417-ФЗ)",
            "art_2": "2|Порядок утверждается в соответствии с Федеральным законом от 21 декабря 1994 года № 68-ФЗ.",
        },
        [],
    ),
    (
        "agreement",
        "Соглашение о перевозе",
        {
            "preamble": "Служба перевоза в лице главы, действующего на основании Положения, утвержденного постановлением "
            "Правительства Лукоморья от 3 мая 2001 г. № 5,",
            "art_1": f"1|Стороны помнят {POST}.",
        },
        [],
    ),
    (
        "agreement",
        "Соглашение о перевозе",
        {"preamble": "Стороны, руководствуясь положениями Соглашения о почтовом обмене от 5 мая 2001 года,"},
        [("preamble", "implements")],
    ),
]


@pytest.mark.parametrize(("type_", "title", "provisions", "wanted"), CASES)
def test_relations(type_, title, provisions, wanted):
    instrument = act(type_, title, provisions)
    told = kept(instrument)
    assert [(t.eid, str(t.relation)) for t in told] == wanted
    texts = {p.eid: p.text for p in instrument.walk()} | {"": title}
    for t in told:
        assert texts[t.eid][slice(*t.span)] == t.text
        assert 0 < t.confidence < 1
        assert 0 <= t.cue.start < t.cue.end <= len(texts[t.eid])


def test_the_layer_is_what_is_read():
    instrument = act(*CASES[0][:3])
    layered = replace(instrument, layers={LAYER: layer(instrument), "relations": relations(instrument)})
    assert kept(layered) == kept(instrument)


def test_each_act_is_told_once_by_its_fullest_name():
    (one,) = distinct(kept(act(*CASES[0][:3])))
    assert (one.eid, one.citation.named.date) == ("body", "2001-05-05")
