"""Acts drawn at random, and the ways a printer sets them: what parsing a print must give back."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

_SUBJECTS = ("Стороны", "Компетентные органы", "Запрашиваемая Сторона", "Участники", "Каждая Сторона", "Комиссия")
_VERBS = (
    "сообщают друг другу о",
    "ведут учёт",
    "согласуют порядок",
    "проверяют состояние",
    "обсуждают вопросы",
    "хранят записи",
)
_OBJECTS = (
    "перевозок скота",
    "речных постов",
    "учебных занятий",
    "ремонта мостов",
    "лесных пожаров",
    "переписи судов",
    "осмотра грузов",
)
_TAILS = ("", " в приграничных районах", " не реже одного раза в год", " без взимания платы", " по взаимному согласию")
_HEADINGS = (
    "Предмет",
    "Порядок переписки",
    "Расходы",
    "Рабочие языки",
    "Отказ",
    "Сроки и уведомления",
    "Заключительные положения",
)
_ITEMS = ("осмотр пастбищ", "обмен семенами", "ремонт плотин", "выпуск карт", "учёт паводков", "обучение лоцманов")


@dataclass
class Unit:
    """A drawn unit: its number as printed (None for an unnumbered paragraph), heading, first paragraph and the rest."""

    num: str | None
    text: str = ""
    heading: str | None = None
    inner: list["Unit"] = field(default_factory=list)


@st.composite
def sentences(draw, count=1):
    made = []
    for _ in range(count):
        parts = (draw(st.sampled_from(_SUBJECTS)), draw(st.sampled_from(_VERBS)), draw(st.sampled_from(_OBJECTS)))
        made.append(" ".join(parts) + draw(st.sampled_from(_TAILS)) + ".")
    return " ".join(made)


@st.composite
def lists(draw):
    """A lead-in and its items: unnumbered, «1)» or «а)»."""
    style = draw(st.sampled_from(("dash", "1)", "а)")))
    items = draw(st.lists(st.sampled_from(_ITEMS), min_size=2, max_size=5, unique=True))
    nums = [None if style == "dash" else str(i + 1) if style == "1)" else "абвгд"[i] for i in range(len(items))]
    ends = [";"] * (len(items) - 1) + ["."]
    return [Unit(num, item + end) for num, item, end in zip(nums, items, ends, strict=True)]


@st.composite
def bodies(draw, opening):
    """A unit's first paragraph and what follows in it: a list or further paragraphs."""
    kind = draw(st.sampled_from(("plain", "plain", "alineas", "list")))
    if kind == "list":
        return opening.rstrip(".") + ":", draw(lists())
    further = draw(st.integers(1, 2)) if kind == "alineas" else 0
    return opening, [Unit(None, draw(sentences(2))) for _ in range(further)]


@st.composite
def articles(draw, headed):
    made = []
    for n in range(1, draw(st.integers(2, 6)) + 1):
        heading = draw(st.sampled_from(_HEADINGS)) if headed else None
        if draw(st.booleans()):
            paragraphs = []
            for k in range(1, draw(st.integers(2, 4)) + 1):
                text, inner = draw(bodies(draw(sentences(draw(st.integers(1, 3))))))
                paragraphs.append(Unit(f"{k}.", text, None, inner))
            made.append(Unit(str(n), "", heading, paragraphs))
        else:
            text, inner = draw(bodies(draw(sentences(draw(st.integers(1, 3))))))
            made.append(Unit(str(n), text, heading, inner))
    return made


@dataclass
class Act:
    title: str
    preamble: list[str]
    articles: list[Unit]
    conclusion: str

    def provisions(self):
        """What parsing must give: (eId, kind, number, heading, text)."""
        out = [
            ("preamble" if i == 0 else f"preamble__al_{i + 1}", "preamble" if i == 0 else "alinea", None, None, t)
            for i, t in enumerate(self.preamble)
        ]
        for article in self.articles:
            out += _flat(article, f"art_{article.num}", "article")
        return [*out, ("conclusions", "conclusions", None, None, self.conclusion)]


def _flat(unit, eid, kind):
    out = [(eid, kind, unit.num.rstrip(".") if unit.num else None, unit.heading, unit.text)]
    alineas = 1
    for child in unit.inner:
        if child.num is None:
            alineas += 1
            out += _flat(child, f"{eid}__al_{alineas}", "alinea")
        elif child.num.endswith("."):
            out += _flat(child, f"{eid}__para_{child.num[:-1]}", "paragraph")
        else:
            letter = dict(zip("абвгд", "abvgd", strict=True)).get(child.num, child.num)
            out += _flat(child, f"{eid}__point_{letter}", "point")
    return out


@st.composite
def acts(draw):
    headed = draw(st.booleans())
    one, other = "Республики Альбия", "Борейской Федерации"
    return Act(
        f"Соглашение между Правительством {one} и Правительством {other} о делах реки Луки",
        [
            f"Правительство {one} и Правительство {other}, именуемые далее Сторонами,",
            "желая жить в добром соседстве,",
            "согласились о нижеследующем:",
        ],
        draw(articles(headed)),
        "Совершено в городе Лукограде 4 мая 2004 года в двух экземплярах, каждый на альбийском и борейском языках.",
    )


def markdown(act):
    """Headings by #, every paragraph parted by an empty line, the heading of an article a heading of its own."""
    blocks = [f"# {act.title}", *act.preamble]
    for article in act.articles:
        blocks.append(f"## **Статья {article.num}**")
        if article.heading:
            blocks.append(f"### **{article.heading}**")
        blocks += _paragraphs(article)
    return "\n\n".join(
        [*blocks, act.conclusion, "За Правительство Республики Альбия", "За Правительство Борейской Федерации"]
    )


def one_line(act):
    """Plain text, a paragraph a line, the heading after the number."""
    lines = [act.title.upper(), *act.preamble]
    for article in act.articles:
        lines += [
            "",
            f"Статья {article.num}" + (f". {article.heading}" if article.heading else ""),
            *_paragraphs(article),
        ]
    return "\n".join([*lines, act.conclusion, "(Подписи)"]).replace(
        act.title.upper(), act.title.upper() + "\n" + "\u2060" * 0
    )


def next_line(act):
    """Plain text, a paragraph a line, no empty lines, the heading on the line after the number."""
    lines = [act.title.upper(), *act.preamble]
    for article in act.articles:
        lines += [f"Статья {article.num}", *([article.heading] if article.heading else []), *_paragraphs(article)]
    return "\n".join([*lines, act.conclusion, "(Подписи)"])


def wrapped(act, width=72):
    """Hard-wrapped lines with indented paragraphs, the heading on the line after «Статья N»."""
    lines = ["      СОГЛАШЕНИЕ", *_wrap(act.title.removeprefix("Соглашение "), width, 0)]
    for text in act.preamble:
        lines += _wrap(text, width, 6)
    for article in act.articles:
        lines += ["", f"Статья {article.num}"]
        if article.heading:
            lines.append(article.heading)
        lines.append("")
        for text in _paragraphs(article):
            lines += _wrap(text, width, 6)
    return "\n".join([*lines, *_wrap(act.conclusion, width, 6), " " * 50 + "(Подписи)"])


def _paragraphs(unit):
    out = [] if not unit.text else [unit.text]
    for child in unit.inner:
        first, *rest = _paragraphs(child)
        label = "" if child.num is None else child.num + " " if child.num.endswith(".") else child.num + ") "
        out += [label + first, *rest]
    return out


def _wrap(text, width, indent):
    lines, line = [], " " * indent
    for word in text.split():
        if len(line) + len(word) > width and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    return [*lines, line.rstrip()]


PRINTS = {"markdown": markdown, "one-line": one_line, "next-line": next_line, "wrapped": wrapped}
