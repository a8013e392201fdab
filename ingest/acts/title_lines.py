"""Words that name an act, and the paragraphs around its text: titles, approvals, signatures, notes. Tables first."""

import re

from analyzers.letters import folded
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.declension import singular
from corpus.model import InstrumentType as T
from ingest.acts.parts.standing import standing
from ingest.layout.edges import REMARK
from ingest.layout.paragraphs import Paragraph, is_capitals

TYPE_WORDS = {head: word.type for word in WORDS.values() if word.title for head in word.heads}
ANNEXED = frozenset(word.word for word in WORDS.values() if word.annexed)
"""Attachments of an order or decree with such a title are acts of their own."""

_ADJECTIVE = r"(?>[А-ЯЁ][А-ЯЁа-яё-]{0,64}(?:ый|ий|ой|ое|ее|ая|яя|ые|ие|ЫЙ|ИЙ|ОЙ|ОЕ|ЕЕ|АЯ|ЯЯ|ЫЕ|ИЕ)\s++)"
_TITLE = re.compile(
    rf"[«\"©]?(?P<adjectives>{_ADJECTIVE}{{0,3}})(?P<word>{any_of(TYPE_WORDS)})"
    r"(?P<star>\s?\*++|\d|[¹²³⁴-⁹†‡]|\s?\[\d\])?"
    r"(?=$|[\s,.№\"«(:<]|(?:об?|между)\s)",
    re.IGNORECASE,
)
_REST = re.compile(r"\s*+(?:$|(?i:об?\s|обо\s|между\s|к\s|от\s|№|N\s|,|\(|по\s|на\s|в\s|с\s|\"|«)|[А-ЯЁ])")
_ABOUT = re.compile(
    r"[«\"©]?Об?\s++[а-яёА-ЯЁ«\"]|[«\"]?О[БбоО]?\s[А-ЯЁ]{2}|Обо?\s|По\s(?:вопросу|делу|жалобе|запросу)\s"
)
_APPROVAL = re.compile(
    r"(?:одобрен[аоы]?|утвержд(?:ен|ён)[аоы]?|утверждаю|согласован[аоы]?|принят[аоы]?|проект|приложение|"
    r"вносится|введен[аоы]? в действие|"
    rf"к\s++{any_of(singular(word)[2] for word in WORDS)})\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(r"(?:утвержд(?:ен|ён)[аоы]?|одобрен[аоы]?|введен[аоы]?\s++в\s++действие)\b", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"(?P<word>приложени[ея]|(?:дополнение|добавление|аннекс)(?=\s?(?:(?:№|N)\s?)?(?:\d{1,3}|[IVX]{1,5}|[А-ЯA-Z])?\s?\.?\Z))"
    r"(?:\s*+(?:(?:№|N)\s*+)?(?P<num>\d{1,3}(?:\.\d++)?(?-i:-?[а-я](?=[\s.:,(]|$))?|(?-i:[IVXХ]{1,5}|[«\"]?[А-ЯA-Z][»\"]?)(?=[\s.:,(]|$)))?(?=$|[\s.:,(])",
    re.IGNORECASE,
)
_INITIALS = r"(?:[А-ЯЁA-Z]\.\s?-?){1,3}"
_SURNAME = r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z'’-]{1,64}+"
NAME = re.compile(
    rf"(?:{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s++{_INITIALS}(?=$|\s)|[А-ЯЁ][а-яё]{{1,64}}+(?:\s[А-ЯЁ][а-яё]{{1,64}}+)?\s[А-ЯЁ]{{3,64}}+(?:-[А-ЯЁ]{{1,64}}+)?|"
    r"[А-ЯЁ]{2,64}+(?:-[А-ЯЁ]{1,64}+)?\s++[А-ЯЁ]{3,64}+(?:-[А-ЯЁ]{1,64}+)?)"
)
_NAMED = re.compile(rf"(?<![\w.])(?:{_INITIALS}\s?{_SURNAME}$|{_SURNAME}\s{{1,3}}{_INITIALS}$)")
_FOR = re.compile(
    r"[Зз][Аа]\s++[А-ЯЁ«\"]|[Оо]т\s(?:имени\s++)?(?:Правительства|Министерства|Республики|Королевства|[А-ЯЁа-яё]{3,40}ой\sСтороны)"
    r"|\((?:подпись|подписи)\)\Z"
)
_BLANK = re.compile(r"_\s?_")
_ORGANISATION = re.compile(
    r"правительств|министерств|прокуратур|республик|федераци|комитет|служб|агентств|совет|суд|управлени|област|банк|организаци|департамент|ведомств|собрани|дум|президент",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"(?:первый\s++|и\.\s?о\.\s++|_?и\.о\.\s++|врио\s++|исполняющ\w++\s++обязанности\s++|временно\s++){0,8}+(?:заместитель|президент|премьер|министр|генеральный|председател|губернатор|директор|руководител|"
    r"начальник|глава\s|главный|секретар|судья|посол|чрезвычайный|уполномоченн|государственный|управляющий|вице|мэр|прокурор|действительный|советник|член[ыа]?\s|король|эмир|император)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"[(/\[]?\s?(?:(?:следуют\s++)?подпис[ьи]|печать|м\.\s?п\.)\s?[)/\]]?|"
    r"за\s++(?:(?-i:[А-ЯЁ«\"])|и\s++по\s++поручению|[а-яё]{3,30}ую\s++сторону)|по\s++уполномочию|от\s++имени\s|от\s++[А-ЯЁ][\w\s]++:?$|копия\s++верна|верно\b",
    re.IGNORECASE,
)
_IN_NAME_OF = re.compile(r"именем\s++(?:российск|республик|государств|народ|закон|корол)", re.IGNORECASE)
NOTE = re.compile(
    r"(?:[*]\s*+)?(?:примечани[ея](?:\s++РЦПИ)?\s*+[.!:]|примечани[ея]\s++(?:редакци|изготовител|издател|РЦПИ)|сноска\s*+\.|\(?(?:официальный\s++сайт[^.]{0,60}?)?вступил[аио]?\s++в\s++силу\b|вступление\s++в\s++силу\s*+:|"
    r"[(\[]?(?:неофициальный\s++)?перевод(?:\s++с\s++[а-яё]{4,20}(?:\s++языка)?)?\s*+[)\]]?\s*+\Z|открыт[аоы]?\s++для\s++подписания|прим\.\s?(?:ред|изд)|\(?в\s++ред(?:\.|акции)\s|\(?с\s++изменениями|утратил[аио]?\s++силу\s*+(?:-|\.|$|с\s)|зарегистрирован[оа]?\s++(?:в\s++)?мин|бюллетень\s)",
    re.IGNORECASE,
)
TO_CLAUSE = re.compile(r"\(к\s(?:стать|пункт|част|раздел|абзац|подпункт)[^()]{1,120}\)", re.IGNORECASE)
"""«(к статье 2 Соглашения)» in the label of an attachment."""
_OWN = r"(?:приложени|статью|стать[яи]|пункт|раздел|глав[уы]|таблиц|рис|схем|форм[уы]|настоящ)"
"""«См. приложение № 2» is the act's own word; «См.: Указ …» and «О плате см. письмо …» are the publisher's."""
_EDITORIAL = re.compile(
    r"консультант\s?плюс\s?:|гарант\s?:|информация\s++об\s++изменениях\s*+:|\(см\.\s++текст\s++в\s++предыдущей\s++редакции|"
    r"см\.\s++(?:предыдущую\s++редакцию|текст\s++(?:части|статьи|пункта|подпункта|абзаца|наименования)|комментарии\s++к|справку\s++о)|"
    rf"\(?см\.(?:\s?также)?(?:\s?:\s?+(?!{_OWN})|\s(?!{_OWN})(?-i:[А-ЯЁ]))|о(?:бо?)?\s[^.;:]{{3,64}}\sсм\.\s(?!{_OWN})|"
    r"список\s++изменяющих\s++документов|"
    rf"сноска\s*+\.|примечание\s++(?:РЦПИ|редакции|изготовителя)|\(?(?:публикуется\s++без\s++приложени|приложени[ея]\s++(?:к\s++\w++\s++)?не\s++(?:публику|приводи))|{REMARK.pattern}",
    re.IGNORECASE,
)
_NOTE_HEAD = re.compile(
    r"(?:консультант\s?плюс|гарант)\s?:(?:\s?примечание\.)?|информация\s++об\s++изменениях\s?:|с\s++изменениями(?:\s++и\s++дополнениями)?\s++от\s?:",
    re.IGNORECASE,
)
"""The first line of a publisher's note: its words stand in the next paragraph."""
CONCLUSION = re.compile(
    r"\A(?:(?:соверш[её]н|учин[её]н|составлен|подписан|заключ[её]н)[оаы]?\s++(?:в|во|на|г\.|«|\"|_|\d)|"
    r"(?:соверш[её]н|учин[её]н)о\s++(?:пут[её]м\s|[а-яё]{5,20}\s(?:[а-яё]{5,20}\s)?(?:дня|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\s)|"
    r"(?:оформлен|выполнен|изготовлен|исполнен|сделан|выдан|дан|принят)о?\s++(?:в|во)\s++(?:г\.|городе\s|(?-i:[А-ЯЁ]))(?:(?!\d{4})[^.;:]){2,80}+\d{4}|"
    r"в\s++(?:одном|двух|тр[её]х|четыр[её]х|пяти|шести)\s++(?:[а-яё]{1,20}\s){0,2}экземпляр(?:(?!\s(?:соверш|подписан|составлен|учин))[^.;:]){0,120}+\s(?:соверш|подписан|составлен|учин)\w++\s|"
    r"настоящ(?:ее|ий|ая)\s++(?:\w++\s++){1,3}(?:соверш[её]н|составлен|подписан|заключ[её]н)[оаы]?\s++(?:в|во)\s++(?:г\.|городе\s|[А-ЯЁ]|"
    r"(?:\d|дву|тр[её]|четыр[её]|одном|единств|пяти|шести)\w*+\s)|"
    r"в\s++(?:удостоверение|подтверждение|свидетельство)\s++(?:чего|вышеизложенного|изложенного|этого|настоящего)\b|"
    r"(?:настоящ(?:ее|ий|ая)\s++)?(?:соглашение|договор|протокол|конвенция|меморандум)\s++(?:соверш[её]н|составлен|подписан|заключ[её]н)[оа]?\s++в\s++(?:[а-яё]{1,20}|\d{1,2})\s[^.;]{0,40}экземпляр)",
    re.IGNORECASE,
)
_SIGNED_LINE = re.compile(
    r"\(?(?:соверш[её]н|подписан|заключ[её]н|учин[её]н)[оаы]?\s+(?:в\s|во\s|г\.|\d|[«\"])", re.IGNORECASE
)
_DATE_LINE = re.compile(
    r"\(?[А-ЯЁ][а-яё]++(?:[- ][А-ЯЁ][а-яё]++)*+,\s++[«\"]?\d{1,2}[»\"]?"
    r"(?:\s[а-я]++\s|\s?[./-]\s?(?:\d{1,2}|[IVXХ]{1,4})\s?[./-]\s?)\d{4}|"
    r"(?:от\s++)?(?:«?\"?\d{1,2}»?\"?\.?\s*+(?:[а-яё]++|\d{1,2}\.)\s*+\d{4}|\d{2}\.\d{2}\.\d{4})"
    r"|(?:№|N)\s*+\S++|\(?(?:город|г\.)\s?[А-ЯЁ]|(?:с|пос|пгт)\.\s[А-ЯЁ]",
    re.IGNORECASE,
)


_ITS_ACT = re.compile(
    r"к\s++[А-ЯЁ][а-яё]{1,64}(?:у|ю|ии)\b"
    r"(?=(?:(?!\b(?:изложить|изложено|дополнить|исключить|признать|считать|является)\b).)*+(?:\n|\Z))(?:[^:;]++(?:(?<!\.)|(?<=\d\sг\.)))?"
)
"""«к Кодексу», and no order to amend it."""


def title_word(text: str) -> tuple[str, T, int] | None:
    """Read the word that names the act at the start of a text: the word, its type, and where the rest begins."""
    match = _TITLE.match(text)
    if not match or not (match["adjectives"] or match["word"])[0].isupper():
        return None
    if not match["word"][0].isupper() and not match["adjectives"]:
        return None
    word = folded(match["word"])
    return word, TYPE_WORDS[word], match.end()


def opens_title(paragraph: Paragraph) -> bool:
    """Say whether a paragraph may open an act's title by itself: set apart in print and beginning with its name."""
    found = title_word(paragraph.text)
    if not found or paragraph.marker or paragraph.dash or len(paragraph.text) > 700:
        return False
    head, rest = paragraph.text[: found[2]], paragraph.text[found[2] :]
    apart = paragraph.display or is_capitals(head)
    return apart and bool(_REST.match(rest)) and not (paragraph.text.endswith((";", ":", ",")))


def about(paragraph: Paragraph) -> bool:
    """Say whether a paragraph reads as «О …», the subject of an act."""
    return bool(_ABOUT.match(paragraph.text)) and (not paragraph.ended or is_broken(paragraph))


def is_broken(line: Paragraph) -> bool:
    """Say whether a line of a title in capitals is broken after a comma: «О ЛОДКАХ, ПЛОТАХ,»."""
    return is_capitals(line.text) and line.text.endswith(",")


def attachment(paragraph: Paragraph) -> re.Match[str] | None:
    """Read «Приложение № 1» standing by itself or with «к Соглашению …» after it."""
    match = _ATTACHMENT.match(paragraph.text)
    if not match or not paragraph.text[0].isupper() or paragraph.text.endswith((";", ",")) or len(paragraph.text) > 400:
        return None
    rest = paragraph.text[match.end() :].strip(" .:–—-")
    if rest and not re.match(r"(?:№|к\s|к$|\(|утвержд|[А-ЯЁ«\"])", rest, re.IGNORECASE):
        return None
    return None if paragraph.ended and len(paragraph.text) > 120 and not paragraph.display else match


def is_bare_label(paragraph: Paragraph) -> bool:
    """Say whether «Приложение № 3» stands by itself, or with its act on the same line: «Приложение 1 к Закону»."""
    found = attachment(paragraph)
    if found is None:
        return False
    if found.end() < len(paragraph.text.rstrip(" .:")):
        rest = paragraph.text[found.end() :].strip()
        return bool(found["num"] and (standing(rest) == len(rest) or _ITS_ACT.fullmatch(rest)))
    return bool(paragraph.display or found["num"])


def is_standing(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is only what an attachment is: «(обязательное)», whatever stands above it."""
    return standing(paragraph.text) == len(paragraph.text)


def is_approval(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is of those printed above a title: «Утверждён приказом…», «Проект», «Приложение»."""
    return (
        bool(_APPROVAL.match(paragraph.text)) and not paragraph.text.endswith((";", ",")) and len(paragraph.text) < 400
    )


def approval_lines(front: tuple[Paragraph, ...]) -> set[int]:
    """Return the indices of an approval printed above a title, in several lines: by what, whose, when."""
    found: set[int] = set()
    for i, paragraph in enumerate(front):
        if not is_approval(paragraph) or _is_titles(front, i):
            continue
        found.add(i)
        if paragraph.text.lower().startswith("проект") or re.search(r"\d{4}", paragraph.text):
            continue
        for j in range(i + 1, min(i + 6, len(front))):
            p = front[j]
            if (
                p.level
                or opens_title(p)
                or about(p)
                or is_issuer(p)
                or is_note(p)
                or is_approval(p)
                or len(p.text) > 120
            ):
                break
            found.add(j)
            if re.search(r"\d{4}", p.text):
                break
    return found


def _is_titles(front: tuple[Paragraph, ...], i: int) -> bool:
    """Say whether a line is of the title: it names the act, or stands in small letters under «ПРОТОКОЛ»."""
    under = i > 0 and front[i].text[0].islower() and title_word(front[i - 1].text) is not None
    return under or title_word(front[i].text) is not None


def is_issuer(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is the printed head of a body, in capitals."""
    if paragraph.marker or paragraph.division or len(paragraph.text) >= 200 or in_name_of(paragraph):
        return False
    return is_capitals(paragraph.text) and bool(_ORGANISATION.search(paragraph.text))


def in_name_of(paragraph: Paragraph) -> bool:
    """Say whether a paragraph tells in whose name a court judges: «Именем Российской Федерации»."""
    return bool(_IN_NAME_OF.match(paragraph.text)) and len(paragraph.text) < 80


def is_note(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is a publisher's note."""
    return bool(NOTE.match(paragraph.text) or _EDITORIAL.match(paragraph.text))


def is_unfinished_note(note: Paragraph, following: Paragraph) -> bool:
    """Say whether a note is only its heading («Примечание РЦПИ!») or goes on in the next printed line."""
    if _NOTE_HEAD.fullmatch(note.text):
        return True
    if following.level or following.division or following.marker or opens_title(following) or about(following):
        return False
    if len(note.text) < 40 and re.fullmatch(
        r"(?:\*\s*+)?(?:примечани[ея]|сноска)(?:\s++\w++){0,2}\s*+[.!]?", note.text, re.IGNORECASE
    ):
        return True
    if note.ended or re.search(r"\d", note.text) or len(following.text) > 120 or is_capitals(following.text):
        return False
    return is_date_line(following) or (following.centred and not following.ended)


def is_open_bracket(note: Paragraph, following: Paragraph) -> bool:
    """Say whether a note's bracket is open («(в редакции») and the next line may be of it."""
    if not note.text.startswith("(") or note.text.count("(") <= note.text.count(")"):
        return False
    return not (following.level or following.division or following.marker or len(following.text) > 200)


def approves(paragraph: Paragraph) -> bool:
    """Say whether a paragraph begins with the word of an approval: «УТВЕРЖДЕН», «Утверждены приказом …»."""
    return bool(_APPROVED.match(paragraph.text)) and is_approval(paragraph)


def is_editorial(paragraph: Paragraph) -> bool:
    """Say whether a paragraph inside a text is the publisher's: «Сноска. …», «(в ред. …)», «(Статья введена …)»."""
    return bool(_EDITORIAL.match(paragraph.text))


def is_date_line(paragraph: Paragraph) -> bool:
    """Say whether a short paragraph gives only date, number or place."""
    return len(paragraph.text) < 90 and bool(_DATE_LINE.match(paragraph.text))


def is_signed_line(paragraph: Paragraph) -> bool:
    """Say whether a line over a text tells where and when it was signed: «Совершено в городе Велинске 3 мая 2001 г.».

    It stands alone: a concluding formula also tells of copies and languages.
    """
    text = paragraph.text
    return (
        len(text) < 160
        and bool(_SIGNED_LINE.match(text))
        and bool(re.search(r"\d{4}", text))
        and "экземпляр" not in text
    )


def is_preamble_heading(paragraph: Paragraph) -> bool:
    """Say whether the word «Преамбула» stands by itself over the preamble."""
    return paragraph.text.strip(" .:").lower() == "преамбула"


def is_signed(paragraph: Paragraph) -> bool:
    """Say whether a line of signatures names who signs: «И.И. Иванов», «Министр И.И. Иванов», «За Правительство …»."""
    return bool(_NAMED.search(paragraph.text) or _FOR.match(paragraph.text))


def is_to_fill(paragraph: Paragraph) -> bool:
    """Say whether a line has a blank to fill in: «М.П. _____», «"_ _" _ _ _ 20 _ _ г.»."""
    return bool(_BLANK.search(paragraph.text))


def is_signature(paragraph: Paragraph) -> bool:
    """Say whether a paragraph belongs to the signatures: a name, a position, «За Правительство…», «(подпись)»."""
    text = paragraph.text
    if paragraph.marker or paragraph.division or len(text) > 300 or (text.endswith((",", ";", ":")) and len(text) > 60):
        return False
    if NAME.fullmatch(text.strip("_ ")):
        return True
    if _SIGNED.match(text) and (not paragraph.ended or len(text) < 40):
        return True
    if paragraph.ended and not text.endswith(("г.", "М.П.")):
        return False
    return bool(_POSITION.match(text)) or (len(text) < 120 and bool(re.search(rf"{_INITIALS}\s?{_SURNAME}$", text)))


def signs_as(paragraph: Paragraph) -> bool:
    """Say whether a line of signatures tells as what or for whom one signs: «Министр», «За Правительство …»."""
    text = paragraph.text
    return bool(_POSITION.match(text) or _FOR.match(text)) and not text.lower().startswith("член")
