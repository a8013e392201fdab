"""Books of invented agreements as a text program prints them: hard-wrapped, with running heads and feet; truth is exact."""

import random
import textwrap
from dataclasses import dataclass

STATES = (
    ("Республика Ардения", "Республики Ардения", "Республикой Ардения"),
    ("Королевство Бельмар", "Королевства Бельмар", "Королевством Бельмар"),
    ("Вендская Федерация", "Вендской Федерации", "Вендской Федерацией"),
    ("Горная Республика", "Горной Республики", "Горной Республикой"),
)
SUBJECTS = (
    "о почте",
    "о рыбной ловле в пограничных водах",
    "о совместных лесных питомниках",
    "об обмене семенами",
    "о ремонте переправ",
)
CITIES = (("Ардов", "Ардове"), ("Бельск", "Бельске"), ("Вендоград", "Вендограде"))
MONTHS = ("января", "марта", "мая", "августа", "октября")
SENTENCES = (
    "Стороны ежегодно сверяют списки переправ и исправляют их по взаимному согласию, если на берегах реки построены новые причалы.",
    "Расходы на содержание причалов каждая Сторона несет на своем берегу.",
    "Споры решают уполномоченные обеих Сторон на очередной встрече, о времени которой договариваются заранее.",
    "Порядок осмотра лодок и плотов, перевозящих лес, зерно и скот, устанавливают начальники переправ.",
)
TYPES = ("СОГЛАШЕНИЕ", "ПРОТОКОЛ", "КОНВЕНЦИЯ")


@dataclass(frozen=True, slots=True)
class Act:
    """What a book says of one of its acts."""

    type: str
    date: str
    place: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a book is printed: where the page's number stands, what is its head, how its acts close."""

    head: str
    foot: tuple[str, ...]
    stop_after_signature: bool
    alternating: bool
    part_heads: bool
    feed: bool
    contents: str = ""
    own_page: bool = False


LOOKS = (
    Look("Сборник соглашений о реках", ("Управление переправ",), True, True, True, True),
    Look("Действующие договоры", ("Отдел договоров", "и архива"), False, False, True, False),
    Look("Реки и переправы", (), True, False, False, True),
    Look("Книга договоров", ("Архив переправ",), False, True, True, True, "СОДЕРЖАНИЕ"),
    Look("Лодки и причалы", (), False, False, False, False, "Оглавление"),
    Look("Свод речных договоров", (), False, False, False, True, "", True),
    Look("Соглашения о переправах", ("Речной архив",), True, True, False, False, "", True),
    # Heads that begin as an act or an annex does, or have a number: they stayed text, and each began a false act.
    Look("Соглашение о реках", (), True, False, False, True),
    Look("Приложение к бюллетеню «Переправы»", ("Речной вестник № 7, 2009",), False, True, True, True),
)


def compose(seed: int, look: Look) -> tuple[str, list[Act]]:
    """Print a book of five to nine acts; return its text and the truth."""
    chance = random.Random(seed)
    acts, pages, lines, entries = [], [], [], []
    for _ in range(chance.randint(5, 9)):
        act, printed = _act(chance, look)
        acts.append(act)
        entries += _entry(printed, look, 5 + len(lines) // 38)
        lines += printed
        if look.own_page:
            pages += _sheets(printed)
    if look.contents:
        lines = [look.contents, "", *entries, "", *lines]
    return _paged(pages or _sheets(lines), look, chance.randint(3, 90)), acts


def _entry(printed: list[str], look: Look, page: int) -> list[str]:
    """Print an act's line in the table of contents: its title in small letters, dots and its page."""
    title = " ".join(printed[int(look.part_heads) : printed.index("")])
    *rest, last = _wrapped(title.capitalize()[:150])
    return [*rest, f"{last} {'.' * max(4, 70 - len(last))} {page}"]


def paragraphs(seed: int) -> tuple[list[str], list[Act]]:
    """Compose a book without pages: its paragraphs, and the truth."""
    chance = random.Random(seed)
    acts, out = [], []
    for _ in range(chance.randint(5, 9)):
        act, printed = _drawn(chance, LOOKS[2])
        acts.append(act)
        out += [text for text in printed if text]
    return out, acts


def begun(seed: int) -> tuple[list[str], list[Act], list[list[int]]]:
    """Compose a book where each act and each annex begins a page (a form feed before it).

    Return its paragraphs, the truth, and of each act how many points each of its annexes has.
    """
    chance = random.Random(seed)
    acts, out, points = [], [], []
    bare, counted = chance.random() < 0.5, chance.randint(1, 3)
    for _ in range(chance.randint(4, 7)):
        act, printed = _drawn(chance, LOOKS[2])
        acts.append(act)
        first, *rest = (text for text in printed if text)
        out += ["\f" + first, *rest]
        points.append([chance.randint(2, 4) for _ in range(1 if bare else counted)])
        for number, count in enumerate(points[-1], 1):
            out += ["\fПриложение" if bare else f"\fПриложение № {number}", "Порядок осмотра переправ"]
            out += [f"{n}. {chance.choice(SENTENCES)}" for n in range(1, count + 1)]
    return out, acts, points


POSTS = (
    "Министр иностранных дел",
    "Чрезвычайный и Полномочный Посол Королевства Бельмар в Республике Ардения и по совместительству в Горной Республике",
    "Первый заместитель Министра рыболовства и переправ Республики Ардения, председатель смешанной комиссии по пограничным водам и переправам через пограничные реки и озера",
)
"""Posts of those who sign: one line, two and three."""


def short(title: tuple[str, ...], post: str = POSTS[0], pages: int = 5) -> list[list[str]]:
    """Compose acts of one title between the same states, each on a page of its own that signatures end."""
    return [
        [
            *title,
            f"(Ардов, {day} мая {1990 + day} г.)",
            "Республика Ардения и Королевство Бельмар, именуемые в дальнейшем Сторонами, согласились о нижеследующем:",
            *(text for number in (1, 2, 3) for text in (f"Статья {number}", SENTENCES[(day + number) % 4])),
            f"Совершено в городе Ардове {day} мая {1990 + day} года в двух экземплярах.",
            *("За Республику Ардения", post, "За Королевство Бельмар", "Посол" if post == POSTS[0] else post),
        ]
        for day in range(1, pages + 1)
    ]


def _act(chance: random.Random, look: Look) -> tuple[Act, list[str]]:
    act, printed = _drawn(chance, look)
    return act, [line for text in printed for line in (_wrapped(text) or [""])]


def _drawn(chance: random.Random, look: Look) -> tuple[Act, list[str]]:
    """Draw an act and its paragraphs, with empty ones where the print leaves a line."""
    one, two = chance.sample(STATES, 2)
    city, at = chance.choice(CITIES)
    day, month, year = chance.randint(1, 28), chance.randrange(len(MONTHS)), chance.randint(1992, 2009)
    word = chance.choice(TYPES)
    articles = tuple(" ".join(chance.sample(SENTENCES, chance.randint(1, 2))) for _ in range(chance.randint(3, 7)))
    lines = [two[0].upper()] if look.part_heads else []
    lines += [
        word,
        f"между {one[2]} и {two[2]} {chance.choice(SUBJECTS)}",
        f"({city}, {day} {MONTHS[month]} {year} г.)",
        "",
    ]
    lines.append(
        f"{one[0]} и {two[0]}, именуемые в дальнейшем Сторонами, желая облегчить переправу через пограничные реки, согласились о нижеследующем:"
    )
    for number, text in enumerate(articles, 1):
        lines += [f"Статья {number}", text]
    lines.append(
        f"Совершено в городе {at} {day} {MONTHS[month]} {year} года в двух экземплярах, оба текста имеют одинаковую силу."
    )
    lines += [
        f"За {one[0]}".replace("Республика", "Республику"),
        f"За {two[0]}" + ("." if look.stop_after_signature else ""),
        "",
    ]
    iso = f"{year}-{(1, 3, 5, 8, 10)[month]:02}-{day:02}"
    kind = {"СОГЛАШЕНИЕ": "agreement", "ПРОТОКОЛ": "protocol", "КОНВЕНЦИЯ": "convention"}[word]
    return Act(kind, iso, city, articles), lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 78, break_long_words=False, break_on_hyphens=False)


def _sheets(lines: list[str]) -> list[list[str]]:
    return [lines[i : i + 38] for i in range(0, len(lines), 38)]


def _paged(pages: list[list[str]], look: Look, number: int) -> str:
    out = []
    for page, content in enumerate(pages, number):
        foot = ["", str(page), ""] if look.alternating and page % 2 else []
        tail = [] if foot else ["", str(page), ""]
        feed = "\f" if look.feed and page > number else ""
        out += [feed + look.head, "", *content, *foot, *look.foot, *tail]
    return "\n".join(out)
