import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.terms import terms
from corpus.comparison.differences import differences
from corpus.comparison.grid import Change

# (left, right, what is told of changed words: change, left words, right words, weighty)
CASES = [
    ("в течение трех суток", "в течение пяти суток", [("changed", "трех", "пяти", True)]),
    ("Стороны несут расходы", "Стороны не несут расходы", [("added", None, "не", True)]),
    ("Сторона вправе отказать", "Сторона обязана отказать", [("changed", "вправе", "обязана", True)]),
    ("исполнение запроса", "исполнением запросов", [("form", "исполнение запроса", "исполнением запросов", False)]),
    ("учёт судов", "учет судов", []),
    ("русский язык, если нужно", "русский язык", [("removed", "если нужно", None, False)]),
    (
        "по просьбе другой Стороны орган передает сведения",
        "орган передает сведения по просьбе другой Стороны",
        [("moved", "орган передает сведения", None, False), ("moved", None, "орган передает сведения", False)],
    ),
    ("срок 30 дней", "срок 60 дней", [("changed", "30", "60", True)]),
    ("запрашиваемая Сторона", "запрашивающая Сторона", [("changed", "запрашиваемая", "запрашивающая", True)]),
    (
        "запрашиваемой Стороной",
        "запрашиваемая Сторона",
        [("form", "запрашиваемой Стороной", "запрашиваемая Сторона", False)],
    ),
    ("", "новый текст", [("added", None, "новый текст", False)]),
]

TEXTS = st.lists(
    st.sampled_from(
        ["Сторона", "стороны", "не", "вправе", "отказать", "запрос", "запроса", "30", "дней", "суток", "в", "течение"]
    ),
    max_size=14,
).map(" ".join)


@pytest.mark.parametrize(("left", "right", "wanted"), CASES)
def test_what_differs_is_told(left, right, wanted):
    told = [
        (
            d.change.value,
            d.left and left[d.left.start : d.left.end],
            d.right and right[d.right.start : d.right.end],
            d.weighty,
        )
        for d in differences(left, right)
        if d.change is not Change.SAME
    ]
    assert sorted(told, key=str) == sorted(wanted, key=str)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_word_stands_in_exactly_one_run_in_order(left, right):
    found = differences(left, right)
    for text, side in ((left, "left"), (right, "right")):
        spans = [getattr(d, side) for d in found if getattr(d, side) is not None]
        assert spans == sorted(spans)
        covered = [t.start for s in spans for t in terms(text) if s.start <= t.start < s.end]
        assert covered == [t.start for t in terms(text)]


@settings(deadline=None)
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(d.change is Change.SAME for d in differences(text, text))


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_same_and_form_runs_hold_the_same_words(left, right):
    for d in differences(left, right):
        if d.change in (Change.SAME, Change.FORM):
            pair = [terms(left[d.left.start : d.left.end]), terms(right[d.right.start : d.right.end])]
            assert len(pair[0]) == len(pair[1])
            assert all(set(a.lemmas) & set(b.lemmas) for a, b in zip(*pair, strict=True))


@pytest.mark.parametrize(
    ("left", "right", "heavy"),
    [
        ("Стороны сотрудничают", "Стороны взаимодействуют", False),
        ("проводят семинары", "проводят конференции", False),
        ("в течение трёх месяцев", "в течение шести месяцев", True),
        ("исполняется", "не исполняется", True),
        ("Сторона может отказать", "Сторона обязана отказать", True),
        ("территория", "станция", False),
    ],
)
def test_only_numbers_negations_and_duties_weigh(left, right, heavy):
    assert any(d.weighty for d in differences(left, right)) is heavy
