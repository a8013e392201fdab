"""Marks publishers print, and what only looks like one."""

import pytest

from corpus.effects.force.published import marks
from corpus.model import Instrument, InstrumentType, Kind, Provision

MARKS = (
    ("(Пункт утратил силу – Закон от 07.12.2011 № 417-З)", "repealed"),
    ("Абзац утратил силу. – Постановление от 05.04.1999 № 373.", "repealed"),
    ("абзац второй исключён с 1 марта 2022 года. – Приказ от 03.02.2022 № 214;", "repealed"),
    ("Утратил силу. – Указ от 24.05.2017 № 236.", "repealed"),
    ("Исключён Протоколом от 3 мая 2004 года", "repealed"),
    ("(Часть 3 утратила силу с 1 мая 2004 года)", "repealed"),
    ("Ульи метят краской. (в ред. Закона от 03.03.2013 № 5-З)", "amended"),
    ("Ульи метят краской (в ред. Закона от 03.03.2013 № 5-З)", "amended"),
)
NONE = (
    "Признать утратившими силу:",
    "Признать утратившими силу приказы Палаты по перечню согласно приложению.",
    "Считать утратившим силу приказ Палаты от 27.11.2015 № 1035.",
    "абзац третий признать утратившим силу;",
    "Исключения составляют ульи, размещённые над рекой.",
    "Исключение пасечника из реестра оформляется приказом.",
    "Основаниями исключения из реестра являются:",
    "за исключением охраняемых участков",
    "Приговор отменён. При новом рассмотрении пасечник оправдан.",
    "Отменён также приговор уездного суда.",
    "Ульи измеряют по Правилам учёта (в ред. от 8 марта 2017 г.).",
    "Пасечник осуждён по ст. 159 УК (в редакции Закона от 7 марта 2011 г. № 26-З) к штрафу.",
    "Меры принимаются при неблагоприятных явлениях (изменении русла, течении, ветре).",
)


def _act(text: str) -> Instrument:
    return Instrument(
        type=InstrumentType.LAW, title="О пасеках", provisions=(Provision("art_1", Kind.ARTICLE, text=text),)
    )


@pytest.mark.parametrize(("text", "status"), MARKS)
def test_a_mark_tells_what_was_done_to_what_it_stands_in(text: str, status: str) -> None:
    assert [m.status for m in marks(_act(text))] == [status]


@pytest.mark.parametrize("text", NONE)
def test_words_like_those_of_a_mark_are_none(text: str) -> None:
    assert marks(_act(text)) == ()
