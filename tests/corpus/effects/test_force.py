"""Wordings of force: when an act comes into force, how long it lasts, what ends it; all over one library."""

from itertools import product

import pytest

from corpus.effects.force.entry import force, parts
from corpus.effects.force.lasting import term
from corpus.effects.lives import Lives
from corpus.effects.standing import DEAD
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from tests.corpus.effects.cases import Line, lines

HEADS = [
    "Ба",
    "Ве",
    "Ги",
    "До",
    "Жу",
    "Ка",
    "Ле",
    "Ми",
    "Но",
    "Ру",
    "Ся",
    "Тю",
    "Фе",
    "Хо",
    "Чу",
    "Шо",
    "Эл",
    "Юр",
    "Ях",
    "Бе",
]
TAILS = [
    "рог",
    "нец",
    "лим",
    "дар",
    "нюл",
    "рум",
    "вол",
    "кам",
    "тыч",
    "пст",
    "бун",
    "зор",
    "гар",
    "лон",
    "мыс",
    "тур",
    "фед",
    "хан",
    "цук",
    "шад",
]
AT_ONCE = "вступает в силу с даты его подписания"


FORCE = (
    "force.cases",
    "force_wider.cases",
    "further_force.cases",
    "force_further_days.cases",
    "terms_of_force.cases",
    "ends_by_word.cases",
)
WORDINGS = list(lines(*FORCE))
PASSES = ["".join(pair) for pair in product(HEADS, TAILS)][: len(WORDINGS)]
CASES = list(zip(WORDINGS, PASSES, strict=True))
"""Each about a treaty of its own: a clause under the kind of act it stands in, days with the states asked for."""
pytestmark = pytest.mark.xdist_group("force")  # one library of them all takes 18 s to make


def printed(case: Line, place: str) -> list[tuple[str, str]]:
    """Print the treaty of a case, and the protocol about it, as (file name, text)."""
    name = f"между Кантоном Липовец и Вересской Республикой о перевале {place}"
    force = case.text if case.head == "force" else AT_ONCE
    force += " и действует до 31 декабря 2009 года" if case.head == "acting until" else ""
    end = "Совершено в г. Липовце {} в двух экземплярах.\n"
    treaty = (
        f"ДОГОВОР\n{name}\n\nг. Липовец, 3 мая 2004 года\n\nСтороны согласились о нижеследующем:\n\nСтатья 1\n\n"
        "1. Стороны пропускают ульи через перевал.\n\n2. Пропуск ведётся по спискам.\n\n"
        f"Статья 2\n\nНастоящий Договор {force}.\n\n{end.format('3 мая 2004 года')}"
    )
    if case.head == "force":
        return [(f"{place}.txt", treaty)]
    dated = f"{name} от 3 мая 2004 года"
    body = case.text.format(D=f"Договор {dated}", R=f"Договора {dated}", T=f"Договором {dated}")
    protocol = (
        f"ПРОТОКОЛ\nк Договору {dated}\n\nг. Липовец, 7 июля 2007 года\n\nСтороны согласились о нижеследующем:\n\n"
        f"Статья 1\n\n{body}\n\nСтатья 2\n\nНастоящий Протокол {AT_ONCE}.\n\n{end.format('7 июля 2007 года')}"
    )
    return [(f"{place}.txt", treaty), (f"{place}-p.txt", protocol)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lives, dict[str, str]]:
    """Return the lives of a library of all cases, and the ids of their treaties by place."""
    made = LocalLibrary(tmp_path_factory.mktemp("force") / "library")
    list(made.put_many([parse_bytes(t.encode(), name) for case in CASES for name, t in printed(*case)]))
    ids = {s.source.removesuffix(".txt"): s.id for s in made.documents()}
    return Lives(made), ids


def wrong(case: Line, lives: Lives, document: str) -> list[str]:
    """Return the days on which a state is not the one asked for."""
    out = []
    for asked in case.answer:
        day, *eid, status = asked.split()
        got = lives.short(document, day, eid[0] if eid else "").status
        if not (got in DEAD if status == "dead" else got == status):
            out.append(f"{asked}: {got}")
    return out


@pytest.mark.parametrize(("case", "place"), [pytest.param(*case, id=case[0].id) for case in CASES])
def test_a_wording_is_read(case: Line, place: str, told: tuple[Lives, dict[str, str]]) -> None:
    lives, ids = told
    assert bool(found := wrong(case, lives, ids[place])) is case.known, found


QUOTED = """ФЕДЕРАЛЬНЫЙ ЗАКОН

О внесении изменений в отдельные законы о пасеках

1 апреля 2020 года № 7-ФЗ

Статья 1

Статью 2 Закона от 26 июля 2019 года № 5-ФЗ «О пасеках» изложить в следующей редакции:

{opened}Статья 2

1. Настоящий Закон вступает в силу с 1 марта 2021 года и действует до 1 марта 2022 года.

2. Статья 1 настоящего Закона вступает в силу с 1 марта 2023 года.{closed}.

Статья 2

Настоящий Закон вступает в силу с 1 мая 2020 года.
"""


@pytest.mark.parametrize(("opened", "closed"), ["«»", '""', "“”"])
def test_the_wording_given_to_another_act_says_nothing_of_the_own_force(opened: str, closed: str) -> None:
    act = parse_bytes(QUOTED.format(opened=opened, closed=closed).encode(), "law.txt").instruments[0]
    found = force(act)
    assert (found.day, found.eid, term(act, found.day).until, parts(act)) == ("2020-05-01", "art_2", None, ())
