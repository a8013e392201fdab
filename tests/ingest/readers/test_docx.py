import pytest

from corpus.errors import InputError
from ingest.parsing import read
from tests.ingest.readers import writers
from tests.ingest.readers.writers import docx_package


def p(text="", number=None, style="", props="", run=""):
    numbered = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{styled}{numbered}{props}</w:pPr>{run}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def level(place, form, text, start=1, extra=""):
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(key, *levels):
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key, of, overrides=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start(place, value):
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def text_of(body, numbering="", extra=None):
    return read(docx_package(body, numbering, extra), "x.docx").text.split("\n\n")


OUTLINE = abstract(0, level(0, "decimal", "Статья %1."), level(1, "decimal", "%1.%2."), level(2, "russianLower", "%3)"))
ROMAN = abstract(0, level(0, "upperRoman", "Раздел %1"), level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>'))
LEGAL = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", extra="<w:isLgl/>"))

# name, numbering, (list, level) of each paragraph, labels printed.
NUMBERED = [
    (
        "levels",
        OUTLINE + num(1, 0),
        [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2)],
        ["Статья 1.", "1.1.", "1.2.", "а)", "б)", "Статья 2.", "2.1.", "а)"],
    ),
    (
        "restart never",
        ROMAN + num(1, 0),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        ["Раздел I", "1.", "2.", "Раздел II", "3."],
    ),
    ("legal", LEGAL + num(1, 0), [(1, 0), (1, 0), (1, 1)], ["I.", "II.", "2.1."]),
    ("another instance goes on", OUTLINE + num(1, 0) + num(2, 0), [(1, 0), (2, 0)], ["Статья 1.", "Статья 2."]),
    (
        "an override begins anew",
        OUTLINE + num(1, 0) + num(2, 0, start(0, 1)),
        [(1, 0), (1, 0), (2, 0), (2, 0)],
        ["Статья 1.", "Статья 2.", "Статья 1.", "Статья 2."],
    ),
    ("an override with its number", OUTLINE + num(2, 0, start(0, 7)), [(2, 0), (2, 0)], ["Статья 7.", "Статья 8."]),
    ("start of a level", abstract(0, level(0, "decimal", "%1)", start=5)) + num(1, 0), [(1, 0), (1, 0)], ["5)", "6)"]),
    (
        "letters past the alphabet's gaps",
        abstract(0, level(0, "russianLower", "%1)", start=8)) + num(1, 0),
        [(1, 0), (1, 0), (1, 0), (1, 0)],
        ["з)", "и)", "к)", "л)"],
    ),
    (
        "small Roman, Latin",
        abstract(0, level(0, "lowerRoman", "%1."), level(1, "lowerLetter", "%2)")) + num(1, 0),
        [(1, 0), (1, 1)],
        ["i.", "a)"],
    ),
    ("bullets", abstract(0, level(0, "bullet", "\uf0b7")) + num(1, 0), [(1, 0)], ["-"]),
    ("level below one never met", OUTLINE + num(1, 0), [(1, 1)], ["1.1."]),
    ("list zero is no list", OUTLINE + num(1, 0), [(0, 0)], [""]),
    ("unknown list", OUTLINE, [(9, 0)], [""]),
]


@pytest.mark.parametrize(
    ("numbering", "places", "labels"), [case[1:] for case in NUMBERED], ids=[case[0] for case in NUMBERED]
)
def test_numbers_are_printed_as_word_prints_them(numbering, places, labels):
    body = "".join(p("текст", place) for place in places)
    assert text_of(body, numbering) == [f"{label} текст".strip() for label in labels]


def test_a_number_comes_from_the_style_and_its_level():
    styles = (
        f'<w:styles {writers.W}><w:style w:type="paragraph" w:styleId="S"><w:name w:val="Статья"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Пункт"/><w:basedOn w:val="S"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    body = p("Предмет", style="S") + p("Стороны.", style="P") + p("Архивы.", style="P")
    parts = {"word/styles.xml": styles}
    assert text_of(body, OUTLINE + num(1, 0), parts) == ["Статья 1. Предмет", "1.1. Стороны.", "1.2. Архивы."]


def test_an_article_of_a_number_alone_is_kept():
    assert text_of(p("", (1, 0)) + p("Стороны."), OUTLINE + num(1, 0)) == ["Статья 1.", "Стороны."]


def test_tracked_changes_are_accepted_and_told():
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Срок — </w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>45</w:t></w:r></w:ins><w:r><w:t> дней.</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Первая часть </w:t></w:r></w:p><w:p><w:r><w:t>и вторая.</w:t></w:r></w:p>'
    )
    source = read(docx_package(body), "x.docx")
    assert source.text.split("\n\n") == ["Срок — 45 дней.", "Первая часть и вторая."]
    assert [d.rule for d in source.diagnostics] == ["tracked-changes"]


def test_footnotes_stand_last_as_furniture():
    notes = f'<w:footnotes {writers.W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Сноска к титулу.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    body = '<w:p><w:r><w:t>Титул</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Текст.")
    source = read(docx_package(body, extra={"word/footnotes.xml": notes}), "x.docx")
    assert source.text == "Титул\n\nТекст.\n\nСноска к титулу."
    assert [(f.rule, source.text[f.span.start : f.span.end]) for f in source.furniture] == [
        ("footnote", "Сноска к титулу.")
    ]


def test_text_boxes_are_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>Проект</w:t></w:r></w:p></w:txbxContent>"
    body = f'<w:p><w:r><w:t>Титул</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>'
    assert text_of(body) == ["Титул", "Проект"]


def cell(*texts):
    return "<w:tc>" + "".join(p(text) for text in texts) + "</w:tc>"


def test_a_table_of_signatures_is_lines_with_tabs():
    body = f"<w:tbl><w:tr>{cell('За Архив')}{cell('За Музей')}</w:tr><w:tr>{cell('И. Петров')}{cell('П. Иванов')}</w:tr></w:tbl>"
    assert text_of(p("Подписи") + body) == ["Подписи", "За Архив\tЗа Музей\nИ. Петров\tП. Иванов"]


def test_a_table_that_lays_out_is_read_through():
    body = f"<w:tbl><w:tr>{cell('')}{cell('Приложение № 1', 'к Соглашению')}</w:tr></w:tbl>"
    assert text_of(body) == ["Приложение № 1", "к Соглашению"]


def test_raised_digits_stay_apart():
    raised = '<w:r><w:t>Статья 12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert text_of(p(". Сроки", run=raised)) == ["Статья 12¹. Сроки"]


def test_looks_become_hints():
    source = read(docx_package(p("Раздел", style="1") + p("Текст", props='<w:jc w:val="center"/>')), "x.docx")
    assert [(h.heading, h.bold, h.centred) for h in source.hints] == [(1, True, True), (0, False, True)]


def test_page_breaks_word_remembers_are_pages():
    body = p("Первая") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Вторая</w:t></w:r></w:p>"
    source = read(docx_package(body), "x.docx")
    assert source.pages == (0, 8)
    assert [h.page for h in source.hints] == [1, 2]


def test_hidden_text_headers_and_contents_are_left_out():
    styles = (
        f'<w:styles {writers.W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>"
    source = read(
        docx_package(
            p("Статья 1\t3", style="T") + p("Текст", run=hidden),
            extra={"word/styles.xml": styles, "word/header1.xml": "<h/>"},
        ),
        "x.docx",
    )
    assert source.text == "Текст"
    assert [d.rule for d in source.diagnostics] == ["contents"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx_package(""), "нет текста"),
        (docx_package(p("x"))[:-30], "обрезан"),
        (writers.package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document"}), "XML повреждён"),
        (writers.package({"xl/workbook.xml": "<x/>"}), "Excel"),
        (writers.package({"а.txt": "Договор"}), "архив ZIP"),
    ],
)
def test_damage_is_told(data, said):
    with pytest.raises(InputError, match=said):
        read(data, "x.docx")
