import pytest

from ingest.acts.markers import Style, division, follows, in_one_alphabet, is_first, numbered

DIVISIONS = [
    ("Статья 4", Style.ARTICLE, (4,), ""),
    ("Статья 4. Расходы", Style.ARTICLE, (4,), "Расходы"),
    ("Статья 4Расходы", Style.ARTICLE, (4,), "Расходы"),
    ("СТАТЬЯ XIV", Style.ARTICLE, (14,), ""),
    ("Статья Х", Style.ARTICLE, (10,), ""),  # a Cyrillic Х among Roman numbers
    ("Статья 12¹. Пеня", Style.ARTICLE, (12, 1), "Пеня"),
    ("Статья 12.1. Пеня", Style.ARTICLE, (12, 1), "Пеня"),
    ("Статья 5 - Споры", Style.ARTICLE, (5,), "Споры"),
    ("Раздел II. Помощь", Style.SECTION, (2,), "Помощь"),
    ("Глава 3", Style.CHAPTER, (3,), ""),
    ("Часть первая", Style.PART, (1,), ""),
    ("§ 2. Пошлины", Style.SECTION, (2,), "Пошлины"),
]
NO_DIVISIONS = [
    "статьями 5 и 6",
    "Статьи расходов",
    "Часть имущества",
    "Главам отделов",
    "Статья устава",
    "Разделить 5 кусков",
]


@pytest.mark.parametrize(("text", "style", "value", "rest"), DIVISIONS)
def test_division(text, style, value, rest):
    marker = division(text)
    assert (marker.style, marker.value, text[marker.end :]) == (style, value, rest)


@pytest.mark.parametrize("text", NO_DIVISIONS)
def test_no_division(text):
    assert division(text) is None


NUMBERS = [
    ("1. Стороны", Style.NUMBER, "1", (1,)),
    ("1.Стороны", Style.NUMBER, "1", (1,)),
    ("3.1. Отделы", Style.DOTTED, "3.1", (3, 1)),
    ("3.1 Отделы", Style.DOTTED, "3.1", (3, 1)),
    ("2.1.10. Подъём", Style.DOTTED, "2.1.10", (2, 1, 10)),
    ("10.11.12. Подъём", Style.DOTTED, "10.11.12", (10, 11, 12)),
    ("1.2.1. Подъём", Style.DOTTED, "1.2.1", (1, 2, 1)),
    ("5-1. Отделы", Style.NUMBER, "5-1", (5, 1)),
    ("2) паспорт", Style.NUMBER_BRACKET, "2", (2,)),
    ("(2) паспорт", Style.BRACKETS, "2", (2,)),
    ("в) печать", Style.LETTER_BRACKET, "в", (0,)),
    ("b) печать", Style.LATIN_BRACKET, "b", (0,)),
    ("iv) печать", Style.ROMAN_BRACKET, "iv", (4,)),
    ("IV. Сроки", Style.ROMAN, "IV", (4,)),
]
NO_NUMBERS = [
    "23 октября 2008 года",
    "10.03.2022",
    "12.01.22 года",
    "2008. год",
    "В. И. Петров",
    "30 дней",
    "3,5 метра",
    "",
    "и) "[:1],
]


@pytest.mark.parametrize(("text", "style", "num", "value"), NUMBERS)
def test_numbered(text, style, num, value):
    marker = numbered(text)
    assert (marker.style, marker.num, marker.value) == (style, num, value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_not_numbered(text):
    assert numbered(text) is None


FOLLOWS = [
    ("1. а", "2. а", 0),
    ("1. а", "4. а", 2),
    ("2. а", "1. а", None),
    ("3.1. а", "3.2. а", 0),
    ("3. а", "3.1. а", 0),
    ("3.9. а", "4. а", 0),
    ("а) а", "б) а", 0),
    ("ж) а", "и) а", 0),
    ("е) а", "ж) а", 0),
    ("и) а", "к) а", 0),
    ("н) а", "п) а", 0),
    ("а) а", "b) а", 0),
    ("b) а", "с) а", 0),
    ("1) а", "2) а", 0),
    ("II. А", "III. А", 0),
]


@pytest.mark.parametrize(("last", "this", "missing"), FOLLOWS)
def test_follows(last, this, missing):
    assert follows(numbered(last).style, numbered(last), numbered(this)) == missing


@pytest.mark.parametrize(
    ("text", "first"),
    [("1. а", True), ("2. а", False), ("а) а", True), ("б) а", False), ("a) а", True), ("I. А", True), ("(1) а", True)],
)
def test_is_first(text, first):
    assert is_first(numbered(text)) is first


@pytest.mark.parametrize(
    ("printed", "read"),
    [("аbсd", "abcd"), ("aбвг", "абвг"), ("абвгде", "абвгде"), ("abcde", "abcde"), ("АBСD", "ABCD")],
)
def test_one_alphabet(printed, read):
    assert "".join(in_one_alphabet(list(printed))) == read
