"""States on a day, from a library of invented acts: what each act's own words and the acts about it make of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.effects.lives import Lives, lives
from corpus.library import Library
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes

NAME = "между Кантоном Липовец и Вересской Республикой о перевозке ульев"
OF = f"Договора {NAME} от 3 мая 2004 года"


def treaty(force: str, more: str = "") -> str:
    """Print a treaty with its clause on force."""
    return (
        f"ДОГОВОР\n{NAME}\n\nг. Липовец, 3 мая 2004 года\n\nСтороны согласились о нижеследующем:\n\nСтатья 1\n\n"
        "1. Стороны пропускают ульи через границу.\n\n2. Пропуск ведётся по спискам.\n\n"
        f"Статья 2\n\nНастоящий Договор {force}.\n\n{more}Совершено в г. Липовце 3 мая 2004 года в двух экземплярах.\n"
    )


def protocol(about: str, body: str, force: str = "с даты его подписания") -> str:
    """Print a protocol of 7 July 2007 about the treaty."""
    return (
        f"ПРОТОКОЛ\n{about}\n\nг. Липовец, 7 июля 2007 года\n\nСтороны согласились о нижеследующем:\n\nСтатья 1\n\n{body}\n\n"
        f"Статья 2\n\nНастоящий Протокол вступает в силу {force}.\n\n"
        "Совершено в г. Липовце 7 июля 2007 года в двух экземплярах.\n"
    )


AT_ONCE = "вступает в силу с даты его подписания"
ENDED = f"о прекращении действия {OF}"
ENDS = f"Договор {NAME} от 3 мая 2004 года прекращает своё действие с даты вступления в силу настоящего Протокола."
CHANGED = f"о внесении изменений в Договор {NAME} от 3 мая 2004 года"
CHANGES = "Внести в Договор следующие изменения:\n\n1) в пункте 2 статьи 1 слова «по спискам» заменить словами «по спискам поста»."
CASES: Sequence[tuple[str, str, str, str, str]] = (
    ("signed", treaty(AT_ONCE), "", "2004-05-02", "not_in_force"),
    ("signed", treaty(AT_ONCE), "", "2004-05-03", "in_force"),
    ("a named day", treaty("вступает в силу с 1 июня 2005 года"), "", "2005-05-31", "not_in_force"),
    (
        "thirty days after",
        treaty("вступает в силу по истечении 30 дней с даты подписания"),
        "",
        "2004-06-02",
        "not_in_force",
    ),
    (
        "thirty days after",
        treaty("вступает в силу по истечении 30 дней с даты подписания"),
        "",
        "2004-06-03",
        "in_force",
    ),
    (
        "the last note",
        treaty("вступает в силу с даты получения последнего письменного уведомления"),
        "",
        "2010-01-01",
        "unknown",
    ),
    ("until a day", treaty(f"{AT_ONCE} и действует до 31 декабря 2009 года"), "", "2009-12-31", "in_force"),
    ("until a day", treaty(f"{AT_ONCE} и действует до 31 декабря 2009 года"), "", "2010-01-01", "expired"),
    ("ended", treaty(AT_ONCE), protocol(ENDED, ENDS), "2007-07-06", "in_force"),
    ("ended", treaty(AT_ONCE), protocol(ENDED, ENDS), "2007-07-07", "terminated"),
    (
        "ended, day unknown",
        treaty(AT_ONCE),
        protocol(ENDED, ENDS, "с даты последнего уведомления"),
        "2008-01-01",
        "unknown",
    ),
    (
        "may be ended",
        treaty(AT_ONCE),
        protocol(ENDED, f"Действие {OF} прекращается, если Стороны не условятся об ином."),
        "2008-01-01",
        "in_force",
    ),
    ("amended", treaty(AT_ONCE), protocol(CHANGED, CHANGES), "2007-07-07", "amended"),
    (
        "amended, pending",
        treaty(AT_ONCE),
        protocol(CHANGED, CHANGES, "с даты последнего уведомления"),
        "2008-01-01",
        "in_force",
    ),
    (
        "suspended",
        treaty(AT_ONCE),
        protocol(f"о приостановлении действия {OF}", f"Приостановить действие {OF} до 1 мая 2008 года."),
        "2008-05-01",
        "suspended",
    ),
    (
        "suspended till",
        treaty(AT_ONCE),
        protocol(f"о приостановлении действия {OF}", f"Приостановить действие {OF} до 1 мая 2008 года."),
        "2008-05-02",
        "in_force",
    ),
    (
        "cited only",
        treaty(AT_ONCE),
        protocol("о совместной выставке", f"Выставка не затрагивает статьи 1 {OF}."),
        "2008-01-01",
        "in_force",
    ),
)
Opener = Callable[..., Library]


@pytest.fixture
def library(tmp_path: Path) -> Opener:
    def opened(*texts: str) -> Library:
        made = LocalLibrary(tmp_path / "library")
        list(made.put_many([parse_bytes(t.encode(), f"{i}.txt") for i, t in enumerate(texts) if t]))
        return made

    return opened


def _treaty(made: Library) -> str:
    return next(s.id for s in made.documents() if s.source == "0.txt")


@pytest.mark.parametrize(("_name", "act", "other", "on", "status"), CASES)
def test_state(library: Opener, _name: str, act: str, other: str, on: str, status: str) -> None:
    made = library(act, other)
    assert Lives(made).state(_treaty(made), on).status == status


def test_deleting_the_amending_act_gives_back_every_earlier_answer(library: Opener) -> None:
    made = library(treaty(AT_ONCE), protocol(CHANGED, CHANGES))
    treaty_id = _treaty(made)
    with_it = lives(made).life(treaty_id)
    assert [e.since for e in with_it.editions] == ["2004-05-03", "2007-07-07"]
    assert with_it.editions[-1].touched[0][0] == "art_1__para_2"
    made.delete(next(s.id for s in made.documents() if s.type == "protocol"))
    without = lives(made).life(treaty_id)
    assert [(e.since, e.until) for e in without.editions] == [("2004-05-03", None)]
    assert without.editions[0].provisions == with_it.editions[0].provisions
    assert lives(made).state(treaty_id, "2008-01-01").status == "in_force"


def test_what_cannot_be_applied_is_told_and_changes_nothing(library: Opener) -> None:
    wrong = CHANGES.replace("по спискам»", "по билетам»", 1)
    made = library(treaty(AT_ONCE), protocol(CHANGED, wrong))
    first, last = lives(made).life(_treaty(made)).editions
    assert last.provisions == first.provisions
    assert [u.reason for u in last.unapplied] == ["п. 2 ст. 1: слов «по билетам» там нет"]
    assert not last.complete
