"""The printed title in sentence case."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from analyzers.lemmas import folded, is_known, lemmas, normal
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.countries import find_states
from corpus.lexicon.dates import dates
from corpus.model import InstrumentType as T
from ingest.acts.title_lines import (
    about,
    attachment,
    in_name_of,
    is_approval,
    is_broken,
    is_date_line,
    is_issuer,
    is_note,
    is_signed_line,
    title_word,
)
from ingest.layout.paragraphs import Paragraph, is_capitals

_STAR = re.compile(r"(?<=\w)\s?\*++|(?<=[А-ЯЁа-яё]{5})\d(?=\s|\Z)|(?<=\w)[¹²³⁴-⁹†‡](?=\s|\Z)|(?<=\w)\s?\[\d\](?=\s|\Z)")
_NUMBER = re.compile(r"\s*+(?:от\s++)?(?:№|N)\s*+[\w/.-]++", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s{0,64}+[(<\[](?:г\.|город|заключен|подписан|рус|в ред|вместе|с изм|[А-ЯЁ][\w -]++,\s*+\d)"
    r"[^()<>\[\]]*+(?:[)>\]]\s*+)?$",
    re.IGNORECASE,
)
_ASIDE = r"\((?:вместе|ред|с\s|утв|зарег)"
_CITED = re.compile(
    r"[^\"«]{8}(?:(?!\s(?:от\s{1,64}+\d|\(ред\.))[^\"«]){0,112}+\s(?:от\s++\d|\(ред\.)[^\"«]*+[\"«]"
    rf"(?P<about>(?:Об?о?|По|Вопросы)\s(?:(?![\"»]?\s{{0,64}}+(?:{_ASIDE}|$)).)++.)[\"»]?(?:\s*+{_ASIDE}[^)]*+\)?+)*+\s*+$"
)
"""A title given as others cite the act: «Постановление Правительства РФ от 19.06.2021 N 947 "Об утверждении …"»."""
_WORD = re.compile(r"[^\W\d_]++")
_SMALL = frozenset(
    {
        "и",
        "в",
        "о",
        "об",
        "обо",
        "с",
        "со",
        "по",
        "на",
        "для",
        "от",
        "до",
        "к",
        "ко",
        "во",
        "из",
        "за",
        "при",
        "между",
        "не",
        "или",
    }
)
_INITIAL = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]")
_NUMERO = re.compile(r"N\s?\d")
# Bodies whose name begins with a capital wherever it stands.
_BODIES = frozenset(
    {
        "правительство",
        "министерство",
        "прокуратура",
        "президент",
        "федерация",
        "республика",
        "комитет",
        "парламент",
    }
)
_ORGANISATIONS = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"\bсодружеств(\w{1,2})\sнезависимых\sгосударств", r"Содружеств\1 Независимых Государств"),
        (r"\bорганизаци(\w{1,3})\sобъедин[её]нных\sнаций", r"Организаци\1 Объединенных Наций"),
        (r"\bевразийск(\w{2,3})\sэкономическ(\w{2,3})\s(?=союз|сообществ|комисси)", r"Евразийск\1 экономическ\2 "),
        (r"\bшанхайск(\w{2,3})\sорганизаци(?=\w{1,3}\sсотрудничества)", r"Шанхайск\1 организаци"),
    )
)
_LONGEST_TITLE = 40
"""Paragraphs; a front of capitals alone is no title, and was read from each of its lines to the end."""
_GOES_ON = re.compile(r"(?:между|об?|обо|к|по|от|в|с|на|и|для|о\s)\s", re.IGNORECASE)


def title_paragraphs(front: tuple[Paragraph, ...], type_: T) -> tuple[tuple[Paragraph, ...], str]:
    """Choose the paragraphs that make the title; return them and the raw title."""
    if type_ in TREATIES:
        return _treaty(front, type_)
    for i, paragraph in enumerate(front):
        if about(paragraph):
            begin = i - 1 if i and _names_act(front[i - 1], type_) else i
            run = _run(front, begin)
            return run, _joined(run)
    named = [i for i, p in enumerate(front) if title_word(p.text) and not is_note(p)]
    if named:
        told = [i for i in named if about_or_between(front[i].text)]
        run = _run(front, (told or named)[0])
        return run, _joined(run)
    rest = tuple(p for p in front if not (is_note(p) or is_approval(p) or is_date_line(p) or is_issuer(p)))
    return rest[:1], rest[0].text if rest else ""


def _names_act(paragraph: Paragraph, type_: T) -> bool:
    """Say whether a line is the name of an act that its title begins with: «ПОЛОЖЕНИЕ» right over «о …»."""
    found = title_word(paragraph.text)
    return type_ is T.ACT and found is not None and not paragraph.text[found[2] :].strip()


def _treaty(front: tuple[Paragraph, ...], type_: T) -> tuple[tuple[Paragraph, ...], str]:
    """Prefer the last printed title of its own type that says what it is about or between whom."""
    titles = [i for i, p in enumerate(front) if _is_titled(p, type_)]
    for i in reversed(titles):
        run = _run(front, i)
        head = [p.text for p in run if not (is_date_line(p) and p is not run[0])]
        if re.search(r"\b(?:между|об?|обо|к)\s", " ".join(head), re.IGNORECASE):
            return run, _joined(run)
    run = _run(front, titles[0]) if titles else ()
    return run, _joined(run)


def _is_titled(paragraph: Paragraph, type_: T) -> bool:
    """Say whether a paragraph begins with the name of a type and is no note and no approval."""
    found = title_word(paragraph.text)
    return found is not None and found[1] is type_ and not (is_note(paragraph) or is_approval(paragraph))


def _joined(run: tuple[Paragraph, ...]) -> str:
    return " ".join(p.text for p in run)


def _goes_on_behind(line: Paragraph) -> bool:
    return not line.ended or is_broken(line)


def _stands_between(paragraph: Paragraph) -> bool:
    """Say whether a line under a title is none of it: its day or number, in whose name a court judges."""
    return in_name_of(paragraph) or (is_date_line(paragraph) and not is_capitals(paragraph.text))


def _run(front: tuple[Paragraph, ...], i: int) -> tuple[Paragraph, ...]:
    """Return the paragraph and those that go on its sentence; dates and numbers between are passed over."""
    run = [front[i]]
    for paragraph in front[i + 1 : i + _LONGEST_TITLE]:
        if (
            is_note(paragraph)
            or is_signed_line(paragraph)
            or (is_approval(paragraph) and not (len(run) == 1 and _GOES_ON.match(paragraph.text)))
            or attachment(paragraph)
            or (title_word(paragraph.text) and not _GOES_ON.match(paragraph.text) and not is_capitals(paragraph.text))
        ):
            break
        if _stands_between(paragraph):
            continue
        alike = is_capitals(paragraph.text) == is_capitals(run[-1].text) or len(run) == 1
        starts = _GOES_ON.match(paragraph.text) or about(paragraph)
        same = (paragraph.level, paragraph.bold) == (run[-1].level, run[-1].bold)
        if starts or (alike and _goes_on_behind(run[-1]) and (same or run[-1].display == paragraph.display)):
            if len(paragraph.text) < 90 and re.fullmatch(
                r"\(?(?:г\.\s?)?[А-ЯЁ][а-яё-]++(?:,?\s*+\d.*+)?\)?", paragraph.text
            ):
                continue
            run.append(paragraph)
        else:
            break
    return tuple(run)


def sentence_case(title: str, body: Iterable[str]) -> str:
    """Write a title in sentence case: words in capitals take the case they have inside sentences of the text."""
    title = re.sub(r'^"((?:[^"\n]|"(?!\s{0,64}+\())++)"\s*+\(.*+$', r"\1", title)
    if (printed := _CITED.match(title)) and (name := title_word(title)):
        title = f"{title[: name[2]]} {printed['about']}" if name[1] in TREATIES else printed["about"]
    title = _unquoted(_STAR.sub("", re.sub(r"\s++", " ", title)).strip())
    title = title.lstrip('©«" ') if title.count("«") != title.count("»") or title.count('"') % 2 else title.lstrip("© ")
    found = title_word(title)
    if found:
        head, rest = title[: found[2]], title[found[2] :]
        rest = re.sub(r"^\s*+от\s++(?=\d)", " ", rest)
        if not about_or_between(rest):
            return _cased(title, body)
        rest = _leading(rest)
        title = head.rstrip(" ,.") + " " + rest.lstrip(" ,.")
    return _cased(_TRAILING.sub("", title).strip(), body)


def _unquoted(title: str) -> str:
    """Take off quotes around a whole title: «"О порядке передачи писем"»."""
    inner = title[1:-1]
    quoted = title[:1] in '"«' and title[-1:] in '"»'
    parted = "«" in inner.partition("»")[2]
    return inner if quoted and inner.count('"') % 2 == 0 and not parted else title


def about_or_between(rest: str) -> bool:
    """Say whether the words after the type tell the subject or the parties."""
    return bool(re.search(r"(?:^|[\s\"«])(?:между|об?|обо|к|по)\s", rest, re.IGNORECASE))


def _leading(rest: str) -> str:
    """Take a date and a number that stand between the type and the rest of the title away."""
    text = rest.lstrip()
    while True:
        found = dates(text)
        if found and found[0].span.start <= 4:
            text = text[found[0].span.end :].lstrip(" ,.")
        elif match := _NUMBER.match(text):
            text = text[match.end() :].lstrip()
        else:
            return text.strip('"') if text.startswith('"') and text.count('"') <= 2 else text


def _cased(title: str, body: Iterable[str]) -> str:
    shouted = _shouted(title)
    if not shouted:
        return title[:1].upper() + title[1:]
    capital = _Capitals(body)
    states = {i for span, _ in find_states(_state_case(title)) for i in range(span.start, span.end)}

    name = title_word(title)

    def lower(match: re.Match[str]) -> str:
        word, low = match[0], match[0].lower()
        if match.start() not in shouted:
            return word
        if name and match.end() <= name[2]:
            return low
        if _INITIAL.match(title, match.start()) or _NUMERO.match(title, match.start()):
            return word
        if len(word) == 1 or low in _SMALL:
            return low
        if len(word) <= 6 and (not is_known(word) or normal(folded(word), "Abbr")):
            return word
        own = lemmas(folded(word))
        named = any(lemma in _BODIES or capital.often(lemma) for lemma in own)
        following = _WORD.search(title, match.end())
        if following and not named and any(x in _BODIES for x in lemmas(folded(following[0]))):
            named = any(capital.ever(lemma) for lemma in own)
        return low.capitalize() if match.start() in states or named else low

    text = _named_together(_WORD.sub(lower, title))
    return text[:1].upper() + text[1:]


def _named_together(title: str) -> str:
    """Write names of organisations as they call themselves, whatever the text says of them."""
    for pattern, name in _ORGANISATIONS:
        title = pattern.sub(name, title)
    return title


def _shouted(title: str) -> set[int]:
    """Return where words stand that capitals merely display: runs of two and more, or the act's own name.

    «О Мерах По Защите Лесов» displays every word by its first letter.
    """
    words = [*_WORD.finditer(title)]
    out = {m.start() for m in words} if _raised(words) else set()
    for run in _runs(words):
        named = run[0].start() <= 1 and title_word(title)
        if named or (len(run) > 1 and sum(len(m[0]) for m in run) >= 10):
            out.update(m.start() for m in run)
    return out


def _raised(words: Sequence[re.Match[str]]) -> bool:
    """Say whether a title displays its words by their first letters, prepositions too."""
    small = [m[0] for m in words[1:] if m[0].lower() in _SMALL]
    displayed = bool(small) and not any(word.islower() for word in small) and any(word[0].isupper() for word in small)
    return displayed and sum(m[0][0].isupper() for m in words) >= 0.9 * len(words)


def _runs(words: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield the runs of words in capitals; a single letter goes on with a run and begins none."""
    run: list[re.Match[str]] = []
    for match in words:
        if match[0].isupper() and (len(match[0]) > 1 or run):
            run.append(match)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _state_case(title: str) -> str:
    return re.sub(r"[^\W\d_]++", lambda m: m[0].capitalize() if m[0].isupper() and len(m[0]) > 3 else m[0], title)


class _Capitals:
    """How often a word, by lemma, has a capital inside the sentences of a text, and how often not."""

    def __init__(self, body: Iterable[str]) -> None:
        self._upper: Counter[str] = Counter()
        self._lower: Counter[str] = Counter()
        for text in body:
            for match in re.finditer(r"(?<=[\w,;»)]\s)[^\W\d_]{2,}+", text):
                counts = self._upper if match[0][0].isupper() and not match[0].isupper() else self._lower
                counts.update(lemmas(folded(match[0])))

    def often(self, lemma: str) -> bool:
        return self._upper[lemma] > self._lower[lemma]

    def ever(self, lemma: str) -> bool:
        return self._upper[lemma] > 0
