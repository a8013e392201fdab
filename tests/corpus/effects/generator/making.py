"""One case: an act, an amending act with one instruction, and the text that must come of it."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.effects.words.branches import printed
from corpus.model import Instrument, Kind, Provision
from tests.corpus.effects.generator.wordings import Wording

Node = tuple[str, str, str]
"""A provision as compared: eId, heading, text."""

_UNITS = {
    Kind.ARTICLE: ("статья", "статьи", "статье", "статью", "статьей", "статье"),
    Kind.PARAGRAPH: ("пункт", "пункта", "пункту", "пункт", "пунктом", "пункте"),
    Kind.POINT: ("подпункт", "подпункта", "подпункту", "подпункт", "подпунктом", "подпункте"),
}
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_ACTS = {
    "agreement": ("Соглашение", "Соглашения", "Соглашению", "Соглашение", "Соглашением", "Соглашении"),
    "treaty": ("Договор", "Договора", "Договору", "Договор", "Договором", "Договоре"),
    "law": ("Закон", "Закона", "Закону", "Закон", "Законом", "Законе"),
    "order": ("Приказ", "Приказа", "Приказу", "Приказ", "Приказом", "Приказе"),
}
_NEW = ("по взаимной договорённости", "в письменной форме", "на тридцать девятом листе", "с ведома обоих кантонов")
_TEXTS = ("Стороны хранят образцы воска в сухом месте.", "Улья осматриваются дважды в год.", "Роевни метятся краской.")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Case:
    """An instruction, the wording it was made of, and the provisions that must stand after it; None: refused."""

    wording: str
    kind: str
    instruction: str
    wanted: tuple[Node, ...] | None


def nodes(provisions: Sequence[Provision]) -> tuple[Node, ...]:
    """Return the provisions of a text as compared."""
    return tuple((p.eid, p.heading or "", p.text) for root in provisions for p in root.walk())


@dataclass(slots=True)
class Maker:
    """Makes cases over one act with one random generator."""

    act: Instrument
    rng: random.Random

    def case(self, wording: Wording) -> Case | None:
        """Make a case of a wording; None where the act has no place for it."""
        made = getattr(self, f"_{wording.kind}", None)
        if self._is_of_another_act(wording):
            return None
        try:
            return made(wording) if made else None
        except KeyError:  # a slot this kind does not fill
            return None

    def _is_of_another_act(self, wording: Wording) -> bool:
        """Say whether a wording says what act it changes, «… Соглашения …», and this is none: refused, and rightly."""
        said_ = set(_WORD.findall(re.sub(r"\{\w+\}", "", wording.template)))
        mine = _ACTS[str(self.act.type)]
        return any(said_ & set(names) for names in _ACTS.values() if names is not mine) and not said_ & set(mine)

    def _fill(self, wording: Wording, place: str | None, **slots: str) -> str:
        case = wording.case if wording.case in _CASES else "accs"
        names = _ACTS[str(self.act.type)]
        where = {c: said(place, self.act, c) for c in _CASES} if place else dict.fromkeys(_CASES, "")
        acts = {f"act_{c}": names[i] for i, c in enumerate(_CASES)}
        act = names[_CASES.index(wording.act_case)] if wording.act_case in _CASES else names[1]
        return wording.template.format(**{"place": where[case], "act": act, **where, **acts, **slots})

    def _units(self, *, leaf: bool = False) -> list[Provision]:
        kinds = (Kind.ARTICLE, Kind.PARAGRAPH, Kind.POINT)
        found = [p for p in self.act.walk() if p.kind in kinds and all(k in _UNITS for k in _steps(self.act, p.eid))]
        return [p for p in found if not leaf or (not p.children and p.text)]

    def _words(self, unit: Provision, *, leave: int = 1) -> str | None:
        """Choose words that stand once in a unit, with nothing odd in or right beside them."""
        texts = [p.text for p in unit.walk() if len(_WORD.findall(p.text)) >= 5]
        if not texts:
            return None
        text = self.rng.choice(texts)
        found = list(_WORD.finditer(text))
        for _ in range(20):
            size = self.rng.randint(2, 3)
            if len(found) <= size + leave:
                return None
            first = self.rng.randrange(0, len(found) - size - leave + 1)
            run = text[found[first].start() : found[first + size - 1].end()]
            clean = re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", run)
            if clean and sum(_times(p.text, run) for p in unit.walk()) == 1 and not _in_heading(unit, run):
                return run
        return None

    def _changed(self, wording: Wording, change: object, **slots: str) -> Case | None:
        units = self._units(leaf=wording.level == "leaf")
        self.rng.shuffle(units)
        for unit in units:
            words = self._words(unit)
            if words is None:
                continue
            wanted = tuple(
                (e, h, change(t, words) if e == unit.eid or e.startswith(unit.eid + "__") else t)  # type: ignore[operator]
                for e, h, t in nodes(self.act.provisions)
            )
            filled = self._fill(wording, unit.eid, old=words, anchor=words, **slots)
            return Case(wording.id, wording.kind, filled, wanted)
        return None

    def _replace_words(self, wording: Wording) -> Case | None:
        new = self.rng.choice(_NEW)
        return self._changed(wording, lambda t, w: t.replace(w, new) if _times(t, w) else t, new=new)

    def _delete_words(self, wording: Wording) -> Case | None:
        return self._changed(wording, lambda t, w: _tidy(t.replace(w, "")) if _times(t, w) else t)

    def _insert_after(self, wording: Wording) -> Case | None:
        new = self.rng.choice(_NEW)
        return self._changed(wording, lambda t, w: t.replace(w, f"{w} {new}") if _times(t, w) else t, new=new)

    def _insert_before(self, wording: Wording) -> Case | None:
        new = self.rng.choice(_NEW)
        return self._changed(wording, lambda t, w: t.replace(w, f"{new} {w}") if _times(t, w) else t, new=new)

    def _append_words(self, wording: Wording) -> Case | None:
        new = self.rng.choice(_NEW)
        units = [u for u in self._units(leaf=True) if u.text[-1] in ".;"]
        if not units or "{new}" not in wording.template:
            return None
        unit = self.rng.choice(units)
        mark = "," if "«, {new}" in wording.template else ""
        wanted = self._with(unit.eid, f"{unit.text[:-1]}{mark} {new}{unit.text[-1]}")
        return Case(wording.id, wording.kind, self._fill(wording, unit.eid, new=new), wanted)

    def _append_sentence(self, wording: Wording) -> Case | None:
        units = [u for u in self._units(leaf=True) if u.text.endswith(".")]
        if not units:
            return None
        unit, text = self.rng.choice(units), self.rng.choice(_TEXTS)
        filled = self._fill(wording, unit.eid, text=text)
        return Case(wording.id, wording.kind, filled, self._with(unit.eid, f"{unit.text} {text}"))

    def _restate(self, wording: Wording) -> Case | None:
        units = [u for u in self._units(leaf=True) if u.kind is not Kind.ARTICLE]
        if not units:
            return None
        unit, text = self.rng.choice(units), self.rng.choice(_TEXTS)
        filled = self._fill(wording, unit.eid, text=f"{_label(unit)} {text}")
        return Case(wording.id, wording.kind, filled, self._with(unit.eid, text))

    def _restate_title(self, wording: Wording) -> Case | None:
        units = [u for u in self._units() if u.kind is Kind.ARTICLE and u.heading]
        if not units or "{text}" not in wording.template:
            return None
        unit, text = self.rng.choice(units), "Об ульях и роевнях"
        wanted = tuple((e, text if e == unit.eid else h, t) for e, h, t in nodes(self.act.provisions))
        return Case(wording.id, wording.kind, self._fill(wording, unit.eid, text=text), wanted)

    def _repeal(self, wording: Wording) -> Case | None:
        unit = self.rng.choice(self._units())
        wanted = tuple(n for n in nodes(self.act.provisions) if not _inside(n[0], unit.eid))
        return Case(wording.id, wording.kind, self._fill(wording, unit.eid), wanted)

    def _insert_unit(self, wording: Wording) -> Case | None:
        holders = [u for u in self._units() if u.children and u.children[-1].kind in (Kind.PARAGRAPH, Kind.POINT)]
        holders = [u for u in holders if u.children[-1].num and u.children[-1].num.isdigit()]
        if not holders or ("{num}" not in wording.template and "{unit}" not in wording.template):
            return None
        holder = self.rng.choice(holders)
        last = holder.children[-1]
        if "{unit}" not in wording.template and _written(wording.template) not in (None, _UNITS[last.kind][4]):
            return None
        num, text = str(int(last.num or 0) + 1), self.rng.choice(_TEXTS)
        label = f"{num}{')' if last.kind is Kind.POINT else '.'}"
        eid = f"{last.eid.rsplit('_', 1)[0]}_{num}"
        wanted = self._after(last.eid, (eid, "", text))
        slots = {"num": num, "label": label, "unit": _UNITS[last.kind][4], "unit_accs": _UNITS[last.kind][3]}
        shown = text if "{label}" in wording.template or "{num}. {text}" in wording.template else f"{label} {text}"
        if re.search(r"\{num\}[.)]\s*\{text\}", wording.template):
            shown = text
            if ("{num})" in wording.template) != (last.kind is Kind.POINT):
                return None
        return Case(wording.id, wording.kind, self._fill(wording, holder.eid, text=shown, **slots), wanted)

    _insert_para = _insert_point = _insert_unit

    def _insert_article(self, wording: Wording) -> Case | None:
        articles = [u for u in self._units() if u.kind is Kind.ARTICLE and u.eid.rsplit("_", 1)[1].isdigit()]
        if not articles:
            return None
        after, text = self.rng.choice(articles), self.rng.choice(_TEXTS)
        base = after.eid.rsplit("_", 1)[1]
        num = f"{base}.1"
        last = list(after.walk())[-1].eid
        named = "Статья {num}" in wording.template or "СТАТЬЯ {num}" in wording.template
        shown = text if named else f"Статья {num}\n{text}"
        filled = self._fill(wording, None, num=num, after=base, text=shown)
        return Case(wording.id, wording.kind, filled, self._after(last, (f"art_{base}-1", "", text)))

    def _insert_alinea(self, wording: Wording) -> Case | None:
        units = [u for u in self._units(leaf=True) if u.text.endswith(".")]
        if not units:
            return None
        unit, text = self.rng.choice(units), self.rng.choice(_TEXTS)
        filled = self._fill(wording, unit.eid, text=text)
        return Case(wording.id, wording.kind, filled, self._after(unit.eid, (f"{unit.eid}__al_2", "", text)))

    def _renumber(self, wording: Wording) -> Case | None:
        rows = [u.children[-1] for u in self._units() if u.children]
        rows = [p for p in rows if p.kind in (Kind.PARAGRAPH, Kind.POINT) and (p.num or "").isdigit()]
        if not rows:
            return None
        unit = self.rng.choice(rows)
        num = str(int(unit.num or 0) + 2)
        eid = f"{unit.eid.rsplit('_', 1)[0]}_{num}"
        wanted = tuple(
            (eid + e[len(unit.eid) :] if _inside(e, unit.eid) else e, h, t) for e, h, t in nodes(self.act.provisions)
        )
        filled = self._fill(wording, unit.eid, num=num, unit=_UNITS[unit.kind][4])
        return Case(wording.id, wording.kind, filled, wanted)

    def _whole_text(self, wording: Wording) -> Case | None:
        if wording.inflect:
            return None
        unit = self.rng.choice(self._units())
        words = self._words(unit)
        if words is None:
            return None
        new = self.rng.choice(_NEW)
        wanted = tuple((e, _swapped(h, words, new), _swapped(t, words, new)) for e, h, t in nodes(self.act.provisions))
        return Case(wording.id, wording.kind, self._fill(wording, None, old=words, new=new), wanted)

    def _refuse(self, wording: Wording) -> Case | None:
        unit = self.rng.choice(self._units())
        old = ""
        if wording.level == "twice":
            twice = [(u, w) for u in self._units() for w in _repeated(u)]
            if not twice:
                return None
            unit, old = self.rng.choice(twice)
        new = "полосатый рейс"
        filled = self._fill(wording, unit.eid, old=old, new=new, text=self.rng.choice(_TEXTS))
        return Case(wording.id, wording.kind, filled, None)

    def _with(self, eid: str, text: str) -> tuple[Node, ...]:
        return tuple((e, h, text if e == eid else t) for e, h, t in nodes(self.act.provisions))

    def _after(self, eid: str, node: Node) -> tuple[Node, ...]:
        row = list(nodes(self.act.provisions))
        last = max(i for i, n in enumerate(row) if _inside(n[0], eid))
        return (*row[: last + 1], node, *row[last + 1 :])


def _repeated(unit: Provision) -> list[str]:
    words = [m for p in unit.walk() for m in _WORD.findall(p.text) if len(m) > 4]
    return sorted({w for w in words if sum(_times(p.text, w) for p in unit.walk()) > 1})


def _written(template: str) -> str | None:
    found = re.search(r"(под)?пунктом|статьей|частью", template)
    return found[0] if found else None


def _times(text: str, words: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _swapped(text: str, words: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", new, text)


def _in_heading(unit: Provision, words: str) -> bool:
    return any(words in (p.heading or "") for p in unit.walk())


def _inside(eid: str, unit: str) -> bool:
    return eid == unit or eid.startswith(unit + "__")


def _tidy(text: str) -> str:
    return re.sub(r" +(?=[,.;:)])", "", re.sub(r" {2,}", " ", text)).strip()


def _label(unit: Provision) -> str:
    return f"{unit.num}{')' if unit.kind is Kind.POINT else '.'}"


def _steps(act: Instrument, eid: str) -> list[Kind]:
    parts = eid.split("__")
    by_eid = {p.eid: p.kind for p in act.walk()}
    return [by_eid["__".join(parts[: i + 1])] for i in range(len(parts)) if "__".join(parts[: i + 1]) in by_eid]


def said(eid: str, act: Instrument, case: str) -> str:
    """Write a place in a case: the deepest unit in it, those that hold it in the genitive."""
    by_eid = {p.eid: p for p in act.walk()}
    parts = eid.split("__")
    units = [by_eid["__".join(parts[: i + 1])] for i in range(len(parts))]
    out = []
    for i, unit in enumerate(reversed(units)):
        num = printed(unit.eid.rsplit("_", 1)[1])
        shown = num if num[0].isdigit() else f"«{num}»"
        out.append(f"{_UNITS[unit.kind][_CASES.index('gent' if i else case)]} {shown}")
    return " ".join(out)
