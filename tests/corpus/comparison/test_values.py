import pytest

from corpus.clauses.units import units_of
from corpus.lexicon.durations import durations
from corpus.model import Instrument, InstrumentType, Kind, Provision
from corpus.values.value import passages
from corpus.values.values import READERS, read
from tests.corpus.comparison.value_cases import CASES, MAY, MUST, G

TERMS = [
    ("не позднее 3 суток", ["3 суток"]),
    ("в течение двадцати одного дня", ["21 дней"]),
    ("ста восьмидесяти календарных дней", ["180 календарных дней"]),
    ("в течение 72 часов", ["72 часов"]),
    ("на девяностый день", ["90 дней"]),
    ("в шестимесячный срок", ["6 месяцев"]),
    ("сорока пяти банковских дней и одного года", ["45 банковских дней", "1 лет"]),
    ("12 мая 2009 года", []),
    ("статьи 6 и пункта 2", []),
    ("несколько дней", []),
]
SHOWN = [
    ("трех месяцев", "3 месяца"),
    ("одного дня", "1 день"),
    ("пяти лет", "5 лет"),
    ("двух рабочих дней", "2 рабочих дней"),
]


def values(topic, *texts):
    children = tuple(Provision(f"art_1__point_{n}", Kind.POINT, t, str(n)) for n, t in enumerate(texts[1:], 1))
    article = Provision("art_1", Kind.ARTICLE, texts[0], "1", children=children)
    made = units_of(Instrument(InstrumentType.AGREEMENT, "Соглашение", provisions=(article,)))
    own = {u.eid: u.text for u in made}
    sources = [p for u in made if u.owner is None for p in passages(u, u.sentences, own.__getitem__)]
    return {v.name: v for v in read(topic, sources)}, own


@pytest.mark.parametrize(("topic", "name", "value", "text"), CASES, ids=[c[3][:50] for c in CASES])
def test_a_value_is_read(topic, name, value, text):
    got, own = values(topic, text)
    assert (got[name].value if name in got else None) == value
    for read_value in got.values():
        assert 0 <= read_value.span.start < read_value.span.end <= len(own[read_value.eid])


@pytest.mark.parametrize(("text", "wanted"), TERMS)
def test_a_term_of_time_is_read(text, wanted):
    assert [d.form for d in durations(text)] == wanted


@pytest.mark.parametrize(("text", "wanted"), SHOWN)
def test_a_term_of_time_is_shown_in_good_russian(text, wanted):
    assert [d.shown for d in durations(text)] == [wanted]


def test_grounds_of_a_list_take_the_duty_or_right_of_its_lead():
    got, _ = values(
        "refusal", "В помощи может быть отказано, если:", "деяние носит военный характер;", "истекли сроки давности."
    )
    assert got[G].value == {"политический или военный характер деяния": MAY, "истечение срока давности": MAY}


def test_a_ground_told_as_a_duty_and_as_a_right_is_a_duty():
    text = "В помощи отказывается, если истекла давность. В помощи может быть отказано по истечении давности."
    got, _ = values("refusal", text)
    assert got[G].value == {"истечение срока давности": MUST}


def test_every_reader_is_tried():
    assert set(READERS) == {c[0] for c in CASES}
