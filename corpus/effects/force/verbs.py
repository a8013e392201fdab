"""Words that end, suspend, extend, ratify an act, and which of the acts a statement names they are said of."""

import re
from collections.abc import Sequence
from enum import StrEnum

from analyzers.lemmas import parses
from analyzers.spans import Span
from corpus.citations.layered.layer import ReferenceRow
from corpus.effects.force.periods import UNTIL
from corpus.lexicon.durations import durations


class Effect(StrEnum):
    """What is done to an act's force, or beside it (documentary)."""

    TERMINATION = "termination"
    REPEAL = "repeal"
    REPLACEMENT = "supersession"
    DENUNCIATION = "denunciation"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    EXTENSION = "extension"
    RATIFICATION = "ratification"
    ACCESSION = "accession"
    RESERVATION = "reservation"
    CORRECTION = "correction"


_ACTION = r"(?:сво[ей]\s++)?(?:действи[ея]|сил[уы]|применени[ея])"
_AGREED = r"(?:договорились|согласились|условились)\s++о\s++"
CUES: tuple[tuple[Effect, re.Pattern[str]], ...] = tuple(
    (effect, re.compile(rf"(?<![а-я])(?:{words})(?![а-я])"))
    for effect, words in (
        (
            Effect.DENUNCIATION,  # of one side, who gives notice: before the verbs it intends
            (
                rf"намерени[еия]\s++(?:прекратить(?:\s++{_ACTION})?|денонсировать|расторгнуть|выйти\s++из)|"
                r"(?:приня(?:ть|л[аи]?|то)|принима[ею]т(?:ся)?)\s++решение\s++о\s++(?:прекращении(?:\s++действия)?|денонсации|расторжении|выходе\s++из)"
            ),
        ),
        (
            Effect.REPEAL,
            (
                r"призна(?:ть|ется|ются|ем)\s++утратившими?(?:\s++силу)?|утрачива[ею]т\s++(?:сво[юей]{1,2}\s++)?силу|утрат[ия]т\s++силу|"
                r"счита(?:ть|ется|ются)\s++утратившими?\s++силу|утратил[аои]?\s++силу|отмен(?:ить|я[ею]т(?:ся)?)|"
                r"призна(?:ть|ется|ются)\s++недейств[а-я]{4,12}|счита(?:ть|ется|ются)\s++недействующими?|"
                r"аннулир(?:овать|уется|уются)|теря[ею]т\s++(?:сво[юей]{1,2}\s++)?силу"
            ),
        ),
        (
            Effect.TERMINATION,
            (
                rf"прекраща[ею]т\s++{_ACTION}|прекратил[аои]?\s++{_ACTION}|прекратить(?:\s++{_ACTION})?|прекрат[ия]т\s++{_ACTION}|прекраща[ею]тся|"
                r"(?:подтвержда|констатиру)[ею]т\s++прекращение\s++действия|"
                r"(?:призна|счита)(?:ть|ется|ются)\s++прекратившими?\s++(?:сво[ей]\s++)?действие|расторгнуть|расторга[ею]тся|"
                r"прекраща[ею]т\s++действовать|прекрат[ия]т\s++действовать|прекращен[оаы]?|"
                rf"{_AGREED}прекращении\s++действия|"
                r"перестает\s++действовать|перестают\s++действовать|утрачива[ею]т\s++действие|"
                r"счита(?:ть|ется|ются)\s++прекращенн[а-я]{2,3}|(?:более|больше)\s++не\s++действу[ею]т|"
                r"(?:более|больше)\s++не\s++применя[ею]тся|не\s++(?:действу[ею]т|применя[ею]тся)(?=\s++с\s)|"
                r"датой\s++(?:прекращения\s++действия|утраты\s++силы)"
            ),
        ),
        (Effect.REPLACEMENT, r"заменя[ею]т(?:\s++собой)?|взамен|заменяется|приходит\s++на\s++смену|вместо"),
        (Effect.DENUNCIATION, r"денонсировать|денонсиру[ею]тся|выйти\s++из|прекратить\s++участие\s++в"),
        (
            Effect.SUSPENSION,
            (
                rf"приостанов(?:ить|лено|ится)|приостанавлива[ею]тся|приостанавлива[ею]т|{_AGREED}приостановлении|"
                r"(?:временно\s++)?не\s++(?:действу[ею]т|применя[ею]т(?:ся)?)"
            ),
        ),
        (Effect.RESUMPTION, r"возобнов(?:ить|ляется|ляются|лено)"),
        (
            Effect.EXTENSION,
            (
                rf"{_AGREED}(?:продлении|пролонгации)|увелич(?:ить|ива[ею]тся)|"
                r"продл(?:ить|ева[ею]т(?:ся)?|ен[аоы]?)|пролонгир(?:овать|у[ею]т(?:ся)?)|"
                r"(?:действу[ею]т|продолжа[ею]т\s++действовать|оста[ею]тся\s++в\s++силе|сохраня[ею]т\s++силу)\s++(?:до|по)(?=\s)|"
                r"сохраня[ею]тся\s++(?:до|по)(?=\s)|сохранить\s++действие|истека[ею]т(?=\s++\d)|"
                r"перенести(?:\s++окончание)?|действу[ею]т\s++бессрочно|"
                r"(?:счита(?:ть|ется|ются)|явля[ею]тся)\s++(?:бессрочн|заключенн)[а-я]{2,3}|"
                r"заключен[аоы]?\s++(?:бессрочно|на\s++не(?:определен|ограничен)ный)|"
                r"установить\s++срок\s++действия|счита(?:ть|ется|ются)\s++(?:продленн|пролонгированн)(?:ым|ой|ыми)"
            ),
        ),
        (Effect.RATIFICATION, r"ратифицировать|ратифицируется"),
        (Effect.ACCESSION, r"присоединиться\s++к"),
        (Effect.CORRECTION, r"исправить"),
    )
)
_NAMED = "\ue000"
"""Stands for each letter of a name of an act."""
_JUDGED: tuple[tuple[Effect, re.Pattern[str]], ...] = tuple(
    (
        effect,
        re.compile(
            rf"(?<![а-я])(?:призна|счита)[а-я]{{2,4}}+\s++(?:(?:срок\s++)?+действи[ея]\s++)?+"
            rf"(?:{_NAMED}++(?:(?!(?<![а-я])(?:{words}))[^;:{_NAMED}]){{0,64}}+){{1,16}}+(?:{words})"
        ),
    )
    for effect, words in (
        (Effect.REPEAL, r"утративш(?:им|ими|ей)(?![а-я])|недейств[а-я]{4,12}+"),
        (Effect.TERMINATION, r"прекративш(?:им|ими|ей)(?![а-я])|прекращенн(?:ым|ыми|ой)(?![а-я])"),
        (Effect.EXTENSION, r"продленн(?:ым|ыми|ой)(?![а-я])|пролонгированн(?:ым|ыми|ой)(?![а-я])"),
    )
)
"""«Считать Договор … утратившим силу»: the verb before the act, what it is held to be after."""
_FORCE_WORDS = re.compile(r"(?<![а-я])(?:действ|срок|бессрочн|применени|применя)")
_OF_FORCE = frozenset({Effect.SUSPENSION, Effect.RESUMPTION, Effect.EXTENSION})
"""What only counts where the statement speaks of force: a court suspends proceedings, not decisions."""
_FOR_A_TIME = re.compile(r"(?<![а-я])(?:временно|до|на\s++(?:период|время|срок)|в\s++(?:период|течение))(?![а-я])")
"""What makes «не применяется» a suspension: without, it may tell to whom a clause does not go."""
_WITH_A_DAY = ("сохранить", "перенести")
"""Verbs that extend only with the day until which: «сохранить действие Договора» changes nothing."""
_BY_THIS = re.compile(
    r"(?:применя[ею]тся|действу[ею]т|вступа[ею]т\s++в\s++силу)\s++настоящ|"
    r"настоящ[а-я]{2,3}\s++[а-я]{4,16}\s++(?:применя[ею]тся|действу[ею]т|вступа[ею]т\s++в\s++силу)"
)
"""What makes «вместо Соглашения …» the end of it: the present act stands in its place."""
_LISTED = re.compile(r"[\s,;]*+(?:(?:и|а\s++также)(?=\s))?\s*+")
_BRACKET = re.compile(r"\([^()]{0,80}+\)")
_FROM_DAY = re.compile(r"(?:с|со|после|начиная)\s[^,:;]{0,90}+")
_A_WORD = re.compile(r"[а-яё]++")
_FEW_WORDS = 2
_REACH = 90


def without_names(shown: str, start: int, end: int, rows: Sequence[ReferenceRow]) -> str:
    """Return a statement without the names in it: «о мерах в случае аварий» is no condition."""
    out, at = [], start
    for row in rows:
        out.append(shown[at : row.citation.span.start])
        at = row.citation.span.end
    return " ".join([*out, shown[at:end]])


def said(shown: str, within: Span, rows: Sequence[ReferenceRow]) -> list[tuple[Effect, ReferenceRow]]:
    """Give the verb of a statement the act right after it, else the one right before; lists go on."""
    bare = without_names(shown, within.start, within.end, rows)
    of_force = bool(_FORCE_WORDS.search(bare))
    if judged := _judged(shown, within, rows):
        return judged
    for effect, pattern in CUES:
        timed = effect is Effect.EXTENSION and (UNTIL.search(bare) or durations(bare))
        if effect in _OF_FORCE and not (of_force or timed):
            continue
        for match in pattern.finditer(shown, within.start, within.end):
            if not _timed(effect, match[0], bare):
                continue
            if not _set_aside(shown, match, within, rows) and (chosen := _beside(shown, Span(*match.span()), rows)):
                return [(effect, r) for r in chosen]
    return []


def _timed(effect: Effect, verb: str, bare: str) -> bool:
    """Say whether a verb that counts only with a day, for a time, or by the present act has that."""
    if verb == "вместо":
        return _BY_THIS.search(bare) is not None
    if verb.startswith(_WITH_A_DAY):
        return UNTIL.search(bare) is not None
    return effect is not Effect.SUSPENSION or not verb.startswith("не ") or _FOR_A_TIME.search(bare) is not None


def _judged(shown: str, within: Span, rows: Sequence[ReferenceRow]) -> list[tuple[Effect, ReferenceRow]]:
    """Return the acts held to be over or extended: «считать Договор … утратившим силу»."""
    blank = _blanked(shown, within, rows)
    for effect, pattern in _JUDGED:
        for match in pattern.finditer(blank):
            first, last = within.start + match.start(), within.start + match.end()
            if not (_NOT.search(shown, max(first - 8, 0), first) or _told_of(shown, first)):
                return [(effect, r) for r in rows if first <= r.citation.span.start < last]
    return []


def _blanked(shown: str, within: Span, rows: Sequence[ReferenceRow]) -> str:
    """Return a statement with a sign for each letter of the names in it."""
    out, at = [], within.start
    for row in rows:
        start, end = max(row.citation.span.start, at), min(row.citation.span.end, within.end)
        out += [shown[at:start], _NAMED * (end - start)]
        at = max(end, at)
    return "".join([*out, shown[at : within.end]])


_NOT = re.compile(r"(?<![а-я])не\s++$")


def _set_aside(shown: str, match: re.Match[str], within: Span, rows: Sequence[ReferenceRow]) -> bool:
    """Say whether a verb stands in a name or in brackets, or is denied."""
    before = match.start()
    named = any(r.citation.span.start <= before < r.citation.span.end for r in rows)
    aside = shown.rfind("(", within.start, before) > shown.rfind(")", within.start, before)
    return named or aside or bool(_NOT.search(shown, max(before - 8, 0), before)) or _told_of(shown, before)


_WHICH = re.compile(r"(?<![а-я])котор[а-я]{2,3}(?:\s++[^\s,;:]{1,30}){0,3}\s++$")
_TALK = re.compile(
    r"(?:^|[.;\n]\s|\d[.)]\s)\W{0,4}(?:предложени|решени|просьб|намерени|вопрос|прав|требовани|возможност)[а-я]{1,2}\s++$"
)


def _told_of(shown: str, verb: int) -> bool:
    """Say whether a verb stands in a clause about something else: «порядок, в котором прекращается …».

    So does one a noun opens: «Решение приостановить действие Договора принимает совет».
    """
    start = max(verb - _REACH, 0)
    return any(pattern.search(shown, start, verb) for pattern in (_WHICH, _TALK))


def _beside(shown: str, verb: Span, rows: Sequence[ReferenceRow]) -> list[ReferenceRow]:
    """Return the acts a verb is said of: those right after it, else those it follows as their predicate."""
    after = [i for i, r in enumerate(rows) if 0 <= r.citation.span.start - verb.end <= _REACH]
    if (
        after
        and _near(between := shown[verb.end : rows[after[0]].citation.span.start])
        and not (between.strip() and _OF_ITSELF.search(shown, max(verb.start - _REACH, 0), verb.start))
    ):
        return _list_from(shown, rows, after[0])
    before = [i for i, r in enumerate(rows) if 0 <= verb.start - r.citation.span.end <= _REACH]
    if before and _is_predicate(shown[rows[before[-1]].citation.span.end : verb.start]):
        found = _list_to(shown, rows, before[-1])
        return found if _is_subject(shown, found[0], verb) else []
    return []


_OF_ITSELF = re.compile(r"(?<![а-я])настоящ(?:ий|ее|ая)\s++[а-я]{4,16}\s++$")
"""«Настоящий Протокол прекращает действие одновременно с прекращением действия Договора»: its own end is told."""
_FORCE_OF = re.compile(r"(?<![а-я])(?:действи[ея]|положени[ея]|норм[аы]|сил[аыу]|применени[ея]|срока?)\s++$")


def _is_subject(shown: str, row: ReferenceRow, verb: Span) -> bool:
    """Say whether an act before a verb is what the verb is said of: in its own case, or after «действие»."""
    start = row.citation.span.start
    if _FORCE_OF.search(shown, max(start - 16, 0), start):
        return True
    word = _A_WORD.search(shown, start, row.citation.span.end)
    forms = [grammemes for grammemes, _ in parses(word[0])] if word else []
    one = _SINGULAR.search(shown[slice(*verb)]) is not None
    return not forms or any(g & {"nomn", "accs"} and not (one and "plur" in g) for g in forms)


_SINGULAR = re.compile(r"[еи]т(?:ся)?(?![а-я])")


def _is_predicate(between: str) -> bool:
    """Say whether no more stands between an act and its verb than a bracket, a day, a word or two.

    >>> _is_predicate(" с 1 мая 2004 года "), _is_predicate(" каждый пасечник, который не платит, ")
    (True, False)
    """
    bare = _BRACKET.sub(" ", between).strip(" ,")
    day = _FROM_DAY.match(bare)
    return len(_A_WORD.findall(bare[day.end() if day else 0 :])) <= _FEW_WORDS


def _near(between: str) -> bool:
    """Say whether a verb's object is the act behind these words, and nothing they name: «прекращено производство по …».

    >>> _near(" действие "), _near(" с согласия сторон "), _near(" производство по делу ")
    (True, True, False)
    """
    if re.search(r"[;:()]", between) or len(between) > _REACH:
        return False
    words = [w for w in _A_WORD.findall(between) if not _OF_AN_ACT.match(w)]
    return not any(_is_object([grammemes for grammemes, _ in parses(w.replace("ё", "е"))]) for w in words)


_OF_AN_ACT = re.compile(
    r"действи|сил[аыу]$|применени|срок|стать|пункт|част|положени|норм|абзац|раздел|глав|приложени|тр[её]тье"
)


def _is_object(parses_: Sequence[frozenset[str]]) -> bool:
    """Say whether a word can only be a noun in the nominative or accusative, if it is a noun at all."""
    return bool(parses_) and all("NOUN" in g and g & {"nomn", "accs"} for g in parses_)


def _list_from(shown: str, rows: Sequence[ReferenceRow], place: int) -> list[ReferenceRow]:
    out = [rows[place]]
    for row in rows[place + 1 :]:
        if not _LISTED.fullmatch(shown, out[-1].citation.span.end, row.citation.span.start):
            break
        out.append(row)
    return out


def _list_to(shown: str, rows: Sequence[ReferenceRow], place: int) -> list[ReferenceRow]:
    out = [rows[place]]
    for row in reversed(rows[:place]):
        if not _LISTED.fullmatch(shown, row.citation.span.end, out[0].citation.span.start):
            break
        out.insert(0, row)
    return out
