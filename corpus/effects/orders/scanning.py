"""Orders taken apart: places, names of acts, quoted runs, words by their role, stops."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analyzers.spans import Span
from corpus.citations.parsed import Named
from corpus.citations.read import grammar as g
from corpus.citations.read.groups import PlaceGroup, Reader
from corpus.citations.read.names import UNKNOWN, approved_at, by_subject, code_at, in_instrumental, name_at
from corpus.citations.read.numbers import Text
from corpus.citations.read.reading import folded
from corpus.citations.read.tails import BY_ACT, LONGEST_PARTICIPLE
from corpus.citations.read.type_words import PROPER, TYPE
from corpus.effects.orders.quoting import quotes
from corpus.effects.orders.roles import Role, of_sentence, role_of

_WORD = re.compile(r"[^\W_]++(?:-[^\W_]++)*+|№")
_OF_CASES = re.compile(
    r"((?:стать(?:[её]й|ями)|(?:под)?пункт(?:ом|ами)|част(?:ью|ями)|абзац(?:ем|ами))\s[«\"]?[\w.-]{1,8}[»\"]?),"
    r"(?=\s++(?:стать|(?:под)?пункт|част[ьи]|абзац))"
)
"""«Считать статьей 8, статью 5»: after a unit in the instrumental the next place is of the next change."""
_NOT_IN_FORCE = re.compile(r"(?:не\s++действующ[а-я]{2,3}|(?:более|больше)\s++не\s++действу[ею]т)(?![а-я])")
_OWN_DAY = re.compile(
    r"(?:со?|после)\s++(?:(?:даты|дня|момента)\s++)?вступлени(?:я|ем)\s++(?:в\s++силу\s++)?настоящ(?:его|ей)\s++"
    r"[а-я]{4,16}+(?:\s++в\s++силу)?+(?![а-я])"
)
"""Changes are made on the amending act's own day of force: what says so adds nothing."""
_NEXT_TEXT = re.compile(r"следующ(?:его|им)\s++текста(?![а-я])")
_PHRASES = ((None, _NOT_IN_FORCE), (Role.FILLER, _OWN_DAY), (Role.CONTENT, _NEXT_TEXT))
_MARK = re.compile(
    r"(?:(?P<dot>точк(?:[ауи]|ой))(?P<semi>\s++с\s++запятой)?|(?P<comma>запят(?:ая|ую|ой))|двоеточи(?:ем|е|я))(?![а-я])"
)
_COLON = re.compile(r":(?=\s|$)")
_ASIDE = re.compile(
    r"\(\s*+(?:собрание|ведомости|бюллетень|российская\s++газета|официальн|опубликован|зарегистрирован|далее|"
    r"в\s++дальнейшем|с\s++изменени|с\s++последующ|в\s++ред|сапп|\d{4}\s++(?:г\.|год|№)|"
    r"(?=[^()\n]{0,64}(?<!\d)\d{4},?\s(?:г\.,?\s)?№\s?\d{1,4},\s(?:ст|с|п)\.))[^()\n]*+"
    r"(?:\([^()\n]*+\)[^()\n]*+)*+\)"
)
_PROVISIONS = re.compile(rf"положени[яй]\s++(?={g.ANCHOR.pattern})")
"""«Положения статьи 5 …»: what stands in a place, and no act."""
_TITLE = re.compile(r"Об?\s")
_ENDS_NAME = re.compile(r"\s*+(?:[,:\n]|$)")
_NUMBERED_SENTENCE = re.compile(r"[а-яё]{2,16}+(?=\s++предложени)")


@dataclass(frozen=True, slots=True)
class OrderToken:
    """A run of a text with its role; a quote's `text` is what stands inside the quotation marks."""

    role: Role
    text: str
    span: Span
    group: PlaceGroup | None = None
    named: Named | None = None


def tokens(text: str) -> list[OrderToken]:
    """Take a text apart.

    >>> [str(t.role) for t in tokens("в пункте 1 слова «о «мёде»» исключить;")]
    ['preposition', 'place', 'words', 'quote', 'delete', 'stop']
    """
    return list(_each_sentence(_Scanner(text).scan()))


def _each_sentence(found: list[OrderToken]) -> Iterator[OrderToken]:
    """Name sentences listed before one place one by one: «во втором и третьем предложениях пункта 1»."""
    at: int = 0
    before: OrderToken | None = None
    while at < len(found):
        end = at
        while end + 2 < len(found) and found[end].role is Role.ORDINAL and found[end + 1].text in {"и", ","}:
            end += 2
        last = found[end]
        numbered = _NUMBERED_SENTENCE.match(last.text.lower()) if end > at else None
        if last.role in (Role.PLACE, Role.NTH_SENTENCE) and numbered:
            for ordinal in found[at:end:2]:
                yield replace(last, text=ordinal.text + last.text[numbered.end() :])
                if before is not None and before.role is Role.PREPOSITION:
                    yield before
        else:
            yield from found[at:end]
        before = last
        yield before
        at = end + 1


class _Scanner:
    """Reads a text from left to right; what a name takes back of the words before it is given back."""

    def __init__(self, text: str) -> None:
        self.src: Text = folded(text)
        self.low = self.src.low.replace("ё", "е")
        # «в статье 3:» opens a list; the reader of citations takes a number before a colon for a time of day.
        self.reader = Reader(Text(self.src.text, _OF_CASES.sub(r"\1|", _COLON.sub("|", self.src.low))), alone=True)
        self.quotes, self.broken = quotes(self.src.text)
        self.found: list[OrderToken] = []

    def scan(self) -> list[OrderToken]:
        at, text = 0, self.src.text
        while at < len(text):
            at = (
                self._space(at)
                or self._aside(at)
                or self._place(at)
                or self._quote(at)
                or self._approved(at)
                or self._act(at)
                or self._phrase(at)
                or self._word(at)
            )
        return self.found

    def _put(self, role: Role, start: int, end: int, inside: str | None = None) -> int:
        text = self.src.text[start:end] if inside is None else inside
        self.found.append(OrderToken(role, text, Span(start, end)))
        return end

    def _aside(self, at: int) -> int | None:
        """Pass over what a bracket says of an act and not of the change: where it was printed, what it is called."""
        match = _ASIDE.match(self.low, at)
        return match.end() if match else None

    def _space(self, at: int) -> int | None:
        if not self.src.text[at].isspace():
            return None
        end = at
        while end < len(self.src.text) and self.src.text[end].isspace():
            end += 1
        if "\n" in self.src.text[at:end]:
            self._put(Role.BREAK, at, end)
        return end

    def _begins(self, at: int) -> bool:
        return at == 0 or not (self.low[at - 1].isalnum() or self.low[at - 1] in "-_")

    def _place(self, at: int) -> int | None:
        if not self._begins(at) or not g.ANCHOR.match(self.src.low, at):
            return None
        group = self.reader.group(at)
        if group is None:
            return None
        self.found.append(OrderToken(Role.PLACE, self.src.text[slice(*group.span)], group.span, group))
        return group.span.end

    def _quote(self, at: int) -> int | None:
        if at in self.broken:
            return self._put(Role.BROKEN, at, at + 1)
        end = self.quotes.get(at)
        if end is not None and self._titles(at, self.src.text[at + 1 : end]):
            return end + 1
        return None if end is None else self._put(Role.QUOTE, at, end + 1, self.src.text[at + 1 : end])

    def _titles(self, at: int, quoted: str) -> bool:
        """Take a title behind its act into the act: one too long for a name, one a misprint stands before."""
        passed = 1 + (len(self.found) > 1 and len(self.found[-1].text) == 1)
        act = self.found[-passed] if self.found else None
        if act is None or act.named is None or act.named.bare or "«" in act.named.title or not _TITLE.match(quoted):
            return False
        self.found[-passed:] = [replace(act, text=self.src.text[act.span.start : at + len(quoted) + 2])]
        return True

    def _act(self, at: int) -> int | None:
        if not self._begins(at):
            return None
        named = name_at(self.src, at) if TYPE.match(self.src.low, at) else None
        named = named or (code_at(self.src, at) if self.src.text[at].isupper() else None)
        if named is None or (named.bare and named.lemma not in _CALLED):
            return None
        if _PROVISIONS.match(self.src.low, at) and not (self.found and self.found[-1].role is Role.PLACE):
            return self._put(Role.FILLER, at, named.span.end)
        return self._named(self._untyped(named) or self._by_subject(named))

    def _untyped(self, named: Named) -> Named | None:
        """Take what an act put into force and no type word names: «требования к судам, утверждённые приказом …»."""
        start = named.span.start
        ends = BY_ACT.finditer(self.src.low, max(0, start - LONGEST_PARTICIPLE), start)
        by = next((m for m in ends if m.end() == start), None)
        if by is None or not in_instrumental(self.src, named):
            return None
        first = None
        for token in reversed(self.found):
            if _led_in(token) or token.role in _ENDS_LED:
                break
            first = token if token.span.end <= by.start() else None
        else:
            return None
        if first is None or not _led_in(token):
            return None
        title = self.src.text[first.span.start : by.start()]
        return Named(Span(first.span.start, named.span.end), UNKNOWN, title, approved_by=named)

    def _approved(self, at: int) -> int | None:
        """Take an act named behind what put it into force: «утверждённого Указом … Положения о …»."""
        named = approved_at(self.src, at - 1) if at and self._begins(at) else None
        return self._named(replace(named, span=Span(at, named.span.end))) if named else None

    def _by_subject(self, named: Named) -> Named:
        """Take what an act is about into its name where that ends as names do: «Положении о службе, утверждённом …»."""
        told = by_subject(self.src, named)
        ends = told.approved_by or _ENDS_NAME.match(self.src.low, told.span.end)
        return told if ends else named

    def _named(self, named: Named) -> int:
        """Put an act, together with what put it into force; what it takes back of the words before it is given back."""
        while self.found and self.found[-1].span.start >= named.span.start:
            self.found.pop()
        span = Span(named.span.start, max(named.span.end, named.approved_by.span.end if named.approved_by else 0))
        self.found.append(OrderToken(Role.ACT, self.src.text[slice(*span)], span, None, named))
        return span.end

    def _phrase(self, at: int) -> int | None:
        """Take words that play one role together: «более не действует», «второе предложение», «точку с запятой»."""
        if not self._begins(at):
            return None
        for role, phrase in _PHRASES:
            if match := phrase.match(self.low, at):
                return self._put(role or role_of(match[0]), at, match.end())
        if match := _MARK.match(self.low, at):
            return self._mark(match)
        word = _WORD.match(self.low, at)
        if word and (
            role_of(word[0]) in (Role.ORDINAL, Role.SENTENCE) or word[0].startswith(("последн", "предпоследн"))
        ):
            match = of_sentence().match(self.low, at)
            if match and (match["before"] or match["after"]):
                return self._put(Role.NTH_SENTENCE, at, match.end())
        return None

    def _mark(self, match: re.Match[str]) -> int:
        mark = ";" if match["semi"] else "." if match["dot"] else "," if match["comma"] else ":"
        with_it = (match["dot"] or match["comma"] or match[0]).endswith(("ой", "ем"))
        self._put(Role.WITH_WORDS if with_it else Role.WORDS, *match.span())
        return self._put(Role.QUOTE, *match.span(), mark)

    def _word(self, at: int) -> int:
        match = _WORD.match(self.low, at)
        if match is None:
            role = Role.AND if self.low[at] in "—–-" else Role.STOP
            return self._put(role, at, at + 1)
        return self._put(role_of(match[0]), at, match.end())


_ENDS_LED = frozenset({Role.PLACE, Role.ACT, Role.BREAK, Role.QUOTE})


def _led_in(token: OrderToken) -> bool:
    return token.role is Role.PREPOSITION and token.text.lower() in ("в", "во", "из")


_CALLED = PROPER | {
    "закон",
    "указ",
    "постановление",
    "приказ",
    "распоряжение",
    "решение",
    "положение",
    "инструкция",
    "правила",
    "регламент",
    "порядок",
    "перечень",
}
"""Type words that, alone, may mean the act amended."""


def statements(found: list[OrderToken]) -> Iterator[list[OrderToken]]:
    r"""Part tokens into statements: at «;», at «.» that ends a sentence, at breaks; a quote after a break goes on.

    >>> [[t.text for t in s] for s in statements(tokens("пункт 1 исключить; пункт 2 изложить: «А;».\nНовое"))]
    [['пункт 1', 'исключить'], ['пункт 2', 'изложить', ':', 'А;'], ['Новое']]
    """
    now: list[OrderToken] = []
    for token, following in zip(found, _followers(found), strict=True):
        if _parts_here(token, following, now):
            if now:
                yield now
            now = []
        elif token.role is not Role.BREAK and not (token.role is Role.STOP and token.text in ".;"):
            now.append(token)
    if now:
        yield now


def _followers(found: list[OrderToken]) -> list[tuple[bool, OrderToken | None]]:
    """Return, for each token, whether a break follows right after it, and the next token that is no break."""
    out: list[tuple[bool, OrderToken | None]] = []
    following: OrderToken | None = None
    broken = True
    for token in reversed(found):
        out.append((broken, following))
        broken = token.role is Role.BREAK
        following = following if broken else token
    return out[::-1]


def _parts_here(token: OrderToken, followed: tuple[bool, OrderToken | None], now: list[OrderToken]) -> bool:
    """Say whether a statement ends at a token; quoted runs in a row are of one statement."""
    broken, following = followed
    quote_follows = bool(now) and following is not None and following.role is Role.QUOTE
    quoted_on = quote_follows and now[-1].role is Role.QUOTE
    if token.role is Role.BREAK:
        return not quote_follows
    if token.role is not Role.STOP or token.text not in ";.":
        return False
    if token.text == ";":
        return not quoted_on
    ends = broken or following is None or following.role is Role.QUOTE or following.text[:1].isupper()
    return ends and not quoted_on
