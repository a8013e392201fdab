import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InputError
from ingest.formats.plain.letters import cost
from ingest.parsing import read
from tests.shared import need

PAGES = ("cp1251", "koi8_r", "cp866")
SAMPLES = (
    "Стороны обмениваются сведениями о розыске лиц, скрывшихся от следствия.",
    "ПРОТОКОЛ О ВНЕСЕНИИ ИЗМЕНЕНИЙ",
    "Приказ",
    "УКАЗ",
    "закон",
    "Статья 1",
    "п р и к а з ы в а ю",
    "Объём подъездных путей: ёмкость, съёмка, мощёный двор",
    "г. Тверь, 7 мая 2019 г., № 12/4-р",
)


@pytest.mark.parametrize("encoding", [*PAGES, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", SAMPLES)
def test_short_texts_are_read_right(text, encoding):
    text = text.replace("№", "N") if encoding == "koi8_r" else text
    if encoding in ("utf-16-le", "utf-16-be") and len(text) < 5:
        pytest.skip("four letters without a mark are too few for UTF-16")
    assert read(text.encode(encoding), "x.txt").text == text


def test_samples_of_real_decisions_are_read_right():
    chosen = random.Random(20260721)
    wrong = 0
    for path in sorted(need("texts/distractors").glob("*.txt"))[:80]:
        text = path.read_text("utf-8")
        start = chosen.randrange(max(1, len(text) - 30))
        piece = text[start : start + 30].strip()
        for page in PAGES:
            data = piece.encode(page, "replace")
            if sum(byte > 127 for byte in data) >= 10:
                wrong += read(data, "x.txt").text != data.decode(page).replace("\r", "\n")
    assert wrong == 0


def test_line_ends_and_marks_are_normalised():
    source = read("\ufeffПервая\r\nвторая\rтретья\n".encode(), "x.txt")
    assert source.text == "Первая\nвторая\nтретья\n"
    assert source.encoding == "utf-8"


def test_a_dos_end_of_file_sign_is_dropped():
    assert read("Договор аренды\x1a".encode("cp866"), "x.txt").text == "Договор аренды"


def test_damaged_utf8_is_read_with_a_doubt():
    data = bytearray("Настоящий договор вступает в силу со дня подписания сторонами. ".encode() * 20)
    data[1] = 0xFF
    source = read(bytes(data), "x.txt")
    assert source.encoding == "utf-8"
    assert [doubt.rule for doubt in source.diagnostics] == ["encoding"]


def test_an_ambiguous_text_is_reported():
    # «на» in cp1251 is «МЮ» in koi8-r: two letters prove nothing.
    rules = {
        doubt.rule
        for page in PAGES
        for word in ("ф", "Щ", "жщ")
        for doubt in read(word.encode(page) + b".", "x.txt").diagnostics
    }
    assert rules == {"encoding"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "пуст"),
        (b" \n\t \r\n", "только пробелы"),
        (b"\xef\xbb\xbf  \n", "только пробелы"),
        (b"\xff\xfe \x00\n\x00", "только пробелы"),
        (bytes(range(256)) * 20, "двоичный"),
        ("Ça a été très différent à l'été, où naît l'âme".encode("cp1252") * 5, "кодировка не определена"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "ocrmypdf -l rus"),
        (b"Rar!\x1a\x07\x00" + b"\1" * 50, "RAR"),
        (b"\x1f\x8b\x08\x00" + b"\1" * 50, "gzip"),
        (b'<?xml version="1.0"?><FictionBook/>', "XML"),
        (b"\xff\xfe\x01\xd8\x02\xd8\x03\xd8" * 30, "не читается"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data, said):
    with pytest.raises(InputError, match=said) as refusal:
        read(data, "архив/дело.txt")
    assert str(refusal.value).startswith("архив/дело.txt: ")


def test_the_extension_is_only_checked():
    source = read("# Договор\n\n1. Стороны договорились.".encode(), "договор.pdf")
    assert source.format == "markdown"
    assert [doubt.rule for doubt in source.diagnostics] == ["extension"]
    assert not read("Договор".encode(), "договор.md").diagnostics


def test_markdown_lines_become_hints():
    source = read("# Договор\n\n**Статья 1**\n\nТекст **важный** статьи.\n".encode(), "x.md")
    assert [(h.heading, h.bold) for h in source.hints] == [(1, False), (0, True)]


def test_form_feeds_begin_pages():
    source = read("Первая страница\n\fВторая\n".encode(), "x.txt")
    assert source.pages == (0, 17)


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00\x1a\ufeff", exclude_categories=["Cs", "Cc"]),
        min_size=1,
    )
)
def test_utf8_comes_back_as_it_was(text):
    if text.strip() and not text.lstrip().startswith(
        ("<", "{", "%", "PK", "MZ", "BZ", "GIF", "Rar", "7z", "II", "MM", "AT&T")
    ):
        assert read(text.encode(), "x.txt").text == text


def test_russian_costs_less_than_its_misreadings():
    text = "Настоящее Соглашение заключается на неопределенный срок"
    right = cost(text)
    wrong = [cost(text.encode(a).decode(b, "replace")) for a in PAGES for b in PAGES if a != b]
    assert right + 2 < min(wrong)


def test_a_macintosh_code_page_is_doubted():
    text = "Запрашиваемая Сторона исполняет поручения, касающиеся возвращения имущества. Вся переписка ведётся прямо."
    source = read(text.encode("mac-cyrillic"), "x.txt")
    assert any("Macintosh" in d.message for d in source.diagnostics)
    assert not read(text.upper().encode("cp1251"), "x.txt").diagnostics
    assert not read(text.encode("cp1251"), "x.txt").diagnostics


_CLAUSE = "Стороны ежегодно сверяют списки переправ и сообщают о новых причалах на обоих берегах реки. " * 3


@pytest.mark.parametrize(
    ("written", "misread"),
    [(a, b) for a in ("utf-8", "cp1251", "koi8_r", "cp866") for b in ("cp1251", "koi8_r", "cp866", "cp1252") if a != b],
)
def test_a_text_saved_as_it_was_misread_is_undone(written, misread):
    data = _CLAUSE.encode(written)
    wrong = "".join(bytes([byte]).decode(misread, "ignore") or chr(byte) for byte in data)
    source = read(wrong.encode(), "x.txt")
    assert source.text == _CLAUSE
    assert [doubt.rule for doubt in source.diagnostics] == ["mojibake"]


def test_a_code_page_behind_the_mark_of_utf8_is_read():
    source = read(b"\xef\xbb\xbf" + _CLAUSE.encode("cp1251"), "x.txt")
    assert source.text == _CLAUSE
    assert [doubt.rule for doubt in source.diagnostics] == ["encoding"]


def test_what_cannot_be_undone_is_refused_by_name():
    lost = _CLAUSE.encode().decode("koi8_r").replace("я", "п")
    with pytest.raises(InputError, match=r"^дело\.txt: вместо букв"):
        read(lost.encode(), "дело.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Тараптар балық аулау туралы мәліметтер алмасады. " * 4,
        "│ Лодка │ Плот │\n" * 9,
        "Ça a été très différent à l’été. " * 5,
    ],
)
def test_other_languages_and_drawn_tables_are_left_alone(text):
    assert read(text.encode(), "x.txt").text == text
