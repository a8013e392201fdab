"""A treaty with one changed, one dead and one pending provision, and a treaty that was ended; invented."""

from pathlib import Path

from corpus.library import Library
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes

NAME = "между Кантоном Ольховец и Вересской Республикой о перевозке ульев"
DATED = f"Договор {NAME} от 3 мая 2004 года"
OF = DATED.replace("Договор", "Договора", 1)
OLD = "между Кантоном Ольховец и Вересской Республикой об осмотре пасек"


def _signed(kind: str, about: str, day: str, articles: str) -> str:
    return (
        f"{kind}\n{about}\n\nг. Ольховец, {day}\n\nСтороны согласились о нижеследующем:\n\n{articles}\n\n"
        f"Совершено в г. Ольховце {day} в двух экземплярах.\n"
    )


TREATY = _signed(
    "ДОГОВОР",
    NAME,
    "3 мая 2004 года",
    "Статья 1\n\n1. Стороны пропускают ульи через границу по спискам.\n\n"
    "2. Пропуск ульев ведётся на трёх постах.\n\n"
    "Статья 2\n\nКаждый улей осматривает пчеловод другой Стороны.\n\n"
    "Статья 3\n\nНастоящий Договор вступает в силу с даты его подписания.",
)
CHANGES = _signed(
    "ПРОТОКОЛ",
    f"о внесении изменений в {DATED}",
    "7 июля 2007 года",
    "Статья 1\n\nВнести в Договор следующие изменения:\n\n"
    "1) в пункте 1 статьи 1 слова «по спискам» заменить словами «по спискам поста»;\n\n2) статью 2 исключить.\n\n"
    "Статья 2\n\nНастоящий Протокол вступает в силу с даты его подписания.",
)
PENDING = _signed(
    "ПРОТОКОЛ",
    f"о внесении изменения в {DATED}",
    "9 сентября 2009 года",
    "Статья 1\n\nВ пункте 2 статьи 1 Договора слова «трёх постах» заменить словами «пяти постах».\n\n"
    "Статья 2\n\nНастоящий Протокол вступает в силу с даты получения последнего письменного уведомления Сторон.",
)
ENDED = _signed(
    "ДОГОВОР",
    OLD,
    "5 июня 2001 года",
    "Статья 1\n\n1. Стороны пропускают пасеки через границу по спискам.\n\n"
    "2. Пропуск пасек ведётся на трёх постах.\n\n"
    "Статья 2\n\nКаждый улей осматривает пчеловод другой Стороны.\n\n"
    "Статья 3\n\nНастоящий Договор вступает в силу с даты его подписания.",
)
ENDING = _signed(
    "ПРОТОКОЛ",
    f"о прекращении действия Договора {OLD} от 5 июня 2001 года",
    "8 августа 2008 года",
    f"Статья 1\n\nДоговор {OLD} от 5 июня 2001 года прекращает своё действие с даты вступления в силу настоящего "
    "Протокола.\n\nСтатья 2\n\nНастоящий Протокол вступает в силу с даты его подписания.",
)
CITING = _signed(
    "СОГЛАШЕНИЕ",
    "о выставке ульев",
    "1 марта 2010 года",
    f"Статья 1\n\nУльи для выставки везут по пункту 1 статьи 1, пункту 2 статьи 1 и статье 2 {OF}.\n\n"
    "Статья 2\n\nНастоящее Соглашение вступает в силу с даты его подписания.",
)
FILES = {
    "договор.txt": TREATY,
    "изменения.txt": CHANGES,
    "ждёт.txt": PENDING,
    "прежний.txt": ENDED,
    "прекращение.txt": ENDING,
    "выставка.txt": CITING,
}

CHANGED_WORDS = "действует с изменениями от 07.07.2007"
DEAD_WORDS = "утратило силу с 07.07.2007"
PENDING_WORDS = "принято изменение, день его вступления в силу неизвестен"
ENDED_WORDS = "прекращено с 08.08.2008"
PLACES = {CHANGED_WORDS: "art_1__para_1", DEAD_WORDS: "art_2", PENDING_WORDS: "art_1__para_2"}
CITED = (
    f"Смотри пункт 1 статьи 1 {OF}; пункт 2 статьи 1 {OF}; статью 2 {OF}; статью 1 Договора {OLD} от 5 июня 2001 года."
)
QUERY = "ульев ИЛИ ульи ИЛИ улей ИЛИ пасеки"


def dated(folder: Path) -> Library:
    """Return a library with the files."""
    library = LocalLibrary(folder)
    list(library.put_many([parse_bytes(text.encode(), name) for name, text in FILES.items()]))
    return library


def document(library: Library, name: str) -> str:
    """Return the id of the document of a file."""
    return next(s.id for s in library.documents() if s.source == name)
