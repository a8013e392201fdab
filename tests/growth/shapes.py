"""Hostile text by the shape: each writes about n characters of what some repetition of some pattern may run over."""

from collections.abc import Callable

Shape = Callable[[int], str]


def run(piece: str, before: str = "", after: str = "") -> Shape:
    """Repeat a piece up to n characters, with a beginning and an end that deny the match."""
    return lambda n: before + piece * max((n - len(before) - len(after)) // len(piece), 1) + after


def nested(opening: str, inside: str, closing: str) -> Shape:
    """Open again and again, then close as often."""
    return lambda n: (
        opening * max(n // (len(opening) + len(closing)), 1) + inside + closing * (n // (len(opening) + len(closing)))
    )


def counted(piece: str) -> Shape:
    """Repeat a piece that holds its own number."""

    def write(n: int) -> str:
        out, size, i = [], 0, 0
        while size < n:
            i += 1
            out.append(piece.format(i=i, j=i + 1, year=1900 + i % 100, month=i % 12 + 1, letter="абвгдежзик"[i % 10]))
            size += len(out[-1])
        return "".join(out)

    return write


_TABLE_ROW = "| ячейка | {i} | статья {i} |\n"
_HEADS = "\fЖУРНАЛ ПОСТАНОВЛЕНИЙ {i}\n\nСтороны обмениваются сведениями о реках и мостах.\n\nстр. {i}\n"

SHAPES: dict[str, Shape] = {
    # Blanks and what looks empty
    "blanks": run(" ", "ст. 8 Соглашения от 23.10.2008 (далее", "x"),
    "blanks after a word": run(" ", "Статья", "1"),
    "no-break blanks": run("\u00a0", "п. 1 ст.", "x"),
    "tabs": run("\t", "Стороны", "x"),
    "empty lines": run("\n", "Статья 1", "x"),
    "blank lines": run(" \n", "Стороны договорились", "о мире"),
    "mixed blanks": run(" \t\u00a0\n", "именуемое в дальнейшем", "x"),
    "form feeds": run("\f", "Соглашение\n", "\nx"),
    "zero-width": run("\u200b", "до", "говор"),
    "zero-width inside words": run("с\u200bт\u200dо\ufeff", "", "рона"),
    # Marks in a row
    "bars": run("|", "", "x"),
    "stars": run("*", "", "x"),
    "underscores": run("_", "подпись ", "x"),
    "escaped underscores": run("\\_", "", "x"),
    "dashes": run("-", "", "x"),
    "long dashes": run("– ", "Стороны ", "x"),
    "dots": run(".", "Статья 1", "x"),
    "spaced dots": run(" .", "т.", "x"),
    "commas": run(", ", "статьи 1", "x"),
    "hashes": run("#", "", " x"),
    "equals": run("=", "", "x"),
    "backslashes": run("\\", "", "x"),
    "slashes": run("/", "http:", "x"),
    "number signs": run("№ ", "от 23.10.2008 ", "x"),
    # Brackets and quotes
    "open quotes": run("«", "словами ", "x"),
    "nested quotes": nested("«", "слово", "»"),
    "straight quotes": run('"', "заменить словами ", "x"),
    "quotes around words": run('"слово" ', "", '"x'),
    "nested brackets": nested("(", "а", ")"),
    "open brackets": run("(", "запрос ", ""),
    "closed brackets": run(")", "1", "x"),
    "bracketed words": run("(далее – ", "Соглашение ", "Стороны"),
    "image links": run("![](", "", "x"),
    "square brackets": nested("[", "а", "](b)"),
    # Numbers
    "digits": run("7", "статья ", "x"),
    "dotted digits": run("1.", "пункт ", "x"),
    "spaced digits": run("1 2 ", "пункт ", "x"),
    "raised digits": run("¹²³", "статья 5", "x"),
    "Roman numerals": run("XIV", "раздел ", "x"),
    "Roman list": run("XII, ", "главы ", "и"),
    "dates": run("23.10.2008 ", "от ", "x"),
    "dates in words": counted("{i} марта {year} года, "),
    # Words
    "one long word": run("а", "", ""),
    "long word of syllables": run("нельзядоговориться", "", "x"),
    "latin word": run("abcd", "", "ё"),
    "capital word": run("СОГЛАШЕНИЕ", "", "x"),
    "hyphenated word": run("а-", "", "б"),
    "letter-spaced word": run("д о г о в о р ", "", "x"),
    "letter-spaced in capitals": run("С О Г Л А Ш Е Н И Е  ", "", "x"),
    "lone letters": run("и ", "", "x"),
    "hyphen line ends": run("согла-\nшение ", "", "x"),
    "broken lines": run("Сторо\nны ", "", "x"),
    "homoglyphs": run("Cтopонa pасcмaтривaeт ", "", "x"),
    "misspelt words": run("договорр соглосились ", "", "x"),
    "glued words": run("вцеляхобеспеченияиприменения", "", "x"),
    "plain sentences": run("Стороны обмениваются сведениями о реках и мостах. "),
    "different words": counted("слово{i} подвиг{i} "),
    "combining marks": run("и\u0306е\u0308", "", "x"),
    "many marks on one letter": run("\u0301", "а", "x"),
    "emoji": run("😀👍🏽", "", "x"),
    "rare letters": run("ᲀᲁꙊ\u0130ſ", "", "x"),
    # Structure
    "article labels": run("ст. ", "", "x"),
    "places": run("п. 1 ст. 2 ", "", "x"),
    "places one inside another": run("подпункта «а» пункта 1 ", "", "статьи 8"),
    "article headings": counted("Статья {i}.\n"),
    "one heading again": run("Статья 1.\n", "", "x"),
    "articles with text": counted("Статья {i}. Предмет\n\n{i}. Стороны соблюдают пункт {i} статьи {j}.\n\n"),
    "chapters": counted("Глава {i}\nОбщие положения\n"),
    "numbered lines": counted("{i}. Стороны соблюдают мир;\n"),
    "decimal numbering": run("1.1.1. Стороны\n", "", "x"),
    "enumeration": run("а) б) в) ", "", "x"),
    "enumeration in lines": counted("{letter}) вода;\n"),
    "list dashes": run("- вода\n", "Стороны делят:\n", "x"),
    "paragraphs": run("Стороны соблюдают мир.\n\n", "", "x"),
    "cut paragraphs": run("Стороны соблюдают мир между собой и\n\n", "", "x"),
    "lines in capitals": run("СОГЛАШЕНИЕ О МИРЕ\n", "", "x"),
    "title lines": run("Соглашение между Лукоморьем и Буяном о почте\n", "", "x"),
    "annexes": counted("Приложение {i}\nк Соглашению\n"),
    "running heads": counted(_HEADS),
    "page numbers": counted("- {i} -\n\nСтороны соблюдают мир.\n\n"),
    "signature lines": run("За Правительство Лукоморья ________ И.И. Иванов\n", "", "x"),
    "witness formula": run("в удостоверение чего ", "", "x"),
    "done formula": run("Совершено в городе Буянске в двух экземплярах, каждый на русском языке. ", "", "x"),
    "stamps": run("Документ подписан ЭП\nВладелец: Норд\n", "", "x"),
    "editorial notes": run("(в ред. Закона от 01.02.2003 № 4) ", "", "x"),
    "approvals": run("УТВЕРЖДЕНО\nпостановлением Правительства\n", "", "x"),
    "footnote rules": run("_____\n* Сноска без конца\n", "", "x"),
    "preamble clauses": run("стремясь к миру, руководствуясь правом, ", "Правительство Лукоморья, ", "x"),
    # Legal formulas
    "numbers of acts": run("от 23.10.2008 № ", "Соглашение ", "x"),
    "citations": counted("пункт {i} статьи {j} Соглашения от {month}.10.2008 № {i}, "),
    "named acts": run("Законом Республики Буян «О мостах» от 1 мая 2001 года № 5 ", "", "x"),
    "act words": run("соглашения договора протокола ", "", "x"),
    "one act inside another": run("Протокол о внесении изменений в ", "", "Соглашение"),
    "defined names": run("именуемое в дальнейшем ", "Соглашение, ", "x"),
    "definitions": run("Соглашение (далее – Договор) ", "", "x"),
    "amending words": run('заменить словами "', "", "x"),
    "amendments": run("в статье 1 слова «мир» заменить словами «война»; ", "Внести изменения: ", "x"),
    "terms of acts": run("действует до 2008 года, прекращает действие через пять лет, ", "Соглашение ", "x"),
    "prolongations": run("продлевается, если Стороны не возражают. ", "Соглашение действует пять лет. ", "x"),
    "ends by a word": run("действие Соглашения прекращается, ", "", "x"),
    "repeals": run("признать утратившим силу Закон о мире; ", "", "x"),
    "and or": run(", и (или) ", "статьи 1", "x"),
    "states": run("Республика Беларусь и Республика Казахстан, ", "между ", "x"),
    "parties": run("Правительство Лукоморья, ", "", "и Правительство Буяна"),
    "initials": run("И.", "", "Иванов"),
    "abbreviations": run("г. ст. п. т.д. ", "", "x"),
    "periods": run("в течение пяти рабочих дней с даты ", "", "x"),
    "numerals in words": run("двадцать пять тысяч ", "через ", "дней"),
    "languages": run("русском, казахском, ", "на ", "и буянском языках"),
    "grounds": run("ущерб суверенитету или безопасности, ", "отказано, если ", "x"),
    # Mark-up
    "table": counted(_TABLE_ROW),
    "table rule": run("|---", "| а | б |\n", "x"),
    "emphasis": run("**слово** *слово* __слово__ ", "", "**x"),
    "open emphasis": run("*а ", "", "x"),
    "open strong": run("**а ", "", "x"),
    "markdown breaks": run("слово  \n", "", "x"),
    "html comments": run("<!---->", "", "x"),
    "open html tags": run("<p>", "", "x"),
    "nested html": nested("<div>", "мир", "</div>"),
    "html attributes": run(' a="1"', "<p", "x"),
    "html styles": run("margin-left:1px;", '<p style="', '">x</p>'),
    "open html tag": run("<a ", "", "x"),
    "html entities": run("&nbsp;", "", "x"),
    "html table": run("<table><tr><td>", "", "x"),
    "rtf groups": nested("{", "мир", "}"),
    "rtf open groups": run("{", "", "x"),
    "rtf words": run("\\par\\b ", "", "x"),
    "rtf codes": run("\\'ec", "", "x"),
    "addresses": run("http://a.b/", "", "x"),
    "headers": run("A-B: c\n ", "", "multipart/related"),
    # The language of queries
    "refusals": run("НЕ ", "", "мир"),
    "alternatives": run("мир ИЛИ ", "", "война"),
    "nearness": run("мир РЯДОМ/5 ", "", "война"),
    "phrases": run('"мир и война" ', "", "x"),
    "wildcards": run("мир* ", "", "x"),
    "lone wildcards": run("*", "мир", " x"),
    "grouped": nested("(мир И ", "война", ")"),
    "minuses": run("-мир ", "", "x"),
    "fields": run("тип:соглашение ", "", "x"),
    "ranges": run("ст:1..", "", "9"),
    "wrong layout": run("jnrfp ", "", "x"),
    "exact forms": run("=мир ", "", "x"),
    "identifiers": run("art_1__para_2__", "", "point_a"),
    "json": nested("[", "1", "]"),
    "base64": run("WyJh", "", "x"),
}
