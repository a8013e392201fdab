"""Invented acts for tests, written as {eId: text}."""

import hashlib

from corpus import eid as eids
from corpus.metadata.identity import readable_id
from corpus.model import Document, Instrument, InstrumentType, Provision, SourceFile


def tree(units: dict[str, str]) -> tuple[Provision, ...]:
    """Build provisions from eIds and texts; a unit stands before what it holds; text "1|…" gives the number as printed."""

    def build(eid: str) -> Provision:
        num, _, text = units[eid].rpartition("|")
        step = eids.parse(eid)[-1]
        children = tuple(build(e) for e in units if eids.parent(e) == eid)
        return Provision(eid, step.kind, text, num or None, children=children)

    return tuple(build(e) for e in units if eids.parent(e) not in units)


def act(type_: str, title: str, units: dict[str, str], **fields) -> Instrument:
    return Instrument(InstrumentType(type_), title, provisions=tree(units), **fields)


def file(name: str, *acts: Instrument) -> SourceFile:
    text = name + repr(acts)
    return SourceFile(name, hashlib.sha256(text.encode()).hexdigest(), "text", "utf-8", text, instruments=acts)


def documents(*files: SourceFile) -> list[Document]:
    return [
        Document(readable_id(i.type, i.date, i.title, f.name, n), f.name, n, i)
        for f in files
        for n, i in enumerate(f.instruments)
    ]


POST = act(
    "agreement",
    "Соглашение между Правительством Республики Лукоморье и Правительством Республики Буян о почтовом обмене",
    {
        "preamble": "Правительство Лукоморья и Правительство Буяна, далее Стороны,",
        "preamble__al_2": "согласились о нижеследующем:",
        "art_1": "1|Стороны обмениваются письмами в мешках.",
        "art_2": "2|",
        "art_2__para_1": "1|Мешки взвешивают:",
        "art_2__para_1__point_a": "а|на рассвете;",
        "art_2__para_1__point_b": "б|на закате в порядке, указанном в подпункте «а» настоящего пункта.",
        "art_2__para_1__al_2": "Вес записывают.",
        "art_2__para_2": "2|Расходы, указанные в пункте 1 настоящей статьи, несет отправитель.",
        "art_3": "3|Споры решают по статьям 1 и 2 настоящего Соглашения и пункту 9 статьи 2.",
        "conclusions": "Совершено в Лукоморье 5 мая 2001 года.",
        "conclusions__al_2": "За Лукоморье. За Буян.",
    },
    date="2001-05-05",
    parties=("Правительство Республики Лукоморье", "Правительство Республики Буян"),
)
PROTOCOL = act(
    "protocol",
    "Протокол о внесении изменений в Соглашение между Правительством Республики Лукоморье и Правительством "
    "Республики Буян о почтовом обмене от 5 мая 2001 года",
    {
        "preamble": "Правительства, желая изменить Соглашение между Правительством Республики Лукоморье и "
        "Правительством Республики Буян о почтовом обмене от 5 мая 2001 года (далее – Соглашение), согласились:",
        "art_1": "1|Внести в Соглашение следующие изменения:",
        "art_1__para_1": "1|пункт 2 статьи 2 исключить;",
        "art_1__para_2": "2|статью 3 дополнить словами «, указанными в пункте 5 настоящей статьи».",
        "art_2": "2|Протокол вступает в силу в порядке, предусмотренном статьей 3 Соглашения.",
        "art_3": "3|Расходы по статье 2 настоящего Протокола несут Стороны.",
    },
    date="2003-07-07",
)
ORDER = act(
    "order",
    "О мерах по выполнению Соглашения о почтовом обмене",
    {
        "preamble": "В целях выполнения Соглашения между Правительством Республики Лукоморье и Правительством "
        "Республики Буян о почтовом обмене, совершенного в Лукоморье 5 мая 2001 года, приказываю:",
        "para_1": "1|Взвешивать мешки по пункту 1 статьи 2 указанного Соглашения.",
        "para_2": "2|Почтальонам:",
        "para_2__subpara_2-1": "2.1|Соблюдать пункт 1 настоящего приказа.",
        "para_2__subpara_2-2": "2.2|Помнить пункт 2.1. Не забывать пункт 6 приказа министра от 3 июня 2000 г. № 297 «О мешках».",
        "para_3": "3|Отменить Устав Лукоморской почты, указ Президента Лукоморья от 1 марта 1999 года № 12.",
    },
    date="2002-02-02",
    number="17",
    issuer="Министерство почты Республики Лукоморье",
)
LAW = act(
    "law",
    "Закон о мостах",
    {
        "sec_1": "I|",
        "sec_1__chp_1": "1|",
        "art_1": "1|",
        "art_1__para_1": "1|Мост строят из дуба.",
        "art_1__para_2": "2|Мост красят.",
        "art_1-1": "1.1|Часть вторая статьи 1 к висячим мостам не применяется.",
        "note_1": "1|Дуб см. в приложении 1.",
        "att_1": "1|Породы",
        "att_1__para_1": "1|Дуб.",
    },
    date="1999-09-09",
    number="5-ЗЛ",
)
