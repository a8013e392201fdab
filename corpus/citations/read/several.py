"""Read acts named together under a plural: «федеральными законами от … № … «О …», от … № … «О …»»."""

import re
from collections.abc import Iterator

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.citations.parsed import Named
from corpus.citations.read.grammar import QUOTED_TITLE
from corpus.citations.read.numbers import Text
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.dates import DATE, iso
from corpus.lexicon.declension import plural, singular

# What «соглашения» means, one or several, only its neighbours say: it is read as one.
_PLURALS = {
    form: word.word
    for word in WORDS.values()
    if word.cited
    for form in plural(word.word)
    if form not in singular(word.word)
}
_HEAD = re.compile(
    rf"(?<![а-яё-])(?P<word>{any_of(_PLURALS)})(?![а-яё-])"
    r"(?P<issuer>(?:\s++(?!(?:от|об?|№|n|на|с|по|для|и|в|к|или|между)\s)[^\s,;:()«»\"]++){0,8}?)(?=\s++(?:от\s|№|[«\"]))"
)
_FEDERAL = re.compile(r"(?<![а-яё-])федеральн[а-я]++\s++(?P<constitutional>конституционн[а-я]++\s++)?$")
_ITEM = re.compile(
    rf"\s*+(?:от\s++)?(?:{DATE}(?:\s*+(?:№|n(?=\s?\d))\s?(?P<number>\d[\w/.-]*(?<![.])))?(?:\s*+(?P<title>{QUOTED_TITLE}))?"
    rf"|(?P<alone>(?=.[^«»]{{4}}){QUOTED_TITLE}))"
)
_AND = re.compile(r"(?:\s*+(?:,\s*+а\s++также|,\s*+и|,|;)|\s++и)(?=\s)")
_FEWEST = 2


def several(src: Text) -> Iterator[tuple[Named, ...]]:
    """Yield the acts of each list; the first takes the plural word into its span.

    >>> from corpus.citations.read.numbers import Text
    >>> text = "протоколами от 1 мая 1997 года и от 2 июня 1998 года"
    >>> [(text[slice(*n.span)], n.title, n.date) for acts in several(Text(text, text)) for n in acts]
    [('протоколами от 1 мая 1997 года', 'протокол', '1997-05-01'), ('от 2 июня 1998 года', 'протокол', '1998-06-02')]
    """
    for head in _HEAD.finditer(src.low):
        items = list(_items(src, head.end()))
        if len(items) < _FEWEST:
            continue
        lemma = _PLURALS[folded(head["word"])]
        federal = _FEDERAL.search(src.low[: head.start()][-40:])
        first = head.start() - len(federal[0]) if federal else head.start()
        name = _name(src, first, federal, lemma) + src.text[slice(*head.span("issuer"))]
        yield tuple(_act(src, item, lemma, name, first if i == 0 else None) for i, item in enumerate(items))


def _act(src: Text, item: re.Match[str], lemma: str, name: str, first: int | None) -> Named:
    title = src.text[slice(*item.span("title" if item["title"] else "alone"))].strip('«»"')
    start = item.start() + len(item[0]) - len(item[0].lstrip()) if first is None else first
    date = iso(item) if not item["alone"] else None
    number = src.text[slice(*item.span("number"))] if item["number"] else None
    return Named(Span(start, item.end()), lemma, f"{name} «{title}»" if title else name, date, number)


def _items(src: Text, at: int) -> Iterator[re.Match[str]]:
    while item := _ITEM.match(src.low, at):
        if not item["alone"] and iso(item) is None:
            return
        yield item
        link = _AND.match(src.low, item.end())
        if link is None:
            return
        at = link.end()


def _name(src: Text, first: int, federal: re.Match[str] | None, lemma: str) -> str:
    words = ["федеральный"] if federal else []
    words += ["конституционный"] if federal and federal["constitutional"] else []
    name = " ".join([*words, lemma])
    return name[0].upper() + name[1:] if src.text[first].isupper() else name
