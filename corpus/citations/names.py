"""Read names of instruments: «Протокола к Соглашению о связи от 5 мая 2001 г.», «приказа … № 297», «УК РФ».

A name is a type word with the adjectives before it and a tail: body, subject, date, number, quoted title, in any
order. A tail that names another instrument («Протокол о внесении изменений в Соглашение …») holds it as `inside`.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analyzers.spans import Span
from corpus.citations.dates import DATE, iso
from corpus.citations.declension import nominative
from corpus.citations.numbers import Text
from corpus.citations.parsed import Named, Reach

_N = {"а": "а|у|ом|е|", "я": "я|и|ю|ей|ею", "е": "е|я|ю|ем|и", "ы": "а|ы|е|у|ой"}
# Singular forms; a plural («протоколами») names no single act. The second field: a name without a date or number
# counts when capitalised («Конвенция о правах ребенка»); the others need a date, a number or a quoted title.
_TYPES: tuple[tuple[str, str, bool], ...] = (
    ("соглашение", f"соглашени(?:{_N['е']})", True),
    ("договор", f"договор(?:{_N['а']})", True),
    ("конвенция", f"конвенци(?:{_N['я']})", True),
    ("протокол", f"протокол(?:{_N['а']})", True),
    ("меморандум", f"меморандум(?:{_N['а']})", True),
    ("хартия", f"харти(?:{_N['я']})", True),
    ("декларация", f"деклараци(?:{_N['я']})", True),
    ("пакт", f"пакт(?:{_N['а']})", True),
    ("статут", f"статут(?:{_N['а']})", True),
    ("устав", f"устав(?:{_N['а']})", True),
    ("конституция", f"конституци(?:{_N['я']})", True),
    ("кодекс", f"кодекс(?:{_N['а']})", True),
    ("закон", f"закон(?:{_N['а']})", False),
    ("указ", f"указ(?:{_N['а']})", False),
    ("постановление", f"постановлени(?:{_N['е']})", False),
    ("приказ", f"приказ(?:{_N['а']})", False),
    ("распоряжение", f"распоряжени(?:{_N['е']})", False),
    ("определение", f"определени(?:{_N['е']})", False),
    ("решение", f"решени(?:{_N['е']})", False),
    ("положение", f"положени(?:{_N['е']})", False),
    ("инструкция", f"инструкци(?:{_N['я']})", False),
    ("правила", "правил(?:ами|ам|ах|а|)", False),
    ("регламент", f"регламент(?:{_N['а']})", False),
    ("порядок", "поряд(?:ок|ка|ку|ком|ке)", False),
    ("перечень", "перечн(?:я|ю|ем|е)|перечень", False),
    ("директива", f"директив(?:{_N['ы']})", False),
    ("резолюция", f"резолюци(?:{_N['я']})", False),
    ("указание", f"указани(?:{_N['е']})", False),
    ("программа", "программ(?:а|ы|е|у|ой)", False),
    ("концепция", f"концепци(?:{_N['я']})", False),
    ("список", "спис(?:ок|ка|ку|ком|ке)", False),
    ("методика", "методик(?:а|и|е|у|ой)", False),
    ("документация", f"документаци(?:{_N['я']})", False),
    ("контракт", f"контракт(?:{_N['а']})", False),
    ("стандарт", f"стандарт(?:{_N['а']})", False),
)
TYPE = re.compile("(?:" + "|".join(f"(?:{p})" for _, p, _ in _TYPES) + ")(?![а-яё-])")
_LEMMA = [(lemma, re.compile(pattern)) for lemma, pattern, _ in _TYPES]
PROPER = {lemma for lemma, _, proper in _TYPES if proper}
_SELF_NAMED = {"конституция", "кодекс", "устав", "статут", "хартия", "декларация", "пакт"}

_ADJECTIVE = re.compile(
    r"(?:^|(?<=[\s(«\"]))(?P<all>(?:[а-яё]+(?:-[а-яё]+)*(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|юю|ей|ое|ее)\s+){1,4})$"
)
_POINTING = re.compile(
    r"(?:(?P<this>настоящ(?:ий|ая|ее|его|ей|ему|им|ем|ую|их|ими|ие))"
    r"|(?P<same>(?:выше)?(?:указанн|названн|упомянут|означенн|данн)(?:ый|ая|ое|ого|ой|ому|ым|ом|ую|ых|ые)|эт(?:от|а|о|ого|ой|ому|им|ом|у)|то(?:го|й|му|т)\s+же))\s+$"
)
_SKIPPED = re.compile(
    r"(?:прилагаем|нов|настоящ|указанн|данн|соответствующ|международн|таков?|друг|ин|отдельн|люб|кажд|сво)\w*$"
)

_SIGNED = r"(?:подписанн|совершенн|заключенн|принят|утвержденн|открыт|вступивш|ратифицированн|одобренн)\w*"
_PLACE = (
    r"(?:(?!постановлени|указом|приказ|закон|резолюци|решени|распоряжени)[^,;.()\d]|(?<=\bг)\.|(?<=\bгор)\.){0,90}?"
)
_FROM = re.compile(rf"\s*(?:,\s*)?(?:от|{_SIGNED}\s{_PLACE}(?:от)?)\s*{DATE}")
_BARE_DATE = re.compile(rf"\s*,?\s*\(?\s*(?:(?:г\.\s?)?[а-яё-]+\s*,\s*)?{DATE}")
_YEAR = re.compile(r"\s+(?P<year>(?:1[89]|20)\d\d)\s+год[ау]?(?![а-яё])")
_NUMBER = re.compile(r"\s*(?:,\s*)?(?:№|n(?=\s?\d)|под\s+номером)\s?(?P<number>\d[\w/.-]*(?<![.]))")
_SERIAL = re.compile(r"\s+(?P<number>\d+(?:/\d+)?(?:\s?\([ivxlc]+\))?)(?=\s+[а-яё])")
_QUOTED = re.compile(r"\s*(?P<quoted>«[^«»]*(?:«[^«»]*»[^«»]*)*»|\"[^\"\n]{3,400}\"|“[^”]{3,400}”)")
_OPENER = re.compile(
    r"\s+(?:об?|обо|по|между|против|к|ко)\s|\s+в\s+(?:области|сфере|отношении|связи|рамках)\s|\s+[А-ЯЁ(]|"
    r"\s+(?:прав|государств)"
)
_ISSUER = re.compile(
    r"\s+(?:об?|обо|по)\s|\s+[А-ЯЁ(]|\s+(?:суд(?:а|ебн)|министр|министерств|президент|правительств|прокур|комитет|"
    r"председател|агентств|служб|департамент|глав[ыа]|губернатор|аким|маслихат|пленум|президиум|коллеги|арбитражн|"
    r"районн|городск|областн|краев|апелляционн|кассационн|генеральн|верховн|конституционн|федеральн|национальн)"
)
_STOP = re.compile(
    r"(?<!\sв)(?:\s+(?:и|или)|,)?\s+(?:под)?(?:пункт|стат[ьеь]|част[ьи]|абзац|глав|раздел)[а-яё]*\s+(?:\d|[«\"]|перв|втор|трет)|"
    r"[.;:!?](?=\s|$)|\(\s*(?:в\s+)?дал|\n\s*\n|,?\s+(?:а\s+также|котор\w+|если|участни\w+\s+котор\w+)(?![а-яё])|"
    r"\(\s*(?:пункт|стат|част|глав|раздел|абзац|подпункт|ст\.|п\.|ч\.)|"
    r",\s+(?:в\s+(?:соответствии|редакции|целях|том)|с\s+(?:учетом|изменени|поправк)|предусм|указанн|далее|именуем)"
)
_SHORT = re.compile(
    r"[,.;:()!?\n]|(?<!между)\s+(?:и\s+(?:[А-ЯЁ]|иными|другими|ины?х)|а\s+также|котор\w+|в\s+редакции|от\s+имени|в\s+связи|"
    r"в\s+соответствии|в\s+целях|при|путем|посредством|с\s+учетом|не|является|являются|вступает|в\s+порядке|"
    r"(?:под|вы)?дан\w+|утвержденн\w+)(?!\w)"
)
_BETWEEN = re.compile(r"\s+(?:(?!\sи\s)[^,.;:()]){0,200}?между\s+[^,.;:()]{2,200}?\s+и\s+")
_LEADS_IN = re.compile(
    r"(?:^|[\s(])(?:к|ко|в|во|о|об|из|по|изменени[йя]|дополнени[йя]|ратификации|утверждении|подписании|заключении|"
    r"реализации|исполнении|выполнении|применении|применения|выполнения|реализации|исполнения|действия|денонсации|"
    r"прекращении|присоединении|принятии|введении|проекта?|рамках|тексте?|стать\w+\s[\d, и]+)\s+$"
)
_PART_OF_NAME = re.compile(r"(?<![а-яё])организаци[а-яё]{1,2}\s+$")
_BY_ACT = re.compile(r",?\s+(?:открыт|утвержденн|принят|одобренн|введенн|установленн|предусмотренн|объявленн)[а-яё]+\s")
_ABOUT = r"(?:\s+об?\s+[а-яё]+(?:ых|их|ом|ем|ой|ей)\s+[а-яё]+)"
_STATE_TAIL = re.compile(
    rf"{_ABOUT}?(?:\s+(?:российской\s+федерации|республики\s+[а-яё]+|[а-яё]+ской\s+(?:народной\s+)?республики|"
    rf"евразийского\s+экономического\s+союза|рф|рк|рсфср|ссср|украины|грузии|туркменистана)(?![а-яё])){_ABOUT}?"
)
_TITLE_STARTS = frozenset(
    {"о", "об", "обо", "по", "вопросы", "технический", "кодекс", "правила", "положение", "порядок", "инструкция",
     "основы", "перечень", "концепция", "стратегия", "программа", "регламент", "методика", "устав"}
)  # fmt: skip
_LONGEST = 700


def lemma_of(word: str) -> str | None:
    """Return the type word a form belongs to.

    >>> lemma_of("Соглашением"), lemma_of("протоколами")
    ('соглашение', None)
    """
    low = word.lower()
    return next((lemma for lemma, pattern in _LEMMA if pattern.fullmatch(low)), None)


def name_at(src: Text, at: int, depth: int = 0) -> Named | None:
    """Read the name whose type word begins at a place, its adjectives before it included."""
    match = TYPE.match(src.low, at)
    if match is None or (at and (src.low[at - 1].isalpha() or src.low[at - 1] == "-")):
        return None
    lemma = next(word for word, pattern in _LEMMA if pattern.fullmatch(match[0]))
    start, reach = _before(src, at)
    if _PART_OF_NAME.search(src.low[max(0, start - 30) : start]):
        return None
    if reach is not Reach.NAMED:
        return Named(Span(start, match.end()), lemma, lemma, reach=reach, bare=True)
    tail = _Tail(src, match.end(), depth, lemma)
    capital = src.text[start].isupper()
    tail.read(proper=capital and lemma in PROPER, issued=lemma not in PROPER)
    named_well = bool(tail.date or tail.number or tail.quoted or tail.year or (tail.approved and capital))
    if not named_well and not (capital and lemma in PROPER and tail.subject):
        return Named(Span(start, match.end()), lemma, _title(src, start, match.end()), bare=True)
    title = _title(src, start, tail.title_end)
    if tail.quoted:
        title = f"{_title(src, start, match.end()) if tail.title_end == match.end() else title} «{tail.quoted}»"
    return Named(
        Span(start, tail.end), lemma, title, tail.date, tail.number, floating=tail.floating, inside=tail.inside,
    )  # fmt: skip


def _title(src: Text, start: int, end: int) -> str:
    return nominative(re.sub(r"\s+", " ", src.text[start:end]).strip(" ,"))


def _before(src: Text, at: int) -> tuple[int, Reach]:
    """Return where the name begins with its adjectives, and whether a pointing word stands before it."""
    window = src.low[max(0, at - 90) : at]
    base = at - len(window)
    adjectives = _ADJECTIVE.search(window)
    start = at
    if adjectives:
        words = re.findall(r"\S+\s+", src.text[base + adjectives.start("all") : at])
        kept: list[str] = []
        for word in reversed(words):
            if _SKIPPED.match(word.strip().lower()) or lemma_of(word.strip()):
                break
            kept.insert(0, word)
        while kept and not kept[0][0].isupper() and not kept[0].startswith(("федеральн", "конституционн", "уголовн")):
            kept.pop(0)
        start = at - sum(map(len, kept))
    pointing = _POINTING.search(src.low[base:start])
    if pointing:
        begin = base + pointing.start()
        if begin == 0 or not src.low[begin - 1].isalpha():
            return begin, Reach.THIS if pointing["this"] else Reach.SAME
    return start, Reach.NAMED


@dataclass(slots=True)
class _Tail:
    """What follows a type word, read left to right."""

    src: Text
    end: int
    depth: int
    lemma: str
    title_end: int = 0
    date: str | None = None
    number: str | None = None
    quoted: str | None = None
    year: bool = False
    subject: bool = False
    floating: bool = False
    approved: bool = False
    inside: Named | None = None

    def __post_init__(self) -> None:
        self.title_end = self.end

    def read(self, *, proper: bool, issued: bool) -> None:
        """Read marks (date, number, quoted title), then a subject, then marks again."""
        self._marks()
        if self.date and self.number or self.quoted:
            return
        if (_ISSUER if issued else _OPENER).match(self.src.text, self.end):
            self._subject(proper=proper, issued=issued)

    def _marks(self, *, bare: bool = False) -> None:
        """Read date, number and quoted title standing here, in any order."""
        low = self.src.low
        progress = True
        while progress:
            progress = False
            if self.date is None and not self.year:
                match = _FROM.match(low, self.end) or (_BARE_DATE.match(low, self.end) if bare else None)
                if match and (date := iso(match)):
                    self.date, self.end, progress = date, match.end(), True
                elif match := _YEAR.match(low, self.end):
                    self.year, self.end, progress = True, match.end(), True
            if self.number is None and (match := _NUMBER.match(low, self.end) or _SERIAL.match(low, self.end)):
                self.number, self.end, progress = self.src.text[slice(*match.span("number"))], match.end(), True
            if self.quoted is None and (match := _QUOTED.match(self.src.text, self.end)) and self._is_title(match):
                self.quoted, self.end, progress = match["quoted"][1:-1].strip(), match.end(), True

    def _is_title(self, match: re.Match[str]) -> bool:
        """Say whether quoted words name an act: after a date or number only the usual first words do («О …»)."""
        first = re.search(r"\w+", match["quoted"])
        if first is None or not (first[0][0].isupper() or first[0][0].isdigit()):
            return False
        return not (self.date or self.number) or first[0].lower() in _TITLE_STARTS or first[0].isdigit()

    def _subject(self, *, proper: bool, issued: bool) -> None:
        """Read body and subject up to a date; without one up to the first stop."""
        src, start = self.src, self.end
        national = _STATE_TAIL.match(src.low, start) if self.lemma in {"кодекс", "конституция"} else None
        if national:
            self._close(national.end())
            self._marks()
            return
        limit = min(len(src.low), start + (260 if issued else _LONGEST))
        stop = _STOP.search(src.low, start, limit)
        while (
            stop
            and stop[0] == "."
            and src.low[max(0, stop.start() - 3) : stop.start()]
            .strip(" \u00a0")
            .endswith((" г", "№", " им", " гор", "\u00a0г"))
        ):
            stop = _STOP.search(src.low, stop.end(), limit)
        limit = stop.start() if stop else limit
        at = start
        while event := _EVENT.search(src.low, at, limit):
            if event["quote"]:
                quoted = _QUOTED.match(src.text, event.start())
                if quoted is None or not self._is_title(quoted):
                    at = event.end()
                    continue
                self._close(event.start())
                self._marks()
                return
            if event["type"]:
                if src.low[event.start() - 1].isalpha() or src.low[event.start() - 1] == "-":
                    at = event.end()
                    continue
                if self._inner(event.start(), proper=proper):
                    return
                at = max(event.end(), self.inside.span.end if self.inside else 0)
                continue
            self._close(event.start())
            self._marks()
            return
        if proper:
            self._close(self._short(limit))
            self._marks(bare=True)

    def _short(self, limit: int) -> int:
        """Return where a name without a date ends: at the first stop, the «и» after «между» being none."""
        parties = _BETWEEN.match(self.src.text, self.end, limit)
        stop = _SHORT.search(self.src.text, parties.end() if parties else self.end + 1, limit)
        return stop.start() if stop else limit

    def _close(self, end: int) -> None:
        self.subject = self.subject or end > self.end
        while end > self.end and self.src.text[end - 1] in " \t\n\u00a0":
            end -= 1
        self.title_end = self.end = end

    def _inner(self, at: int, *, proper: bool) -> bool:
        """Deal with a type word inside the tail; return true when the name ends there."""
        src = self.src
        begin, _ = _before(src, at)
        lead = src.low[max(0, begin - 60) : begin]
        if self.depth > 2:
            return False
        if not (src.text[begin].isupper() or _POINTING.search(src.low[max(0, at - 40) : at])):
            other = name_at(src, at, self.depth + 1)
            if other is None or other.bare:
                return False
            if by := _BY_ACT.search(src.low, self.end, begin):
                self._close(by.start())
                self.approved = True
                return True
            if not re.search(r"(?:,|\sи|\sили|\sлибо)\s+$", lead):
                return False
        if not _LEADS_IN.search(lead):
            if re.search(r"(?:организаци\w+|секретариат\w*)\s+$", lead):
                return False
            if proper:
                cut = re.search(r"[\s,]*(?:(?:и|с|со|в|во|к|по)\s+)*$", src.low[self.end : begin])
                self._close(min(self.end + (cut.start() if cut else 0), self._short(begin)))
            return True
        inside = name_at(src, at, self.depth + 1)
        if inside is None:
            return False
        self.inside = inside
        self._close(inside.span.end)
        defined = re.compile(r"\s*\((?:в\s+)?дал[^)]{0,80}\)").match(src.low, self.end)
        if defined:
            self.end = defined.end()
        self._marks()
        if defined and not (self.date or self.number or self.quoted):
            self.end = inside.span.end
        if self.date is None and inside.date and not inside.floating:
            self.date, self.floating = inside.date, True
        return True


_EVENT = re.compile(
    rf"(?P<date>{_FROM.pattern}|{_YEAR.pattern.replace('?P<year>', '?:')}|\s*№\s?\d)|(?P<quote>\s[«\"“](?=[а-яё]))|(?P<type>{TYPE.pattern})"
)


@cache
def _codes() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    data = json.loads(files("corpus").joinpath("data/codes.json").read_text("utf-8"))
    codes, states = data["codes"], data["states"]
    full = "|".join(f"{re.escape(s)}" for s in {*states, *states.values()})
    pattern = re.compile(
        rf"(?P<code>{'|'.join(sorted(codes, key=len, reverse=True))})(?![\w-])(?:\s+(?P<state>{full}))?"
    )
    return pattern, codes, states


def code_at(src: Text, at: int) -> Named | None:
    """Read an abbreviated code: «УК РФ», «ГПК Российской Федерации»."""
    pattern, codes, states = _codes()
    match = pattern.match(src.text, at)
    if match is None:
        return None
    state = states.get(match["state"] or "", match["state"] or "")
    title = codes[match["code"]]
    named = (
        title.replace("Кодекс", f"Кодекс {state}", 1) if title.startswith("Кодекс") and state else f"{title} {state}"
    )
    return Named(Span(*match.span()), "кодекс", named.strip())
