"""Books in looks somebody else wrote (`looks_blind.toml`): his titles, formulae and marks over his clauses; truth is exact."""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LOOKS = Path(__file__).with_name("looks_blind.toml")
OWN = Path(__file__).with_name("looks_own.toml")
"""Looks of the reader's own authors, read and mended look by look; the others are never opened."""
UNITS = ("section", "chapter", "article", "paragraph", "subparagraph", "point", "alinea")
"""Kinds of what a look of `heading` prints: the provisions that are compared."""

_PLACED = re.compile(r"\{([A-Za-z_0-9.:]+)\}")
_BEGUN = re.compile(r"\n([\d{}n]+[.)]) \{text\}")
_DIGITS = re.compile(r"\d+(?:[.-]\d+)*")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIRST = ("первая", "вторая", "третья", "четвертая", "пятая", "шестая", "седьмая", "восьмая")
_LETTERS = "абвгдежзи"
_UNDATED = {"underscored", "blank_day"}
_CASES = ("nomn", "gent", "accs", "ablt", "datv")

Look = dict[str, Any]
Unit = tuple[str, str, str, str]
"""Kind, number, heading and text of a provision, as `told` writes them."""


@dataclass(slots=True)
class Made:
    """An act of a book: its looks by kind, its day and place (None where no look tells them), what it must hold."""

    looks: dict[str, str]
    date: str | None = None
    place: str | None = None
    preamble: str = ""
    closing: str = ""
    units: list[Unit] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """A composed book: its paragraphs ("" where the print leaves a line), its acts, its heads and feet."""

    paragraphs: list[str]
    acts: list[Made]
    furniture: Look


def _numbered_part(look: Look) -> bool:
    """Tell a section whose clauses are «1.1.»: it has no articles, and is not composed."""
    return look["kind"] == "section" and "{text}" in look["text"]


@cache
def looks(path: Path = LOOKS) -> dict[str, Any]:
    """Read what an author wrote, the other one unless told."""
    return tomllib.loads(path.read_text("utf-8"))


def told(kind: str, num: str | None, heading: str | None, text: str) -> Unit:
    """Write a provision as it is compared: case, brackets and stop of headings, quotes, dashes, blanks apart."""
    return kind, number(num or ""), plain(heading or "").casefold().strip("()[] ."), plain(text).lstrip("- ")


def number(printed: str) -> str:
    """Tell the number in a printed mark: its digits, else its letters; "*" for a number in words."""
    digits = _DIGITS.search(printed)
    bare = re.sub(r"[^\w]", "", printed.rsplit(maxsplit=1)[-1] if printed.split() else "")
    return digits[0] if digits else "*" if len(bare) > 4 else bare


def plain(text: str) -> str:
    """Fold what a scorer does not compare."""
    folded = re.sub(r"[–—−]", "-", re.sub(r"[«»„“”]", '"', text))
    return " ".join(folded.split())


def compose(seed: int, path: Path = LOOKS) -> Book:
    """Compose a book of five to nine acts in the looks of a file."""
    chance = random.Random(seed)
    data = looks(path)
    acts, out = [], []
    for _ in range(chance.randint(5, 9)):
        if chance.random() < 0.15:
            part = chance.choice(data["part"])
            out += ["", *part["text"].split("\n"), ""]
        one = _noted(chance, data) if chance.random() < 0.08 else _Act(chance, data).act()
        acts.append(one)
        out += [*one.printed, "", ""]
        if chance.random() < 0.2 and "notes" not in one.looks:
            acts += (annexed := _Act(chance, data).annexed(one)).others
            out += [*annexed.printed, "", ""]
    if chance.random() < 0.4:
        out = [*_contents(chance, data, acts), "", "", *out]
    return Book(out, acts, chance.choice(data["furniture"]))


@dataclass(slots=True)
class _Annexed:
    printed: list[str]
    others: list[Made]


def _noted(chance: random.Random, data: dict[str, Any]) -> Made:
    """Compose an exchange of notes: one act; only that it stands apart is compared."""
    look = chance.choice(data["notes"])
    values = _Values(chance, data)
    topic = chance.choice(data["topic"])
    values.set(text=topic["sentences"][0], text2=topic["sentences"][1])
    return Made({"notes": look["id"]}, printed=values.lines(look["text"]))


def _contents(chance: random.Random, data: dict[str, Any], acts: list[Made]) -> list[str]:
    look, out = chance.choice(data["contents"]), []
    for page, _ in enumerate(acts, 5):
        values = _Values(chance, data)
        values.set(page=str(page))
        head, _, entry = look["text"].partition("\n\n")
        out += ([*head.split("\n"), ""] if not out and entry else []) + values.lines(entry or head)
    return out


class _Values:
    """What stands for the names in looks, drawn once an act."""

    def __init__(self, chance: random.Random, data: dict[str, Any]) -> None:
        vocab = data["vocab"]
        states = chance.sample(vocab["states"], 3)
        parties = chance.sample(vocab["bodies"], 2) if chance.random() < 0.5 else states
        cities = chance.sample(vocab["cities"], 2)
        self.dates: dict[str, str] = data["dates"]
        self.city: str = cities[0]["nomn"]
        self.chance = chance
        self.known: dict[str, str] = {"number": str(chance.randint(2, 90)), "copies": "двух", "n": "1", "pages": "200"}
        for letter, party, state in zip("abc", (*parties, states[2]), states, strict=False):
            self._cases(letter, party)
            self._cases(f"{letter}_state", state)
        self._cases("city", cities[0])
        self._cases("city2", cities[1])
        self._cases("type", chance.choice(vocab["types"]))
        self._cases("post", vocab["posts"][0])
        self._cases("post2", vocab["posts"][1])
        self._cases("person_full", vocab["persons_full"][0])
        self._cases("person2_full", vocab["persons_full"][1])
        self.set(city=cities[0]["nomn"], city2=cities[1]["nomn"], type=self.known["type_nomn"])
        self.set(lang1=states[0]["lang_loct"], lang2=states[1]["lang_loct"], subject=chance.choice(vocab["subjects"]))
        for letter, person, post in zip("abcd", chance.sample(vocab["persons"], 4), vocab["posts"], strict=False):
            self.set(**{f"person_{letter}": person, f"post_{letter}": post["nomn"]})
        year, month, day = map(int, self.dates["iso"].split("-"))
        self.own = (year, month, day)
        self.day = (chance.randint(1980, 2015), month, chance.choice([d for d in range(10, 29) if d != month]))
        if day < 10:
            self.day = (self.day[0], month, chance.choice([d for d in range(1, 10) if d != month]))

    def _cases(self, name: str, forms: dict[str, str]) -> None:
        self.known |= {f"{name}_{case}": forms[case] for case in (*_CASES, "loct") if case in forms}

    def set(self, **values: str) -> None:
        self.known |= values

    def fixed(self, *texts: str) -> None:
        """Take the author's own day where a look prints it in words, which only he has written."""
        forms = {name.rpartition(":")[2] for text in texts for name in _PLACED.findall(text) if ":" in name}
        if any(self._dated(form, self.own) == self._dated(form, self.day) for form in forms):
            self.day = self.own

    def _dated(self, form: str, day: tuple[int, int, int]) -> str:
        printed = self.dates[form]
        if form == "iso":
            return "{}-{:02}-{:02}".format(*day)
        told_day, told_year = (re.compile(rf"(?<!\d)0?{n}(?!\d)") for n in (self.own[2], self.own[0]))
        if len(told_day.findall(printed)) != 1 or len(told_year.findall(printed)) != 1:
            return printed
        padded = told_day.sub(lambda m: f"{day[2]:0{len(m[0])}}", printed, count=1)
        return told_year.sub(str(day[0]), padded, count=1)

    @property
    def iso(self) -> str:
        return "{}-{:02}-{:02}".format(*self.day)

    def filled(self, text: str) -> str:
        return _PLACED.sub(self._of, text)

    def lines(self, text: str) -> list[str]:
        return self.filled(text).split("\n")

    def _of(self, match: re.Match[str]) -> str:
        name, _, form = match[1].partition(":")
        low = name.lower()
        if low.startswith("date"):
            return self._dated(form or "long", self.day)
        value = self.known.get(low, "")
        return value.upper() if name.isupper() else value[:1].upper() + value[1:] if name[0].isupper() else value


class _Act:
    """One act in the making."""

    def __init__(self, chance: random.Random, data: dict[str, Any]) -> None:
        self.chance, self.data, self.values = chance, data, _Values(chance, data)
        self.sentences = [s for topic in data["topic"] for s in topic["sentences"]]
        chance.shuffle(self.sentences)
        self.made = Made({})
        self.drawn: dict[tuple[str, ...], Look] = {}

    def act(self) -> Made:
        made, values = self.made, self.values
        title, preamble, closing, signature = (
            self._drawn(kind) for kind in ("title", "preamble", "closing", "signature")
        )
        values.fixed(title["text"], closing["text"], signature["text"], preamble["text"])
        made.printed += [*values.lines(title["text"]), ""]
        opening = values.lines(preamble["text"])
        made.preamble = plain(" ".join(opening))
        made.printed += opening
        self._body()
        ending = values.lines(closing["text"])
        made.closing = plain(" ".join(ending))
        made.printed += [*ending, *values.lines(signature["text"])]
        two = "city2" in closing["text"] or "date2" in closing["text"]
        printed = title["text"] + closing["text"]
        dated = {"date"} & {*title["gives"]} or closing["date"] not in {"", *_UNDATED}
        made.date = values.iso if dated and not two else None
        made.place = values.city if re.search(r"\{city(_loct)?\}", printed) and not two else None
        return made

    def annexed(self, act: Made) -> _Annexed:
        """Compose an annex of three points: its act's own part, or an act that stands apart."""
        look = self._drawn("annex")
        self.values.set(heading=self.chance.choice(self._headings()))
        own = Made({"annex": look["id"]})
        holder = act if look["kind"] == "attachment" else own
        act.looks.setdefault("annex", look["id"])
        out = self.values.lines(look["text"])
        for n in (1, 2, 3):
            text = self.sentences.pop()
            out.append(f"{n}. {text}")
            holder.units.append(told("paragraph", str(n), "", text))
        return _Annexed(out, [own] if holder is own else [])

    def _drawn(self, kind: str) -> Look:
        look = self.chance.choice(self.data[kind])
        self.made.looks[kind] = look["id"]
        return look

    def _headings(self) -> list[str]:
        return [h for topic in self.data["topic"] for h in topic["headings"]]

    def _look(self, *kinds: str) -> Look:
        """Draw the look of a kind of heading, one for the whole act."""
        if kinds not in self.drawn:
            self.drawn[kinds] = self.chance.choice(
                [h for h in self.data["heading"] if h["kind"] in kinds and not _numbered_part(h)]
            )
            seen = self.made.looks.get("heading", "")
            self.made.looks["heading"] = f"{seen} {self.drawn[kinds]['id']}".strip()
        return self.drawn[kinds]

    def _body(self) -> None:
        if self.chance.random() < 0.2:
            self._numbered(self.chance.randint(4, 8))
            return
        look = self._look("article")
        upper = self._look("section", "chapter") if self.chance.random() < 0.25 else None
        inside = self.chance.choice((self._plain, self._numbered, self._listed))
        for n in range(1, self.chance.randint(4, 8) + 1):
            if upper and n % 3 == 1:
                self._headed(upper, n // 3 + 1, None)
            first = self.sentences.pop()
            if inside == self._plain or "{text}" in look["text"]:
                self._headed(look, n, first)
                self._plain(self.chance.randint(0, 2))
            else:
                self._headed(look, n, None)
                inside(self.chance.randint(2, 4))

    def _headed(self, look: Look, n: int, text: str | None) -> None:
        """Print a heading in its look, its text on its line or under it."""
        held = "{text}" in look["text"]
        heading = self.chance.choice(self._headings()) if re.search(r"\{heading\}", look["text"], re.IGNORECASE) else ""
        self.values.set(heading=heading, n=str(n), roman=_ROMAN[n - 1], ord_fem=_FIRST[n - 1])
        self.values.set(text=text or "", m=str(n), letter=_LETTERS[n - 1])
        if held and text is None:
            self.values.set(text=self.sentences.pop())
        lines = self.values.lines(look["text"])
        num = _FIRST[n - 1] if "{ord" in look["text"] else _ROMAN[n - 1] if "{roman}" in look["text"] else str(n)
        self.made.printed += lines
        words = self.values.known["text"] if held else text or ""
        above = look["kind"] in ("section", "chapter")
        begun = _BEGUN.search(look["text"])
        self.made.units.append(told(look["kind"], num, heading, "" if begun or (above and not held) else words))
        if begun:
            self.made.units.append(told("paragraph", self.values.filled(begun[1]), "", words))
        if text and not held:
            self.made.printed.append(text)

    def _marked(self, look: Look, n: int, text: str, above: int = 1) -> None:
        self.values.set(n=str(above), m=str(n), text=text, letter=_LETTERS[n - 1])
        if "{m}" not in look["text"]:
            self.values.set(n=str(n))
        line = self.values.filled(look["text"])
        num = "" if look["kind"] == "alinea" else line.split(text)[0]
        self.made.printed += line.split("\n")
        self.made.units.append(told(look["kind"], num, "", text))

    def _plain(self, count: int) -> None:
        for _ in range(count):
            text = self.sentences.pop()
            self.made.printed.append(text)
            self.made.units.append(told("alinea", "", "", text))

    def _numbered(self, count: int) -> None:
        look = self._look("paragraph")
        below = self._look("subparagraph") if self.chance.random() < 0.15 else None
        for n in range(1, count + 1):
            self._marked(look, n, self.sentences.pop())
            for m in range(1, 3) if below and n == 1 else ():
                self._marked(below or {}, m, self.sentences.pop(), n)

    def _listed(self, _: int) -> None:
        """Put a lead and its items under the article's heading."""
        row, look = self.chance.choice(self.data["list"]), self._look("point", "alinea")
        lead = row["lead"] if row["lead"].endswith(":") else row["lead"] + ":"
        kind, num, heading, _ = self.made.units[-1]
        self.made.units[-1] = (kind, num, heading, plain(lead))
        self.made.printed.append(lead)
        for n, item in enumerate(row["items"], 1):
            end = "." if n == len(row["items"]) else ";"
            self._marked(look, n, item.rstrip(".;") + end)


Setting = Callable[[Book], tuple[bytes, str]]
