"""Answers to a text: status, canonical form, permalink, quotation."""

import pytest

from corpus.citations.answer_shapes import shape
from corpus.citations.answering import answer
from corpus.citations.cited_text import LONGEST
from corpus.citations.permalinks import Followed, changed, follow, permalink
from corpus.errors import NotFoundError, QueryError
from corpus.local.library import LocalLibrary
from corpus.model import Document
from tests.corpus.citations.samples import LAW, ORDER, POST, act, file


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = LocalLibrary(tmp_path_factory.mktemp("library"))
    for name, instrument in (("post.txt", POST), ("order.txt", ORDER), ("law.txt", LAW)):
        opened.put(file(name, instrument))
    yield opened
    opened.close()


ANSWERS = [
    (
        "См. подп. «а» п. 1 ст. 2 Соглашения от 05.05.2001.",
        "resolved",
        ["art_2__para_1__point_a"],
        "подп. «а» п. 1 ст. 2 Соглашения от 05.05.2001",
    ),
    (
        "подпунктом «а» пункта 1 статьи 2 Соглашения от 5 мая 2001 года",
        "resolved",
        ["art_2__para_1__point_a"],
        "подп. «а» п. 1 ст. 2 Соглашения от 05.05.2001",
    ),
    (
        "п. 2.1 приказа от 02.02.2002 № 17",
        "resolved",
        ["para_2__subpara_2-1"],
        "п. 2.1 приказа Министерства почты Республики Лукоморье от 02.02.2002 № 17",
    ),
    (
        "пункты 1 и 2 статьи 2 Соглашения о почтовом обмене от 05.05.2001",
        "resolved",
        ["art_2__para_1", "art_2__para_2"],
        "пп. 1, 2 ст. 2 Соглашения от 05.05.2001",
    ),
    ("п. 7 ст. 2 Соглашения от 05.05.2001", "not_found", [], "п. 7 ст. 2 Соглашения от 05.05.2001"),
    ("ст. 5 Конвенции о русалках от 01.02.1903", "not_found", [], "ст. 5 Конвенции о русалках от 1 февраля 1903 г."),
    ("ч. 2 ст. 1 Закона от 09.09.1999", "resolved", ["art_1__para_2"], "ч. 2 ст. 1 Закона от 09.09.1999 № 5-ЗЛ"),
    ("приказа от 02.02.2002 № 17", "resolved", [], "приказ Министерства почты Республики Лукоморье от 02.02.2002 № 17"),
    ("ст. 1", "ambiguous", ["art_1", "art_1"], "ст. 1"),
    ("ст. 1 соглашения о русалках", "not_found", [], "ст. 1 соглашения о русалках"),
    ("ст. 1 соглашения о почтовом обмене", "resolved", ["art_1"], "ст. 1 Соглашения от 05.05.2001"),
    ("ст. 1 российско-китайского соглашения", "not_found", [], "ст. 1 российско-китайского соглашения"),
    ("ст. 1 Соглашения от 2002 года", "not_found", [], "ст. 1 Соглашения"),
    ("ст. 1 Соглашения о почтовом обмене стороны исполняют", "resolved", ["art_1"], "ст. 1 Соглашения от 05.05.2001"),
    ("ст. 1 Соглашения о русалках стороны исполняют", "not_found", [], "ст. 1 Соглашения о русалках стороны"),
    ("ст. 1.1", "ambiguous", ["art_1-1"], "ст. 1.1"),
    ("ст. 1 СВПГ", "not_found", [], "ст. 1 акта «СВПГ»"),
    ("ст. 1 Соглашения-2001", "resolved", ["art_1"], "ст. 1 Соглашения от 05.05.2001"),
    ("ст. 1 Соглашения (2002)", "not_found", [], "ст. 1 Соглашения"),
]


@pytest.mark.parametrize(("text", "status", "eids", "canonical"), ANSWERS)
def test_answer(library, text, status, eids, canonical):
    [found] = answer(text, library)
    assert (found.status, [e for t in found.targets for e in t.eids], found.canonical) == (status, eids, canonical)
    assert text[slice(*found.span)] == found.text


def test_canonical_form_means_the_same(library):
    for text, status, eids, _ in ANSWERS:
        if status == "resolved" and eids:
            [first] = answer(text, library)
            [again] = answer(first.canonical, library)
            assert again.targets == first.targets


def test_nearest_is_named(library):
    [found] = answer("п. 7 ст. 2 Соглашения от 05.05.2001", library)
    assert found.nearest.eid == "art_2__para_2"


def test_a_bare_place_means_the_act_named_before(library):
    first, second = answer("По ст. 1 Соглашения от 05.05.2001 мешки меняют, а по ст. 3 спорят.", library)
    assert second.targets == (type(second.targets[0])(first.targets[0].document, ("art_3",)),)


QUOTATIONS = [
    ("«Расходы … несет отправитель» (п. 2 ст. 2 Соглашения от 05.05.2001)", "normalised", []),
    ("«несет отправитель расходы пополам» (п. 2 ст. 2 Соглашения от 05.05.2001)", "absent", []),
    (
        '"Стороны обмениваются посылками в мешках" (ст. 1 Соглашения от 05.05.2001)',
        "differs",
        [("посылками", "письмами")],
    ),
    ("Согласно ст. 1 Соглашения от 05.05.2001 «Стороны обмениваются письмами в мешках».", "exact", []),
    ("ст. 1 Соглашения от 05.05.2001: «стороны ОБМЕНИВАЮТСЯ письмами, в мешках»", "normalised", []),
    ("«русалка на ветвях сидит» (ст. 1 Соглашения от 05.05.2001)", "absent", []),
]


@pytest.mark.parametrize(("text", "verdict", "changes"), QUOTATIONS)
def test_quotation(library, text, verdict, changes):
    [found] = answer(text, library)
    assert found.quotation.verdict == verdict
    assert [(c.quoted, c.printed) for c in found.quotation.changes if c.quoted != c.printed] == changes


def test_a_quotation_beside_an_ambiguous_citation_is_told_where_it_stands(library):
    [found] = answer("«Стороны обмениваются письмами» (ст. 1)", library)
    assert (found.status, found.quotation.verdict, found.quotation.eid) == ("ambiguous", "exact", "art_1")


def test_a_quotation_belongs_to_one_citation(library):
    text = "Мешки взвешивают (п. 1 ст. 2 Соглашения от 05.05.2001), а «расходы несет кот Баюн ученый» (ст. 3)."
    first, second = answer(text, library)
    assert first.quotation is None
    assert second.quotation is not None


def test_permalink_says_when_the_text_has_changed():
    document = Document("d", "f", 0, POST)
    mark = permalink(document, "art_1").rpartition("=")[2]
    assert not changed(document, "art_1", mark)
    other = act("agreement", POST.title, {"art_1": "1|Стороны обмениваются посылками."})
    assert changed(Document("d", "f", 0, other), "art_1", mark)
    assert changed(Document("d", "f", 0, other), "art_9", mark)


def test_old_permalinks_are_followed(library):
    post = next(s.id for s in library.documents() if s.type == "agreement")
    whole = library.get(post)
    mark = permalink(whole, "art_2__para_2").rpartition("=")[2]
    assert follow(library, post, "art_2__para_2", mark) == Followed(post, "art_2__para_2", changed=False)
    assert follow(library, post, "art_2__para_2") == Followed(post, "art_2__para_2", changed=False)
    # eIds that were read otherwise before: the words are found where they stand now
    assert follow(library, post, "art_2__para_7", mark) == Followed(post, "art_2__para_2", changed=False)
    assert follow(library, post, "art_2__para_2", "0" * 12) == Followed(post, "art_2__para_2", changed=True)
    assert follow(library, post, "art_2__para_7", "0" * 12) == Followed(post, "art_2", changed=True)
    # an id of the time when the date was not read
    assert follow(library, f"agreement-undated-post-{post[-6:]}", "art_1", None).document == post
    with pytest.raises(NotFoundError):
        follow(library, "agreement-undated-none-000000", "art_1")
    with pytest.raises(NotFoundError):
        follow(library, post, "art_77", mark[::-1])


def test_long_texts(library):
    assert answer("слово " * (LONGEST // 6), library) == ()
    with pytest.raises(QueryError):
        answer("с" * (LONGEST + 1), library)


def test_shape_has_the_contract_keys(library):
    [found] = shape(answer(ANSWERS[0][0], library))
    assert {"span", "text", "canonical", "status", "targets"} <= set(found)
    assert set(found["targets"][0]) == {"document", "eids", "extent"}


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A library of more acts than are read at once; only the last has article 77, only the last but one the words."""
    opened = LocalLibrary(tmp_path_factory.mktemp("crowd"))
    for n in range(100):
        units = {"art_1": f"1|Лодки номера {n} красят.", "art_2": "2|Вёсла сушат."}
        units |= {"art_77": "77|Вёсла хранят в сарае."} if n == 99 else {}
        units |= {"art_3": "3|Уключины смазывают барсучьим жиром ежегодно."} if n >= 98 else {}
        units |= {"art_3": "3|Мачты снимают с лодок осенью."} if n == 97 else {}
        opened.put(
            file(f"{n:03}", act("law", f"Закон о лодках {n}", units, date=f"2001-01-{n % 28 + 1:02}", number=str(n)))
        )
    yield opened
    opened.close()


def test_a_place_without_an_act_is_looked_up_in_all_documents(crowded):
    [alone] = answer("Смотрите ст. 77.", crowded)
    assert (alone.status, [t.eids for t in alone.targets]) == ("ambiguous", [("art_77",)])
    [several] = answer("Смотрите ст. 3.", crowded)
    assert (several.status, len(several.targets)) == ("ambiguous", 3)
    [quoted] = answer("«Мачты снимают с лодок осенью» (ст. 3).", crowded)
    assert (quoted.status, quoted.quotation.verdict, quoted.quotation.text) == (
        "ambiguous",
        "exact",
        "Мачты снимают с лодок осенью",
    )
    [many] = answer("Смотрите ст. 2.", crowded)
    assert (many.status, len(many.targets)) == ("ambiguous", 20)
