"""The parties named at the head of the preamble, and the body that issued an act."""

import re

from analyzers.lemmas import cases, folded
from corpus.lexicon.countries import normalised, state
from corpus.lexicon.declension import nominative
from corpus.model import InstrumentType
from ingest.acts.title_lines import is_issuer, title_word
from ingest.layout.paragraphs import Paragraph, is_capitals
from ingest.metadata.titles import sentence_case

_STYLED = re.compile(
    r",?\s{0,64}+(?:в\s++дальнейшем\s++|далее\s++|ниже\s++|совместно\s++){0,8}+(?:именуем|называем|выступающ)\w++"
    r"|\(?\s{0,64}+(?:[—–-]\s{0,64}+)?далее\s*+(?:[—–-]\s*+)?«?\"?(?:договаривающиеся\s++)?стороны",
    re.IGNORECASE,
)
_LONGEST = 1500
"""Code points of a preamble in which its parties are named."""
_OWN_ASIDE = re.compile(r"\s?\((?!(?:(?!(?i:сторон))[^()]){0,64}+(?i:сторон))[^()]{1,200}+\)(?=[\s,;]|\Z)")
"""What one party is called, in brackets behind its name: «(именуемое далее – Правительство)»."""
_WORD = r"[^\s,;]{1,64}+\s?+"
_STYLE = rf"(?:(?:{_WORD}){{1,16}}+(?=[,;]|\Z)|(?:(?!и\s){_WORD}){{1,16}}+(?<=\s)(?=и\s))"
_ONE_STYLED = re.compile(
    rf",?\s?(?:\b(?:в\s++дальнейшем|далее|ниже)\s++)?\bименуем(?:ое|ая|ый)\s{_STYLE}"
    rf"|,\s?представленн(?:ое|ая|ый)\s{_STYLE}(?:,(?!\s++и\s)\s?+{_STYLE})?",
    re.IGNORECASE,
)
"""The same without brackets, and who speaks for it: «Правительство …, представленное господином …,»."""
_REASON = re.compile(
    r",\s*+(?:руководству\w++|основыва\w++|стремясь|желая|признавая|учитывая|исходя|придавая|рассматривая|принимая|в\s++соответствии|"
    r"в\s++целях|будучи|подтверждая|считая|сознавая|осознавая)|"
    r"(?<!\s)\s++(?:настоящим\s++)?(?:заключили|договорились|договариваются|согласились|соглашаются|условились|постановили|решили|пришли)\s",
    re.IGNORECASE,
)
_AND = re.compile(
    r"(?:,?\s{1,64}+и\s++|,\s++|\s{0,64}+;\s*+|,?\s{1,64}+с\s++одной\s++стороны,?\s++и\s++|,?\s{1,64}+с\s++другой\s++стороны)(?=[«\"]?[А-ЯЁ]|$)"
)
_ASIDE = re.compile(
    r"\s{0,64}+\([^()]*+\)|,?\s{0,64}+с\s++(?:одной|другой)\s++стороны|,?\s{0,64}+в\s++лице\s"
    r"(?:(?!,?\s{1,64}+с\s{1,64}+одной|,\s{1,64}+и\s{1,64}+[А-ЯЁ]"
    r"|,?\s{1,64}+и\s{1,64}+[А-ЯЁ][а-яё]{1,64}(?:ое|ая|ый|ство|тет|да|ура)\s).)*+",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"^(?:настоящ\w++\s++(?:(?!(?:заключен|подписан)\w{1,64}+\s{1,64}+между\s)[^,])*+"
    r"(?:заключен|подписан)\w++\s++между\s++|мы,\s++|стороны:?\s++)",
    re.IGNORECASE,
)
_ON_GROUNDS = re.compile(
    r"\A(?:в\s++соответствии|на\s++основании|во\s++исполнение|в\s++целях|в\s++развитие|руководствуясь|исходя|учитывая|желая)\s"
    r"(?:(?!\s(?-i:Правительство|Министерство|Республика|Королевство|Федерация|Российская\sФедерация|Стороны)\s).)*+\s(?=[А-ЯЁ])",
    re.IGNORECASE,
)
"""What is told before the parties: «В соответствии со статьей 5 Соглашения … Правительство …»."""
_INSTRUMENTAL = re.compile(
    r"(?:Правительством|Министерством|Республикой|Королевством|[А-ЯЁ][а-яё]{1,64}ой\sФедерацией)\s"
)
"""«заключено между Правительством … и Правительством …»."""
_BODY = re.compile(
    r"(?:[А-ЯЁ][а-яё]{1,64}+(?:ое|ая|ый|ий)\s){0,2}(?:Правительств|Министерств|Президент|Комитет|Служб|Агентств|Совет|Суд|Администраци|Дум|Собрани|Коллеги|Комисси|Прокуратур)\w*+\s[^.;:]*+\Z",
    re.IGNORECASE,
)
_LONGEST_NAME = 150
_FRONT = 200
"""Paragraphs of a front in which its issuer is looked for: where no text begins, the front is the whole file."""
_SUBJECT = re.compile(r"(?:Об?о?|По|На|В|С)\s")
_NOMINATIVE = frozenset({"nomn", "accs"})


def parties(preamble: str) -> tuple[str, ...]:
    """Read the parties off the first sentence of a preamble.

    >>> parties("Правительство Республики Альбия и Правительство Республики Борея, далее именуемые Сторонами,")
    ('Правительство Республики Альбия', 'Правительство Республики Борея')
    """
    bare = _ON_GROUNDS.sub("", _INTRO.sub("", preamble[:_LONGEST]))
    text = _ONE_STYLED.sub("", _OWN_ASIDE.sub("", bare))
    end = _STYLED.search(text) or _REASON.search(text)
    one = text if ", и " in text and len(text) < len(bare) else text.split(",")[0]
    head = re.sub(r"\s{0,64}+\([^()]*+\)", "", text[: end.start()]) if end else one
    if not head[:1].isupper():
        return ()
    names = [part.strip(" ,;–—-(:") for part in _split(_ASIDE.sub("", head))]
    if end and len(names) == 1 and _INSTRUMENTAL.match(head):
        return tuple(nominative(part.strip(" ,;–—-(")) for part in re.split(r",?\sи\s(?=[А-ЯЁ])", head))
    return tuple(name for name in names if name and name[0].isupper()) if end or len(names) > 1 else ()


_MANY = re.compile(
    r"(?:(?:высокие\s++)?договаривающиеся\s++(?:стороны|государства)|государства|правительства|стороны|страны|участники)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"за\s++(?:правительство|республику|королевство|[а-яё]{4,64}ую)", re.IGNORECASE)
_SIGNING = re.compile(r"(?:^|\s)за\s++(?=[А-ЯЁ])", re.IGNORECASE)
_PARTY = re.compile(r"(?:Правительств|Республик|Федерац|Королевств|[А-ЯЁ][а-яё-]{1,64}(?:ую|ое)\s++[А-ЯЁ])")


def many(name: str) -> bool:
    """Say whether a preamble names its parties together and none of them: «Государства - участники …»."""
    return bool(_MANY.match(name))


_BETWEEN = re.compile(r"(?<!\w)между\s++", re.IGNORECASE)
_ABOUT = re.compile(r"(?<!\s)\s++(?:об?о?|в\s++области|по\s++вопрос\w{1,4})\s", re.IGNORECASE)


def titled(title: str) -> tuple[str, ...]:
    """Read the parties off a title: «между Правительством … и Правительством … о …».

    >>> titled("Соглашение между Правительством Республики Альбия и Правительством Республики Борея о лодках")
    ('Правительство Республики Альбия', 'Правительство Республики Борея')
    """
    begin = _BETWEEN.search(title)
    if begin is None:
        return ()
    rest = title[begin.end() :]
    end = _ABOUT.search(rest)
    parts = re.split(r",\s++|(?<!\s)\s++и\s++(?=[А-ЯЁ])", rest[: end.start()] if end else rest)
    names = tuple(nominative(part.strip(" ,.")) for part in parts if part[:1].isupper())
    return names if len(names) > 1 else ()


def alike(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Say whether two lists name the same parties, however they decline and abbreviate them.

    >>> alike(("Правительство Республики Альбия",), ("Республика Альбия",)), alike(("Бюро карт",), ("Альбия",))
    (True, False)
    """
    left, right = _stems(some), _stems(others)
    return 2 * len(left & right) >= min(len(left), len(right)) > 0


def _stems(names: tuple[str, ...]) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{3,64}", " ".join(names).lower())}


def signing(back: tuple[Paragraph, ...]) -> tuple[str, ...]:
    """Read the parties for whom an act was signed: «За Республику Альбия»; nothing unless there are several.

    >>> from ingest.layout.traced import Traced
    >>> signing(tuple(Paragraph(Traced(x, ())) for x in ("За Республику Альбия", "За Украину (подпись)")))
    ('Республика Альбия', 'Украина')
    """
    names = [re.split(r"[(_\d]", part)[0].strip(" ,.:") for text in _whole(back) for part in _SIGNING.split(text)[1:]]
    found = [normalised(name) for name in names if state(name) or _PARTY.match(name)]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else ()


def _whole(back: tuple[Paragraph, ...]) -> list[str]:
    """Join «За Правительство» with «Республики Альбия» in the line below."""
    texts = [paragraph.text for paragraph in back]
    return [
        f"{text} {below}"
        if _HALF.fullmatch(text) and re.match(r"[А-ЯЁ][а-яё-]{2,64}\b", below) and not _SIGNING.match(below)
        else text
        for text, below in zip(texts, [*texts[1:], ""], strict=False)
    ]


def _split(head: str) -> list[str]:
    """Split at «и» and commas before a word that can stand in the nominative and begin a name."""
    parts, at = [], 0
    for match in _AND.finditer(head):
        rest = head[match.end() :]
        if not rest or _begins_name(rest):
            parts.append(head[at : match.start()])
            at = match.end()
    parts.append(head[at:])
    return parts


def _begins_name(rest: str) -> bool:
    word = re.match(r"[«\"]?([А-ЯЁ][\w-]*+)", rest)
    if not word:
        return False
    found = cases(folded(word[1]))
    return not _NOMINATIVE.isdisjoint(found) and found[0] != "gent"


def issuer(front: tuple[Paragraph, ...], body: tuple[str, ...]) -> tuple[str | None, Paragraph | None]:
    """Read the body that issued an act: after its type («Постановление Правительства…») or printed above it.

    A state printed over a law is not its issuer, nor a body in the title of rules («ПОЛОЖЕНИЕ О МИНИСТЕРСТВЕ …»).
    `body` is the act's text, for the case of words printed in capitals.
    """
    name, paragraph = _issuer(front[:_FRONT], body)
    return (name, paragraph) if name is not None and not state(name) and not _SUBJECT.match(name) else (None, None)


def _issuer(front: tuple[Paragraph, ...], body: tuple[str, ...]) -> tuple[str | None, Paragraph | None]:
    for i, paragraph in enumerate(front):
        found = title_word(paragraph.text)
        if found and not re.match(r"\s*+об?\s", paragraph.text[found[2] :], re.IGNORECASE):
            rest = re.split(r"(?<!\s)\s++(?:от\s++[«\"]?\d|№|N\s|\d{1,2}[.\s])", paragraph.text[found[2] :])[0].strip(
                " ,"
            )
            annexed = found[1] is InstrumentType.ACT and is_capitals(paragraph.text)
            if rest and rest[0].isupper() and not annexed and not re.match(r"(?:[«\"(]|от\b|№)", rest, re.IGNORECASE):
                return nominative(_cased(rest, body)), paragraph
            above = next((p for p in reversed(front[:i]) if is_issuer(p)), None) or _body_above(front[:i])
            if found[1] is InstrumentType.ACT and above is None:
                return None, None
            below = front[i + 1] if i + 1 < len(front) and is_issuer(front[i + 1]) and not rest else None
            if above is not None and not title_word(above.text):
                return _named(above, body)
            if below is not None:
                return _named(below, body)
    return _named(next((p for p in front if is_issuer(p) and not title_word(p.text)), None), body)


def _named(issuer: Paragraph | None, body: tuple[str, ...]) -> tuple[str | None, Paragraph | None]:
    return (nominative(_cased(issuer.text, body)), issuer) if issuer else (None, None)


def _body_above(front: tuple[Paragraph, ...]) -> Paragraph | None:
    """Return the name of a body in small letters right over the word of its act: «Правительство Горной Республики»."""
    last = front[-1] if front else None
    if last is None or last.ended or len(last.text) > _LONGEST_NAME or not _BODY.match(last.text):
        return None
    return last


def _cased(name: str, body: tuple[str, ...]) -> str:
    return sentence_case(name, body) if is_capitals(name) else name
