"""Small invented texts, one a kind of print that was misread: what they must give."""

import pytest

from ingest.pipeline import parse_bytes

HEAD = "СОГЛАШЕНИЕ\nмежду Республикой Ардения и Королевством Бельмар о переправах\n(Ардов, 2 июня 1999 г.)\n\nРеспублика Ардения и Королевство Бельмар, именуемые в дальнейшем Сторонами, согласились о нижеследующем:\n\n"
CASES = {
    "bullets of a symbol font": (
        "Статья 1\n\nВозят:\n\n\uf0b7 лес;\n\n\uf0a7 соль.\n\nСтатья 2\n\nСпоров нет.",
        {"art_1": "Возят:", "art_1__al_2": "лес;", "art_1__al_3": "соль.", "art_2": "Споров нет."},
    ),
    "a bracket and a stop": (
        "Статья 1\n\nВозят:\n\nа). лес;\n\nб). соль.\n\nСтатья 2\n\nСпоров нет.",
        {"art_1": "Возят:", "art_1__point_a": "лес;", "art_1__point_b": "соль.", "art_2": "Споров нет."},
    ),
    "capital letters": (
        "Статья 1\n\nВозят:\n\nА. лес;\n\nБ. соль.\n\nСтатья 2\n\nСпоров нет.",
        {"art_1": "Возят:", "art_1__point_a": "лес;", "art_1__point_b": "соль.", "art_2": "Споров нет."},
    ),
    "inserted points": (
        "Статья 1\n\n1. Плата мала.\n\n1(1). Платы нет для детей.\n\n2. Споров нет.",
        {"art_1__para_1": "Плата мала.", "art_1__para_1-1": "Платы нет для детей.", "art_1__para_2": "Споров нет."},
    ),
    "signs of paragraphs": (
        "Статья 1\n\n§ 1. Плата мала.\n\n§ 2. Споров нет.",
        {"art_1__para_1": "Плата мала.", "art_1__para_2": "Споров нет."},
    ),
    "ordinals with ё": (
        "Статья третья\n\nПлата мала.\n\nСтатья четвёртая\n\nСпоров нет.",
        {"art_3": "Плата мала.", "art_4": "Споров нет."},
    ),
    "a publisher's remark": (
        "Статья 1\n\nПлата мала.\n\nГАРАНТ:\n\nО плате см. письмо казначея\n\nСтатья 2\n\nСпоров нет.",
        {"art_1": "Плата мала.", "art_2": "Споров нет."},
    ),
    "a footnote": (
        "Статья 1\n\nПлата¹ мала.\n______________\n¹ Кроме пошлины.\n\nСтатья 2\n\nСпоров нет.",
        {"art_1": "Плата мала.", "art_2": "Споров нет."},
    ),
    "Kazakh after Russian": (
        "Статья 1\n\nПлата мала.\n\nЗа Республику Ардения\n\nКЕЛІСІМ\n\n1-бап\n\nӨткел ақысы аз мөлшерде белгіленеді.\n\n2-бап\n\nДаулар келіссөзбен шешіледі.",
        {
            "art_1": "Плата мала.",
            "lang_kk__art_1": "Өткел ақысы аз мөлшерде белгіленеді.",
            "lang_kk__art_2": "Даулар келіссөзбен шешіледі.",
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    text, expected = CASES[case]
    (act,) = parse_bytes((HEAD + text).encode(), "case.txt").instruments
    assert {p.eid: p.text for p in act.walk() if p.text and not p.eid.startswith("preamble")} == expected
    assert (act.type, act.date, act.place) == ("agreement", "1999-06-02", "Ардов")


def test_the_heading_tells_the_day_and_the_formula_that_differs_is_told():
    text = (
        HEAD
        + "Статья 1\n\nПлата мала.\n\nСовершено в г. Ардове 2 июля 1999 года в двух экземплярах.\n\nЗа Республику Ардения"
    )
    (act,) = parse_bytes(text.encode(), "days.txt").instruments
    assert act.date == "1999-06-02"
    assert "date" in [d.rule for d in act.diagnostics]


def test_headings_over_articles():
    text = (
        HEAD
        + "Статья 1\n\nПлата мала.\n\nСОСТАВ КОМИССИИ\n\nСтатья 2\n\nВ комиссии трое.\n\nОТЪЕЗД КОМИССИИ\n\nСтатья 3\n\nСпоров нет."
    )
    (act,) = parse_bytes(text.encode(), "headings.txt").instruments
    headings = {p.eid: p.heading for p in act.walk() if p.heading}
    assert headings == {"art_2": "СОСТАВ КОМИССИИ", "art_3": "ОТЪЕЗД КОМИССИИ"}


def test_lines_over_the_margin_do_not_make_every_line_a_paragraph():
    clause = (
        "Стороны ежегодно сверяют списки переправ, лодочных станций и причалов, построенныхна обоих берегах, исправляют их,\n"
        "если на берегах реки построены новые причалы или закрыты прежние переправы, и\n"
        "сообщают о том начальникам переправ."
    )
    whole = " ".join(clause.split("\n"))
    text = HEAD + "".join(f"Статья {n}\n{clause}\n" for n in range(1, 5))
    (act,) = parse_bytes(text.encode(), "long.txt").instruments
    assert [(p.heading, p.text) for p in act.walk() if p.kind == "article"] == [(None, whole)] * 4


def _rows(*pairs):
    return "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in pairs) + "</table>"


BESIDE = (
    ("ДОГОВОР", "ШАРТ"),
    ("между Республикой Ардения и Республикой Бельмар о рыбной ловле", "балық аулау туралы"),
    ("Статья 1", "1-бап"),
    ("1. Рыбу ловят неводом.", "1. Балық аумен ауланады."),
    ("2. Улов делят поровну.", "2. Олжа тең бөлінеді."),
    ("Статья 2", "2-бап"),
    ("Споров нет.", "Даулар жоқ."),
    ("Совершено в городе Ардове 2 июня 1999 года в двух экземплярах.", "Ардов қаласында жасалды."),
)
"""A treaty set as a table of two languages; two of its Kazakh words have no letter that Russian has not."""


@pytest.mark.parametrize("turned", [False, True], ids=["Russian left", "Russian right"])
def test_a_text_in_two_languages_side_by_side(turned):
    rows = [(b, a) if turned else (a, b) for a, b in BESIDE]
    (act,) = parse_bytes(f"<html><body>{_rows(*rows)}</body></html>".encode(), "beside.html").instruments
    assert (act.type, act.date, act.place, act.parties) == (
        "treaty", "1999-06-02", "Ардов", ("Республика Ардения", "Республика Бельмар"),
    )  # fmt: skip
    assert {p.eid: p.text for p in act.walk() if p.text} == {
        "art_1__para_1": "Рыбу ловят неводом.", "art_1__para_2": "Улов делят поровну.", "art_2": "Споров нет.",
        "conclusions": BESIDE[-1][0], "lang_kk__art_1__para_1": "Балық аумен ауланады.",
        "lang_kk__art_1__para_2": "Олжа тең бөлінеді.", "lang_kk__art_2": "Даулар жоқ.",
        "lang_kk__art_2__al_2": "Ардов қаласында жасалды.",
    }  # fmt: skip
    assert {p.lang for p in act.walk()} == {"ru", "kk"}


def test_the_parties_are_those_of_the_title_where_the_preamble_begins_with_others():
    text = HEAD.replace(
        "Республика Ардения и Королевство Бельмар, именуемые",
        "Союз рек и Совет озер намерены сотрудничать.\n\nРеспублика Ардения и Королевство Бельмар, именуемые",
    )
    (act,) = parse_bytes((text + "Статья 1\n\nСпоров нет.").encode(), "parties.txt").instruments
    assert act.parties == ("Республика Ардения", "Королевство Бельмар")


def test_parties_that_differ_between_title_and_preamble_are_told():
    text = HEAD.replace("Республика Ардения и Королевство Бельмар, именуемые", "Союз рек и Совет озер, именуемые")
    (act,) = parse_bytes((text + "Статья 1\n\nСпоров нет.").encode(), "others.txt").instruments
    assert act.parties == ("Союз рек", "Совет озер")
    assert "parties" in [d.rule for d in act.diagnostics]


def test_numbers_and_repeated_lines_of_a_table_are_no_furniture_of_pages():
    rows = "".join(f"<p>{n}. Лодка {n}</p><p>(примерно)</p><p>-{n % 3}</p>" for n in range(1, 9))
    file = parse_bytes(f"<html><body><p>ПЕРЕЧЕНЬ ЛОДОК</p>{rows}</body></html>".encode(), "table.html")
    assert file.furniture == ()
