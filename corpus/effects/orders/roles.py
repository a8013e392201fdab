"""The roles words play in amending orders, each word in the forms in which orders are written.

Amending formulae are a controlled language: «заменить», «заменяются», never «заменил». A word no row holds is UNKNOWN,
and what has one is not applied.
"""

import re
from enum import StrEnum
from functools import cache

from corpus.lexicon.numerals import ORDINAL, ordinal


class Role(StrEnum):
    """What a token does in an order."""

    PLACE = "place"
    ACT = "act"
    QUOTE = "quote"
    BROKEN = "broken"
    STOP = "stop"
    BREAK = "break"
    UNKNOWN = "unknown"
    REPLACE = "replace"
    ADD = "add"
    INCLUDE = "include"
    DELETE = "delete"
    RESTATE = "restate"
    READ = "read"
    ENTITLE = "entitle"
    COUNT = "count"
    ACCEPT = "accept"
    CHANGE = "change"
    DECLARE = "declare"
    VOID = "void"
    LOSE = "lose"
    CANCEL = "cancel"
    WORDS = "words"
    WITH_WORDS = "with words"
    SENTENCE = "sentence"
    WITH_SENTENCE = "with sentence"
    NTH_SENTENCE = "sentence by its number"
    UNIT = "unit"
    WITH_UNIT = "with unit"
    HEADING = "heading"
    WITH_HEADING = "with heading"
    TEXT = "text"
    EDITION = "edition"
    CONTENT = "content"
    CHANGES = "changes"
    FORM = "form"
    END = "end"
    EVERYWHERE = "everywhere"
    PREPOSITION = "preposition"
    AND = "and"
    ORDINAL = "ordinal"
    FILLER = "filler"


VERBS = frozenset(
    {
        Role.REPLACE,
        Role.ADD,
        Role.INCLUDE,
        Role.DELETE,
        Role.RESTATE,
        Role.READ,
        Role.COUNT,
        Role.ACCEPT,
        Role.DECLARE,
        Role.LOSE,
        Role.CANCEL,
        Role.CHANGE,
        Role.ENTITLE,
    }
)

_PASSIVE = "ить|яется|яются|ив|ена?|ено|ены"
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.REPLACE, f"замен(?:{_PASSIVE}|яя|е|у|ы)|поменять|подставить|замещается|замещаются"),
    (Role.ADD, f"дополн(?:{_PASSIVE}|яя)|дополнению"),
    (
        Role.INCLUDE,
        (
            r"включ(?:ить|ается|аются|ив|ена?|ено|ены)|добав(?:ить|ляется|ляются|ив)|вставить|вставляется|вставляются|"
            r"внести|вносится|вносятся|вписать|поместить|ввести|вводится|вводятся|включению|предусмотреть|предусматривается"
        ),
    ),
    (
        Role.DELETE,
        (
            r"исключ(?:ить|ается|аются|ив|ена?|ено|ены)|удал(?:ить|яется|яются|ив)|изъять|изымается|изымаются|опустить|"
            r"опускается|опускаются|вычеркнуть|вычеркивается|вычеркиваются|снять|убрать|устранить|исключению|удалению|"
            r"изъятию|выпустить"
        ),
    ),
    (
        Role.RESTATE,
        (
            "излож(?:ить|ив|ена?|ено|ены)|изложенн(?:ым|ой|ыми)|излагается|излагаются|изложению|сформулировать|"
            "формулируется|сформулировав|приобретает|приобретают|получает|получают|переформулировать|принима[ею]т|звуч[аи]т"
        ),
    ),
    (Role.ENTITLE, "озаглавить|назвать|наименовать|переименовать"),
    (Role.READ, "читать|читается|читаются|указать"),
    (
        Role.COUNT,
        (
            "считать|считая|считается|считаются|именовать|нумеровать|обозначить|перенумеровать|обозначается|именуется|"
            "становится|становятся"
        ),
    ),
    (
        Role.ACCEPT,
        (
            "принять|принимается|принимаются|утвердить|утверждается|представить|дать|придать|придается|присвоить|"
            "установить|действует|действуют|"
            "устанавливается|дается|даются|принять"
        ),
    ),
    (Role.CHANGE, "измен(?:ить|яется|яются|ив|ению)|отредактировать|уточнить|скорректировать|исправить"),
    (Role.DECLARE, "признать|признается|признаются|признав"),
    (
        Role.VOID,
        (
            r"утративш(?:ий|ая|ее|им|ей|ую|ими|ие)|не(?:\s++)?действующ[а-я]++|недействительн[а-я]++|(?:исключенн|отмененн|"
            "аннулированн)(?:ым|ой|ыми|ый|ая|ое|ые)|прекративш(?:им|ей|ими)"
        ),
    ),
    (
        Role.LOSE,
        (
            r"утрачивает|утрачивают|утратит|утратят|прекращает|прекращают|прекратить|прекращается|прекращаются|"
            r"утратил[аио]?|(?:более|больше)\s++не\s++действу[ею]т"
        ),
    ),
    (Role.CANCEL, "отменить|отменяется|отменяются|упразднить|отмене|аннулировать|аннулируется|аннулируются"),
    (
        Role.WORDS,
        (
            "слов[ао]?|цифр[аыу]?|числ[ао]|фраз[аыу]?|выражени[ея]|словосочетани[ея]|знаки?|символы?|формулировк[аиу]|"
            "напечатано|аббревиатур[аыу]|термины?|срок|союзы?|предлоги?|обозначени[ея]|фрагменты?|дат[ауы]|сумм[ауы]|поняти[ея]|сокращени[ея]"
        ),
    ),
    (
        Role.WITH_WORDS,
        (
            "слов(?:ами|ом)|цифр(?:ами|ой)|числ(?:ами|ом)|фраз(?:ами|ой)|выражени(?:ем|ями)|словосочетани(?:ем|ями)|"
            "знак(?:ами|ом)|символ(?:ами|ом)|формулировк(?:ами|ой)|аббревиатур(?:ами|ой)|термин(?:ами|ом)|срок(?:ом|ами)|союз(?:ом|ами)|предлог(?:ом|ами)|текстом|"
            "обозначени(?:ем|ями)|фрагмент(?:ом|ами)|дат(?:ой|ами)|сумм(?:ой|ами)|поняти(?:ем|ями)|сокращени(?:ем|ями)"
        ),
    ),
    (Role.SENTENCE, "предложени[еяи]"),
    (Role.WITH_SENTENCE, "предложени(?:ем|ями)"),
    (
        Role.WITH_UNIT,
        (
            "(?:под)?пункт(?:ом|ами)|абзац(?:ем|ами)|стать(?:ей|ями)|част(?:ью|ями)|приложени(?:ем|ями)|"
            "(?:под)?раздел(?:ом|ами)|глав(?:ой|ами)|примечани(?:ем|ями)"
        ),
    ),
    (Role.UNIT, "(?:под)?пункты?|абзац[аы]?|стать[яюи]|часть|приложени[ея]|(?:под)?разделы?|глав[ау]|примечани[ея]"),
    (Role.HEADING, "(?:названи|наименовани)(?:е|я|ю|и)|заголов(?:ок|ка|ке)|заглави[еяи]"),
    (Role.WITH_HEADING, "(?:названи|наименовани|заглави)ем|заголовком"),
    (Role.TEXT, "тексте?|тексту|текста"),
    (Role.EDITION, "редакци[ияю]|редакцией|образом|так"),
    (Role.CONTENT, "содержани[яеи]|содержанием|виде"),
    (Role.CHANGES, "изменени[еяй]|дополнени[еяй]|поправк[иу]"),
    (Role.FORM, "падеж[а-я]{0,3}|форм(?:е|ах|ы)|роде?|числе|числах|лице"),
    (Role.END, "кон(?:ец|ц[еа])"),
    (Role.EVERYWHERE, "везде|всюду|повсюду|всем[уы]?|всего|всех|остальном[уы]?"),
    (Role.PREPOSITION, "в|во|из|после|перед|между|вместо|на|по|с|со|к|ко|за|как|от"),
    (Role.AND, "и|а|также|или|—|–|-"),
    (
        Role.FILLER,
        (
            r"следующ[а-я]{2,3}|нижеследующ[а-я]{2,3}|нов(?:ый|ая|ое|ую|ым|ыми|ого|ой|ые|ых)|так(?:ой|ого|им|ую|ом)|"
            r"соответственно|соответствующ[а-я]{2,3}|надлежащ[а-я]{2,3}|нужн(?:ом|ых|ой)|необходим(?:ом|ых|ой)|далее|"
            r"его|ее|их|н(?:ем|ей|их)|тех|же|сил[уы]|полностью|целиком|дополнительно|при|этом|отдельн(?:ый|ым|ыми)|тому|"
            r"(?:двумя|тремя|четырьмя|пятью)|свое[гй]?о?|порядковый|номер|подлежит|подлежат|следует|надлежит|"
            r"необходимо|нужно|действие|люб(?:ом|ых)|независимо|встречающ(?:ееся|иеся)|стороны|согласились|"
            r"котор(?:ая|ые|ый|ое)|имеющ(?:им|ей|ими)|дополнительн(?:ую|ый|ые|ым|ой|ыми)|существующ(?:ий|ую|ее|ие)|"
            r"различн(?:ом|ых)|разных|вслед|"
            r"договорились|быть|должн[аоы]?|должен|произвести|провести|осуществить|путем|нумераци[юя]|препинания"
        ),
    ),
)
_BY_ROLE = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)


def role_of(word: str) -> Role:
    """Return the role of a folded word.

    >>> str(role_of("заменяются")), str(role_of("словами")), str(role_of("мед"))
    ('replace', 'with words', 'unknown')
    """
    if ordinal(word) is not None:
        return Role.ORDINAL
    return next((role for role, pattern in _BY_ROLE if pattern.fullmatch(word)), Role.UNKNOWN)


@cache
def of_sentence() -> re.Pattern[str]:
    """Match a sentence told by its number, over lower-cased text: «второе предложение», «предложения третьего»."""
    return re.compile(
        rf"(?:(?P<before>{ORDINAL}|\d{{1,2}}-?[а-я]{{1,3}}|(?:пред)?последн[а-я]{{2,3}})\s++)?+"
        rf"предложени[а-я]{{1,2}}(?:\s++(?P<after>{ORDINAL}|\d{{1,2}}(?![\w.])))?"
    )


def number_of_sentence(text: str) -> int | None:
    """Return which sentence a text names: 1 the first, -1 the last, -2 the last but one, 0 it cannot be told.

    >>> number_of_sentence("второе предложение пункта 3"), number_of_sentence("последнее предложение")
    (2, -1)
    """
    match = of_sentence().search(text.lower())
    if match is None:
        return None
    word = match["before"] or match["after"] or ""
    if word.startswith(("последн", "предпоследн")):
        return -2 if word.startswith("пред") else -1
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else ordinal(word) or 0
