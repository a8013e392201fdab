"""The parties named at the head of the preamble, and the body that issued an act."""

import re

from analyzers.lemmas import cases, folded
from corpus.citations.declension import nominative
from ingest.paragraphs import Paragraph, is_capitals
from ingest.titles import is_issuer, title_word

_NAMED = re.compile(
    r",?\s*(?:\(?\s*(?:в\s+дальнейшем|далее|ниже)|именуем\w+|выступая|называем\w+|в\s+лице\b|представленн\w+|(?:—|–|-)\s*далее|действу\w+|"
    r"руководству\w+|основыва\w+|стремясь|желая|признавая|учитывая|исходя|придавая|рассматривая|принимая|в\s+соответствии|в\s+целях|будучи|подтверждая|считая|сознавая|осознавая)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:,\s+|,?\s+и\s+|\s*;\s*|,?\s+с\s+одной\s+стороны,?\s+и\s+|,?\s+с\s+другой\s+стороны)(?=[«\"]?[А-ЯЁ]|$)")
_ASIDE = re.compile(r"\s*\([^)]*\)|,?\s*с\s+(?:одной|другой)\s+стороны", re.IGNORECASE)
_INTRO = re.compile(r"^(?:настоящ\w+\s+[^,]*?(?:заключен\w+|подписан\w+)\s+между\s+|мы,\s+|стороны:?\s+)", re.IGNORECASE)
_NOMINATIVE = frozenset({"nomn", "accs"})


def parties(preamble: str) -> tuple[str, ...]:
    """Read the parties off the first sentence of a preamble.

    >>> parties("Правительство Республики Альбия и Правительство Республики Борея, далее именуемые Сторонами,")
    ('Правительство Республики Альбия', 'Правительство Республики Борея')
    """
    text = _INTRO.sub("", preamble)
    end = _NAMED.search(text)
    head = text[: end.start()] if end else text.split(",")[0]
    if len(head) > 1500 or not head[:1].isupper():
        return ()
    names = [_ASIDE.sub("", part).strip(" ,;–—-") for part in _split(head)]
    return tuple(name for name in names if name and name[0].isupper()) if end or len(names) > 1 else ()


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
    word = re.match(r"[«\"]?([А-ЯЁ][\w-]*)", rest)
    if not word:
        return False
    found = cases(folded(word[1]))
    return not _NOMINATIVE.isdisjoint(found) and found[0] != "gent"


def issuer(front: tuple[Paragraph, ...]) -> tuple[str | None, Paragraph | None]:
    """Read the body that issued an act: after its type («Постановление Правительства…») or printed above it."""
    for i, paragraph in enumerate(front):
        found = title_word(paragraph.text)
        if found and not re.match(r"\s*об?\s", paragraph.text[found[2] :], re.IGNORECASE):
            rest = re.split(r"\s+(?:от\s+[«\"]?\d|№|N\s|\d{1,2}[.\s])", paragraph.text[found[2] :])[0].strip(" ,")
            if rest and rest[0].isupper() and not re.match(r"(?:[«\"(]|от\b|№)", rest, re.IGNORECASE):
                return nominative(_cased(rest)), paragraph
            above = next((p for p in reversed(front[:i]) if is_issuer(p)), None)
            below = front[i + 1] if i + 1 < len(front) and is_issuer(front[i + 1]) and not rest else None
            if above is not None and not title_word(above.text):
                return nominative(_cased(above.text)), above
            if below is not None:
                return nominative(_cased(below.text)), below
    first = next((p for p in front if is_issuer(p) and not title_word(p.text)), None)
    return (nominative(_cased(first.text)), first) if first else (None, None)


def _cased(name: str) -> str:
    """Write a body's name printed in capitals as sentences write it: its first word and names of states."""
    if not is_capitals(name):
        return name
    from ingest.metadata.titles import sentence_case

    low = sentence_case(name, ())
    return re.sub(r"(?<=\s)(российск|федераци|республик|казахстан|беларус)", lambda m: m[0].capitalize(), low)
