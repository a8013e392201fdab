"""The short name people use for a document: «МВД РК — МВД РФ, 2008», «Приказ Минфина РФ № 222, 2018».

A person's own (the field `short_name`) wins. It stands in lists, headers of tables and exports; a citation names the
act in full.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from corpus.lexicon.acts import TYPES, WORDS
from corpus.lexicon.dates import in_digits
from corpus.lexicon.declension import genitive, head
from corpus.lexicon.short_bodies import short_body
from corpus.library import Summary
from corpus.model import Instrument, InstrumentType

_MOST_PARTIES = 3
_LONGEST = 64
_PARTY = 40
_HANGING = frozenset(
    {"и", "о", "об", "в", "во", "на", "по", "с", "со", "к", "ко", "у", "из", "от", "для", "между", "или"}
)


def short_name(act: Summary | Instrument) -> str:
    """Return what a document is called for short: the person's name for it, else one made of its metadata.

    >>> from corpus.model import Instrument, InstrumentType
    >>> parties = ("Министерство внутренних дел Республики Казахстан", "Министерство внутренних дел РФ")
    >>> short_name(Instrument(InstrumentType.AGREEMENT, "Соглашение о розыске", "2008-10-23", parties=parties))
    'МВД РК — МВД РФ, 2008'
    >>> short_name(Instrument(InstrumentType.CONVENTION, "Конвенция о речном праве", "1998-05-02"))
    'Конвенция о речном праве, 1998'
    """
    return act.short_name or _made(act, (act.date or "")[:4])


def short_names(documents: Iterable[Summary]) -> Mapping[str, str]:
    """Return the short names of several documents by id, no two alike: by year, by day, with the subject, numbered."""
    out: dict[str, str] = {}
    pending = list(documents)
    for made in (short_name, _by_day, _by_subject):
        pending = _told_apart(pending, made, out)
    for number, document in enumerate(pending, 1):
        out[document.id] = f"{_by_day(document)} [{number}]"
    return out


def _told_apart(documents: Sequence[Summary], made: Callable[[Summary], str], out: dict[str, str]) -> list[Summary]:
    """Give names that nobody shares; return the documents whose names are shared."""
    names: dict[str, list[Summary]] = {}
    for document in documents:
        names.setdefault(made(document), []).append(document)
    taken = set(out.values())
    out.update({held[0].id: name for name, held in names.items() if len(held) == 1 and name not in taken})
    return [d for d in documents if d.id not in out]


def _by_day(act: Summary) -> str:
    return act.short_name or _made(act, in_digits(act.date) if act.date else "")


def _by_subject(act: Summary) -> str:
    own = _by_day(act)
    return f"{own}: {cut(act.title, _LONGEST)}" if act.title else own


def _made(act: Summary | Instrument, when: str) -> str:
    """Make a name of the parties, else of issuer and number, else of the title; `when` stands behind it."""
    kind = InstrumentType(act.type)
    if 2 <= len(act.parties) <= _MOST_PARTIES:
        who = " — ".join(cut(short_body(party), _PARTY) for party in act.parties)
        word = "" if kind is InstrumentType.AGREEMENT else TYPES[kind].name.lower()
        return ", ".join(filter(None, [who, " ".join(filter(None, [word, when]))]))
    if act.date and "между " in act.title and len(act.title) > _LONGEST:
        return f"{_type_word(act)} от {in_digits(act.date)}"
    called = _titled(act)
    if act.number and not (called and kind is InstrumentType.LAW):
        issuer = genitive(_in_genitive(short_body(act.issuer))) if act.issuer else ""
        called = " ".join(filter(None, [_type_word(act), issuer, f"№ {act.number}"]))
    called = called or f"{_type_word(act)} «{cut(act.title, _LONGEST)}»" if act.title else called
    return ", ".join(filter(None, [called or _type_word(act), when]))


def _titled(act: Summary | Instrument) -> str:
    """Return the title, cut at a word, where it says itself what the act is."""
    found = head(act.title)
    return cut(act.title, _LONGEST) if found and found[1] in WORDS else ""


def _type_word(act: Summary | Instrument) -> str:
    return TYPES[InstrumentType(act.type)].name


def _in_genitive(body: str) -> str:
    """Put a short form into the genitive where it is a noun that the tables of heads do not know."""
    first, _, rest = body.partition(" ")
    endings = {"ура": "уры", "юст": "юста", "фин": "фина", "рав": "рава", "орг": "орга", "анс": "анса", "банк": "банка"}
    end = next((e for e in endings if first.endswith(e)), None)
    return " ".join(filter(None, [first.removesuffix(end) + endings[end] if end else first, rest]))


def cut(text: str, longest: int) -> str:
    """Cut a text at a word, no small word last.

    >>> cut("Соглашение о перевозках по рекам и озёрам", 30)
    'Соглашение о перевозках…'
    """
    if len(text) <= longest:
        return text
    words = text[: longest + 1].rsplit(None, 1)[0].split()
    while len(words) > 1 and words[-1].lower() in _HANGING:
        words.pop()
    kept = " ".join(words)[:longest]
    return kept.rstrip(",;:«(–—- ") + "…"
