"""Orders on an act that another one put into force, on what is attached to one, and orders that are none."""

from pathlib import Path

import pytest

from corpus.effects.lives import lives
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from tests.corpus.effects.cases import Line, lines

NUMBER = "Указ Президента Республики Ольховия от 5 марта 2010 г. № 77"
EDICT = """УКАЗ
Президента Республики Ольховия

от 5 марта 2010 г. № 77

О паромной службе

В целях порядка постановляю:

1. Создать паромную службу.

2. Утвердить прилагаем{whose} {what} о паромной службе.

3. Паромная служба работает круглый год.

4. Настоящий Указ вступает в силу со дня его подписания.

Президент
Республики Ольховия                               А. Ольхин

УТВЕРЖДЕН{whose_short}
Указом Президента
Республики Ольховия
от 5 марта 2010 г. № 77

{title}
о паромной службе

1. Паромная служба перевозит людей круглый год.

2. Паромная служба ведёт журнал.

3. Начальник назначается на круглый год.
"""
RULES = EDICT.format(whose="ое", whose_short="О", what="Положение", title="ПОЛОЖЕНИЕ")
DEMANDS = EDICT.format(whose="ые", whose_short="Ы", what="требования", title="ТРЕБОВАНИЯ")
ATTACHED = "\n\nУТВЕРЖДЕНЫ\nУказом Президента\nРеспублики Ольховия\nот 7 июля 2012 г. № 101\n\nИЗМЕНЕНИЯ,\n"
BY = f"утверждённое {NUMBER.replace('Указ', 'Указом', 1)}"
TITLE = f"О внесении изменений в {NUMBER} «О паромной службе»"


def amending(body: str, title: str = TITLE) -> str:
    """Print an edict of 7 July 2012; what is attached to it stands behind «@»."""
    orders, _, attached = body.partition("@")
    return (
        f"УКАЗ\nПрезидента Республики Ольховия\n\nот 7 июля 2012 г. № 101\n\n{title}\n\n{orders}\n\n"
        "9. Настоящий Указ вступает в силу со дня его подписания.\n\n"
        f"Президент\nРеспублики Ольховия                               А. Ольхин{attached and ATTACHED + attached}\n"
    )


def changed(folder: Path, *files: str) -> dict[str, list[str]]:
    """Return what was touched in each act by 2015: eIds, «-» before those gone, «!» for each order not carried out."""
    library, found = LocalLibrary(folder), {}
    try:
        ids = [i for n, text in enumerate(files) for i in library.put(parse_bytes(text.encode(), f"{n}.txt")).documents]
        for id_ in ids:
            last = lives(library).life(id_).editions[-1]
            gone, touched = ([*dict(rows)] for rows in (last.gone, last.touched))
            rows = [*(f"-{e}" for e in gone), *(e for e in touched if e not in gone), *("!" for _ in last.unapplied)]
            if rows:
                found[id_.split("-")[0]] = sorted(rows)
    finally:
        library.close()
    return found


@pytest.mark.parametrize("case", list(lines("approved.cases")), ids=lambda c: c.id)
def test_an_order_changes_the_act_it_names_and_no_other(case: Line, tmp_path: Path) -> None:
    expected = {kind: eids.split() for kind, _, eids in (row.partition(" ") for row in case.answer)}
    assert changed(tmp_path / "l", RULES, amending(case.text.replace("⏎", "\n"))) == expected


def test_what_no_type_word_names_is_the_attachment_of_the_act_that_put_it_into_force(tmp_path: Path) -> None:
    order = (
        f"1. Утвердить прилагаемые изменения, которые вносятся в требования к паромной службе, {BY.replace('ённое', 'ённые')}."
        "@которые вносятся в требования к паромной службе\n\n1. Пункт 3 исключить."
    )
    assert changed(tmp_path / "l", DEMANDS, amending(order)) == {"edict": ["-att_1__para_3"]}


NONE = (
    ("Обзор практики по применению Указа № 77 «О внесении изменений в Указ № 70»", "1. Пункт 3 Указа исключить."),
    (
        "Об особом мнении",
        f"1. Кантон Вереск считает, что в {NUMBER} необходимо внести следующие изменения:\n\n– исключить пункт 3.",
    ),
    (
        "О паромах",
        f"1. Кантон Вереск имеет следующие замечания к проекту:\n\n– изъять пункт 3 {NUMBER.replace('Указ', 'Указа', 1)};",
    ),
    ("О реке", "1. Паром идёт:\n\nабзацы второй – третий утратили силу. – " + NUMBER + ";"),
)


@pytest.mark.parametrize(("title", "body"), NONE, ids=[t for t, _ in NONE])
def test_what_is_told_proposed_or_printed_by_a_publisher_changes_nothing(title: str, body: str, tmp_path: Path) -> None:
    assert changed(tmp_path / "l", RULES, amending(body, title)).get("edict", []) in ([], ["!"])
    assert "-para_3" not in changed(tmp_path / "m", RULES, amending(body, title)).get("edict", [])
