"""What publishers print between the units of a law: none of its text, and each note with the unit it stands under."""

from corpus.effects.force.published import marks
from ingest.pipeline import parse_bytes

LONG = " или ".join(f"о содержании ульев {place} пасек" for place in ("горных", "луговых", "лесных", "степных") * 5)
LAW = f"""ФЕДЕРАЛЬНЫЙ ЗАКОН

О пасеках

1 апреля 2010 года № 7-ФЗ

Глава 1. Общие положения

(Наименование в редакции Федерального закона от 02.02.2012 № 3-ФЗ)

Статья 1. Пасеки

1. Пасеки ведут палаты пасечников.

2. Ульи метят краской.

(Часть в редакции Федерального закона от 03.03.2013 № 5-ФЗ)

3. Краску выдаёт палата.

(Дополнение частью - Федеральный закон от 04.04.2014 № 6-ФЗ)

Статья 2. Мёд

(Наименование в редакции Федерального закона от 05.05.2015 № 8-ФЗ)

Мёд хранят в бочках.

(Статья в редакции Федерального закона от 06.06.2016 № 9-ФЗ)

Статья 3. Воск

(Статья утратила силу - Федеральный закон от 07.07.2017 № 10-ФЗ)

Глава 2. Споры {LONG}

(Дополнение главой - Федеральный закон от 08.08.2018 № 11-ФЗ)

Статья 4. Суд

1. Споры решает суд.

(Пункт 2 исключён - Федеральный закон от 09.09.2019 № 12-ФЗ)
"""


def test_notes_of_a_publisher_are_no_text_and_change_the_unit_they_name() -> None:
    act = parse_bytes(LAW.encode(), "law.txt").instruments[0]
    assert [p.eid for p in act.walk()] == [
        "chp_1",
        "art_1",
        "art_1__para_1",
        "art_1__para_2",
        "art_1__para_3",
        "art_2",
        "art_3",
        "chp_2",
        "art_4",
        "art_4__para_1",
    ]
    assert [(m.eid, m.status, m.since) for m in marks(act)] == [
        ("chp_1", "amended", "2012-02-02"),
        ("art_1__para_2", "amended", "2013-03-03"),
        ("art_1__para_3", "amended", "2014-04-04"),
        ("art_2", "amended", "2015-05-05"),
        ("art_2", "amended", "2016-06-06"),
        ("art_3", "repealed", "2017-07-07"),
        ("chp_2", "amended", "2018-08-08"),
        ("art_4", "amended", "2019-09-09"),
    ]
