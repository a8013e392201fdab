"""What is printed over an annex, composed of its parts: the annex's number, its act, who approved it, editors' marks."""

import random

_NUMBERS = ("Приложение № {n}", "Приложение {n}", "ПРИЛОЖЕНИЕ № {n}", "Приложение N {n}")
_WORDS = (
    "УТВЕРЖДЕН", "УТВЕРЖДЕНА", "УТВЕРЖДЕНЫ", "УТВЕРЖДЕНО", "Утвержден", "Утверждена", "Утверждены", "Утверждено", "Утверждён",
)  # fmt: skip
_DAYS = ("от 3 мая 2001 г. № 17", "от 03.05.2001 № 17", "от 3 мая 2001 года N 17", "от «__» ________ 2001 г. № ____")
_ORGANS = (
    (("приказом Министерства переправ Республики Ардения",), ("к приказу Министерства переправ Республики Ардения",)),
    (("приказом Министерства переправ", "Республики Ардения"), ("к приказу Министерства переправ", "Республики Ардения")),
    (("постановлением Правительства", "Республики Ардения"), ("к постановлению Правительства", "Республики Ардения")),
    (("Постановлением Совета Министров -", "Правительства Республики Ардения"), ("к Постановлению Совета Министров -", "Правительства Республики Ардения")),
    (("решением Ардовского городского Совета",), ("к решению Ардовского городского Совета",)),
    (("распоряжением", "Главы города Ардова"), ("к распоряжению", "Главы города Ардова")),
)  # fmt: skip
_EDITED = (
    ("(в ред. приказа Министерства переправ от 4 июня 2003 г. № 5)",),
    ("(в редакции", "постановления Правительства", "Республики Ардения", "от 4 июня 2003 г. N 5)"),
    ("(в редакции Постановления", "Правительства Республики Ардения", "от 4 июня 2003 г. N 5)"),
    ("(в ред. приказов от 04.06.2003 N 5,", "от 11.02.2005 N 8)"),
    ("(с изменениями от 4 июня 2003 г.,", "11 февраля 2005 г.)"),
)
_TREATIES = (
    ("к Соглашению между Правительством Республики Ардения", "и Правительством Королевства Бельмар", "о переправах"),
    ("к Соглашению о переправах", "от 3 мая 2001 г."),
    ("к Соглашению",),
)


def of_order(chance: random.Random) -> tuple[str, ...]:
    """Compose the label of the annexes of an order, a decree, a decision; «{n}» stands for the number."""
    by, to = chance.choice(_ORGANS)
    day = chance.choice(_DAYS)
    numbered = (chance.choice(_NUMBERS),)
    belongs = (*to, day) if chance.random() < 0.5 else ()
    approved = (chance.choice(_WORDS), *by, day)
    edited = chance.choice(_EDITED) if chance.random() < 0.5 else ()
    looks = (
        (*numbered, *approved, *edited),
        (*numbered, *belongs, *edited),
        (*numbered, *belongs, *approved, *edited),
        (*approved, *edited),
    )
    return chance.choice(looks)


def of_treaty(chance: random.Random) -> tuple[str, ...]:
    """Compose the label of the annexes of an agreement."""
    edited = ("(в ред. Протокола от 4 июня 2003 г.)",) if chance.random() < 0.3 else ()
    return (chance.choice(_NUMBERS), *chance.choice(_TREATIES), *edited)
