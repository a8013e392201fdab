"""Printed dates: every form met, and what no calendar has."""

import re

import pytest

from corpus.citations.read.reading import read
from corpus.lexicon.dates import DATE, MONTHS, date, dates, first_day, in_digits, in_words, iso, last_day, period
from corpus.metadata.correctable import validated
from ingest.pipeline import parse_bytes

DAY = "2008-10-23"
FORMS = [
    "23.10.2008",
    "23/10/2008",
    "23.10.08",
    "23.10.2008 г.",
    "2008-10-23",
    "23 октября 2008 г.",
    "23 октября 2008 года",
    "23 октября 2008",
    "23-го октября 2008 года",
    "23 окт. 2008 г.",
    "23 окт 2008 г.",
    "«23» октября 2008 года",
    '"23" октября 2008 года',
    "“23” октября 2008 г.",
    "« 23 » октября 2008 г.",
    "23/X-2008",
    "23/X-08",
    "23.X.2008",
    "23/Х-2008",
    "23 ОКТЯБРЯ 2008 ГОДА",
    "23  октября  2008  г.",
]
NONE = [
    "31.02.2020",
    "29.02.1900",
    "29 февраля 1900 года",
    "29 февраля 2019 г.",
    "00.01.2001",
    "1.13.2001",
    "5 мая",
    "мая 2008",
    "32 мая 2008 г.",
    "1.2.3",
    "5.IIII.2008",
    "5/XIII-2008",
    "123 мая 2008 г.",
    "5 мая 0001 года",
    "1.10.2008.5",
    "2008-1-5",
]
WINDOW = [
    ("12.01.22", "2022-01-12"),
    ("12.01.50", "2050-01-12"),
    ("12.01.51", "1951-01-12"),
    ("12.01.99", "1999-01-12"),
]
PERIODS = [("2008", "2008"), ("2008-10", "2008-10"), ("10.2008", "2008-10"), ("2008-10-23", DAY), ("23.10.2008", DAY)]


@pytest.mark.parametrize("printed", FORMS)
def test_a_date_is_read_alike_by_all(printed):
    assert date(printed) == DAY
    assert [d.iso for d in dates(f"Совершено {printed}, в городе")] == [DAY]
    assert iso(re.fullmatch(DATE, printed.lower())) == DAY
    assert [c.named.date for c in read(f"приказ от {printed} № 5 действует")] == [DAY]
    assert validated("date", [printed]) == (DAY,)
    text = f"СОГЛАШЕНИЕ\nмежду Альбией и Бореей о лодках\n\nСтатья 1\n\nЛодки красят.\n\nСовершено в Минске {printed} в двух экземплярах.\n"
    assert [i.date for i in parse_bytes(text.encode(), "a.txt").instruments] == [DAY]


@pytest.mark.parametrize("printed", NONE)
def test_what_is_no_date(printed):
    assert date(printed) is None
    assert dates(f"Совершено {printed}, в городе") == []


@pytest.mark.parametrize(("printed", "day"), WINDOW)
def test_a_year_in_two_digits(printed, day):
    assert date(printed) == day


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_in_its_forms(number):
    day = f"2001-{number:02}-05"
    assert date(in_words(day)) == date(in_digits(day)) == day
    assert date(f"5 {MONTHS[number - 1][:3]}{'' if number == 5 else '.'} 2001 г.") == day


@pytest.mark.parametrize(("text", "found"), PERIODS)
def test_a_period(text, found):
    assert period(text) == found
    assert first_day(found) <= DAY <= last_day(found)


@pytest.mark.parametrize("text", ["30.02.2008", "2008-13", "13.2008", "0000"])
def test_a_period_the_calendar_does_not_have(text):
    with pytest.raises(ValueError, match=r"\w"):
        period(text)
