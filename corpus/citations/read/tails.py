"""What follows a type word in the name of an instrument: body, subject, date, number, quoted title."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyzers.lemmas import FINITE, Reading, readings
from analyzers.letters import folded
from corpus.citations.parsed import Named
from corpus.citations.read.grammar import QUANTITY, QUOTED_TITLE
from corpus.citations.read.numbers import Text
from corpus.citations.read.type_words import POINTING, TYPE, before
from corpus.lexicon.acts import WORDS
from corpus.lexicon.alternation import any_of
from corpus.lexicon.dates import DATE, MONTH, MONTHS, iso, month_number
from corpus.lexicon.declension import singular

NameAt = Callable[[Text, int, int], Named | None]

_BLANKS = r"\s{0,64}+"
_SIGNED = r"(?:подписан|совершен|заключен|принят|утвержден|открыт|вступивш|ратифицирован|одобрен)\w{0,64}+"
# Another act between «утвержденный» and the date: the date is its own.
_OTHER_ACT = any_of(
    form for word in WORDS.values() if word.cited and not (word.treaty or word.annexed) for form in singular(word.word)
)
_ABOUT_LAW = re.compile(r"\s++(?:об?|обо)\s(?!том(?![а-яё])|этом|сем(?![а-яё])|чем(?![а-яё]))")
_PLACE = rf"(?>(?!{_OTHER_ACT})[^,;.()\d]|(?<=\bг)\.|(?<=\bгор)\.){{0,64}}?"
_FROM = re.compile(rf"{_BLANKS}(?:,{_BLANKS})?(?:от|{_SIGNED}\s{_PLACE}(?:от)?){_BLANKS}{DATE}")
_BARE_DATE = re.compile(rf"{_BLANKS}[,(]{_BLANKS}(?:(?:г\.\s?)?[а-яё-]{{1,64}}+{_BLANKS},{_BLANKS})?{DATE}")
_DIRECT = re.compile(rf"\s{{1,4}}+{DATE}")
"""«Соглашение 17.03.2006»."""
_NO_MONTH = "".join(f"(?<!{month})" for month in MONTHS)
_YEAR = re.compile(
    rf"{_NO_MONTH},?\s{{1,64}}+(?:от\s{{1,4}}+|{_SIGNED}\s{{1,4}}+в\s{{1,4}}+)?\(?(?P<year>(?:1[89]|20)\d\d)(?:\s++год[ау]?(?![а-яё])|\s?г\.|\s?г(?![а-яё]))"
)
_HYPHENED = re.compile(r"-(?P<year>(?:1[89]|20)\d\d)(?![\d-])")
"""«Соглашения-2008»."""
_SIGNED_IN = re.compile(
    r",?\s{1,4}+(?:подписан|соверш[её]н|заключ[её]н|принят)[а-яё]{1,6}\s{1,4}+во?\s{1,4}+(?:г\.\s?|городе\s)?(?P<place>[А-ЯЁ][а-яё-]{2,30}+)"
)
"""«Соглашения, подписанного в Минске»: where an act was signed tells it from others."""
_TO_IT = re.compile(r"\s++к\s++(?:не[йм]у?|ним)(?![а-яё])")
_MONTH_OF = re.compile(
    rf"\s{{1,4}}+(?:от\s{{1,4}}+)?(?P<month>{MONTH})\s{{1,4}}+(?P<year>(?:1[89]|20)\d\d)(?!\d)(?:\s++года|\s?г\.)?+"
)
_YEAR_ALONE = re.compile(r"\s{1,4}+\(?(?P<year>(?:1[89]|20)\d\d)(?=[)\s,.;:]|$)(?!\s++[а-яё])")
"""«Соглашения марта 2006 года», «Соглашения (2006)», «Конвенция 1998, ст. 4»."""
_NUMBER = re.compile(
    r"\s*+(?:,\s*+)?(?:№|n(?=\s?\d)|под\s++номером|(?=\s\d{1,4}-фк?з(?![\w-])))\s?(?P<number>\d[\w/.-]*(?<![.]))"
)
_SERIAL = re.compile(r"\s++(?P<number>\d++(?:/\d++)?(?:\s?\([ivxlc]++\))?)(?=\s++[а-яё])")
_QUOTED = re.compile(rf"\s*+(?P<quoted>{QUOTED_TITLE})")
_OPENER = re.compile(
    r"\s{1,64}+(?:(?:об?|обо|по|между|против|к|ко)\s|в\s++(?:области|сфере|отношении|связи|рамках)\s|[А-ЯЁ(]|"
    r"со?\s++[А-ЯЁ]|прав|государств)"
)
_ABOUT_WHAT = re.compile(
    r"(?<!\s)\s++(?:(?:об?|обо|между|против|в\s++(?:области|сфере|отношении|связи|рамках))\s|"
    rf"(?:к|ко)\s++(?:[А-ЯЁ]|{TYPE.pattern}))"
)
"""How a name goes on behind its date; «Соглашения от 23.10.2008 Стороны …» and «… (далее» do not."""
_ISSUER = re.compile(
    r"\s{1,64}+(?:(?:об?|обо|по)\s|[А-ЯЁ(]|суд(?:а|ебн)|министр|министерств|президент|правительств|прокур|комитет|"
    r"председател|агентств|служб|департамент|глав[ыа]|губернатор|аким|маслихат|пленум|президиум|коллеги|арбитражн|"
    r"районн|городск|областн|краев|апелляционн|кассационн|генеральн|верховн|конституционн|федеральн|национальн|"
    r"начальник|директор|руководител|ректор|совет[а ]|собрани|палат|(?>(?!от\s)[а-яё]{3,24}\s{1,4}){1,5}+(?:от\s|№))"
)
_AND = r"(?:(?:\s{1,64}+(?:и|или)|,)(?:\s{1,64}+(?:на|во?|по|к|об?|со?|из|от|для|согласно))?)"
_STOP = re.compile(
    rf"(?<!\sв){_AND}?\s{{1,64}}+(?:под)?(?:пункт|параграф|стат[ье]|част[ьи]|абзац|глав|раздел)[а-яё]*+\s{{1,64}}+"
    rf"(?:\d|[«\"]|перв|втор|трет)|{_AND}?\s{{1,64}}+(?:(?:ст|пп?|ч|абз|подп)\.|§§?)\s?\d|"
    r"[.;:!?](?=\s|$)|\(\s*+(?:в\s++)?дал|\n[^\S\n]*+\n|,?\s{1,64}+(?:а\s++также|котор\w++|если|участни\w++\s++котор\w++)(?![а-яё])|"
    r"\(\s*+(?:пункт|стат|част|глав|раздел|абзац|подпункт|ст\.|п\.|ч\.|с\s++(?:учетом|изм|доп|поправк)|в\s++ред)|"
    r",\s++(?:в\s++(?:соответствии|редакции|целях|том)|с\s++(?:учетом|изменени|поправк)|предусм|указанн|далее|именуем)"
)
_SHORT = re.compile(
    r"[,.;:()!?\n]|\s[–—-]\s|(?<!между)\s{1,64}+(?:и\s++(?:[А-ЯЁ]|иными|другими|ины?х)|а\s++также|котор\w++|"
    r"в\s++редакции|от\s++имени|в\s++связи|"
    r"в\s++соответствии|в\s++целях|при|путем|посредством|с\s++учетом|не|нет|является|являются|вступает|в\s++порядке|"
    r"(?:под|вы)?дан\w++|утвержденн\w++|[а-яё]{3,24}ию\s++(?:не\s++)?подлеж\w++)(?!\w)"
)
_BETWEEN = re.compile(r"\s++(?:(?!\sи\s|между)[^,.;:()]){0,200}+между\s++(?:(?!\sи\s)[^,.;:()]){2,200}+\s++и\s++")
_LEADS_IN = re.compile(
    r"(?:^|[\s(])(?:к|ко|в|во|о|об|из|по|изменени[йя]|дополнени[йя]|ратификации|утверждении|подписании|заключении|"
    r"реализации|исполнении|выполнении|применении|применения|выполнения|реализации|исполнения|действия|денонсации|"
    r"прекращении|присоединении|принятии|введении|проекта?|рамках|тексте?|стать\w{1,64}+\s[\d, и]{1,64})\s{1,64}+$"
)
_PART_OF_NAME = re.compile(r"(?<![а-яё])(?:организаци[а-яё]{1,2}|секретариат[а-яё]{0,2})\s++$")
BY_ACT = re.compile(
    r"(?:,?\s{1,64}+(?:открыт|утвержденн|принят|одобренн|введенн|установленн|предусмотренн|объявленн)[а-яё]{1,4}+|"
    r",?\s{1,4}+\(?утв(?:\.|ержден[а-яё]{0,3}+))\s{1,64}+"
)
"""What stands between an act and the one that put it into force: «Положение о …, утверждённое Указом …»."""
_ABOUT = r"(?:\s++об?\s++(?>[а-яё]{1,64}(?:ых|их|ом|ем|ой|ей)\s)\s*+[а-яё]++)"
_STATE_TAIL = re.compile(
    rf"{_ABOUT}?(?:\s++(?:российской\s++федерации|республики\s++[а-яё]++|(?>[а-яё]{{1,64}}ской)\s++(?:народной\s++)?республики|"
    rf"евразийского\s++экономического\s++союза|рф|рк|рсфср|ссср|украины|грузии|туркменистана)(?![а-яё])){_ABOUT}?"
)
_TITLE_STARTS = frozenset({"о", "об", "обо", "по", "вопросы", "технический", *WORDS})
_LONGEST = 700
LONGEST_PARTICIPLE = 40
_SMALL_WORD = re.compile(r"(?<![а-яё-])(?P<and>(?<=\s)и\s++)?(?P<word>[а-яё]{1,40})(?![а-яё-])")
_ANGLED = re.compile("[«»]")
_VERBS = FINITE | {"ADJS", "GRND"}
_NOMINAL = frozenset({"NOUN", "ADJF", "PRTF"})
_STRAIGHT = frozenset({"nomn", "accs"})
_LEADING = frozenset({"PREP", "CONJ", "NUMR"})
_PERSONS = frozenset(
    {"я", "мы", "ты", "вы", "он", "она", "оно", "они", "нам", "вам", "нас", "вас", "мне", "меня", "это", "надо"}
)
"""Words of a sentence that no title has."""
_DEFINITION = re.compile(r"\s*+\((?:в\s++)?дал[^)]{0,80}\)")
_ABBREVIATED = re.compile(r"(?:^|[\s\u00a0])(?:г|гор|им|№)\s{0,64}+$")
_EVENT = re.compile(
    rf"(?P<date>{_FROM.pattern}|{_BARE_DATE.pattern.replace('?P<', '?P<bare_')}|"
    rf"{_YEAR.pattern.replace('?P<year>', '?:')}|{_BLANKS}№\s?\d)|"
    rf"(?P<quote>\s[«\"“](?=[а-яё]))|(?P<type>{TYPE.pattern})"
)


def _before_sentence(src: Text, start: int, end: int) -> int:
    """Return where a name ends before the sentence goes on: at a word that is a verb and nothing else or a subject.

    «Соглашения о розыске судов расходы несет …»: a name is genitives and what prepositions govern; a lower-case word
    in the nominative that follows neither a preposition nor «и» is none of it. A capital may begin a proper name.
    """
    led = True
    for word in _SMALL_WORD.finditer(src.low, start, end):
        told = readings(word["word"])
        if _of_a_sentence(word["word"], told):
            return word.start("and") if word["and"] else word.start("word")
        subject = bool(told) and all(r.pos in _NOMINAL and r.case in _STRAIGHT for r in told)
        if subject and not led and not word["and"] and _common(src, word):
            return word.start("word")
        led = subject or not told or _leads(src, word, told)
    return end


def _closes(low: str, start: int, limit: int) -> int:
    """Return where a mark closes that was opened before the name: «… ст. 4 Конвенции о дорогах»; else the limit."""
    depth = 0
    for mark in _ANGLED.finditer(low, start, limit):
        depth += 1 if mark[0] == "«" else -1
        if depth < 0:
            return mark.start()
    return limit


def says(words: str) -> bool:
    """Say whether words hold a verb and so are somebody's words, no title.

    >>> says("«Журнал ведётся ежегодно»"), says("«О почтовых сборах»")
    (True, False)
    """
    small = _SMALL_WORD.finditer(words.lower().replace("ё", "е"))
    return any(_of_a_sentence(w["word"], readings(w["word"])) for w in small)


def _of_a_sentence(word: str, told: tuple[Reading, ...]) -> bool:
    """Say whether a word is a verb and nothing else, or a person's pronoun."""
    return word in _PERSONS or (bool(told) and all(r.pos in _VERBS for r in told))


def _common(src: Text, word: re.Match[str]) -> bool:
    """Say whether a word is none of a proper name's: small, or the «Сторона» of an agreement."""
    return src.text[word.start("word")].islower() or word["word"] == "сторона"


def _leads(src: Text, word: re.Match[str], told: tuple[Reading, ...]) -> bool:
    """Say whether a word in the accusative may follow: behind a preposition, a conjunction, a number, a sign."""
    apart = src.low[word.end() : word.end() + 1] not in {" ", "\n", "\u00a0"}
    return apart or any(r.pos in _LEADING for r in told)


@dataclass(slots=True)
class Tail:
    """What follows a type word, read left to right."""

    src: Text
    end: int
    depth: int
    lemma: str
    name_at: NameAt
    proper: bool = False
    title_end: int = 0
    date: str | None = None
    number: str | None = None
    quoted: str | None = None
    year: str | None = None
    subject: bool = False
    floating: bool = False
    inside: Named | None = None
    approved_by: Named | None = None

    signed_in: str = ""
    begun: int = 0

    def __post_init__(self) -> None:
        self.title_end = self.begun = self.end

    def read(self, *, proper: bool, issued: bool) -> None:
        """Read marks (date, number, quoted title), then a subject, then marks again."""
        self.proper = proper
        self._marks()
        if not (self.date or self.year or self.number) and (signed := _SIGNED_IN.match(self.src.text, self.end)):
            self.signed_in, self.end = signed["place"], signed.end()
            return
        if (self.date and self.number) or self.quoted:
            return
        dated = bool(self.date or self.year) and not issued
        if (_ISSUER if issued else _ABOUT_WHAT if dated else _OPENER).match(self.src.text, self.end):
            self._subject(proper=proper, issued=issued)

    def read_marks(self) -> None:
        """Read a date and a number alone."""
        self._marks()

    def named_well(self, *, capital: bool) -> bool:
        """Say whether what was read tells one act from others of its kind."""
        told = self.date or self.number or self.quoted or self.year or self.signed_in
        return bool(told or (self.approved_by and capital))

    def marked(self) -> bool:
        """Say whether a date or a number stands right behind the type word: «указанного выше Соглашения от …»."""
        return bool(_FROM.match(self.src.low, self.end) or _NUMBER.match(self.src.low, self.end))

    def about(self) -> bool:
        """Say whether a law is named by its subject alone and cited: «ст. 2 Закона о портовых сборах»."""
        return bool(_ABOUT_LAW.match(self.src.low, self.end))

    def read_approval(self) -> None:
        """Read who put the act into force where nothing tells what it is about: «Положения, утверждённого Указом …»."""
        annexed = WORDS[self.lemma].annexed and not self.approved_by
        by = BY_ACT.match(self.src.low, self.end) if annexed else None
        of = TYPE.search(self.src.low, by.end(), by.end() + LONGEST_PARTICIPLE) if by else None
        other = self.name_at(self.src, of.start(), self.depth + 1) if of else None
        if by and other and other.span.start == by.end():
            self.approved_by = other

    def _marks(self, *, bare: bool = False) -> None:
        """Read date, number, quoted title and «к нему» standing here, in any order."""
        while self._dated(bare=bare) or self._numbered() or self._titled() or self._to_it(bare=bare):
            pass

    def _dated(self, *, bare: bool) -> bool:
        """Read a date, or a year without a day, standing here."""
        if self.date is not None or self.year:
            return False
        low = self.src.low
        match = _FROM.match(low, self.end) or (_BARE_DATE.match(low, self.end) if bare else None)
        match = match or (_DIRECT.match(low, self.end) if self.end == self.begun else None)
        if match and (date := iso(match)):
            self.date, self.end = date, self._closed(match)
            return True
        match = _YEAR.match(low, self.end)
        if match is None and self.end == self.begun:
            rows = (_HYPHENED, _MONTH_OF, _YEAR_ALONE)
            match = next((found for row in rows if (found := row.match(low, self.end))), None)
        if match:
            month = match.groupdict().get("month")
            self.year = f"{match['year']}-{month_number(month):02}" if month else match["year"]
            self.end = self._closed(match)
        return bool(match)

    def _numbered(self) -> bool:
        match = (_NUMBER.match(self.src.low, self.end) or self._serial()) if self.number is None else None
        if match:
            self.number, self.end = self.src.text[slice(*match.span("number"))], match.end()
        return bool(match)

    def _titled(self) -> bool:
        match = _QUOTED.match(self.src.text, self.end) if self.quoted is None else None
        if match is None or not self._is_title(match):
            return False
        self.quoted, self.end = match["quoted"][1:-1].strip(), match.end()
        return True

    def _to_it(self, *, bare: bool) -> bool:
        match = _TO_IT.match(self.src.low, self.end) if self.date or bare else None
        self.end = match.end() if match else self.end
        return bool(match)

    def _closed(self, date: re.Match[str]) -> int:
        """Return where a date ends, the bracket that was opened before it closed."""
        end, low = date.end(), self.src.low
        opened = low.count("(", self.begun, end) > low.count(")", self.begun, end)
        return end + (opened and low.startswith(")", end))

    def _serial(self) -> re.Match[str] | None:
        """Read a number without a sign, unless it counts: «подписали соглашение 5 раз»."""
        match = _SERIAL.match(self.src.low, self.end)
        return None if match is None or QUANTITY.match(self.src.low, match.end()) else match

    def _is_title(self, match: re.Match[str]) -> bool:
        """Say whether quoted words name an act: after a date or number only the usual first words do («О …»)."""
        first = re.search(r"\w++", match["quoted"])
        if first is None or not (first[0][0].isupper() or first[0][0].isdigit()):
            return False
        if folded(first[0]) in _TITLE_STARTS or first[0].isdigit():
            return True
        return not (self.date or self.number) and not says(match["quoted"])

    def _subject(self, *, proper: bool, issued: bool) -> None:
        """Read body and subject up to a date; without one up to the first stop."""
        src, start = self.src, self.end
        national = _STATE_TAIL.match(src.low, start) if WORDS[self.lemma].code else None
        if national:
            self._close(national.end())
            self._marks()
            return
        limit = min(len(src.low), start + (260 if issued else _LONGEST))
        limit = self._stop(limit)
        at = start
        while event := _EVENT.search(src.low, at, limit):
            ended = self._event(event, proper=proper)
            if ended:
                return
            at = max(event.end(), self.inside.span.end if self.inside else 0)
        if proper:
            self._close(self._short(limit))
            self._marks(bare=True)
            self._signed_later()

    def _signed_later(self) -> None:
        """Read a date that stands behind the definition: «(далее – Договор), подписанный 6 июля 1998 года»."""
        defined = _DEFINITION.match(self.src.low, self.end) if self.date is None else None
        signed = _FROM.match(self.src.low, defined.end()) if defined else None
        if signed and self.src.low[defined.end() if defined else 0 :].lstrip().startswith(","):
            self.date, self.end = iso(signed), signed.end()

    def _stop(self, limit: int) -> int:
        """Return where no name goes on: the end of the sentence, a definition, places, a subordinate clause."""
        low = self.src.low
        limit = _closes(low, self.end, limit)
        stop = _STOP.search(low, self.end, limit)
        while stop and stop[0] == "." and _ABBREVIATED.search(low[max(0, stop.start() - 5) : stop.start()]):
            stop = _STOP.search(low, stop.end(), limit)
        return stop.start() if stop else limit

    def _event(self, event: re.Match[str], *, proper: bool) -> bool:
        """Deal with a date, number, quoted title or type word in the subject; return true when the name ends there."""
        if event["type"]:
            glued = self.src.low[event.start() - 1]
            return not (glued.isalpha() or glued == "-") and self._inner(event.start(), proper=proper)
        if event["quote"]:
            quoted = _QUOTED.match(self.src.text, event.start())
            if quoted is None or not self._is_title(quoted):
                if quoted is not None and proper and says(quoted["quoted"]):
                    self._close(min(event.start(), self._short(event.start())))
                    return True
                return False
        self._close(event.start())
        self._marks(bare=True)
        return True

    def _short(self, limit: int) -> int:
        """Return where a name without a date ends: at the first stop, the «и» after «между» being none."""
        parties = _BETWEEN.match(self.src.text, self.end, limit)
        begin = parties.end() if parties else self.end + 1
        stop = _SHORT.search(self.src.text, begin, limit)
        return _before_sentence(self.src, begin, stop.start() if stop else limit)

    def _close(self, end: int) -> None:
        while end > self.end and self.src.text[end - 1] in " \t\n\u00a0":
            end -= 1
        self.subject = self.subject or end > self.begun
        self.title_end = self.end = end

    def _inner(self, at: int, *, proper: bool) -> bool:
        """Deal with a type word inside the tail; return true when the name ends there."""
        if self.depth > 2:
            return False
        begin, lead, pointed = self._led(at)
        if not pointed:
            return self._small(at, begin, lead)
        if _LEADS_IN.search(lead):
            return self._hold(at)
        if _PART_OF_NAME.search(lead):
            return False
        other = self.name_at(self.src, at, self.depth + 1) if WORDS[self.lemma].annexed else None
        return (other is not None and self._approved(begin, other)) or self._cut(begin, proper=proper)

    def _approved(self, begin: int, other: Named) -> bool:
        """End a name before the act that put it into force, whose own name begins at a place."""
        by = BY_ACT.search(self.src.low, max(self.end, begin - LONGEST_PARTICIPLE), begin)
        while by and by.end() != begin:
            by = BY_ACT.search(self.src.low, by.end() - 1, begin)
        if by is None:
            return False
        self._close(by.start())
        self.approved_by = other
        return True

    def _led(self, at: int) -> tuple[int, str, bool]:
        """Return where the name of a type word begins, what stands before it, and whether the name is pointed at.

        Every name around a type word asks for it: in a front of titles one after another, dozens.
        """
        src = self.src
        if at not in src.leads:
            begin, _ = before(src, at)
            pointed = src.text[begin].isupper() or bool(POINTING.search(src.low[max(0, at - 40) : at]))
            src.leads[at] = begin, src.low[max(0, begin - 60) : begin], pointed
        return src.leads[at]

    def _small(self, at: int, begin: int, lead: str) -> bool:
        """Deal with a lower-case type word: an act with a date or number of its own ends the name or is held by it."""
        other = self.name_at(self.src, at, self.depth + 1)
        if other is None or other.bare:
            return False
        if self._approved(begin, other):
            return True
        if not re.search(r"(?:,|\sи|\sили|\sлибо)\s++$", lead):
            return False
        return self._hold(at) if _LEADS_IN.search(lead) else self._cut(begin, proper=self.proper)

    def _cut(self, begin: int, *, proper: bool) -> bool:
        """End an undated name before another one."""
        if proper:
            cut = re.search(
                r"[\s,]{0,64}+(?<![а-яё])(?:(?:и|с|со|в|во|к|по)\s{1,64}+){0,8}+$", self.src.low[self.end : begin]
            )
            self._close(min(self.end + (cut.start() if cut else 0), self._short(begin)))
        return True

    def _hold(self, at: int) -> bool:
        """Take the name inside this one; a single date at the end may be of either."""
        inside = self.name_at(self.src, at, self.depth + 1)
        if inside is None:
            return False
        self.inside = inside
        self._close(inside.span.end)
        defined = _DEFINITION.match(self.src.low, self.end)
        if defined:
            self.end = defined.end()
        known = (self.date, self.number, self.quoted)
        self._marks()
        if defined and (self.date, self.number, self.quoted) == known:
            self.end = inside.span.end
        if self.date is None and inside.date and not inside.floating:
            self.date, self.floating = inside.date, True
        return True
