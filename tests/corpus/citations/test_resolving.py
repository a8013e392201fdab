"""What citations mean: in the act, its file, the library, and outside of it."""

import pytest

from corpus.citations.layered.layer import layer, stored
from corpus.citations.layered.relations import relation
from corpus.citations.read.reading import read
from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.locating import EidIndex
from corpus.citations.resolve.references import incoming, outgoing, resolver
from corpus.citations.resolve.resolving import ResolutionStatus, Resolver
from corpus.errors import NotFoundError
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from tests.corpus.citations.samples import LAW, ORDER, POST, PROTOCOL, act, documents, file


def resolving(*docs):
    held = {d.id: d for d in docs}
    return Resolver(Catalogue(map(Entry.of_document, docs)), lambda i: EidIndex.of(held[i].instrument))


def told(document, resolver_):
    return [
        (
            r.eid,
            r.text,
            str(r.status),
            (r.target.document.split("-")[0], *r.target.eids) if r.target else None,
            (r.external.title, r.external.date, r.external.number, *r.external.eids) if r.external else None,
        )
        for r in outgoing(document, resolver_)
    ]


def test_inside_the_act():
    [post] = documents(file("post.txt", POST))
    assert told(post, resolving(post)) == [
        (
            "art_2__para_1__point_b",
            "подпункте «а» настоящего пункта",
            "resolved",
            ("agreement", "art_2__para_1__point_a"),
            None,
        ),
        ("art_2__para_2", "пункте 1 настоящей статьи", "resolved", ("agreement", "art_2__para_1"), None),
        ("art_3", "статьям 1 и 2 настоящего Соглашения", "resolved", ("agreement", "art_1", "art_2"), None),
        ("art_3", "пункту 9 статьи 2", "not_found", None, None),
    ]


def test_nearest_that_exists():
    [post] = documents(file("post.txt", POST))
    missing = [r for r in outgoing(post, resolving(post)) if r.status == "not_found"]
    assert [r.nearest.eids for r in missing] == [("art_2__para_2",)]


def test_to_the_act_of_the_same_file_and_outside():
    order, post = documents(file("order.txt", ORDER, POST))
    found = told(order, resolving(order, post))
    assert [(eid, target, external) for eid, _, _, target, external in found] == [
        ("preamble", ("agreement",), None),
        ("para_1", ("agreement", "art_2__para_1"), None),
        ("para_2__subpara_2-1", ("order", "para_1"), None),
        ("para_2__subpara_2-2", ("order", "para_2__subpara_2-1"), None),
        ("para_2__subpara_2-2", None, ("приказ министра «О мешках»", "2000-06-03", "297", "para_6")),
        ("para_3", None, ("Устав Лукоморской почты", None, None)),
        ("para_3", None, ("указ Президента Лукоморья", "1999-03-01", "12")),
    ]


def test_amending_act_means_the_act_it_amends():
    protocol, post = documents(file("p.txt", PROTOCOL, POST))
    found = [(eid, text, target) for eid, text, _, target, _ in told(protocol, resolving(protocol, post))]
    assert ("art_1__para_1", "пункт 2 статьи 2", ("agreement", "art_2__para_2")) in found
    assert ("art_1__para_2", "статью 3", ("agreement", "art_3")) in found
    assert ("art_2", "статьей 3 Соглашения", ("agreement", "art_3")) in found
    assert ("art_3", "статье 2 настоящего Протокола", ("protocol", "art_2")) in found
    assert not [f for f in found if f[1] == "пункте 5 настоящей статьи"]


def test_parts_attachments_and_notes_of_a_law():
    [law] = documents(file("law.txt", LAW))
    found = [(eid, target) for eid, _, _, target, _ in told(law, resolving(law))]
    assert found == [("art_1-1", ("law", "art_1__para_2")), ("note_1", ("law", "att_1"))]


def test_two_acts_of_one_day_are_ambiguous_with_both():
    other = act("agreement", "Соглашение о ловле щук", {"art_1": "1|Щук ловят."}, date=POST.date)
    docs = documents(file("a.txt", POST), file("b.txt", other))
    [citation] = read("ст. 1 Соглашения от 05.05.2001")
    resolution = resolving(*docs).resolve(citation)
    assert resolution.status == "ambiguous"
    assert {(t.document, t.eids) for t in resolution.candidates} == {(d.id, ("art_1",)) for d in docs}


def test_the_subject_tells_acts_of_one_day_apart():
    other = act("agreement", "Соглашение о ловле щук", {"art_1": "1|Щук ловят."}, date=POST.date)
    docs = documents(file("a.txt", POST), file("b.txt", other))
    [citation] = read("ст. 1 Соглашения о ловле щук от 05.05.2001")
    assert resolving(*docs).resolve(citation).target.document == docs[1].id


def test_a_place_only_one_of_them_has_names_neither():
    other = act("agreement", "Соглашение о ловле щук", {"art_1": "1|Щук ловят."}, date=POST.date)
    docs = documents(file("a.txt", POST), file("b.txt", other))
    [citation] = read("п. 2 ст. 2 Соглашения от 05.05.2001")
    resolution = resolving(*docs).resolve(citation)
    assert resolution.status == "ambiguous"
    assert {(t.document, t.eids) for t in resolution.candidates} == {(docs[0].id, ("art_2__para_2",)), (docs[1].id, ())}


def test_an_act_of_other_states_is_not_meant():
    title = (
        "Соглашение между Правительством {} и Правительством Республики Беларусь о сотрудничестве в области миграции"
    )
    docs = documents(file("a.txt", act("agreement", title.format("Республики Казахстан"), {"art_1": "1|Да."})))
    text = f"статья 1 {title.format('Азербайджанской Республики').replace('Соглашение', 'Соглашения', 1)}"
    [citation] = read(text)
    assert resolving(*docs).resolve(citation).status == "external"


def test_the_layer_is_stored_and_read_back():
    [order] = documents(file("order.txt", ORDER))
    kept = act("order", ORDER.title, {}, layers={"references": layer(ORDER)})
    assert stored(kept) == stored(order.instrument)


@pytest.fixture
def library(tmp_path):
    opened = LocalLibrary(tmp_path / "library")
    yield opened
    opened.close()


def test_later_arrivals_become_links_and_go_back_when_deleted(library):
    library.put(file("order.txt", ORDER))
    order = next(s.id for s in library.documents())

    def preamble():
        return next(r for r in outgoing(library.get(order), resolver(library)) if r.eid == "preamble")

    assert preamble().status == "external"
    library.put(file("post.txt", POST))
    post = next(s.id for s in library.documents() if s.type == "agreement")
    assert preamble().target.document == post
    assert [(i.document, i.eid, i.target_eids) for i in incoming(post, library) if i.document == order] == [
        (order, "preamble", ()),
        (order, "para_1", ("art_2__para_1",)),
    ]
    assert [i.eid for i in incoming(post, library, eid="art_2") if i.document == order] == ["para_1"]
    library.delete(post)
    assert preamble().status == "external"


def test_incoming_of_an_unknown_document(library):
    with pytest.raises(NotFoundError):
        incoming("agreement-none", library)


def test_an_attachment_may_be_an_act_of_its_own():
    main = act(
        "agreement",
        "Соглашение о кладах",
        {"art_1": "1|По пункту 2 приложения 1 к настоящему Соглашению, см. приложение 2."},
    )
    rules = act("act", "Правила поиска кладов", {"para_1": "1|Искать.", "para_2": "2|Делить."})
    table = act("act", "Перечень кладов", {"para_1": "1|Сундук."})
    docs = documents(file("f.txt", main, rules, table))
    found = [(r.target.document, r.target.eids) for r in outgoing(docs[0], resolving(*docs))]
    assert found == [(docs[1].id, ("para_2",)), (docs[2].id, ())]


RELATIONS = [
    ("Ратифицировать {}, совершенное в Буяне.", "ratifies"),
    ("Одобрить прилагаемый проект {}.", "approves"),
    ("Внести в {} следующие изменения.", "amends"),
    ("Со дня вступления в силу прекращает свое действие {}.", "supersedes"),
    ("{} утрачивает силу.", "supersedes"),
    ("Во исполнение {} приказываю.", "implements"),
    ("Стороны помнят {}.", None),
    ("Утвердить порядок. Стороны помнят {}.", None),
]


@pytest.mark.parametrize(("frame", "wanted"), RELATIONS)
def test_relation(frame, wanted):
    name = "Соглашение о почтовом обмене от 5 мая 2001 года"
    text = frame.format(name)
    start = text.index(name)
    found = relation(text, start, start + len(name))
    assert (str(found) if found else None) == wanted


def test_references_carry_relations():
    protocol, post = documents(file("p.txt", PROTOCOL, POST))
    found = [(r.eid, r.relation) for r in outgoing(protocol, resolving(protocol, post)) if r.relation]
    assert ("art_1", "amends") in found


def _treaty(day: int, subject: str, said: str, annexes: str = "") -> str:
    return (
        f"СОГЛАШЕНИЕ\nмежду Кантоном Липовец и Вересской Республикой о {subject}\n\nг. Липовец, {day} мая 2004 года\n\n"
        f"Стороны согласились о нижеследующем:\n\nСтатья 1\n\n{said}\n\nСтатья 2\n\nКраска синяя.\n\n"
        f"Совершено в г. Липовце {day} мая 2004 года в двух экземплярах.\n\nЗа Кантон Липовец\n\n"
        f"За Вересскую Республику\n\n{annexes}"
    )


RULES = "Приложение № 1\nк Соглашению\n\nПОЛОЖЕНИЕ\nо комиссии\n\n1. Комиссия собирается летом.\n\n2. Комиссия ведёт журнал.\n\n"
SAID = "Состав дан в пункте 2 приложения № 1 к настоящему Соглашению."


@pytest.mark.parametrize(
    ("annexes", "status", "document"),
    [("", ResolutionStatus.NOT_FOUND, ""), (RULES, ResolutionStatus.RESOLVED, "polozhenie")],
)
def test_the_next_agreement_of_a_book_is_no_annex(annexes, status, document, tmp_path):
    library = LocalLibrary(tmp_path / "l")
    book = _treaty(3, "паромах", SAID, annexes) + _treaty(4, "мостах", "Мосты красят.") + _treaty(5, "лодках", "Лодки.")
    first = library.put(parse_bytes(book.encode(), "book.txt")).documents[0]
    found = [r for r in outgoing(library.get(first), resolver(library)) if r.text.startswith("пункте 2")]
    assert [r.status for r in found] == [status]
    assert document in (found[0].target.document if found[0].target else "")
    [cited] = read("п. 2 приложения № 1 к Соглашению от 3 мая 2004 года")
    meant = resolver(library).resolve(cited).target
    library.close()
    assert (meant.eids if meant else ()) == (("para_2",) if annexes else ())
