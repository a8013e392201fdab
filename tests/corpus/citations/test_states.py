"""States and bodies in any case."""

import pytest

from corpus.lexicon.countries import find_states, forms, normalised, state, states
from corpus.lexicon.declension import Case, decline, genitive, nominative

NAMES = [
    ("Республикой Беларусь", "BY"),
    ("Беларусью", "BY"),
    ("РФ", "RU"),
    ("Россией", "RU"),
    ("Киргизской ССР", "KG"),
    ("Республики Кыргызстан", "KG"),
    ("Кыргызстаном", "KG"),
    ("Азербайджанской Республикой", "AZ"),
    ("Соединенными Штатами Америки", "US"),
    ("Объединенных Арабских Эмиратов", "AE"),
    ("Грузии", "GE"),
    ("Союзом Советских Социалистических Республик", "SU"),
    ("СССР", "SU"),
    ("Китайской Народной Республике", "CN"),
    ("Королевства Саудовская Аравия", "SA"),
    ("Федеративной Республикой Германия", "DE"),
    ("Боснией и Герцеговиной", "BA"),
    ("Кореи", None),
    ("Лукоморьем", None),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_state_by_any_name(name, code):
    found = state(name)
    assert (found.code if found else None) == code


def test_every_form_of_every_name_means_its_state_or_an_earlier_one():
    order = [s.code for s in states()]
    for row in states():
        for name in row.names:
            for form in forms(name):
                assert order.index(state(form).code) <= order.index(row.code), form


def test_no_code_twice():
    assert len({s.code for s in states()}) == len(states())


def test_abbreviations_count_in_capitals_only():
    assert find_states("рк и рф") == ()
    assert [s.code for _, s in find_states("РК и РФ")] == ["KZ", "RU"]


BODIES = [
    ("Правительством РК", "Правительство Республики Казахстан"),
    ("Министерством внутренних дел Кыргызстана", "Министерство внутренних дел Кыргызской Республики"),
    ("Генеральной прокуратуры Республики Беларусь", "Генеральная прокуратура Республики Беларусь"),
    ("Верховному Суду Российской Федерации", "Верховный Суд Российской Федерации"),
    ("Киргизской Республикой", "Кыргызская Республика"),
    ("Федеральную службу безопасности", "Федеральная служба безопасности"),
    ("Государственным комитетом по рыбе", "Государственный комитет по рыбе"),
    ("Премьер-Министром Республики Казахстан", "Премьер-Министр Республики Казахстан"),
    ("Кот Баюн", "Кот Баюн"),
]


@pytest.mark.parametrize(("name", "wanted"), BODIES)
def test_bodies_in_the_nominative(name, wanted):
    assert normalised(name) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "Министерство почты",
        "Генеральный прокурор",
        "Федеральный закон",
        "Дополнительный протокол к Договору",
        "Высший хозяйственный суд",
        "Рабочая комиссия",
        "Правила плавания",
        "Народное собрание",
        "ФЕДЕРАЛЬНЫЙ ЗАКОН",
    ],
)
def test_declension_there_and_back(name):
    for case in Case:
        assert nominative(decline(name, case)) == name
    assert genitive(name) != name
