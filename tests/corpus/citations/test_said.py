"""Whatever part of a citation is not understood or not found is said, and no act is named that nobody named."""

import pytest

from corpus.citations.answering import answer
from corpus.citations.citechecking import citecheck
from corpus.local.library import LocalLibrary
from tests.corpus.citations.samples import act, file

FERRY = act(
    "agreement",
    "Соглашение между Министерством путей Республики Лукоморье и Министерством путей Республики Буян о паромах",
    {
        "preamble": "Стороны,",
        "preamble__al_2": "заботясь о путниках,",
        "art_5": "5|",
        "art_5__para_1": "1|Паром ходит ежедневно.",
        "art_5__para_2": "2|Паром не берет:",
        "art_5__para_2__point_a": "а|драконов;",
        "art_5__para_2__point_b": "б|великанов;",
        "art_5__para_2__point_v": "в|кикимор.",
        "art_6": "6|",
        "art_6__para_1": "1|Плату берут медью.",
        "art_6__para_1__subpara_1-1": "1.1|Плату можно взять серебром.",
        "art_6__para_2": "2|Сдачу дают:",
        "art_6__para_2__al_2": "медью;",
        "art_6__para_2__al_3": "репой;",
        "art_6__para_2__al_4": "сушеными грибами.",
        "art_6-1": "6.1|Паром красят весной.",
        "art_7": "7|Паромщик отвечает за груз.",
        "art_8": "8|Груз хранят три дня.",
        "art_15": "15|Соглашение подписано.",
        "art_15__al_2": "Оно действует вечно.",
    },
    date="2008-10-23",
    parties=("Министерство путей Республики Лукоморье", "Министерство путей Республики Буян"),
)
GATES = act(
    "agreement",
    "Соглашение между Верховным Воеводой Лукоморья и Советом Волхвов Тридевятого царства о воротах",
    {"art_1": "1|Ворота отпирают на рассвете.", "art_2": "2|Ключ хранит сторож."},
    date="2012-05-14",
)
RAILS = act(
    "agreement",
    "Соглашение о чугунке",
    {"art_1": "1|", "art_1__para_1": "§ 1|Чугунку кладут прямо.", "art_1__para_2": "§ 2|Свистят громко."},
    date="2006-07-01",
)
TALES = act(
    "law",
    "О сказках",
    {
        "art_2": "2|",
        "art_2__para_2": "2|Сказку сказывают:",
        "art_2__para_2__point_1": "1|вечером;",
        "art_2__para_2__point_2": "2|при свечах.",
    },
    date="2015-03-25",
    number="77-ФЗ",
)
F, G = "Соглашения от 23.10.2008", "Соглашения от 14.05.2012"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = LocalLibrary(tmp_path_factory.mktemp("said"))
    for name, instrument in (("ferry.txt", FERRY), ("gates.txt", GATES), ("rails.txt", RAILS), ("tales.txt", TALES)):
        opened.put(file(name, instrument))
    yield opened
    opened.close()


# Text (the last citation counts), status, "source eId" of every target, canonical form ("" = not asked).
CASES = [
    # a bracket behind a date is no part of the name
    (f"п. 1 ст. 6 {F} (далее – Соглашение)", "resolved", "art_6__para_1", "п. 1 ст. 6 Соглашения от 23.10.2008"),
    (f"п. 1 ст. 6 {F} (ст. 5)", "resolved", "art_5", ""),
    (f"п. 1 ст. 6 {F} (с поправками)", "resolved", "art_6__para_1", ""),
    (f"п. 1 ст. 6 {F} (Лукоград)", "resolved", "art_6__para_1", ""),
    # ordinals, numbers
    (
        f"абзац четвёртый пункта 2 статьи 6 {F}",
        "resolved",
        "art_6__para_2__al_4",
        "абз. 4 п. 2 ст. 6 Соглашения от 23.10.2008",
    ),
    (f"абзац пятый пункта 2 статьи 6 {F}", "not_found", "", "абз. 5 п. 2 ст. 6 Соглашения от 23.10.2008"),
    (f"ч. 1.1 ст. 6 {F}", "resolved", "art_6__para_1__subpara_1-1", "п. 1.1 ст. 6 Соглашения от 23.10.2008"),
    (f"частями 1 и 1.1 статьи 6 {F}", "resolved", "art_6__para_1 art_6__para_1__subpara_1-1", ""),
    ("статьи 161–163 УПК РФ", "not_found", "", "ст. 161–163 Уголовно-процессуального кодекса Российской Федерации"),
    (f"статьи 6–8 {F}", "resolved", "art_6 art_6-1 art_7 art_8", "ст. 6–8 Соглашения от 23.10.2008"),
    (f"статьи 5–6.1 {F}", "resolved", "art_5 art_6 art_6-1", "ст. 5–6.1 Соглашения от 23.10.2008"),
    (f"статьи 6.1–8 {F}", "resolved", "art_6-1 art_7 art_8", "ст. 6.1–8 Соглашения от 23.10.2008"),
    (
        f"подпункты «а»–«в» пункта 2 статьи 5 {F}",
        "resolved",
        "art_5__para_2__point_a art_5__para_2__point_b art_5__para_2__point_v",
        "подп. «а»–«в» п. 2 ст. 5 Соглашения от 23.10.2008",
    ),
    (f"статьями 6, 7 и 99 {F}", "not_found", "art_6 art_7", ""),
    # years and short dates
    ("ст. 5 Соглашения 2008 г.", "resolved", "art_5", ""),
    ("ст. 5 Соглашения 2008 года", "resolved", "art_5", ""),
    ("ст. 5 Соглашения 1999 года", "not_found", "", ""),
    ("ст. 5 Соглашения от 23.10.08", "resolved", "art_5", ""),
    ("ст. 5 Соглашения от 23/X-2008", "resolved", "art_5", ""),
    ("ст. 5 Соглашения от 23 окт. 2008 г.", "resolved", "art_5", ""),
    ("п. 2 ст. 5 Согл. от 23.10.08", "resolved", "art_5__para_2", ""),
    # laws
    ("ст. 2 Федерального закона № 77-ФЗ", "resolved", "art_2", ""),
    ("ст. 2 ФЗ от 25.03.2015 № 77-ФЗ", "resolved", "art_2", ""),
    (
        "п. 2 ч. 2 ст. 2 Закона № 77-ФЗ",
        "resolved",
        "art_2__para_2__point_2",
        "п. 2 ч. 2 ст. 2 Закона от 25.03.2015 № 77-ФЗ",
    ),
    # no act is named that nobody named
    ("ст. 99", "ambiguous", "", "ст. 99"),
    ("ст. 15", "ambiguous", "art_15", "ст. 15"),
    ("п. 4 указанной статьи", "ambiguous", "", ""),
    ("ст. 15 Соглашения", "ambiguous", "art_15", "ст. 15"),
    # sections, brackets, letters
    ("§ 2 статьи 1 Соглашения от 01.07.2006", "resolved", "art_1__para_2", "§ 2 ст. 1 Соглашения от 01.07.2006"),
    ("§ 9 статьи 1 Соглашения от 01.07.2006", "not_found", "", ""),
    (f"п. 2 «в» ст. 5 {F}", "resolved", "art_5__para_2__point_v", ""),
    (f"ст. 5(2)(в) {F}", "resolved", "art_5__para_2__point_v", ""),
    (f"ст.6.1. {F}", "resolved", "art_6-1", ""),
    (
        f"пункты 1, 1.1 (в части серебра) и 2 статьи 6 {F}",
        "resolved",
        "art_6__para_1 art_6__para_1__subpara_1-1 art_6__para_2",
        "",
    ),
    (f"ст. 5 (паром) {F}", "resolved", "art_5", ""),
    (f"ст. 5 и след. {F}", "not_found", "art_5", ""),
    (f"п1 ст6 {F}", "resolved", "art_6__para_1", ""),
    (f"последний абзац пункта 2 статьи 6 {F}", "resolved", "art_6__para_2__al_4", ""),
    (f"предпоследний абзац пункта 2 статьи 6 {F}", "resolved", "art_6__para_2__al_3", ""),
    (f"третий дефис пункта 2 статьи 6 {F}", "resolved", "art_6__para_2__al_4", ""),
    (f"абз. 1 ст. 15 {F}", "resolved", "art_15", "абз. 1 ст. 15 Соглашения от 23.10.2008"),
    (f"абзац первый преамбулы {F}", "resolved", "preamble", "абз. 1 преамбулы Соглашения от 23.10.2008"),
    # parties
    ("ст. 2 Соглашения с Тридевятым царством", "resolved", "art_2", ""),
    ("ст. 2 лукоморско-тридевятого Соглашения", "ambiguous", "art_2", ""),
    ("ст. 2 Соглашения между Верховным Воеводой и Советом Волхвов", "resolved", "art_2", ""),
    ("ст. 5 Соглашения с Буяном", "resolved", "art_5", ""),
    ("ст. 5 Соглашения о паромах", "resolved", "art_5", ""),
    # names that a text gives
    (
        f"По {F.replace('я ', 'ю ', 1)} (далее – Соглашение путей) ходят. Ст. 5 Соглашения путей",
        "resolved",
        "art_5",
        "",
    ),
    (f"{F} (далее – Соглашение 2008 года). Ст. 7 Соглашения 2008 года", "resolved", "art_7", ""),
    (f"{F} (Лукоград) (далее – Лукоградское соглашение). Ст. 7 Лукоградского соглашения", "resolved", "art_7", ""),
    (f"{F} (далее – Документ). Статья 7 Документа", "resolved", "art_7", ""),
    (f"{F} (далее – СП). Ст. 7 СП", "resolved", "art_7", ""),
    (f"{F} (далее – Соглашение с Буяном). В ст. 7 Соглашения с Буяном сказано", "resolved", "art_7", ""),
    (f"Статьи 7 и 2 {F.replace('я ', 'й ', 1)} и от 14.05.2012", "not_found", "art_2", ""),
    (f"По статье 5 {F} ходят; её пункт 2", "resolved", "art_5__para_2", ""),
    ("В статье 7 Соглашения о паромах и определяет", "resolved", "art_7", ""),
]


@pytest.mark.parametrize(("text", "status", "eids", "canonical"), CASES)
def test_said(library, text, status, eids, canonical):
    found = answer(text, library)[-1]
    assert (found.status, {e for t in found.targets for e in t.eids}) == (status, set(eids.split()))
    assert not canonical or found.canonical == canonical
    assert found.status != "resolved" or not (found.missing or found.unread)


def test_what_is_missing_or_unread_is_named(library):
    [missing] = answer(f"статьями 6, 7 и 99 {F}", library)
    assert (missing.missing, missing.unread) == (("ст. 99",), ())
    [unread] = answer(f"ст. 5 и след. {F}", library)
    assert (unread.missing, [u.text for u in unread.unread]) == ((), ["след."])


def test_own_titles_are_no_citations(library):
    assert answer("СОГЛАШЕНИЯ О ПАРОМАХ И ПРОТОКОЛЫ № 9 К НИМ\n\nТекст записки.", library) == ()


def test_a_protocol_carries_its_own_date_alone(tmp_path):
    title = "Протокол к Соглашению между Лукоморьем и Буяном о паромах от 23 октября 2008 года"
    opened = LocalLibrary(tmp_path)
    opened.put(file("p.txt", act("protocol", title, {"art_1": "1|Да."}, date="2015-02-03")))
    from corpus.citations.writing import CitationForm, cite

    document = opened.get(opened.documents()[0].id)
    told = cite(document, "art_1", CitationForm.FULL)
    assert told == "ст. 1 Протокола от 3 февраля 2015 г. к Соглашению между Лукоморьем и Буяном о паромах"
    assert answer(told, opened)[0].status == "resolved"
    opened.close()


# Text, verdict of its only quotation, eId, kinds of the differences.
QUOTED = [
    (f"«Паром ходит ежедневно» (п. 1 ст. 5 {F})", "exact", "art_5__para_1", []),
    (f"п. 1 ст. 5 {F}: «паром ходит ежедневно». Статья 2 {G} о другом", "normalised", "art_5__para_1", []),
    (f"Суть ст. 8 {F} проста. Там написано: «Груз хранят три дня»", "exact", "art_8", []),
    (f"«Груз хранят три дня» – это говорит ст. 8 {F}", "exact", "art_8", []),
    (f"«Груз хранят три дня»[1].\n\n[1] Ст. 8 {F}.", "exact", "art_8", []),
    (f"«Груз [всегда] хранят три дня» (ст. 8 {F})", "normalised", "art_8", []),
    (f"«Груз … три дня» (ст. 8 {F})", "normalised", "art_8", []),
    (f"«Груз хранят три дня (выделено мной)» (ст. 8 {F})", "normalised", "art_8", []),
    (f"«Груз хранят два дня» (ст. 8 {F})", "differs", "art_8", ["number"]),
    (f"«Груз не хранят три дня» (ст. 8 {F})", "differs", "art_8", ["negation"]),
    (f"«Груз бережно хранят три дня» (ст. 8 {F})", "differs", "art_8", ["addition"]),
    (f"«Грузы хранят три дня» (ст. 8 {F})", "differs", "art_8", ["form"]),
    (f"«Паромщик отвечает за паром» (ст. 7 {F})", "differs", "art_7", ["word"]),
    (f"«Паром … берет» (п. 2 ст. 5 {F})", "differs", "art_5__para_2", ["negation"]),
    (f"«Ключ хранит сторож» (ст. 7 {F})", "absent", None, []),
    ("«Ключ хранит сторож» (ст. 2)", "exact", "art_2", []),
    ("Сказано: «Щуки плавают задом наперед всегда и везде»", "absent", None, []),
]


@pytest.mark.parametrize(("text", "verdict", "eid", "kinds"), QUOTED)
def test_quoted(library, text, verdict, eid, kinds):
    [found] = citecheck(text, library).quotations
    assert (found.verdict, found.eid, [c.kind for c in found.changes if c.kind]) == (verdict, eid, kinds)


def test_words_that_stand_elsewhere_are_told_where(library):
    [found] = citecheck(f"«Ключ хранит сторож» (ст. 7 {F})", library).quotations
    assert found.found is not None
    assert found.found[1] == "art_2"


def test_a_citation_inside_a_quotation_is_read_where_the_words_stand(tmp_path):
    opened = LocalLibrary(tmp_path)
    units = {
        "art_1": "1|Мосты строят.",
        "art_2": "2|",
        "art_2__para_1": "1|Мосты красят.",
        "art_2__para_2": "2|Краску по пункту 1 настоящей статьи покупают Стороны.",
    }
    opened.put(file("a.txt", act("agreement", "Соглашение о мостах", units, date="2001-01-01")))
    opened.put(
        file(
            "b.txt",
            act("agreement", "Соглашение о лодках", units | {"art_2__para_1": "1|Лодки красят."}, date="2002-02-02"),
        )
    )
    text = "«Краску по пункту 1 настоящей статьи покупают» (п. 2 ст. 2 Соглашения о мостах)."
    inner, outer = citecheck(text, opened).citations
    assert inner.targets == (type(inner.targets[0])(outer.targets[0].document, ("art_2__para_1",)),)
    opened.close()


def test_what_a_text_cites_is_listed_once_an_act_in_the_acts_order(library):
    checked = citecheck(f"Ст. 8 {F}, ст. 2 {G}, ст. 5 {F} и снова ст. 8 {F}.", library)
    assert [(a.eids, len(a.places)) for a in checked.authorities] == [(("art_5", "art_8"), 3), (("art_2",), 1)]
