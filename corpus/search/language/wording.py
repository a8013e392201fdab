"""«Мы поняли так: …»: a query as read, in one or two Russian sentences."""

from collections.abc import Sequence

from corpus.clauses.tree import And, Everything, Field, Form, Near, Node, Not, Or, Phrase, Picked, Prefix, Within, Word
from corpus.search.answers import QueryCorrection, Sort, WordReading
from corpus.search.language.filters import shown
from corpus.search.language.interpreting import Read

_MOST_ALTERNATIVES = 5
_UNITS = {Within.SENTENCE: "в одном предложении", Within.ARTICLE: "в одной статье", Within.CLAUSE: "в одном пункте"}
_LONG_WAY = 1000


def understood(read: Read, words: Sequence[WordReading], place: str | None = None, sort: Sort = Sort.RELEVANCE) -> str:
    """Write the reading of a query."""
    parts = []
    if place:
        parts.append(f"нужно место: {place}")
    if read.wishes:
        asked = {wish.span for wish in read.wishes if not wish.idle}
        listed = ", ".join(_word(w) for w in words if w.span in asked)
        listed = listed or ", ".join(f"«{wish.text}»" for wish in read.wishes)
        more = sum(not wish.idle for wish in read.wishes) > 1
        parts.append(
            f"{'любые из слов' if more else 'слово'} {listed}" + ("; чем больше совпало, тем выше" if more else "")
        )
    filters, conditions, excluded = _split(read.node)
    if conditions:
        text = " и ".join(told(node) for node in conditions)
        parts.append(f"обязательно {text}" if read.wishes else text)
    if excluded:
        parts.append("без " + ", без ".join(told(node.part, inside=True) for node in excluded))
    if filters:
        parts.append("только " + ", ".join(told(node) for node in filters))
    if sort is not Sort.RELEVANCE:
        parts.append("по дате, новые выше" if sort is Sort.DATE else "в порядке документов")
    empty = "все положения" if read.node or read.words else "слов для поиска в запросе нет"
    sentence = "Мы поняли так: " + ("; ".join(parts) or empty) + "."
    return sentence + _corrected(read.corrections)


def _word(word: WordReading) -> str:
    own = word.text if word.text in word.lemmas else f"{word.text} ({' или '.join(word.lemmas[:3])})"
    others = [a.text for a in word.alternatives[:_MOST_ALTERNATIVES]]
    more = "…" if len(word.alternatives) > _MOST_ALTERNATIVES else ""
    return f"«{own}»" + (f" [а также: {', '.join(others)}{more}]" if others else "")


def _corrected(corrections: Sequence[QueryCorrection]) -> str:
    return "".join(f" {message}." for message in dict.fromkeys(c.message for c in corrections))


def _split(node: Node | None) -> tuple[list[Field], list[Node], list[Not]]:
    """Part filters and exclusions from conditions on words."""
    if node is None:
        return [], [], []
    parts = node.parts if isinstance(node, And) else (node,)
    filters = [p for p in parts if isinstance(p, Field)]
    excluded = [p for p in parts if isinstance(p, Not)]
    return filters, [p for p in parts if not isinstance(p, Field | Not)], excluded


def told(node: Node, *, inside: bool = False) -> str:  # noqa: C901, PLR0911  one line for each kind of node
    """Write a condition."""
    match node:
        case Word(text, lemmas):
            return (
                f"«{text}» в любой форме" if text in lemmas else f"«{text}» ({' или '.join(lemmas[:3])}) в любой форме"
            )
        case Form(form):
            return f"точно «{form}»"
        case Prefix(prefix):
            return f"слово на «{prefix}…»"
        case Phrase(words) if all(isinstance(w, Form) for w in words):
            return f"точная фраза «{' '.join(_plain(w).removeprefix('=') for w in words)}»"
        case Phrase(words):
            return f"фраза «{' '.join(_plain(w) for w in words)}»"
        case Near():
            return _near(node)
        case And(parts):
            text = " И ".join(told(p, inside=True) for p in parts)
            return f"({text})" if inside else text
        case Or(parts):
            text = " ИЛИ ".join(told(p, inside=True) for p in parts)
            return f"({text})" if inside else text
        case Not(part):
            return f"НЕ {told(part, inside=True)}"
        case Field():
            return shown(node)
        case Everything() | Picked():
            return "все положения"


def _plain(word: Word | Form | Prefix) -> str:
    match word:
        case Word(text):
            return text
        case Form(form):
            return f"={form}"
        case Prefix(prefix):
            return f"{prefix}*"


def _near(node: Near) -> str:
    names = " и ".join(
        f"«{' '.join(map(_plain, p.words))}»" if isinstance(p, Phrase) else f"«{_plain(p)}»" for p in node.parts
    )
    order = "в этом порядке" if node.ordered else "в любом порядке"
    unit = f" {_UNITS[node.within]}" if node.distance > _LONG_WAY or node.within is not Within.CLAUSE else ""
    gap = "" if node.distance > _LONG_WAY else _gap(node.distance)
    return f"рядом {names}{gap},{unit} {order}".replace(",,", ",")


def _gap(most: int) -> str:
    """Say how many words may stand between."""
    if not most:
        return ", вплотную"
    return f", не больше {most} {'слова' if most % 10 == 1 and most % 100 != 11 else 'слов'} между ними"
