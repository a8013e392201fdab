"""The data file and what is made of it."""

from importlib.resources import files

import pytest

from corpus.search.answers import Means, SearchOptions
from corpus.search.language.interpreting import read
from corpus.search.meaning.concepts import concepts
from corpus.search.meaning.stems import stem
from corpus.search.meaning.thesaurus import Thesaurus, thesaurus
from corpus.topics.topics import topics

LINES = files("corpus.data").joinpath("synonyms.txt").read_text("utf-8").splitlines()

KIN = [
    ("регистрация", "регистрировать", True),
    ("отказ", "отказать", True),
    ("япония", "японский", True),
    ("исполнение", "исполнить", True),
    ("въезд", "въездной", True),
    ("мечел", "мечеть", False),
    ("сталь", "стать", False),
    ("право", "правда", False),
    ("договор", "договаривать", False),
    ("суд", "судно", False),
]


@pytest.mark.parametrize(("one", "other", "kin"), KIN)
def test_stems(one, other, kin):
    assert (bool(stem(one)) and stem(one) == stem(other)) is kin


STRANGERS = [("право", "правительство"), ("расход", "расхождение"), ("сторона", "сторонник"), ("груз", "грузия")]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_are_no_kin(one, other):
    assert thesaurus().strange(one, other)
    assert not thesaurus().strange(one, one + "ый")


def test_every_line_is_used():
    section = None
    for number, line in enumerate(LINES, 1):
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            section = bare
            continue
        if not bare:
            continue
        assert section, number
        assert bare.count("=") == (section in {"[простые]", "[темы]"}), (number, bare)
        sayings = [s.strip() for half in bare.split("=") for s in half.split(",")]
        assert all(sayings), (number, bare)
        if section not in ("[служебные]", "[общие]"):
            assert len(sayings) > 1, (number, bare)


def test_a_small_file_reads_as_it_says():
    known = Thesaurus(
        "[производные]\nотказ, отказать\n[синонимы]\nрасходы, траты # да\n[простые]\nплатить = нести расходы\n"
    )
    assert [(r.means, [o.text for o in r.others]) for r in known.rules(("отказ",))] == [
        (Means.DERIVATION, ["отказать"])
    ]
    assert [o.text for r in known.rules(("трата",)) for o in r.others] == ["расходы"]
    assert [o.text for r in known.rules(("платить",)) for o in r.others] == ["нести расходы"]
    assert list(known.rules(("нести",))) == []


def test_a_saying_may_name_several_words_for_a_place_in_it():
    known = Thesaurus("[простые]\nпорвать|бросить договор|соглашение = прекращение действия\n")
    for word in ("порвать", "бросить"):
        (rule,) = known.rules((word,))
        assert rule.said.members == (("порвать", "бросить"), ("договор", "соглашение"))
    assert list(known.rules(("договор",))) == []


TURNS = [
    ("как расторгнуть договор", "прекратить действие", Means.PLAIN),
    ("кто платит", "нести расходы", Means.PLAIN),
    ("видеосвязь", "видео-конференц-связь", Means.PLAIN),
    ("отпечатки пальцев", "дактилоскопическая карта", Means.PLAIN),
    ("издержки", "затраты", Means.SYNONYM),
    ("отказ", "отказать", Means.DERIVATION),
    ("за сколько дней ответят", "тема:execution-term", Means.TOPIC),
    ("кому можно показывать документы", "тема:third-party", Means.TOPIC),
    ("наш отдел хочет порвать с ними договор", "тема:termination", Means.TOPIC),
    ("как пожаловаться в МИД", "министерство иностранных дел", Means.SYNONYM),
    ("договор о выходе", "соглашение", Means.SYNONYM),
]


@pytest.mark.parametrize(("query", "alternative", "means"), TURNS)
def test_alternatives(rivers, query, alternative, means):
    wishes = read(rivers, query, SearchOptions()).wishes
    every = [c for concept in concepts(wishes, thesaurus(), SearchOptions()) for c in concept.choices]
    assert alternative in {c.text for c in every}
    assert means in {c.means for c in every if c.text == alternative}
    bare = SearchOptions(derivations=False, synonyms=False, topics=False)
    assert all(c.means is None for k in concepts(wishes, thesaurus(), bare) for c in k.choices)


def test_every_topic_named_is_there():
    lines = "\n".join(LINES).partition("\n[темы]\n")[2].splitlines()
    named = {i.strip() for line in lines if "=" in line and line[0] != "#" for i in line.partition("=")[2].split(",")}
    assert len(named) > 90
    assert named <= topics().by_id.keys()


UNDERSTOOD = [("хулиганство", "хулиган"), ("поспорить", "спорить"), ("заплатить", "платить"), ("спорить", None)]


@pytest.mark.parametrize(("word", "known"), UNDERSTOOD)
def test_words_are_understood_by_their_stem(word, known):
    small = Thesaurus("[простые]\nхулиган = порядок\nспорить = разногласие\nплатить = нести расходы")
    assert small.kin(word) == ((known,) if known else ())


def test_words_joined_by_or_are_one_concept(rivers):
    wishes = read(rivers, "отказ в запросе или обращении", SearchOptions()).wishes
    groups = [c.words for c in concepts(wishes, thesaurus(), SearchOptions()) if not c.turn]
    assert groups == [(0,), (2, 4)]
