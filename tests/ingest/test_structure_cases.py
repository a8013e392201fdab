"""Small prints and the eIds they must give: one case a trap."""

import pytest

from ingest.pipeline import parse_bytes

HEAD = "# СОГЛАШЕНИЕ о делах реки Луки\n\nРеспублика Альбия и Борейская Федерация, именуемые далее Сторонами, согласились о нижеследующем:\n\n"

CASES = {
    "a date at a line start makes no point": (
        "## Статья 1\n\n1. Срок кончается\n12.05.2020, если Стороны не решат иначе.\n\n2. Иных сроков нет.",
        {
            "art_1__para_1": "Срок кончается 12.05.2020, если Стороны не решат иначе.",
            "art_1__para_2": "Иных сроков нет.",
        },
    ),
    "a number inside a sentence makes no point": (
        "## Статья 1\n\nОтвет дают в течение\n\n30 дней со дня запроса.\n\n## Статья 2\n\nСпоров нет.",
        {"art_1": "Ответ дают в течение 30 дней со дня запроса.", "art_2": "Споров нет."},
    ),
    "a quoted article is text of the provision that quotes it": (
        '## Статья 1\n\nДополнить Договор статьей 9 следующего содержания:\n\n"Статья 9\n\n1. Плата взимается вперед.\n\n2. Долгов нет.".\n\n## Статья 2\n\nСпоров нет.',
        {
            "art_1": "Дополнить Договор статьей 9 следующего содержания:",
            "art_1__al_2": '"Статья 9',
            "art_1__al_3": "1. Плата взимается вперед.",
            "art_1__al_4": '2. Долгов нет.".',
            "art_2": "Споров нет.",
        },
    ),
    "an article named in a sentence is no heading": (
        "## Статья 1\n\nПлаты нет.\n\nСтатья 1 настоящего Соглашения не касается рыбаков.\n\n## Статья 2\n\nСпоров нет.",
        {
            "art_1": "Платы нет.",
            "art_1__al_2": "Статья 1 настоящего Соглашения не касается рыбаков.",
            "art_2": "Споров нет.",
        },
    ),
    "a heading that goes on in the next line": (
        "Статья 1. Отдача лодок\n\nпо воле хозяина\n\n1. Лодки отдают.\n\nСтатья 2. Возврат\n\n(перевозка)\n\n1. Лодки возят.\n\nСтатья 3. Сроки\n\nвесна;\n\nлето.",
        {"art_1__para_1": "Лодки отдают.", "art_2__para_1": "Лодки возят.", "art_3": "весна;", "art_3__al_2": "лето."},
    ),
    "after a list the paragraph goes on": (
        "## Статья 1\n\n1. Запрос содержит:\n\nа) имя;\n\nб) цель.\n\nЗапрос подписывают.\n\n2. Ответ дают.",
        {
            "art_1__para_1": "Запрос содержит:",
            "art_1__para_1__point_a": "имя;",
            "art_1__para_1__point_b": "цель.",
            "art_1__para_1__al_2": "Запрос подписывают.",
            "art_1__para_2": "Ответ дают.",
        },
    ),
    "dashes under a point belong to it": (
        "## Статья 1\n\nГодны:\n\nа) для взрослых:\n\n- паспорт;\n\n- справка;\n\nб) для детей:\n\n- запись.\n\n## Статья 2\n\nСпоров нет.",
        {
            "art_1": "Годны:",
            "art_1__point_a": "для взрослых:",
            "art_1__point_a__al_2": "паспорт;",
            "art_1__point_a__al_3": "справка;",
            "art_1__point_b": "для детей:",
            "art_1__point_b__al_2": "запись.",
            "art_2": "Споров нет.",
        },
    ),
    "a repeated number is told apart": (
        "## Статья 1\n\nПлаты нет.\n\n## Статья 1\n\nСпоров нет.\n\n## Статья 2\n\nСроков нет.",
        {"art_1": "Платы нет.", "art_1_2": "Споров нет.", "art_2": "Сроков нет."},
    ),
    "superscript articles": (
        "## Статья 1\n\nПлаты нет.\n\n## Статья 1¹\n\nСпоров нет.\n\n## Статья 1.2\n\nСроков нет.",
        {"art_1": "Платы нет.", "art_1-1": "Споров нет.", "art_1-2": "Сроков нет."},
    ),
    "Latin letters in a list": (
        "## Статья 1\n\nГодны:\n\nа) весла;\n\nb) шесты;\n\nс) паруса.\n\n## Статья 2\n\nСпоров нет.",
        {
            "art_1": "Годны:",
            "art_1__point_a": "весла;",
            "art_1__point_b": "шесты;",
            "art_1__point_c": "паруса.",
            "art_2": "Споров нет.",
        },
    ),
    "points under points": (
        "## Статья 1\n\n1. Годны:\n\n1) лодки:\n\nа) с веслом;\n\nб) с парусом;\n\n2) плоты.\n\n2. Споров нет.",
        {
            "art_1__para_1": "Годны:",
            "art_1__para_1__point_1": "лодки:",
            "art_1__para_1__point_1__point_a": "с веслом;",
            "art_1__para_1__point_1__point_b": "с парусом;",
            "art_1__para_1__point_2": "плоты.",
            "art_1__para_2": "Споров нет.",
        },
    ),
    "a note to an article is a unit of its own": (
        "## Статья 1\n\n1. Платы нет.\n\n2. Споров нет.\n\nПримечание. Платой считается и подарок.\n\nПодарком не считается хлеб.\n\n## Статья 2\n\nСроков нет.",
        {
            "art_1__para_1": "Платы нет.",
            "art_1__para_2": "Споров нет.",
            "art_1__note_1": "Платой считается и подарок.",
            "art_1__note_1__al_2": "Подарком не считается хлеб.",
            "art_2": "Сроков нет.",
        },
    ),
    "numbered notes": (
        "## Статья 1\n\nПлаты нет.\n\nПримечания:\n\n1. Платой считается подарок.\n\n2. Хлеб не подарок.\n\n## Статья 2\n\nСроков нет.",
        {
            "art_1": "Платы нет.",
            "art_1__note_1__para_1": "Платой считается подарок.",
            "art_1__note_1__para_2": "Хлеб не подарок.",
            "art_2": "Сроков нет.",
        },
    ),
    "numbered notes in one line": (
        "## Статья 1\n\nПлаты нет.\n\nПримечания. 1. Платой считается подарок.\n\n2. Хлеб не подарок.\n\n## Статья 2\n\nСроков нет.",
        {
            "art_1": "Платы нет.",
            "art_1__note_1__para_1": "Платой считается подарок.",
            "art_1__note_1__para_2": "Хлеб не подарок.",
            "art_2": "Сроков нет.",
        },
    ),
    "a dotted number after a list of points belongs to the paragraph": (
        "## Статья 1\n\n2. Лодки бывают:\n\n1) малые;\n\n2) большие.\n\n2.1. Лодки красят.\n\n## Статья 2\n\nСроков нет.",
        {
            "art_1__para_2": "Лодки бывают:",
            "art_1__para_2__point_1": "малые;",
            "art_1__para_2__point_2": "большие.",
            "art_1__para_2__subpara_2-1": "Лодки красят.",
            "art_2": "Сроков нет.",
        },
    ),
    "a dotted number with a bracket belongs to the point": (
        "## Статья 1\n\n2. Комиссия:\n\n1) считает;\n\n2) смотрит;\n\n2.1) мерит;\n\n3) пишет.\n\n## Статья 2\n\nСроков нет.",
        {
            "art_1__para_2": "Комиссия:",
            "art_1__para_2__point_1": "считает;",
            "art_1__para_2__point_2": "смотрит;",
            "art_1__para_2__point_2__subpara_2-1": "мерит;",
            "art_1__para_2__point_3": "пишет.",
            "art_2": "Сроков нет.",
        },
    ),
    "Roman points under lettered ones": (
        "## Статья 1\n\nГодны:\n\na) лодки:\n\ni) малые;\n\nii) большие;\n\nb) плоты.\n\n## Статья 2\n\nСроков нет.",
        {
            "art_1": "Годны:",
            "art_1__point_a": "лодки:",
            "art_1__point_a__point_i": "малые;",
            "art_1__point_a__point_ii": "большие;",
            "art_1__point_b": "плоты.",
            "art_2": "Сроков нет.",
        },
    ),
    "ordinals in words": (
        "## Статья первая\n\nПлаты нет.\n\n## Статья вторая\n\nСпоров нет.\n\n## Статья двадцать первая\n\nСроков нет.",
        {"art_1": "Платы нет.", "art_2": "Споров нет.", "art_21": "Сроков нет."},
    ),
    "a number printed twice": (
        "1. Платы нет.\n\n2. Споров нет.\n\n2. Долгов нет.\n\n3. Сроков нет.",
        {"para_1": "Платы нет.", "para_2": "Споров нет.", "para_2_2": "Долгов нет.", "para_3": "Сроков нет."},
    ),
    "headings of numbered points": (
        "1. Предмет\n\nСтороны торгуют мёдом.\n\n2. Расходы\n\n2.1. Плату вносят вперед.\n\n2.2. Долгов нет.",
        {
            "para_1": "Стороны торгуют мёдом.",
            "para_2__subpara_2-1": "Плату вносят вперед.",
            "para_2__subpara_2-2": "Долгов нет.",
        },
    ),
    "blanks left for a date are no marks": (
        "## Статья 1\n\nСрок до «__» ______ 20__ г. или до __ мая 20__ г. включительно.\n\n## Статья 2\n\nСпоров нет.",
        {"art_1": "Срок до «__» ______ 20__ г. или до __ мая 20__ г. включительно.", "art_2": "Споров нет."},
    ),
    "«наказывается …» is a paragraph of its own": (
        "## Статья 1. Кража\n\n1. Кража -\n\nнаказывается штрафом.\n\n2. Кража коня -\n\nнаказывается изгнанием.",
        {
            "art_1__para_1": "Кража -",
            "art_1__para_1__al_2": "наказывается штрафом.",
            "art_1__para_2": "Кража коня -",
            "art_1__para_2__al_2": "наказывается изгнанием.",
        },
    ),
    "an attachment whose label names its act on the same line": (
        "## Статья 1\n\nПлаты нет.\n\nПриложение 1 к Соглашению\n\nПеречень лодок\n\n1. Малые лодки.\n\n2. Большие лодки.",
        {"art_1": "Платы нет.", "att_1__para_1": "Малые лодки.", "att_1__para_2": "Большие лодки."},
    ),
    "an order to amend an attachment opens none": (
        "## Статья 1\n\nПлаты нет.\n\nПриложение 1 к Соглашению изложить заново.\n\n1. Малые лодки.\n\n2. Большие лодки.",
        {
            "art_1": "Платы нет.",
            "art_1__al_2": "Приложение 1 к Соглашению изложить заново.",
            "art_1__para_1": "Малые лодки.",
            "art_1__para_2": "Большие лодки.",
        },
    ),
    "a note of the publisher is no provision": (
        "## Статья 1\n\nПлаты нет.\n\nСноска. Статья 1 с изменением от 1 мая 2010 г.\n\n## Статья 2\n\nСпоров нет.",
        {"art_1": "Платы нет.", "art_2": "Споров нет."},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    text, expected = CASES[case]
    file = parse_bytes((HEAD + text).encode(), "case.md")
    got = {p.eid: p.text for p in file.instruments[0].walk() if p.text and p.kind != "preamble"}
    assert got == expected


def test_a_gap_in_the_numbers_is_told():
    file = parse_bytes((HEAD + "## Статья 1\n\nПлаты нет.\n\n## Статья 3\n\nСпоров нет.").encode(), "gap.md")
    assert [d.rule for d in file.instruments[0].diagnostics] == ["numbering"]


def test_the_stamp_of_an_electronic_signature_is_no_text():
    stamp = (
        "Документ подписан усиленной квалифицированной электронной подписью\n\nВладелец: Норд Юна\n\nГлава города Верхнего\n\n"
        "Сертификат: 00A1B2C3D4E5F60718\n\nДействителен с 01.02.2020 по 01.05.2021\n\n"
    )
    text = "РЕШЕНИЕ\n\nо делах реки Луки\n\n4 февраля 2021 г. № 2\n\n1. Платы нет.\n\n2. Документ, подписанный Сторонами, хранит архив.\n\n"
    file = parse_bytes((stamp + text + stamp).encode(), "stamp.txt")
    (act,) = file.instruments
    assert (act.type, act.date) == ("ruling", "2021-02-04")
    assert [p.text for p in act.walk()] == ["Платы нет.", "Документ, подписанный Сторонами, хранит архив."]
    assert {f.rule for f in file.furniture} == {"signature-stamp"}


def test_mixed_alphabets_do_not_hide_a_title():
    file = parse_bytes("Просто заметка о погоде. Дождь прошел.".encode(), "note.txt")
    assert [p.eid for p in file.instruments[0].walk()] == ["body"]
    assert "no-articles" in [d.rule for d in file.instruments[0].diagnostics]


def _nodes(text, name="case.txt"):
    (act,) = parse_bytes(text.encode(), name).instruments
    return {p.eid: (p.heading, p.text) for p in act.walk() if p.kind != "preamble"}


LOST = "ДОГОВОР\nмежду Республикой Ардения и Королевством Бельмар о лодках\n\nРеспублика Ардения и Королевство Бельмар, далее именуемые Сторонами, договорились о нижеследующем:\n\n"


def test_an_article_glued_to_the_one_before_is_parted_where_its_number_is_missing():
    text = (
        LOST + "Статья 1\n\nЛодки чинят весной.\n\nСтатья 2\n\nВесла красят осенью. Статья 3 Споров о веслах нет.\n\n"
        "Статья 4\n\nСпоров о лодках нет. Совершено в городе Ардове 2 июня 1999 года в двух экземплярах.\n"
    )
    assert _nodes(text) == {
        "art_1": (None, "Лодки чинят весной."), "art_2": (None, "Весла красят осенью."),
        "art_3": (None, "Споров о веслах нет."), "art_4": (None, "Споров о лодках нет."),
        "conclusions": (None, "Совершено в городе Ардове 2 июня 1999 года в двух экземплярах."),
    }  # fmt: skip


def test_an_article_that_is_only_cited_is_not_parted():
    cited = "Весла красят осенью. Статья 3 Закона о веслах не применяется."
    text = LOST + f"Статья 1\n\nЛодки чинят весной.\n\nСтатья 2\n\n{cited}\n\nСтатья 4\n\nСпоров нет.\n"
    assert _nodes(text)["art_2"] == (None, cited)


def test_an_article_printed_without_its_word_between_two_others():
    text = (
        LOST + "Статья 1. Предмет\n\n1.1. Лодки чинят весной.\n\n2.Расходы Сторон\n\n2.1. Весла красят осенью.\n\n"
        "Статья 3. Споры\n\n3.1. Споров нет.\n"
    )
    assert _nodes(text) == {
        "art_1": ("Предмет", ""), "art_1__subpara_1-1": (None, "Лодки чинят весной."),
        "art_2": ("Расходы Сторон", ""), "art_2__subpara_2-1": (None, "Весла красят осенью."),
        "art_3": ("Споры", ""), "art_3__subpara_3-1": (None, "Споров нет."),
    }  # fmt: skip


def test_headings_of_articles_in_two_lines():
    html = (
        "<html><body><p align=center>ЗАКОН</p><p align=center>О ЛОДКАХ</p><p align=center>Статья 1. Единый список лодок,</p>"
        "<p align=center>плотов (паромов)</p><p>1. Список ведут в порту.</p><p>2. Список открыт.</p>"
        "<p align=center>Статья 2. Ответственность за нарушение настоящего</p><p align=center>Закона</p><p>Споров нет.</p>"
        "</body></html>"
    )
    assert {eid: node[0] for eid, node in _nodes(html, "law.html").items() if node[0]} == {
        "art_1": "Единый список лодок, плотов (паромов)", "art_2": "Ответственность за нарушение настоящего Закона",
    }  # fmt: skip


def test_what_an_attachment_says_of_its_editions_and_drawn_lines_are_no_title():
    text = (
        "ПРИКАЗ\n\nот 5 мая 2011 г. № 7\n\nО лодках\n\nВ целях порядка приказываю:\n\n1. Утвердить список лодок.\n\n2. Споров нет.\n\n"
        "Министр А.Б. Веслов\n\nПриложение\nк приказу министерства\nот 5 мая 2011 г. № 7\n\n(в редакции приказа министерства)\nот ________ № ___\n\n"
        "СПИСОК\nЛОДОК\n\n──────┬──────\n1. Лодка белая.\n\n2. Лодка синяя.\n"
    )
    assert _nodes(text)["att_1"] == ("СПИСОК ЛОДОК", "")


def test_the_first_section_of_annexed_rules_is_no_part_of_their_title():
    text = (
        LOST
        + "Статья 1\n\nСовет сверяет списки лодок.\n\nСтатья 2\n\nСпоров нет.\n\nСовершено в г. Ардове 2 июня 1999 года в двух экземплярах.\n\n"
        "За Республику Ардения\n\nПубликуется без приложений.\n\nПриложение\nк Договору о лодках\n\nПОЛОЖЕНИЕ\nо совете по лодкам\n\nI. ЗАДАЧИ СОВЕТА\n\n"
        "Совет сверяет списки.\n\nII. СОСТАВ СОВЕТА\n\nВ совете трое.\n"
    )
    treaty, rules = parse_bytes(text.encode(), "rules.txt").instruments
    assert rules.title == "Положение о совете по лодкам"
    assert [(p.eid, p.heading) for p in rules.provisions] == [("sec_1", "ЗАДАЧИ СОВЕТА"), ("sec_2", "СОСТАВ СОВЕТА")]
    assert [p.eid for p in treaty.provisions] == ["preamble", "art_1", "art_2", "conclusions"]


def test_letters_and_numbers_in_brackets_are_two_levels():
    text = (
        LOST
        + "Статья 1\n\n(1) Лодки чинят:\n\n(а) весной;\n\n(б) летом.\n\n(2) Весла красят:\n\n(а) осенью;\n\n(б) зимой, если:\n\n"
        "(i) есть краска;\n\n(ii) есть кисть.\n\n(3) Споров нет.\n"
    )
    assert {eid: node[1] for eid, node in _nodes(text).items()} == {
        "art_1": "", "art_1__para_1": "Лодки чинят:", "art_1__para_1__point_a": "весной;", "art_1__para_1__point_b": "летом.",
        "art_1__para_2": "Весла красят:", "art_1__para_2__point_a": "осенью;", "art_1__para_2__point_b": "зимой, если:",
        "art_1__para_2__point_b__point_i": "есть краска;", "art_1__para_2__point_b__point_ii": "есть кисть.",
        "art_1__para_3": "Споров нет.",
    }  # fmt: skip


LAW = "ФЕДЕРАЛЬНЫЙ ЗАКОН\nО переправах\n\nСтатья 1. Причалы\n\n1. Причалы строят на берегах.\n\n{}\n\n2. Причалы осматривают весной.\n"


@pytest.mark.parametrize(
    "note",
    [
        "См.: Федеральный закон от 3 мая 2001 года № 17-ФЗ «О лодках».",
        "См. также: Указ Президента Республики Ардения от 3 мая 2001 г. № 17",
        "См. Постановление Правительства Республики Ардения от 03.05.2001 № 17",
        "(см.: Кодекс о реках)",
        "О порядке осмотра см. приказ Министерства переправ от 03.05.2001 № 17",
    ],
)
def test_where_a_publisher_sends_the_reader_is_no_text(note):
    (act,) = parse_bytes(LAW.format(note).encode(), "case.txt").instruments
    assert [p.text for p in act.walk() if p.kind == "paragraph"] == [
        "Причалы строят на берегах.",
        "Причалы осматривают весной.",
    ]
    assert not any(p.kind == "alinea" for p in act.walk())
    assert act.layers["marks"] == [{"eid": "art_1__para_1", "text": note}]


@pytest.mark.parametrize("text", ["См. приложение № 2.", "См. также: пункт 5 настоящей статьи."])
def test_where_an_act_sends_its_reader_is_text(text):
    (act,) = parse_bytes(LAW.format(text).encode(), "case.txt").instruments
    assert [p.text for p in act.walk() if p.kind == "alinea"] == [text]


# pdftotext prints a form feed before the first letter of a page, wherever the line above ended.
def test_a_form_feed_inside_a_line_parts_pages():
    printed = (
        HEAD
        + "Статья 1\n\nЛодки возят лес, зерно и скот, а плоты возят только лес и только в\nпогоду, о которой объявляют начальники.\fСтатья 2\n\n"
        + "Расходы на содержание причалов каждая Сторона несет на своем берегу, если\nСтороны не договорятся\fиначе до начала навигации.\n\n                  12\fСтатья 3\n\n"
        + "Споры решают уполномоченные обеих Сторон.\f  Статья 4\n\nСоглашение действует пять лет.\n"
    )
    (act,) = parse_bytes(printed.encode(), "case.txt").instruments
    assert {p.eid: p.text for p in act.walk() if p.kind == "article"} == {
        "art_1": "Лодки возят лес, зерно и скот, а плоты возят только лес и только в погоду, о которой объявляют начальники.",
        "art_2": "Расходы на содержание причалов каждая Сторона несет на своем берегу, если Стороны не договорятся иначе до начала навигации.",
        "art_3": "Споры решают уполномоченные обеих Сторон.",
        "art_4": "Соглашение действует пять лет.",
    }


def test_an_annex_named_by_its_treaty_is_the_treaty_s_though_an_annexed_act_stands_between() -> None:
    treaty = (
        "СОГЛАШЕНИЕ\nмежду Кантоном Липовец и Вересской Республикой о паромах\n\nг. Липовец, 3 мая 2004 года\n\n"
        "Стороны согласились о нижеследующем:\n\nСтатья 1\n\nПаром ходит дважды в день.\n\n"
        "Совершено в г. Липовце 3 мая 2004 года в двух экземплярах.\n\n"
        "Приложение № 1\nк Соглашению\n\nПОЛОЖЕНИЕ\nо Смешанной комиссии\n\n1. Комиссия собирается летом.\n\n"
        "2. Комиссия ведёт журнал.\n\nПриложение № 2\nк Соглашению\n\nПЕРЕЧЕНЬ\nпаромов\n\n1. Чайка.\n\n2. Лебедь.\n"
    )
    acts = parse_bytes(treaty.encode(), "treaty.txt").instruments
    assert [[p.eid for p in act.provisions] for act in acts] == [
        ["preamble", "art_1", "conclusions", "att_2"],
        ["para_1", "para_2"],
    ]
