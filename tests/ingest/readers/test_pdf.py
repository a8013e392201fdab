import os
import re
import time

import pytest

from corpus.errors import InputError
from ingest.confined import ocr
from ingest.formats.pdf.columns import lines_of
from ingest.formats.pdf.glyphs import Glyph
from ingest.parsing import read
from tests.ingest.readers import attacks, writers
from tests.ingest.readers.writers import measured, pdf, show

LONG = [
    "Стороны",
    "обмениваются",
    "копиями",
    "документов,",
    "хранящихся",
    "в",
    "государственных",
    "архивах,",
    "музеях",
    "и",
    "библиотеках,",
    "по",
    "письменным",
    "запросам",
]
LEFT, RIGHT, TOP = 85, 545, 770


def lines(*rows, size=12, step=14.4, top=TOP):
    """Print rows of (text, x) or text at the left edge, one below another."""
    out = []
    for number, row in enumerate(rows):
        text, x = row if isinstance(row, tuple) else (row, LEFT)
        out.append(show(text, x, top - number * step, size))
    return "".join(out)


def justified(text, x, y, right=RIGHT, size=12, way="spacing"):
    """Print a line stretched to the right edge by its blanks."""
    words = text.split(" ")
    room = (right - x - sum(measured(word, size) for word in words)) / max(1, len(words) - 1)
    out = []
    for word in words:
        out.append(show(word, x, y, size, way=way))
        x += measured(word, size) + room
    return "".join(out)


def text_of(*pages, **options):
    return read(pdf(list(pages), **options), "x.pdf").text.split("\n\n")


# what, text, character spacing (points), way, text read
SPACINGS = [
    ("ordinary", "Стороны согласились о нижеследующем", 0, "spacing", "Стороны согласились о нижеследующем"),
    ("glyph by glyph", "Стороны согласились о нижеследующем", 0, "glyphs", "Стороны согласились о нижеследующем"),
    ("spaced with blanks between words", "ПРИКАЗЫВАЮ всем службам", 4, "spacing", "ПРИКАЗЫВАЮ всем службам"),
    ("spaced glyph by glyph", "ПРИКАЗЫВАЮ всем службам", 4, "glyphs", "ПРИКАЗЫВАЮ всем службам"),
    ("widely spaced", "ПОСТАНОВЛЯЕТ", 9, "glyphs", "ПОСТАНОВЛЯЕТ"),
    ("slightly spaced", "содействие и помощь", 1.2, "glyphs", "содействие и помощь"),
    ("spaced by blanks", "п р и к а з ы в а ю", 0, "spacing", "п р и к а з ы в а ю"),
    ("spaced by blanks, two between words", "в  с ф е р е  п р а в а", 0, "spacing", "в  с ф е р е  п р а в а"),
    ("condensed", "Стороны согласились", -0.6, "spacing", "Стороны согласились"),
]


@pytest.mark.parametrize(
    ("text", "spacing", "way", "read_as"), [case[1:] for case in SPACINGS], ids=[case[0] for case in SPACINGS]
)
@pytest.mark.parametrize("size", [8, 12, 16])
def test_letter_spacing(text, spacing, way, read_as, size):
    page = show(text, LEFT, 700, size, spacing=spacing * size / 12, way=way)
    assert text_of(page) == [read_as]


def test_a_spaced_word_among_others_is_closed_up():
    x = LEFT + measured("Министр ", 12)
    page = show("Министр ", LEFT, 700, way="glyphs") + show("приказал", x, 700, spacing=4, way="glyphs")
    assert text_of(page) == ["Министр приказал"]


def test_stretched_blanks_are_one_blank():
    row = "Стороны договорились о том, что впредь"
    page = justified(row, LEFT, 700, way="glyphs") + show("запросы исполняются бесплатно.", LEFT, 685.6)
    assert text_of(page) == [f"{row} запросы исполняются бесплатно."]


def test_paragraphs_by_indents():
    rows = [
        ("1. Стороны обмениваются копиями документов, хранящихся", 120),
        "в государственных архивах.",
        ("2. Запросы исполняются бесплатно и в срок, установленный", 120),
        "настоящим Соглашением.",
        ("3. Отказ мотивируется.", 120),
        ("4. Споры решаются переговорами.", 120),
    ]
    assert text_of(lines(*rows)) == [
        "1. Стороны обмениваются копиями документов, хранящихся в государственных архивах.",
        "2. Запросы исполняются бесплатно и в срок, установленный настоящим Соглашением.",
        "3. Отказ мотивируется.",
        "4. Споры решаются переговорами.",
    ]


def test_paragraphs_by_leading():
    page = lines("Первый абзац занимает одну строку, но вторая", "его продолжает без отступа.") + lines(
        "Второй абзац стоит через пробел", "и тоже продолжается.", top=TOP - 60
    )
    assert text_of(page) == [
        "Первый абзац занимает одну строку, но вторая его продолжает без отступа.",
        "Второй абзац стоит через пробел и тоже продолжается.",
    ]


def test_a_hyphen_at_a_line_end_keeps_its_break():
    # Repair knows the words and joins «сотруд-\nничество»; the reader does not guess.
    assert text_of(
        lines(
            "Стороны развивают взаимовыгодное и равноправное сотруд-",
            "ничество архивов и музеев двух государств на основе права.",
        )
    ) == [
        "Стороны развивают взаимовыгодное и равноправное сотруд-\nничество архивов и музеев двух государств на основе права."
    ]


def test_page_numbers_and_running_heads_are_taken_out():
    pages = []
    for number in range(1, 5):
        page = lines(*[(f"{number}.{i}. Стороны исполняют запросы.", 120) for i in range(1, 6)], top=700)
        pages.append(page + show(f"- {number} -", 300, 30) + show(f"Сборник соглашений, выпуск {number}", 85, 815, 9))
    source = read(pdf(pages), "x.pdf")
    assert "Сборник" not in source.text
    assert "- 2 -" not in source.text
    assert source.text.count("Стороны исполняют") == 20
    assert [d.rule for d in source.diagnostics] == ["running-heads"]


def test_a_foot_of_several_lines_is_taken_out_whole():
    foot = (
        "Справки о ходе дел дают по телефонам:",
        "для города 20-30-40;",
        "для области 20-30-41;",
        "по средам 20-30-42.",
    )
    pages = []
    for words in (("копии", "описи", "карты"), ("планы", "книги", "дела")):
        body = lines(*[(f"Архивы ежегодно передают друг другу все свои {word}.", 120) for word in words])
        pages.append(body + lines(*foot, top=115, size=10))
    source = read(pdf(pages), "x.pdf")
    assert "Справки" not in source.text
    assert source.text.count("Архивы") == 6


def test_a_paragraph_goes_on_over_the_page():
    first = lines(("1. Запрашиваемая Сторона исполняет запрос в течение тридцати дней со дня", 120), top=90)
    second = lines("его получения, если законодательство не требует иного.", ("2. Отказ мотивируется.", 120))
    source = read(pdf([lines(("Статья 5", 280)) + first + show("1", 300, 30), second + show("2", 300, 30)]), "x.pdf")
    whole = "1. Запрашиваемая Сторона исполняет запрос в течение тридцати дней со дня его получения, если законодательство не требует иного."
    assert source.text.split("\n\n") == ["Статья 5", whole, "2. Отказ мотивируется."]
    assert source.pages == (0, source.text.index("его получения"))
    assert [hint.page for hint in source.hints] == [1, 1, 2]


def test_a_line_of_a_hanging_item_that_happens_to_stand_in_the_middle():
    hanging, y, page = 121, TOP, ""
    items = [
        ("1. Архивы передают друг другу списки дел", "и описей по первому письменному запросу.", 0),
        ("2. Музеи показывают подлинники на выставках", "и заботятся о страховании каждого из них.", 60),
        ("3. Расходы несет та сторона, которая просит", "и которая подписала запрос о содействии.", 90),
        ("4. Споры решают руководители двух архивов", "и доверенные лица обеих договорившихся сторон.", 40),
        ("5. Списки дел, выданных за год, сверяются", "и хранятся в обоих архивах сорок лет.", 0),
    ]
    for first, second, short in items:
        page += justified(first, 99, y) + justified(second, hanging, y - 14.4, RIGHT - (hanging - LEFT) - short)
        y -= 28.8
    page += justified("Стороны ведут общий перечень, который ежегодно сверяется.", LEFT, y)
    assert text_of(page)[:5] == [f"{first} {second}" for first, second, _ in items]


def test_a_line_short_of_the_edge_ends_a_justified_paragraph_over_the_page():
    def written(*rows):
        out, y = "", TOP
        for text, end in rows:
            out += justified(text, LEFT, y, end)
            y -= 14.4
        return out

    body = [("Архивы обмениваются копиями дел, описями и перечнями дел,", RIGHT)] * 6
    first = written(*body, ("ведут общий каталог старинных рукописей и карт,", RIGHT - 30))
    second = written(("проводят совместные научные чтения по истории права", RIGHT), *body)
    read_as = text_of(first, second)
    assert read_as[0].endswith("карт,")
    assert read_as[1].startswith("проводят")


def test_a_paragraph_ends_by_the_width_of_its_own_page():
    first = "".join(
        justified("Архивы обмениваются копиями дел, описями и перечнями.", 113, TOP - 14.4 * i) for i in range(6)
    )
    first += justified("Совершено в городе Верхнем первого мая в двух", 113, TOP - 14.4 * 6)
    first += show("подлинных экземплярах на двух языках.", LEFT, TOP - 14.4 * 7)
    names = (
        "Государственный архив города",
        "Верхний Брод",
        "Ю. Норд",
        "Государственный музей города",
        "Нижний Брод",
        "В. Ост",
    )
    read_as = text_of(first, lines(*names))
    assert read_as[6].endswith("двух языках.")
    assert read_as[7].startswith("Государственный архив")


def test_a_line_of_long_words_stretched_over_a_column():
    def column(x, *rows):
        return "".join(justified(text, x, TOP - 14.4 * i, x + 215) for i, text in enumerate(rows))

    filling = ["копиями дел, описями и перечнями"] * 9
    left = column(LEFT, *filling, "запроса без сохранения", "конфиденциальности", *filling)
    right = column(330, *filling, "на основании запросов", "заинтересованной стороны", *filling)
    text = " ".join(text_of(left + right)).replace("\t", "|")
    assert "запроса без сохранения конфиденциальности копиями" in text
    assert "на основании запросов заинтересованной стороны" in text


def test_a_footnote_that_stands_on_several_pages_is_no_running_foot():
    rows = (("копии", "описи"), ("карты", "планы"), ("дела", "фонды"))
    pages = [
        lines(f"Архивы передают {first}", f"музеям, те хранят {second}", f"и возвращают {first} через год.")
        + show("1", LEFT + measured(f"музеям, те хранят {second}", 12), TOP - 14.4 + 5, 6)
        + show("1Утратила силу.", LEFT, 60, 9)
        for first, second in rows
    ]
    source = read(pdf(pages), "x.pdf")
    assert len(source.furniture) == len(pages)
    assert "¹" not in source.text


def test_letters_placed_a_mile_away_cost_nothing():
    glyphs = [Glyph(x, x + 6, TOP - 14 * row, 12, "а") for row in range(12) for x in (LEFT, 9_000_000)]
    began = time.process_time()
    assert len(lines_of(glyphs, 1)) == 12
    assert time.process_time() - began < 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_shown_turned_is_read_alike(rotate):
    """Viewers turn the page by /Rotate; the text in it runs so that it is upright then, or not: both are read."""
    assert text_of(lines("Стороны согласились", "о нижеследующем порядке."), rotate=rotate) == [
        "Стороны согласились о нижеследующем порядке."
    ]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 300 100", "0 -1 1 0 300 700", "-1 0 0 -1 500 700"])
def test_text_that_runs_across_the_page_is_read(matrix):
    data = attacks.pdf_objects(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            attacks.stream(f"BT /F 12 Tf {matrix} Tm (TREATY TEXT) Tj 0 -15 Td (SECOND LINE) Tj ET".encode(), ""),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )
    assert read(data, "x.pdf").text.split() == ["TREATY", "TEXT", "SECOND", "LINE"]


def test_columns_are_read_one_after_the_other():
    left = writers._lines(" ".join(LONG * 4), 215, 12, 0)[:14]
    right = writers._lines(" ".join(["Запросы", "исполняются", *LONG * 4]), 215, 12, 0)[:14]
    page = show("СОГЛАШЕНИЕ О СОТРУДНИЧЕСТВЕ АРХИВОВ ДВУХ ДРУЖЕСТВЕННЫХ ГОСУДАРСТВ", LEFT, 800, 11)
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        page += justified(a, 85, 760 - i * 14, right=300) + justified(b, 325, 760 - i * 14, right=540)
    title, text = read(pdf([page]), "x.pdf").text.split("\n\n", 1)
    assert title.endswith("ГОСУДАРСТВ")
    assert " ".join(text.split()) == " ".join(left + right)


def test_signatures_side_by_side_are_lines_with_tabs():
    page = lines(("Совершено в городе Твери в двух экземплярах на русском языке, имеющих", 120), "одинаковую силу.")
    for i, (a, b) in enumerate([("За Архив области", "За Музей города"), ("И.П. Петров", "П.И. Иванов")]):
        page += show(a, 85, 650 - 15 * i) + show(b, 380, 650 - 15 * i)
    assert text_of(page)[-1] == "За Архив области\tЗа Музей города\nИ.П. Петров\tП.И. Иванов"


def test_raised_digits_and_footnotes():
    body = lines(
        ("Статья 12", 85),
        ("1. Стороны обмениваются копиями документов.", 120),
        ("2. Запросы исполняются бесплатно и в срок.", 120),
        ("3. Отказ мотивируется.", 120),
        top=700,
    )
    raised = show("1", 85 + measured("Статья 12", 12) + 0.3, 705, 7)
    note = show("1", 85, 83.5, 6) + show(" Сноска к статье.", 90, 80, 9)
    source = read(pdf([body + raised + note]), "x.pdf")
    assert source.text.split("\n\n")[0] == "Статья 12¹"
    assert source.text.endswith("¹ Сноска к статье.")
    assert [f.rule for f in source.furniture] == ["footnote"]


def test_a_footnote_takes_its_mark_out_of_the_text():
    rows = [(f"{i}. Стороны исполняют запросы бесплатно и в срок.", 120) for i in range(1, 6)]
    x = 120 + measured(rows[2][0], 12)
    note = show("1", 85, 84, 6) + show("Утратил силу.", 90, 80, 9)
    source = read(pdf([lines(*rows, top=700) + show("1", x, 700 - 2 * 14.4 + 5, 7) + note]), "x.pdf")
    assert "¹" not in source.text.rpartition("\n\n")[0]
    assert source.text.endswith("¹ Утратил силу.")


def test_small_capitals_are_small_letters():
    page = show("П", 85, 700, 12) + show("РЕДМЕТ", 85 + measured("П", 12), 700, 9.6)
    page += show("Д", 200, 700, 12) + show("ОГОВОРА", 200 + measured("Д", 12), 700, 9.6)
    assert text_of(page)[0].split() == ["Предмет", "Договора"]


def test_columns_whose_lines_stand_at_different_heights():
    left = writers._lines(" ".join(LONG * 5), 215, 12, 0)[:16]
    right = writers._lines(" ".join(["Запросы", "исполняются", *LONG * 5]), 215, 12, 0)[:16]
    page = "".join(justified(text, 85, 760 - i * 14, right=300) for i, text in enumerate(left))
    page += "".join(justified(text, 325, 755 - i * 14.7, right=540) for i, text in enumerate(right))
    assert " ".join(read(pdf([page]), "x.pdf").text.split()) == " ".join(left + right)


def test_a_head_close_to_the_text_is_taken_out():
    pages = [
        lines("Приложение к письму", *[(f"{n}.{i}. Стороны исполняют запросы.", 120) for i in range(1, 6)], top=800)
        for n in range(1, 5)
    ]
    assert "Приложение" not in read(pdf(pages), "x.pdf").text


def test_headings_are_hinted():
    def middle(text, size):
        return (LEFT + RIGHT - measured(text, size)) / 2

    page = show("СОГЛАШЕНИЕ", middle("СОГЛАШЕНИЕ", 16), 780, 16, True) + show(
        "Статья 1", middle("Статья 1", 12), 750, 12, True
    )
    for row in range(6):
        page += justified("Стороны исполняют запросы бесплатно и в установленный срок", LEFT, 720 - 14.4 * row)
    source = read(pdf([page]), "x.pdf")
    assert [(h.heading, h.bold, h.centred) for h in source.hints[:3]] == [
        (1, True, True),
        (0, True, True),
        (0, False, False),
    ]


def test_letters_declared_as_western_are_mended():
    text = "Соглашение вступает в силу со дня подписания"
    data = attacks.pdf_objects(
        [
            *attacks._page(resources="<</Font<</F 5 0 R>>>>"),
            attacks.stream(b"BT /F 12 Tf 50 700 Td (" + text.encode("cp1251") + b") Tj ET", ""),
            "<</Type/Font/Subtype/TrueType/BaseFont/Kudriashov/FirstChar 0/LastChar 255/Widths["
            + "500 " * 256
            + "]/Encoding/WinAnsiEncoding>>",
        ]
    )
    source = read(data, "x.pdf")
    assert source.text == text
    assert [d.rule for d in source.diagnostics] == ["encoding"]


def test_imitated_bold_is_read_once():
    assert text_of(show("Статья 1", 85, 700, way="glyphs") + show("Статья 1", 85.4, 700, way="glyphs")) == ["Статья 1"]


IMAGE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n0\nendstream"
SCAN = attacks.pdf_objects([*attacks._page(resources="<</XObject<</I 5 0 R>>>>"), attacks.stream(b"/I Do", ""), IMAGE])
ENCRYPTED = pdf([show("Договор", 85, 700)]).replace(
    b"trailer\n<<",
    b"trailer\n<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SCAN, "ocrmypdf -l rus"),
        (ENCRYPTED, "паролем"),
        (pdf([""]), "нет текста"),
        (b"%PDF-1.4\n" + b"x" * 400, "повреждён"),
        (pdf([show("Договор", 85, 700)])[:300], "повреждён|нет"),
    ],
    ids=["scan", "encrypted", "empty", "damaged", "cut"],
)
def test_what_cannot_be_read_names_the_remedy(data, said):
    with pytest.raises(InputError, match=said) as refusal:
        read(data, "дело.pdf")
    assert str(refusal.value).startswith("дело.pdf: ")


def test_pages_without_a_text_layer_are_told():
    kids = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>"]
    resources = "/Resources<</XObject<</I 7 0 R>>/Font<</F 8 0 R>>>>"
    leaves = [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {n} 0 R{resources}>>" for n in (5, 6)]
    streams = [attacks.stream(b"BT /F 12 Tf 50 700 Td (TREATY ON ARCHIVES) Tj ET", ""), attacks.stream(b"/I Do", "")]
    source = read(
        attacks.pdf_objects([*kids, *leaves, *streams, IMAGE, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]),
        "x.pdf",
    )
    assert source.text == "TREATY ON ARCHIVES"
    assert [d.rule for d in source.diagnostics] == ["scanned-pages"]
    assert "с. 2" in source.diagnostics[0].message


def test_uncompressed_streams_are_read_alike():
    page = show("Договор аренды", 85, 700)
    assert text_of(page) == text_of(page, compress=False) == ["Договор аренды"]


def test_rotated_paper_gives_the_same_text():
    paras = [
        writers.Para(f"{i}. Стороны исполняют запросы бесплатно.", plain=f"{i}. Стороны исполняют запросы бесплатно.")
        for i in range(1, 40)
    ]
    straight = read(writers.pdf_of(paras), "x.pdf").text
    assert read(writers.pdf_of(paras, rotate=180), "x.pdf").text == straight
    assert read(writers.pdf_of(paras, rotate=90), "x.pdf").text == straight


FAKE_OCR = """#!/usr/bin/env python3
import shutil, sys
assert sys.argv[1:4] == ["-l", "rus", "--skip-text"], sys.argv
shutil.copy({result!r}, sys.argv[-1])
"""


def test_a_scan_can_be_recognised(tmp_path, monkeypatch):
    """The program is stood in for by a script with its interface: it is not installed where the tests run."""
    with pytest.raises(InputError) as refusal:
        read(SCAN, "дело.pdf")
    assert refusal.value.code == "no-text-layer"
    (tmp_path / "text.pdf").write_bytes(pdf([show("Договор аренды", 85, 700)]))
    script = tmp_path / "ocrmypdf"
    script.write_text(FAKE_OCR.format(result=str(tmp_path / "text.pdf")))
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert read(ocr.recognised(SCAN, "дело.pdf"), "дело.pdf").text == "Договор аренды"


def test_recognition_that_fails_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="tesseract-ocr-rus"):
        ocr.recognised(SCAN, "дело.pdf")
    script = tmp_path / "ocrmypdf"
    script.write_text("#!/bin/sh\necho нет языка rus >&2\nexit 3\n")
    script.chmod(0o755)
    with pytest.raises(InputError, match="нет языка rus"):
        ocr.recognised(SCAN, "дело.pdf")


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_in_the_margin_are_left_out(step):
    rows = [f"Строка текста номер {'аб'[n % 2]}, слова и слова" for n in range(1, 31)]
    printed = [show(row, 100, TOP - 16 * n, 12) for n, row in enumerate(rows, 1)]
    counted = [show(str(n), 50, TOP - 16 * n, 9) for n in range(1, 31) if n % step == 0]
    source = read(pdf(["".join([*printed, *counted])]), "x.pdf")
    assert not re.search(r"\d", source.text)
    assert "line-numbers" in [doubt.rule for doubt in source.diagnostics]


def test_numbers_of_points_are_no_numbers_of_lines():
    printed = [show(f"{n} лодка и весло", 50, TOP - 16 * n, 12) for n in range(1, 31)]
    assert "30 лодка" in read(pdf(["".join(printed)]), "x.pdf").text
