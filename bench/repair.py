"""Repair beside its rivals: MB/s and exact-word rates on the same damaged lines.

    python bench/repair.py [--distractors]

The lines are drawn from ../shared at run time: files held out when bench/syntax.py counted its table (every eighth court
decision, and treaties); without ../shared, sentences below that no rule was tried on. `--distractors` lists every edit
of the clean texts instead, one a line. Rivals: nothing; unigram segmentation with wordfreq's list (what wordninja does,
for Russian); pyspellchecker's Russian dictionary, when installed (`pip install pyspellchecker`, in an environment of
its own: the product does not use it). Time is the process's own, one core, after loading; loading is printed apart.
"""

import random
import re
import resource
import sys
import time
from collections import Counter
from functools import cache
from math import log
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from analyzers.frequencies import FLOOR, share  # noqa: E402
from analyzers.repair import repair  # noqa: E402
from tests.analyzers.test_repair import DAMAGE, _boundaries  # noqa: E402

TEXTS = ROOT.parent / "shared" / "texts"
ROUNDS = 3
SLOW = 12
"""Lines given to pyspellchecker, which takes seconds for a long word nobody knows."""
LINES = 400
"""Lines of each kind of text."""
SENTENCES = """
Таможенные органы вправе требовать представления дополнительных документов для подтверждения заявленных сведений.
Перевозка опасных грузов допускается только при наличии специального разрешения, выданного уполномоченным органом.
Проценты за пользование чужими денежными средствами взимаются по день уплаты суммы этих средств кредитору.
Консульское должностное лицо может посещать гражданина представляемого государства, находящегося в тюрьме.
Пенсионное обеспечение осуществляется по законодательству Стороны, на территории которой гражданин постоянно проживает.
Совместная комиссия созывается по мере необходимости, но не реже одного раза в год, поочередно в каждом государстве.
Изобретения, созданные в ходе совместных работ, охраняются в порядке, предусмотренном отдельными договорами.
Арендатор возвращает помещение в том состоянии, в котором он его получил, с учетом нормального износа.
""".strip().splitlines()


def lines(paths):
    """Draw sentences without digits and Latin letters, 3 to 16 words long, the same in every run."""
    found = set()
    for path in paths:
        parts = re.split(r"(?<=[;.:,])\s|\n", re.sub(r"<[^>]*>", " ", path.read_text("utf-8")))
        for part in (" ".join(x.split()) for x in parts):
            if 3 <= len(part.split()) <= 16 and re.fullmatch(r"[А-Яа-яЁё ,.;:()«»-]+", part) and not repair(part).edits:
                found.add(part)
    return random.Random(1).sample(sorted(found), min(LINES, len(found)))


def drawn():
    """Return the lines to damage by kind of text."""
    if not TEXTS.is_dir():
        return {"own sentences": SENTENCES}
    treaties = sorted(p for p in (TEXTS / "treaties").iterdir() if p.suffix in {".md", ".txt"})
    decisions = sorted((TEXTS / "distractors").glob("*.txt"))[4::8]
    return {"treaties": lines(treaties[1::2]), "court decisions": lines(decisions)}


MARK = "\n\n@\n\n"
"""Parts the lines given to a tool; «page ends» have empty lines of their own."""


def nothing(text):
    return text


@cache
def _cost(word):
    known = share(word.lower())
    return -log(known) if known > FLOOR else 21.0 + 3.0 * len(word)


def _segmented(letters):
    best = [(0.0, 0)]
    for end in range(1, len(letters) + 1):
        best.append(min((best[start][0] + _cost(letters[start:end]), start) for start in range(max(0, end - 24), end)))
    words, end = [], len(letters)
    while end:
        start = best[end][1]
        words.append(letters[start:end])
        end = start
    return " ".join(words[::-1])


def segmentation(text):
    """Take all blanks out of each line and cut the letters anew: what a user of wordninja would do."""
    out = []
    for block in text.split("\n\n"):
        letters = re.sub(r"-\n|[\s\u00ad]", "", block)
        parts = re.split(r"([^а-яёА-ЯЁ]+)", letters)
        out.append(" ".join(_segmented(p) if p[:1].isalpha() else p for p in parts if p))
    return "\n\n".join(re.sub(r" ([;,.:)-])", r"\1", b) for b in out)


def spelling():
    """Return a pyspellchecker pass over each word, or None when it is not installed."""
    try:
        from spellchecker import SpellChecker
    except ImportError:
        return None
    checker = SpellChecker(language="ru")

    @cache
    def word(match):
        return checker.correction(match.lower()) or match

    return lambda text: re.sub(r"[А-Яа-яЁё]{2,}", lambda m: m[0] if m[0].lower() in checker else word(m[0]), text)


def rates(tool, kind, clean):
    r = random.Random(3)
    pairs = [(s, DAMAGE[kind][0](r, s)) for s in clean if len(s.split()) > 3]
    pairs = [(s, d) for s, d in pairs if s != d]
    if not pairs:
        return 0.0, 0.0
    source = MARK.join(d for _, d in pairs)
    begun = time.process_time()
    answers = tool(source).split(MARK)
    spent = time.process_time() - begun
    right = wanted = got = 0
    for (sentence, _), answer in zip(pairs, answers, strict=True):
        wanted_text = sentence.upper() if "capitals" in kind else sentence
        one, two = _boundaries(wanted_text), _boundaries(re.sub(r"\*\*|</?b>|\f", "", answer))
        right, wanted, got = right + len(one & two), wanted + len(one), got + len(two)
    return min(right / wanted, right / max(got, 1)), len(source.encode()) / 1e6 / max(spent, 1e-9)


def clean_speed(texts):
    best = 0.0
    size = sum(len(t.encode()) for t in texts) / 1e6
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            repair(text)
        best = max(best, size / (time.process_time() - begun))
    return best, size


def listed():
    """Print every edit of the clean texts."""
    rules = Counter()
    for path in sorted((TEXTS / "distractors").glob("*.txt")):
        text = path.read_text("utf-8")
        for e in repair(text).edits:
            rules[e.rule] += 1
            around = text[max(e.start - 30, 0) : e.start], text[e.start : e.end], text[e.end : e.end + 30]
            before, was, after = (" ".join(x.split("\n")) for x in around)
            print(f"{path.name} {e.rule} {e.confidence:.2f}: {before}[{was}|{e.replacement}]{after}")
    print(dict(rules))


def main():
    if "--distractors" in sys.argv:
        return listed()
    texts = [p.read_text("utf-8") for p in sorted((TEXTS / "distractors").glob("*.txt"))[::4]] or [
        "\n".join(SENTENCES)
    ] * 50
    begun = time.perf_counter()
    repair("п р о г р е в а л г о р и т м а и гла голы")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"loading on the first damaged line: {time.perf_counter() - begun:.2f} s, {memory} MB in all")
    speed, size = clean_speed(texts)
    print(f"clean text: {speed:.1f} MB/s on {size:.1f} MB")
    tools = {
        "svod": lambda t: repair(t).text,
        "nothing": nothing,
        "wordfreq DP": segmentation,
        "pyspellchecker": spelling(),
    }
    tools = {name: tool for name, tool in tools.items() if tool}
    for name, clean in drawn().items():
        print(
            f"\n{name}, {len(clean)} lines: exact words and MB/s\n\n| damage | "
            + " | MB/s | ".join(tools)
            + " | MB/s |"
        )
        print("|---" * (2 * len(tools) + 1) + "|")
        for kind in DAMAGE:
            found = [rates(tool, kind, clean[:SLOW] if n == "pyspellchecker" else clean) for n, tool in tools.items()]
            print(f"| {kind} | " + " | ".join(f"{rate:.4f} | {speed:.2f}" for rate, speed in found) + " |")
    return None


if __name__ == "__main__":
    main()
