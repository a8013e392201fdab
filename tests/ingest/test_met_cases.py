"""Kinds of print met in real files and misread there, in invented words: what each provision must say, what is none."""

import pytest

from ingest.pipeline import parse_bytes

ORDER = "ПРИКАЗ\nот 3 мая 2011 г. № 7\n\nОб измерении лодок\n\nПриказываю:\n\n1. Мерить лодки.\n\n"
SIGNED = "Министр\nИ.И. Парусов\n"
SEATS = "Председатель комиссии:\n\nИ.И. Лодкин – начальник пристани\n\nЧлены комиссии:\n\nБ.Б. Якорев\n\nСекретарь – В.В. Причалов\n\n"
SEATED = [
    "Председатель комиссии:",
    "И.И. Лодкин – начальник пристани",
    "Члены комиссии:",
    "Б.Б. Якорев",
    "Секретарь – В.В. Причалов",
]
TREATY = "СОГЛАШЕНИЕ\nмежду Республикой Ардения и Королевством Бельмар о переправах\n(Ардов, 2 июня 1999 г.)\n\nРеспублика Ардения и Королевство Бельмар, именуемые в дальнейшем Сторонами, согласились о нижеследующем:\n\n"

STANDING = {
    "in capitals": "Приложение А\n(обязательное)\n\nВЫСОТА БОРТА\n\nМерят посередине.\n",
    "in one line with the number": "Приложение А (справочное)\n\nВысота борта\n\nМерят посередине.\n",
    "name in the same line": "Приложение А (рекомендуемое). Высота борта\n\nМерят посередине.\n",
    "without brackets": "Приложение А\nинформационное\n\nВысота борта\n\nМерят посередине.\n",
    "centred": f"{'Приложение А':>42}\n{'(обязательное)':>43}\n{'Высота борта':>42}\n\nМерят посередине.\n",
    "under its act and day": "Приложение А\nк приказу Пристани\nот 3 мая 2011 г. № 7\n(обязательное)\n\nВысота борта\n\nМерят посередине.\n",
}


@pytest.mark.parametrize("name", STANDING)
def test_what_an_attachment_is_belongs_to_its_label(name):
    (act,) = parse_bytes((ORDER + SIGNED + "\n" + STANDING[name]).encode(), "standing.txt").instruments
    (annex,) = [p for p in act.walk() if p.eid.startswith("att_")]
    assert (annex.eid, annex.heading.lower(), annex.text) == ("att_a", "высота борта", "Мерят посередине.")


def test_annexed_rules_and_the_next_attachment_of_the_order():
    text = (
        ORDER
        + SIGNED
        + "\nПриложение А\n(обязательное)\n\nПОРЯДОК\nизмерения лодок\n\n1. Мерят посередине.\n\nПриложение Б\n(справочное)\n\nПримеры\n\nЯлик мерят так.\n"
    )
    order, rules = parse_bytes(text.encode(), "rules.txt").instruments
    assert [p.eid for p in order.walk()] == ["preamble", "para_1", "att_b"]
    assert (rules.title, [p.eid for p in rules.walk()]) == ("Порядок измерения лодок", ["para_1"])


def _said(text):
    (act,) = parse_bytes(text.encode(), "case.txt").instruments
    return {p.eid: p.text for p in act.walk() if p.text}, act


def test_a_list_of_persons_before_signatures_and_before_the_next_point():
    for last in ("", "3. Приказ вступает в силу с 1 июня.\n\n"):
        said, act = _said(ORDER + "2. Утвердить комиссию в составе:\n\n" + SEATS + last + SIGNED)
        assert [said[f"para_2__al_{n}"] for n in range(2, 7)] == SEATED
        assert (("para_3" in said), act.signatories) == (bool(last), ("И.И. Парусов",))


def test_a_list_of_persons_before_the_concluding_formula():
    text = (
        TREATY
        + "Статья 1\n\nЕсть комиссия.\n\nСтатья 2\n\nВ комиссию входят:\n\nот Республики Ардения:\n\nИ.И. Лодкин, министр\n\nА.А. Веслов\n\nот Королевства Бельмар:\n\nБ. Якорев (председатель)\n\nВ. Причалов\n\nСовершено в Ардове 2 июня 1999 года в двух экземплярах.\n\nЗа Республику Ардения\n\nИ.И. Лодкин\n\nЗа Королевство Бельмар\n\nБ. Якорев\n"
    )
    said, act = _said(text)
    assert [said[f"art_2__al_{n}"] for n in (2, 3, 4, 5, 6, 7)][-1] == "В. Причалов"
    assert said["conclusions"].startswith("Совершено в Ардове")
    assert act.signatories == ("И.И. Лодкин", "Б. Якорев")


@pytest.mark.parametrize(
    "signed",
    [
        "Председатель Комиссии:\n\nИ.И. Лодкин\n\nЧлены Комиссии:\n\nБ.Б. Якорев\n",
        "Члены Комиссии союза пристаней:\n\nОт Альбии          От Бореи\n\n(Подпись)      (Подпись)\n\nИ. ЛОДКИН       Б. ЯКОРЕВ\n",
    ],
)
def test_members_who_sign_are_no_provision(signed):
    said, act = _said(ORDER + "2. Комиссии собраться.\n\n" + signed)
    assert [*said] == ["preamble", "para_1", "para_2"]
    assert [name[-6:].lower() for name in act.signatories] == ["лодкин", "якорев"]


WRAPPED = """\
2. Мерить лодки, кроме яликов, которые измерены прежде по
правилам пристани;
(в ред. Приказа от 3 мая 2012 г. N 9 (ред. 4 мая 2013 г.))
лодки, построенные после мая, мерить дважды у обеих пристаней
в присутствии смотрителя;
(абзац введен Приказом от 4 мая 2013 г. N 10)
прочие лодки не мерить и у пристаней подолгу не держать.
3. Мера равна сажени, а где сажени нет, там мера равна одному
веслу.
"""


def test_a_publishers_remark_takes_no_words_of_the_act_with_it():
    said, act = _said(ORDER + WRAPPED)
    assert (
        said["para_2__al_2"]
        == "лодки, построенные после мая, мерить дважды у обеих пристаней в присутствии смотрителя;"
    )
    assert said["para_2__al_3"] == "прочие лодки не мерить и у пристаней подолгу не держать."
    assert len(act.notes) == 2


def test_words_behind_a_remark_in_one_paragraph_are_of_the_act():
    said, act = _said(
        ORDER
        + "(в ред. Приказа от 3 мая 2012 г. N 9) Ялики не мерить.\n\n(п. 2 введен Приказом от 3 мая 2012 г. N 9) 2. Мера хранится.\n"
    )
    assert (said["para_1__al_2"], said["para_2"], len(act.notes)) == ("Ялики не мерить.", "Мера хранится.", 2)


def test_remarks_inside_an_attachment_are_notes_too():
    said, act = _said(
        ORDER
        + SIGNED
        + "\nПриложение № 1\n\nВысота борта\n\n1. Мерят посередине.\n\n(п. 1 (1) введен Приказом от 3 мая 2012 г. N 9)\n\n2. Меру хранят.\n"
    )
    assert {eid: text for eid, text in said.items() if eid.startswith("att")} == {
        "att_1__para_1": "Мерят посередине.",
        "att_1__para_2": "Меру хранят.",
    }
    assert act.notes == ("(п. 1 (1) введен Приказом от 3 мая 2012 г. N 9)",)


def test_a_look_at_the_acts_own_attachment_is_no_remark():
    said, _ = _said(ORDER + "2. Ялики не мерить.\n\nСм. Приложение А.\n")
    assert said["para_2__al_2"] == "См. Приложение А."


def test_inserted_numbers_with_a_blank():
    said, _ = _said(
        ORDER
        + "1 (1). Ялики не мерить:\n\nа) летом;\n\nа (1)) осенью;\n\nа (2)) зимой.\n\n1 (2). Барки мерить.\n\n2. Мера хранится.\n"
    )
    assert [*said] == [
        "preamble",
        "para_1",
        "para_1-1",
        "para_1-1__point_a",
        "para_1-1__point_a-1",
        "para_1-1__point_a-2",
        "para_1-2",
        "para_2",
    ]


def test_points_counted_through_sections_some_of_which_have_a_stop():
    text = "УСТАВ\nобщества лодочников\n\nI. Общие положения\n\n1. Общество есть.\n\n2. Оно бессрочно.\n\nII. Члены\n\n3. Члены платят:\n\nа) весной;\n\nб) осенью.\n\nIII. Органы общества.\n\nСовет\n\n4. Совет решает.\n\n5. Совет собирается.\n"
    said, _ = _said(text)
    assert {"sec_3__para_4", "sec_3__para_5"} <= {*said}


def test_long_lines_are_paragraphs_whatever_form_stands_beside_them():
    long = "Владелец лодки обязан держать её у пристани, указанной смотрителем, мыть её дважды в месяц, не сдавать её внаем без весел и не выходить на ней в реку после захода солнца, если на носу не горит фонарь, видный с обоих берегов реки и от моста"
    form = "\n".join(
        [
            "Прошу записать лодку мою в книгу лодок, которую ведёт наша",
            "пристань, и выдать мне на неё билет, который я обязуюсь носить",
            "при себе всегда и показывать по первому слову тому смотрителю,",
            "который меня об этом спросит на реке или на берегу у пристани",
        ]
        * 4
    )
    text = ORDER + f"I. Общее\n2. {long}.\n3. {long} и дальше.\n4. {long} зимой.\n\nПриложение № 1\n\n" + form
    said, _ = _said(text)
    assert {"sec_1__para_2", "sec_1__para_3", "sec_1__para_4"} <= {*said}


COURTS = {
    "in the name of a state": ("ПОСТАНОВЛЕНИЕ\nИменем Российской Федерации\n\nг. Велинск\n3 мая 2001 г.\n\nМировой судья Лодкина А.А.,\n\nустановил:\n\nВесла целы.\n\nМировой судья А.А. Лодкина", "ruling"),
    "a court over it": ("АРБИТРАЖНЫЙ СУД ВЕЛИНСКОЙ ОБЛАСТИ\n\nПОСТАНОВЛЕНИЕ\nот 3 мая 2001 г. № А1-5/2001\n\nСуд установил:\n\nПлаты нет.", "ruling"),
    "a court behind its word": ("Постановление Велинского областного суда от 3 мая 2001 г. № 5\n\nПлаты нет.", "ruling"),
    "a court of a district by its letters": ("Постановление ФАС Речного округа от 3 мая 2001 г. № 5\n\nПлаты нет.", "ruling"),
    "a judge alone": ("ПОСТАНОВЛЕНИЕ\n\n3 мая 2001 г. г. Велинск\n\nСудья районного суда Веслов И.И., изучив жалобу Лодкина А.А.,\n\nУСТАНОВИЛ:\n\nВ судебном заседании Лодкин пояснил.\n\nСудья И.И. Веслов", "ruling"),
    "a government that speaks of courts": ("ПРАВИТЕЛЬСТВО РОССИЙСКОЙ ФЕДЕРАЦИИ\n\nПОСТАНОВЛЕНИЕ\nот 3 мая 2001 г. № 5\n\nО помещениях для судов\n\nПравительство Российской Федерации постановляет:\n\n1. Передать помещения судам, в судебных заседаниях не курить.", "decree"),
    "one who investigates": ("ПОСТАНОВЛЕНИЕ\nо возбуждении уголовного дела\n\nг. Велинск 3 мая 2001 г.\n\nСледователь Веслов И.И., рассмотрев сообщение по делу № 5,\n\nустановил:\n\nВесла украдены.\n\nПостановил:\n\n1. Возбудить дело.\n\nСледователь И.И. Веслов", "decree"),
    "a council decides": ("Совет депутатов города Велинска\n\nРЕШЕНИЕ\nот 3 мая 2001 г. № 5\n\nО плате\n\nСовет депутатов РЕШИЛ:\n\n1. Плата мала.", "decree"),
    "a court decides": ("РЕШЕНИЕ\n\nИМЕНЕМ РОССИЙСКОЙ ФЕДЕРАЦИИ\n\nВелинский районный суд, рассмотрев дело по иску Лодкина,\n\nУСТАНОВИЛ:\n\nПлаты нет.", "ruling"),
    "ships are no courts": ("АДМИНИСТРАЦИЯ СУДОВСКОГО РАЙОНА\n\nПОСТАНОВЛЕНИЕ\nот 3 мая 2001 г. № 5\n\nО судоходстве\n\nПОСТАНОВЛЯЮ:\n\n1. Судам ходить.", "decree"),
}  # fmt: skip


@pytest.mark.parametrize("name", COURTS)
def test_who_says_it_tells_a_judgment_from_a_decree(name):
    text, type_ = COURTS[name]
    (act,) = parse_bytes(text.encode(), "court.txt").instruments
    assert act.type == type_
    assert "менем" not in (act.title or "") + (act.issuer or "")


def test_plain_headings_over_points_head_them():
    text = "ПРАВИЛА\nпристани\n\n1. Лодки возят.\n\nКто возит\n\n2. Возят лодочники.\n\nКому платят\nи сколько\n\n3. Платят смотрителю.\n\nСроки\n\n4. Лето.\n\n5. Осень.\n"
    (act,) = parse_bytes(text.encode(), "rules.txt").instruments
    assert [(p.eid, p.heading) for p in act.walk()] == [
        ("para_1", None),
        ("para_2", "Кто возит"),
        ("para_3", "Кому платят и сколько"),
        ("para_4", "Сроки"),
        ("para_5", None),
    ]


def test_one_line_without_a_stop_heads_nothing():
    said, _ = _said(ORDER + "2. Лодки красят.\n\nЗимой их не красят\n\n3. Мера хранится.\n")
    assert said["para_2__al_2"] == "Зимой их не красят"


def test_plain_headings_over_articles_are_sections_of_their_chapter():
    text = "УСТАВ\nобщества\n\nГлава I\n\nЦЕЛИ\n\nСтатья 1\n\nЦелей нет.\n\nСтатья 2\n\nИ не будет.\n\nФункции\n\nСтатья 3\n\nРешает.\n\nСтатья 4\n\nСпорит.\n\nГолосование\n\nСтатья 5\n\nПо одному.\n\nСтатья 6\n\nПо два.\n\nГлава II\n\nСУД\n\nСтатья 7\n\nСудит.\n\nПроцедура\n\nСтатья 8\n\nДень.\n\nСтатья 9\n\nНочь.\n"
    said, act = _said(text)
    headings = {p.eid: p.heading for p in act.walk() if p.heading}
    assert headings == {
        "chp_1": "ЦЕЛИ",
        "chp_1__sec_1": "Функции",
        "chp_1__sec_2": "Голосование",
        "chp_2": "СУД",
        "chp_2__sec_1": "Процедура",
    }
    assert [*said] == [f"art_{n}" for n in range(1, 10)]


def test_an_article_of_another_act_opens_no_article():
    text = "ОПРЕДЕЛЕНИЕ\nот 3 мая 2001 г. № 5\n\nСуд установил:\n\n"
    told = [
        "Статья 60 Гражданского процессуального кодекса не требует весел.",
        "Статья 44 УК РФ весла не называет.",
        "Статья 5 Закона о лодках их называет.",
    ]
    said, _ = _said(text + "\n\n".join(told) + "\n\nЖалобу отклонить.\n")
    assert not [eid for eid in said if eid.startswith("art")]
    said, _ = _said(
        "КОДЕКС\nреки\n\nСтатья 1. Закона нет\n\nЛодки возят.\n\nСтатья 2 Договора о лодках\n\nДоговоров нет.\n"
    )
    assert [*said] == ["art_1", "art_2"]


def test_footnotes_in_angle_brackets():
    text = (
        ORDER
        + "2. Мерить по правилам < 1 > пристани < 2 >.\n--------------------------------\n< 1 > Собрание правил, 2001, N 5, ст. 7.\n< 2 > Далее - причал\n3. Мера хранится.\n"
    )
    said, _ = _said(text)
    assert (said["para_2"], said["para_3"], "para_2__al_2" in said) == (
        "Мерить по правилам пристани.",
        "Мера хранится.",
        False,
    )


def test_a_title_in_capitals_broken_after_a_comma():
    text = "ПРИКАЗ\nот 3 мая 2011 г. № 7\n\nО ЛОДКАХ, ПЛОТАХ,\nБАРКАХ И ЯЛИКАХ, ИХ МЕРЕ,\nОКРАСКЕ И ХРАНЕНИИ\n\nПриказываю:\n\n1. Мерить лодки.\n\n2. Красить лодки.\n"
    said, act = _said(text)
    assert act.title.lower() == "о лодках, плотах, барках и яликах, их мере, окраске и хранении"
    assert [*said] == ["preamble", "para_1", "para_2"]


def test_a_list_in_capitals_is_no_label():
    said, _ = _said(
        ORDER
        + SIGNED
        + "\nПриложение № 1\nк приказу\n\nПЕРЕЧЕНЬ ПРИСТАНЕЙ\n\nПРИСТАНЬ «ЛЕВАЯ»;\n\nПРИСТАНЬ «ПРАВАЯ»;\n\nПРИСТАНЬ «СРЕДНЯЯ».\n"
    )
    assert [text for eid, text in said.items() if eid.startswith("att")] == [
        "ПРИСТАНЬ «ЛЕВАЯ»;",
        "ПРИСТАНЬ «ПРАВАЯ»;",
        "ПРИСТАНЬ «СРЕДНЯЯ».",
    ]


AMENDED = {
    "other numbers": ("Дополнить Соглашение статьями 4 и 5 следующего содержания:\n\nСтатья 4\n\nЛодок нет.\n\nСтатья 5\n\nСудов нет.\n\n", 5),
    "its own next number": ("Дополнить Соглашение статьёй 2 следующего содержания:\n\nСтатья 2\n\nЛодок нет.\n\n", 3),
    "with points": ("Статью 7 изложить в следующей редакции:\n\nСтатья 7\n\n1. Лодок нет.\n\n2. Плотов нет.\n\n", 4),
}  # fmt: skip


@pytest.mark.parametrize("name", AMENDED)
def test_articles_quoted_without_quotation_marks(name):
    quoted, paragraphs = AMENDED[name]
    said, _ = _said(TREATY + "Статья 1\n\n" + quoted + "Статья 2\n\nПлаты нет.\n\nСтатья 3\n\nСпоров нет.\n")
    articles = [eid for eid in said if eid.startswith("art")]
    assert articles == ["art_1", *(f"art_1__al_{n}" for n in range(2, paragraphs + 1)), "art_2", "art_3"]
