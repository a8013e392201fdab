"""A small library of invented acts, full of traps for words."""

import pytest

from corpus import eid as eids
from corpus.library import Library
from corpus.local.library import LocalLibrary
from corpus.model import Instrument, InstrumentType, Provision, SourceFile

REFUSAL = {
    "preamble": "Правительство Республики Лукоморье и Правительство Республики Буян, именуемые Сторонами,",
    "preamble__al_2": "согласились о нижеследующем:",
    "art_1": "Предмет|Стороны сотрудничают в учёте рек.",
    "art_6": "Отказ в содействии|",
    "art_6__para_1": "|В исполнении запроса отказывается, если это вредит суверенитету. Расходы не возмещаются.",
    "art_6__para_2": "|В содействии может быть отказано по иным причинам.",
    "art_7": "Расходы|Каждая Сторона несёт свои издержки сама.",
    "art_8": "Языки|Рабочим языком Сторон является буянский.",
    "art_9": "|Споры решаются путем переговоров.",
    "art_10": "|",
    "art_10__para_4": "|Стороны обмениваются сведениями:",
    "art_10__para_4__al_2": "о составе преступных групп;",
    "art_10__para_4__al_3": "о кораблях и портах.",
    "art_12": "|Любая из Сторон может прекратить действие настоящего Соглашения, уведомив другую за шесть месяцев.",
    "art_13": "|В исполнении просьбы отказывается, если страдает безопасность.",
    "conclusions": "Совершено в городе Буянске 5 мая 2008 года в двух экземплярах.",
}
TRAPS = {
    "para_1": "|Завод выпускает сталь и прокат.",
    "para_2": "|Суда вышли в море, команды судов стали на якорь.",
    "para_3": "|Судов первой инстанции в городе два.",
    "para_4": "|Ещё одна ёлка у дома.",
    "para_5": "|Компания «Мечел» платит налог.",
    "para_6": "|Мечеть стоит у реки.",
    "para_7": "|В строке стоит ев, а не слово.",
    "para_8": "|Есть ли у общества долг, установит суд.",
    "para_9": "|Япония поставляет станки.",
    "para_10": "|Японский язык преподаётся в школе.",
    "para_11": "|Данные переданы. Журналу дано название.",
    "para_12": "|Перечень статей приложен к письму.",
    "para_13": "|Переговоры прошли по видео-конференц-связи.",
}


def tree(units: dict[str, str]) -> tuple[Provision, ...]:
    """Build provisions from eIds; a text is «заголовок|текст»."""

    def build(eid: str) -> Provision:
        heading, bar, text = units[eid].partition("|")
        step = eids.parse(eid)[-1]
        children = tuple(build(e) for e in units if eids.parent(e) == eid)
        own = text if bar else units[eid]
        return Provision(eid, step.kind, own, step.num, heading if bar and heading else None, children=children)

    return tuple(build(e) for e in units if eids.parent(e) not in units)


def files() -> list[SourceFile]:
    agreement = Instrument(
        InstrumentType.AGREEMENT,
        "Соглашение о реках",
        date="2008-05-05",
        place="Буянск",
        parties=("Правительство Республики Лукоморье", "Правительство Республики Буян"),
        languages=("буянский", "русский"),
        provisions=tree(REFUSAL),
        layers={"topics": [{"eid": "art_6", "topic": "refusal"}]},
    )
    order = Instrument(
        InstrumentType.ORDER, "О разном", date="2015-01-02", number="7", issuer="Приказ рек", provisions=tree(TRAPS)
    )
    return [
        SourceFile("акты/соглашение.txt", "a" * 64, "text", "utf-8", "соглашение", instruments=(agreement,)),
        SourceFile("акты/приказ.txt", "b" * 64, "text", "utf-8", "приказ", instruments=(order,)),
    ]


@pytest.fixture(scope="session")
def rivers(tmp_path_factory: pytest.TempPathFactory):
    library: Library = LocalLibrary(tmp_path_factory.mktemp("rivers") / "библиотека")
    for file in files():
        library.put(file)
    yield library
    library.close()
