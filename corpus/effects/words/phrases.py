"""Words inside a provision's text: found as printed or in any case, replaced, inserted, taken out."""

import re
from collections.abc import Iterator
from itertools import pairwise, product

from analyzers.lemmas import inflect, lemmas, parses
from analyzers.letters import folded
from analyzers.spans import Span
from corpus.effects.operations import FINAL_STOPS, RefusedError

_SAME = {"е": "[её]", "ё": "[её]", "Е": "[ЕЁ]", "Ё": "[ЕЁ]"}
_QUOTES = '«»„“”"'
_DASHES = "–—−-"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE_STOP = re.compile(r"(?<! ) ++(?=[,.;:)])")
_BLANKS = re.compile(r"(?<! ) {2,}+")
_ATTACHED = (",", ".", ";", ":", ")", "!", "?")
_LAST_STOP = re.compile(r"[.;:,]$")
_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_GENDERS = frozenset({"masc", "femn", "neut"})
_NUMBERS = frozenset({"sing", "plur"})


def find(text: str, words: str) -> list[Span]:
    """Find words as printed; quotation marks, dashes, ё and blanks may differ, parts of words never match.

    >>> find("30 дней и 130  дней, 30 дней", "30 дней")
    [Span(start=0, end=7), Span(start=21, end=28)]
    """
    words = words.strip()
    if not words:
        return []
    parts = (_literal(part) for part in words.split())
    if words in FINAL_STOPS:
        return [Span(len(shown) - 1, len(shown))] if (shown := text.rstrip()).endswith(words) else []
    pattern = r"\s++".join(parts)
    head = r"(?<!\w)" if words[0].isalnum() else ""
    tail = r"(?!\w)" if words[-1].isalnum() else ""
    return [Span(*m.span()) for m in re.finditer(head + pattern + tail, text)]


def _literal(part: str) -> str:
    return "".join(
        f"[{_QUOTES}]" if c in _QUOTES else r"[–—−\-]" if c in _DASHES else _SAME.get(c) or re.escape(c) for c in part
    )


def swap(text: str, at: Span, new: str) -> str:
    """Put words in place of a run; without them the blanks around it close up.

    >>> swap("мёд, воск и перга", Span(3, 9), ""), swap("один мёд", Span(5, 8), "воск")
    ('мёд и перга', 'один воск')
    """
    new = new.strip()
    before, after = text[: at.start], text[at.end :]
    if new.startswith(_ATTACHED):
        before = before.rstrip(" ")
    if not new:
        joined = before + after
        return _BEFORE_STOP.sub("", _BLANKS.sub(" ", joined)).strip()
    return before + new + after


def after(text: str, at: Span, new: str) -> str:
    """Insert words after a run.

    >>> after("мёд и воск", Span(0, 3), ", перга"), after("мёд и воск", Span(6, 10), "белый")
    ('мёд, перга и воск', 'мёд и воск белый')
    """
    new = new.strip()
    blank = "" if new.startswith(_ATTACHED) or text[at.end - 1 : at.end] in "(«" else " "
    return text[: at.end] + blank + new + text[at.end :]


def before(text: str, at: Span, new: str) -> str:
    """Insert words before a run."""
    return text[: at.start] + new.strip() + " " + text[at.start :]


def at_end(text: str, new: str) -> str:
    """Add words at the end, before the last stop.

    >>> at_end("мёд;", "и воск"), at_end("Мёд.", ", если он есть")
    ('мёд и воск;', 'Мёд, если он есть.')
    """
    stop = _LAST_STOP.search(text)
    head, tail = (text[: stop.start()], stop[0]) if stop else (text, "")
    new = new.strip()
    if tail and new.endswith((".", ";")):
        tail = ""
    return head + ("" if new.startswith(_ATTACHED) else " ") + new + tail


def sentence_added(text: str, new: str) -> str:
    """Add a sentence at the end; raise RefusedError where the text does not end one."""
    if not text.rstrip().endswith((".", "!", "?", "»", '"')):
        raise RefusedError("текст не кончается точкой: не ясно, куда дополнить предложение")
    return f"{text.rstrip()} {new.strip()}"


def phrase_spans(text: str, words: str) -> list[Span]:
    """Find words in any case and number: every word of the phrase by its normal form, in a row."""
    wanted = [set(lemmas(folded(w))) for w in _WORD.findall(words)]
    if not wanted:
        return []
    found = list(_WORD.finditer(text))
    have = [set(lemmas(folded(m[0]))) for m in found]
    out = []
    for i in range(len(found) - len(wanted) + 1):
        row = found[i : i + len(wanted)]
        joined = all(not text[a.end() : b.start()].strip() for a, b in pairwise(row))
        if joined and all(w & h for w, h in zip(wanted, have[i:], strict=False)):
            out.append(Span(row[0].start(), row[-1].end()))
    return out


def in_form_of(printed: str, old: str, new: str, around: str = "") -> str:
    """Put a phrase into the case and number in which another stands; `around` are the words before it.

    Raise RefusedError where the form cannot be told.

    >>> in_form_of("компетентными органами", "компетентный орган", "уполномоченное ведомство")
    'уполномоченными ведомствами'
    """
    forms = {made for grammemes in _forms(printed, old) if (made := _inflected(new, grammemes))}
    if len(forms) > 1:
        forms = {f for f in forms if _agrees(f, around)} or forms
    if len(forms) != 1:
        raise RefusedError(f"не ясно, в какой форме поставить слова «{new}» вместо «{printed}»")
    made = forms.pop()
    return made[0].upper() + made[1:] if printed[0].isupper() else made


def _agrees(form: str, around: str) -> bool:
    """Say whether a form can stand after the preposition right before it."""
    word = folded(around.rsplit(maxsplit=1)[-1]) if around.split() else ""
    governs = _GOVERNS.get(word)
    first = _WORD.search(form)
    if governs is None or first is None:
        return True
    return any(set(governs) & grammemes for grammemes, _ in parses(folded(first[0])))


_GOVERNS = {
    **dict.fromkeys(("от", "из", "для", "до", "без", "у", "около", "после", "против", "кроме"), ("gent",)),
    **dict.fromkeys(("к", "ко", "согласно", "благодаря"), ("datv",)),
    **dict.fromkeys(("через", "про"), ("accs",)),
    **dict.fromkeys(("над", "перед", "между"), ("ablt",)),
    **dict.fromkeys(("о", "об", "при"), ("loct",)),
}


def _forms(printed: str, old: str) -> Iterator[frozenset[str]]:
    """Yield the (case, number[, gender]) in which all changing words of a printed phrase can stand together."""
    shown, named = _WORD.findall(printed), _WORD.findall(old)
    head = next((at for at, word in enumerate(named) if _is_noun(word)), len(named))
    choices = []
    for at, (word, normal) in enumerate(zip(shown, named, strict=False)):
        same = folded(word) == folded(normal)
        if same and (at > head or _fixed(normal)):  # «дел» of «Министерством иностранных дел»
            continue
        choices.append({_key(g) for g, _ in parses(folded(word)) if _key(g)} or {frozenset()})
    for row in product(*choices):
        keys = [k for k in row if k]
        if keys and all(k - _GENDERS == keys[0] - _GENDERS for k in keys):
            yield frozenset().union(*keys)


def _fixed(word: str) -> bool:
    return not parses(folded(word)) or not any(_key(g) for g, _ in parses(folded(word)))


def _key(grammemes: frozenset[str]) -> frozenset[str]:
    case = grammemes & _CASES
    number = grammemes & _NUMBERS
    gender = grammemes & _GENDERS if grammemes & {"ADJF", "PRTF", "ADJS"} else frozenset()
    return frozenset(case | number | (gender if "sing" in number else frozenset())) if case and number else frozenset()


def _inflected(phrase: str, grammemes: frozenset[str]) -> str | None:
    """Put a phrase in the nominative into a case and number: adjectives and the first noun change, the rest stays."""
    out, changing, noun = [], True, next((w for w in phrase.split() if _is_noun(w)), None)
    number = grammemes & _NUMBERS
    case = grammemes & _CASES
    gender = grammemes & _GENDERS
    for word in phrase.split():
        if not changing:
            out.append(word)
            continue
        if word == noun:
            made = inflect(folded(word), frozenset(case | number))
            changing = False
        else:
            made = inflect(folded(word), frozenset(case | number | _gender(noun, gender, number)))
        if made is None:
            return None
        out.append(made)
    return " ".join(out)


def _is_noun(word: str) -> bool:
    first = next(iter(parses(folded(word))), None)
    return first is not None and "NOUN" in first[0]


def _gender(noun: str | None, printed: frozenset[str], number: frozenset[str]) -> frozenset[str]:
    if "sing" not in number:
        return frozenset()
    if noun is None:
        return printed
    return frozenset(next((g & _GENDERS for g, _ in parses(folded(noun)) if "NOUN" in g), frozenset()))
