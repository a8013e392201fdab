"""HTML, RTF, ODT and archives."""

import pytest

from corpus.errors import InputError
from ingest.parsing import expand, read
from tests.ingest.readers import writers
from tests.ingest.readers.writers import odt_package, package

# what, page body, paragraphs
HTML = [
    ("paragraphs", "<p>Первый</p><p>Второй\nабзац</p>", ["Первый", "Второй абзац"]),
    ("blocks without p", "<div>Первый</div>голый текст<div>Третий</div>", ["Первый", "голый текст", "Третий"]),
    ("inline tags glue", "<p>Согла<b>шение</b> сто<i>рон</i></p>", ["Соглашение сторон"]),
    ("sup", "<p>Статья 12<sup>1</sup>. Сроки, 5 м<sup>2</sup></p>", ["Статья 12¹. Сроки, 5 м²"]),
    (
        "sup by class",
        '<style>.W9 {vertical-align: super}</style><p>Статья 7<span class="W9">1</span></p>',
        ["Статья 7¹"],
    ),
    ("sup by style", '<p>4<span style="vertical-align:super">1</span>. Порядок</p>', ["4¹. Порядок"]),
    ("raised words stay", "<p>Титул<sup>*)</sup></p>", ["Титул*)"]),
    ("break in a title", "<h2>РАЗДЕЛ I<br>ОБЩИЕ ПОЛОЖЕНИЯ</h2>", ["РАЗДЕЛ I\nОБЩИЕ ПОЛОЖЕНИЯ"]),
    (
        "breaks as paragraphs",
        "<div>1. Стороны.<br>2. Архивы.<br><br>3. Музеи.</div>",
        ["1. Стороны.", "2. Архивы.", "3. Музеи."],
    ),
    (
        "breaks with indents",
        "<td>&nbsp;&nbsp;&nbsp;Первый абзац<br>&nbsp;&nbsp;&nbsp;Второй</td>",
        ["Первый абзац", "Второй"],
    ),
    ("break in a signature", "<p>Директор<br>Архива</p>", ["Директор\nАрхива"]),
    ("layout table", "<table><tr><td><p>Статья 1</p><p>Текст.</p></td></tr></table>", ["Статья 1", "Текст."]),
    (
        "page set in a table",
        "<table><tr><td>г. Буян<td>1 мая 2001 г.</tr><tr><td colspan=2>Статья 1<br>1. Стороны.</tr><tr><td colspan=2><b>Подписи</b></tr><tr><td>За Архив<td>За Музей</tr></table>",
        ["г. Буян\t1 мая 2001 г.", "Статья 1", "1. Стороны.", "Подписи", "За Архив\tЗа Музей"],
    ),
    (
        "heading inside a table of data",
        "<table><tr><td>Вид<td>Срок</tr><tr><td colspan=2>Раздел А</tr><tr><td>а<td>б</tr></table>",
        ["Вид\tСрок\nРаздел А\nа\tб"],
    ),
    ("data table", "<table><tr><td>За Архив</td><td>За Музей</td></tr></table>", ["За Архив\tЗа Музей"]),
    ("table in a table", "<table><tr><td><table><tr><td>а</td><td>б</td></tr></table></td></tr></table>", ["а\tб"]),
    ("ordered list", "<ol><li>Первый<li>Второй</ol>", ["1. Первый", "2. Второй"]),
    ("ordered list with its own numbers", "<ol><li>1) Первый</ol>", ["1) Первый"]),
    ("list from five", "<ol start=5><li>Пятый</ol>", ["5. Пятый"]),
    ("bullets", "<ul><li>Первый</ul>", ["- Первый"]),
    ("hidden", '<p>Видно<span style="display:none">нет</span></p><p hidden>нет</p><script>нет</script>', ["Видно"]),
    ("hidden by class", "<style>.x{display:none}</style><p class=x>нет</p><p>да</p>", ["да"]),
    ("media rules do not hold", "<style>@media print{p{display:none}}</style><p>да</p>", ["да"]),
    ("soft hyphens", "<p>согла&shy;шение</p>", ["соглашение"]),
    ("blanks that count", "<p>П&nbsp;Р&nbsp;И&nbsp;К&nbsp;А&nbsp;З</p>", ["П Р И К А З"]),
    ("deleted text", "<p>Срок <del>30</del><ins>45</ins> дней</p>", ["Срок 45 дней"]),
    ("preformatted", "<pre>1. Стороны.\n2. Архивы.</pre>", ["1. Стороны.", "2. Архивы."]),
    ("entities", "<p>&laquo;Архив&raquo; &#8470;&nbsp;5</p>", ["«Архив» № 5"]),
    ("unclosed", "<p>Первый<p><b>Второй<p>Третий", ["Первый", "Второй", "Третий"]),
    ("footnote mark", '<p>Титул<a href="#_ftn1">[1]</a></p>', ["Титул"]),
    ("footnote mark of Writer", '<p>Титул<a href="#sdfootnote1sym"><sup>1</sup></a></p>', ["Титул"]),
    ("footnote mark of Pandoc", '<p>Титул<a href="#fn1"><sup>1</sup></a></p>', ["Титул"]),
    ("link to a part of the text", '<p>см. <a href="#st1">статью 1</a></p>', ["см. статью 1"]),
    (
        "page head of Writer",
        '<div title="header"><p>Проект</p></div><p>Титул</p><div title="footer"><p>6</p></div>',
        ["Титул"],
    ),
]


@pytest.mark.parametrize(("body", "paragraphs"), [case[1:] for case in HTML], ids=[case[0] for case in HTML])
def test_html(body, paragraphs):
    source = read(f"<html><body>{body}</body></html>".encode(), "x.html")
    assert source.text.split("\n\n") == paragraphs
    assert source.paragraphs


def test_html_looks():
    source = read(b'<html><body><h1>A</h1><p align=center><b>B</b></p><p style="text-indent:36pt">C</p>', "x.html")
    assert [(h.heading, h.bold, h.centred, h.indent) for h in source.hints] == [
        (1, False, False, 0),
        (0, True, True, 0),
        (0, False, False, 6),
    ]


@pytest.mark.parametrize("name", ["sdfootnote1", "ftn1", "fn1", "sdendnote12"])
def test_html_footnotes_are_set_apart(name):
    source = read(f'<html><body><div id="{name}"><p><a href="#x">1</a> Нота.</p></div><p>Текст.</p>'.encode(), "x.html")
    assert [source.text[f.span.start : f.span.end] for f in source.furniture] == ["1 Нота."]


def test_an_align_attribute_means_more_than_the_rule_of_its_tag():
    sheet = "<style>p {text-align: justify} .left {text-align: left}</style>"
    body = '<p align=center>А</p><p>Б</p><p align=center class=left>В</p><p align=center style="text-align: left">Г</p>'
    source = read(f"<html><head>{sheet}</head><body>{body}".encode(), "x.html")
    assert [hint.centred for hint in source.hints] == [True, False, False, False]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "utf-8", "utf-8-sig", "utf-16"])
def test_html_encodings(encoding):
    page = (
        '<html><head><meta charset="windows-1251"></head><body><p>Настоящий договор вступает в силу</p></body></html>'
    )
    assert read(page.encode(encoding), "x.html").text == "Настоящий договор вступает в силу"


def test_mhtml():
    data = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\nContent-Type: text/html; charset=windows-1251\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=C4=EE=E3=EE=E2=EE=F0 =E0=F0=E5=ED=E4=FB</p></body></html>\r\n--xx--\r\n"
    )
    source = read(data.encode(), "x.doc")
    assert (source.format, source.text) == ("mhtml", "Договор аренды")


def rtf(body):
    return (
        r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}}" + body + "}"
    ).encode("cp1251")


RTF = [
    ("bytes of the code page", r"\f0 \'c4\'ee\'e3\'ee\'e2\'ee\'f0\par", ["Договор"]),
    ("raw bytes", r"\f0 Договор\par", ["Договор"]),
    ("unicode with fallback", r"\uc1\u1044?\u1086?\u1075?\par", ["Дог"]),
    ("unicode with two bytes to skip", r"\uc2\u1044\'c4\'c4\u1086ab\par", ["До"]),
    ("unicode without fallback", r"\uc0\u1044\u1086\par", ["До"]),
    ("negative unicode", r"\uc1\u-10179?\u-8704?\par", ["😀"]),
    ("destinations are skipped", r"{\info{\title x}}{\*\unknown x}{\pict 00ff}{\header x\par}да\par", ["да"]),
    (
        "printed list numbers",
        r"{\listtext\pard 1.\tab}Стороны\par{\listtext 2.\tab}Архивы\par",
        ["1. Стороны", "2. Архивы"],
    ),
    ("field results", r"{\field{\*\fldinst HYPERLINK x}{\fldrslt ссылка}}\par", ["ссылка"]),
    ("superscript", r"Статья 12{\super 1}. Сроки\par", ["Статья 12¹. Сроки"]),
    ("time of a change", r"расходы {\revised\revauth1\revdttm-2074015744 сами}\par", ["расходы сами"]),
    ("hidden and deleted", r"да{\v нет}{\deleted нет}\par", ["да"]),
    ("table", r"\trowd\intbl За Архив\cell За Музей\cell\row\pard Текст\par", ["За Архив\tЗа Музей", "Текст"]),
    ("line and tab", r"Директор\line Архива\par", ["Директор\nАрхива"]),
    ("binary", "да\\bin4 {{{{да\\par", ["дада"]),
    ("quotes and dashes", r"\ldblquote Архив\rdblquote  \emdash  фонд\par", ["“Архив” — фонд"]),
]


@pytest.mark.parametrize(("body", "paragraphs"), [case[1:] for case in RTF], ids=[case[0] for case in RTF])
def test_rtf(body, paragraphs):
    assert read(rtf(body), "x.rtf").text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "mark", [r"{\super *}", r"{\super **)}", r"{\super\'86}", r"{\super 1}", "{*}", r"{\super\chftn}"]
)
def test_rtf_footnotes_and_looks(mark):
    body = r"{\stylesheet{\s1 heading 1;}}\pard\s1\qc{\b Титул}MARK{\footnote Сноска.}\par\pard Текст\par"
    source = read(rtf(body.replace("MARK", mark)), "x.rtf")
    assert source.text.split("\n\n") == ["Титул", "Текст", "Сноска."]
    assert (source.hints[0].heading, source.hints[0].centred) == (1, True)
    assert [f.rule for f in source.furniture] == ["footnote"]


def test_rtf_of_a_wrong_code_page_is_mended():
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}}\f0 "
        + "Соглашение вступает в силу".encode("cp1251")
        + rb"\par}"
    )
    source = read(data, "x.rtf")
    assert source.text == "Соглашение вступает в силу"
    assert [d.rule for d in source.diagnostics] == ["encoding"]


LIST = '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="а, б, .., аа, аб, ... (ru)" style:num-suffix=")"/><text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
ODT = [
    ("paragraphs", "<text:p>Первый</text:p><text:h text:outline-level='2'>Второй</text:h>", ["Первый", "Второй"]),
    ("blanks, tabs, breaks", '<text:p>а<text:s text:c="3"/>б<text:tab/>в<text:line-break/>г</text:p>', ["а   б\tв\nг"]),
    ("spans", "<text:p>Согла<text:span>шение</text:span> <text:a>сторон</text:a></text:p>", ["Соглашение сторон"]),
    (
        "lists",
        '<text:list text:style-name="L"><text:list-item><text:p>Раз</text:p><text:list><text:list-item><text:p>Два</text:p></text:list-item><text:list-item><text:p>Три</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Четыре</text:p></text:list-item></text:list>',
        ["1. Раз", "а) Два", "б) Три", "2. Четыре"],
    ),
    (
        "a new list begins anew",
        '<text:list text:style-name="L"><text:list-item><text:p>Раз</text:p></text:list-item></text:list><text:list text:style-name="L"><text:list-item><text:p>Два</text:p></text:list-item></text:list>',
        ["1. Раз", "1. Два"],
    ),
    (
        "a continued list goes on",
        '<text:list text:style-name="L"><text:list-item><text:p>Раз</text:p></text:list-item></text:list><text:p>Между</text:p><text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p>Два</text:p></text:list-item></text:list>',
        ["1. Раз", "Между", "2. Два"],
    ),
    (
        "start value",
        '<text:list text:style-name="L"><text:list-item text:start-value="7"><text:p>Семь</text:p></text:list-item></text:list>',
        ["7. Семь"],
    ),
    (
        "list header",
        '<text:list text:style-name="L"><text:list-header><text:p>Без номера</text:p></text:list-header></text:list>',
        ["Без номера"],
    ),
    (
        "table",
        "<table:table><table:table-row><table:table-cell><text:p>а</text:p></table:table-cell><table:table-cell><text:p>б</text:p></table:table-cell></table:table-row></table:table>",
        ["а\tб"],
    ),
    (
        "changes and comments",
        "<text:tracked-changes><text:p>было</text:p></text:tracked-changes><text:p>стало<office:annotation><text:p>заметка</text:p></office:annotation></text:p>",
        ["стало"],
    ),
    (
        "box",
        "<text:p>Титул<draw:frame><draw:text-box><text:p>Проект</text:p></draw:text-box></draw:frame></text:p>",
        ["Титул", "Проект"],
    ),
    ("section", "<text:section><text:p>внутри</text:p></text:section>", ["внутри"]),
]


@pytest.mark.parametrize(("body", "paragraphs"), [case[1:] for case in ODT], ids=[case[0] for case in ODT])
def test_odt(body, paragraphs):
    assert read(odt_package(body, LIST), "x.odt").text.split("\n\n") == paragraphs


def test_odt_footnotes():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Сноска.</text:p></text:note-body></text:note>"
    source = read(odt_package(f"<text:p>Титул{note}</text:p><text:p>Текст</text:p>"), "x.odt")
    assert source.text == "Титул\n\nТекст\n\nСноска."
    assert [f.rule for f in source.furniture] == ["footnote"]


def test_a_protected_odt_is_refused():
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "x",
        "META-INF/manifest.xml": "<encryption-data/>",
    }
    with pytest.raises(InputError, match="паролем"):
        read(package(parts), "x.odt")


def test_an_archive_gives_its_files():
    data = package({"дела/а.txt": "Договор", "__MACOSX/x": "", ".DS_Store": "", "б/": ""})
    assert expand(data, "дела.zip") == (("дела.zip/дела/а.txt", "Договор".encode()),)


def test_names_of_russian_archivers_are_read():
    data = package({"d.txt": "Договор"}).replace(b"d.txt", "дело.txt".encode("cp866")[:5])
    assert expand(data, "a.zip")[0][0] == "a.zip/" + "дело.".encode("cp866")[:5].decode("cp866")


def test_what_is_no_archive_is_itself():
    data = writers.docx([writers.Para("Договор")])
    assert expand(data, "x.docx") == (("x.docx", data),)
    assert expand(b"text", "x.txt") == (("x.txt", b"text"),)
