"""Acts with six annexes, each with its own label, title and opening words; truth is exact."""

import random
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from tests.books import labels
from tests.books.composing import SENTENCES

_TREATY = (
    "СОГЛАШЕНИЕ",
    "между Правительством Республики Ардения и Правительством Королевства Бельмар о переправах",
    "(Ардов, 3 мая 2001 г.)",
    "Правительство Республики Ардения и Правительство Королевства Бельмар, именуемые в дальнейшем Сторонами, согласились о нижеследующем:",
    "Статья 1",
    SENTENCES[0],
    "Статья 2",
    "Приложения 1–6 являются неотъемлемой частью настоящего Соглашения.",
    "Совершено в городе Ардове 3 мая 2001 года в двух экземплярах, оба текста имеют одинаковую силу.",
    "За Правительство Республики Ардения",
    "За Правительство Королевства Бельмар",
)
_ORDER = (
    "МИНИСТЕРСТВО ПЕРЕПРАВ РЕСПУБЛИКИ АРДЕНИЯ",
    "ПРИКАЗ",
    "от 3 мая 2001 г. № 17",
    "О порядке переправ",
    "В целях облегчения переправы через пограничные реки приказываю:",
    "1. Утвердить прилагаемые документы.",
    "2. Контроль за исполнением настоящего приказа оставляю за собой.",
    "Министр",
    "И.И. Переправин",
)
_MATTERS = ("осмотра лодок", "сверки списков", "перевозки леса", "ремонта причалов", "оплаты сборов", "обмена письмами")
_SAID = ("приказом Министерства переправ Республики Ардения", "от 3 мая 2001 г. № 17")
_TREATY_LABELS = (
    ("Приложение № {n}",),
    ("Приложение {n}", "к Соглашению между Правительством Республики Ардения и Правительством Королевства Бельмар"),
    ("Приложение № {n} к Соглашению о переправах от 3 мая 2001 г.",),
    ("ПРИЛОЖЕНИЕ {roman}",),
    ("Приложение {letter}",),
)
_ORDER_LABELS = (
    ("Приложение № {n}",),
    ("Приложение № {n}", "к приказу Министерства переправ Республики Ардения", "от 3 мая 2001 г. № 17"),
    ("Приложение № {n} к приказу Министерства переправ Республики Ардения от 3 мая 2001 г. № 17",),
    ("УТВЕРЖДЕНО", *_SAID),
    ("Приложение № {n}", "УТВЕРЖДЕНО", *_SAID),
)
_TREATY_TITLES = {
    ("ПРОТОКОЛ", "о порядке {matter}"): "protocol",
    ("Протокол о порядке {matter}",): "protocol",
    ("СОГЛАШЕНИЕ", "о порядке {matter}"): "agreement",
    ("Меморандум о порядке {matter}",): "memorandum",
    ("ПОЛОЖЕНИЕ", "о порядке {matter}"): "act",
    ("ПРАВИЛА {matter}",): "",
    ("Правила {matter}",): "",
    ("ИНСТРУКЦИЯ", "о порядке {matter}"): "",
    ("Условия {matter}",): "",
}
_ORDER_TITLES = {
    ("ПРАВИЛА {matter}",): "act",
    ("Правила {matter}",): "act",
    ("ПОРЯДОК", "{matter}"): "act",
    ("Положение о порядке {matter}",): "act",
    ("Инструкция о порядке {matter}",): "act",
    ("ПЕРЕЧЕНЬ", "мест {matter}"): "",
    ("Условия {matter}",): "",
}
_TREATY_OPENINGS = (
    "",
    "Правительство Республики Ардения и Правительство Королевства Бельмар, именуемые в дальнейшем Сторонами, в соответствии со статьей 2 Соглашения согласились о нижеследующем:",
    "В соответствии со статьей 2 Соглашения Стороны устанавливают следующее:",
    "Стороны, руководствуясь статьей 2 Соглашения, договорились о нижеследующем:",
)
_ORDER_OPENINGS = (
    "",
    "В соответствии с Законом Республики Ардения «О переправах» и в целях обеспечения безопасности переправ установлено следующее:",
)


@dataclass(frozen=True, slots=True)
class Annex:
    """What an annex holds: the type of the act it is ("" for a part of its act), its title, opening words, units.

    The title is told of parts of an act alone.
    """

    type: str
    title: str
    opening: str
    units: tuple[str, ...]


def annexed(seed: int, *, composed: bool = False) -> tuple[list[str], list[Annex]]:
    """Compose an act and its annexes in one of its looks; return the paragraphs and the truth of the annexes.

    An annex begins with a form feed in its first paragraph; its label is a whole one, or composed of its parts.
    """
    chance = random.Random(seed)
    treaty = chance.random() < (0.2 if composed else 0.6)
    act, known, titles, openings = (
        (_TREATY, _TREATY_LABELS, _TREATY_TITLES, _TREATY_OPENINGS)
        if treaty
        else (_ORDER, _ORDER_LABELS, _ORDER_TITLES, _ORDER_OPENINGS)
    )
    label, title, opening = chance.choice(known), chance.choice([*titles]), chance.choice(openings)
    if composed:
        label = (labels.of_treaty if treaty else labels.of_order)(chance)
    articles, signed = chance.random() < 0.5 and treaty, chance.random() < 0.5 and treaty
    out, truth = [*act], []
    for n, matter in enumerate(_MATTERS, 1):
        named = {"n": n, "roman": ("I", "II", "III", "IV", "V", "VI")[n - 1], "letter": "АБВГДЕ"[n - 1]}
        head = [line.format(**named, matter=matter) for line in (*label, *title)]
        units = tuple(chance.sample(SENTENCES, 3))
        printed = (
            [text for k, unit in enumerate(units, 1) for text in (f"Статья {k}", unit)]
            if articles
            else [f"{k}. {unit}" for k, unit in enumerate(units, 1)]
        )
        out += ["\f" + head[0], *head[1:], *([opening] if opening else []), *printed, *(act[-2:] if signed else ())]
        name = "" if titles[title] else " ".join(title).format(matter=matter)
        truth.append(Annex(titles[title], name, opening, units))
    return out, truth


def hard_wrapped(texts: Iterable[str]) -> str:
    """Set paragraphs in lines of 78 characters, parted by empty lines."""
    return "\n\n".join(map(wrapped, ([text] for text in texts)))


def wrapped(texts: Iterable[str]) -> str:
    """Set paragraphs in lines of 78 characters one below another."""
    return "\n".join(line for text in texts for line in textwrap.wrap(text, 78))
