"""References inside a treaty: each sentence leads to the provisions it names, and to no others."""

from pathlib import Path

import pytest

from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.locating import EidIndex
from corpus.citations.resolve.references import outgoing
from corpus.citations.resolve.resolving import Resolver
from corpus.metadata.documents import documents_of
from ingest.pipeline import parse_bytes

ACT = """СОГЛАШЕНИЕ
между Республикой Ардения и Королевством Бельмар о почте
(Ардов, 8 мая 2002 г.)

Республика Ардения и Королевство Бельмар, именуемые далее Сторонами, согласились о нижеследующем:

Раздел I. Почта

Статья 1

Письма возят.

Статья 2

(1) Возят:

(a) письма;

(b) посылки:

(i) большие;

(ii) малые.

(2) Прочего не возят.

Статья 3

1. Плата бывает:

а) малая;

б) средняя;

в) большая.

2. Плату берут вперед.

Долгов нет.

Расписок не дают.

Статья 4

Почтальоны ходят пешком.

Лошадей держат станции.

Статья 5

Станции открыты.

Раздел II. Прочее

Статья 6

Споры решают переговорами.

Статья 7

Расходы несут поровну.

Статья 8

Срок не указан.

Статья 9

1. Изменения вносят протоколами.

Протоколы нумеруют.

2. Протоколы хранят:

а) в Ардове;

б) в Бельске.

3. {here}

Статья 10

Соглашение бессрочно.

Совершено в Ардове 8 мая 2002 года в двух экземплярах.

За Республику Ардения

За Королевство Бельмар

Приложение 1
к Соглашению о почте

ПРАВИЛА
взвешивания писем

1. Письма взвешивают.

2. Весы сверяют.

3. Сверяют:

а) гири;

б) чаши.

4. {there}

Приложение 2
к Соглашению о почте

ТАРИФЫ

1. Письмо - 1 грош.

2. Посылка - 2 гроша.
"""
LINES = [
    line
    for line in Path(__file__).with_name("inside.txt").read_text("utf-8").splitlines()
    if "=>" in line and not line.startswith("#")
]


def leads(line):
    """Return what a line's sentence leads to, and what it should."""
    sentence, expected = line.split("=>")
    inside = sentence.startswith("att:")
    said = f"Действуют {sentence.removeprefix('att:').strip()}, если Стороны не решат иначе."
    text = ACT.format(here="Споров нет." if inside else said, there=said if inside else "Споров нет.")
    (document,) = documents_of(parse_bytes(text.encode(), "act.txt"))
    resolver = Resolver(Catalogue([Entry.of_document(document)]), lambda _: EidIndex.of(document.instrument))
    source = "att_1__para_4" if inside else "art_9__para_3"
    found = [eid for r in outgoing(document, resolver) if r.eid == source and r.target for eid in r.target.eids]
    return found, expected.split()


def test_there_are_enough():
    assert len(LINES) >= 60


@pytest.mark.parametrize("line", LINES)
def test_inside(line):
    found, expected = leads(line)
    assert sorted(set(found)) == sorted(expected)
