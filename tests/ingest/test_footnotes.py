"""Footnotes at the foot of a page of plain text: kept as notes, their marks taken out, the sentence over them whole."""

import itertools

import pytest

from ingest.formats import read
from ingest.pipeline import parse_bytes
from tests.ingest.readers.writers import measured, pdf, show

HEAD = "СОГЛАШЕНИЕ\nмежду Республикой Ардения и Королевством Бельмар о переправах\n(Ардов, 2 июня 1999 г.)\n\nРеспублика Ардения и Королевство Бельмар, именуемые в дальнейшем\nСторонами, согласились о нижеследующем:\n\n"
FILL = "Расходы на содержание причалов каждая Сторона несет на своем берегу, а\nрасходы на их ремонт делят поровну, если не договорятся иначе до начала\nнавигации на всех пограничных реках.\n"
BEFORE = "Стороны ежегодно сверяют списки переправ и причалов{mark}, построенных на берегах\nпограничных рек,"
AFTER = "и исправляют их по взаимному согласию, если построены новые\nпричалы."
RULES = ("______________", "--------------------", "————————", "────────────", "\n_____\n", "- - - - - - - -")
MARKS = {
    "¹": "¹ ",
    "²": "²",
    "1": "1 ",
    "2": "2. ",
    "1)": "1) ",
    " [1]": "[1] ",
    "(3)": "(3) ",
    "*": "* ",
    "*)": "*) ",
    "**": "** ",
    "***": "***",
    "**)": "**) ",
    "†": "† ",
}
NOTES = ("Кроме причалов на островах.", "Кроме причалов на островах и причалов,\nпринадлежащих рыбакам.")
TURNS = ("\n\f", "\n", "\n\n", "\n\n                                   12\n\n")
# Every mark under every rule; notes and turns of pages go round.
LOOKS = [
    (mark, rule, NOTES[i % len(NOTES)], TURNS[i % len(TURNS)])
    for i, (mark, rule) in enumerate(itertools.product(MARKS, RULES))
][::5]


def _print(mark, rule, note, turn):
    before = BEFORE.format(mark=mark)
    page = f"{HEAD}Статья 1\n\n{FILL}\nСтатья 2\n\n1. {before}\n{rule}\n{MARKS[mark]}{note}{turn}"
    return f"{page}{AFTER}\n\n2. {FILL}\nСтатья 3\n\n{FILL}"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]} {look[1][:2]}".strip())
def test_note_under_a_rule(look):
    file = parse_bytes(_print(*look).encode(), "a.txt")
    (act,) = file.instruments
    fill = FILL.replace("\n", " ").strip()
    whole = f"{BEFORE.format(mark='')} {AFTER}".replace("\n", " ")
    assert {p.eid: p.text for p in act.walk() if p.text and p.kind != "preamble"} == {
        "art_1": fill,
        "art_2__para_1": whole,
        "art_2__para_2": fill,
        "art_3": fill,
    }
    kept = [file.text[f.span.start : f.span.end] for f in file.furniture if f.rule == "footnote"]
    assert "\n".join(kept).strip("\f\n") == (MARKS[look[0]] + look[2])


# «**» behind two words of a line made the file Markdown.
@pytest.mark.parametrize("rule", RULES)
def test_notes_with_one_star_and_two_on_a_page(rule):
    page = f"{HEAD}Статья 1\n\nПлату* берут за лодки** и плоты*** на всех\nпограничных реках.\n{rule}\n* Сбор.\n** Кроме челнов.\n*** Кроме малых.\n"
    file = parse_bytes(f"{page}\n\fСтатья 2\n\n{FILL}".encode(), "a.txt")
    assert [p.text for p in file.instruments[0].walk() if p.eid.startswith("art_1")] == [
        "Плату берут за лодки и плоты на всех пограничных реках."
    ]
    assert file.format == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Статья 1\n\nВ перечень входят:\n____________\n1. Лодки.\n\n2. Плоты.\n\nСтатья 2\n\nПлощадь причала 100 м2.\n",
        "Статья 1\n\nГлубина 2 м2 и более.\n-------\n2. Плоты.\n\nСтатья 2\n\nСпоров нет.\n",
    ],
    ids=["a list under a blank to fill in", "square metres"],
)
def test_numbers_that_are_no_notes(text):
    file = parse_bytes((HEAD + text).encode(), "a.txt")
    assert [f for f in file.furniture if f.rule == "footnote"] == []
    assert any("Плоты." in p.text for p in file.instruments[0].walk())


def test_a_note_without_a_stop_takes_no_text_behind_a_blank_line():
    text = "Статья 1\n\nПлата¹ мала.\n________\n¹ Кроме пошлины\n\nПлату взимают весной.\n\nСтатья 2\n\nСпоров нет.\n"
    (act,) = parse_bytes((HEAD + text).encode(), "a.txt").instruments
    assert [p.text for p in act.walk() if p.eid.startswith("art_1")] == ["Плата мала.", "Плату взимают весной."]


# Of a mark and of what its note begins with: the signs, and whether they are raised.
PRINTED = {
    "raised": (("1", True), ("1", True)),
    "raised, its note not": (("1", True), ("1 ", False)),
    "raised with a bracket": (("1)", True), ("1)", True)),
    "a bracket": (("1)", False), ("1) ", False)),
    "a stop": (("1", True), ("1. ", False)),
    "a star": (("*", False), ("* ", False)),
    "a raised star": (("*", True), ("*", True)),
    "a star with a bracket": (("*)", False), ("*) ", False)),
    "square brackets": ((" [1]", False), ("[1] ", False)),
}


def _shown(parts, x, y, size):
    out = ""
    for text, raised in parts:
        small = 0.6 * size if raised else size
        out += show(text, x, y + 0.4 * size * raised, small)
        x += measured(text, small) + 2 * raised
    return out


@pytest.mark.parametrize("mark", PRINTED)
def test_small_note_at_the_foot_of_a_page(mark):
    reference, lead = PRINTED[mark]
    rows = ["Статья 1", "Расходы на содержание причалов каждая Сторона несет на своем берегу.", "Статья 2"]
    page = "".join(show(row, 85, 700 - 14.4 * i) for i, row in enumerate(rows))
    page += _shown([("Стороны сверяют списки причалов", False), reference, (" и переправ,", False)], 85, 656, 12)
    note = ("Кроме причалов на островах и причалов,", "принадлежащих рыбакам.")
    page += _shown([lead, (note[0], False)], 85, 100, 10) + show(note[1], 85, 88, 10)
    source = read(pdf([page, show("построенных на берегах рек.", 85, 760)]), "x.pdf")
    (found,) = (f.span for f in source.furniture if f.rule == "footnote")
    assert source.text[found.start : found.end].endswith(" ".join(note))
    assert "сверяют списки причалов и переправ,\n\nпостроенных на берегах рек." in source.text[: found.start]
