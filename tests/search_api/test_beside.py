"""What a service does beside its answers."""

import threading
import time

from structlog.testing import capture_logs

from corpus.effects.lives import lives
from corpus.errors import LibraryUnavailableError
from corpus.local.library import LocalLibrary
from ingest.pipeline import parse_bytes
from search_api.service.work.beside import Beside, states_work

TREATY = """СОГЛАШЕНИЕ
между Ольховией и Сосновией о паромах

г. Ольхов, 3 мая 2004 года

Стороны согласились о нижеследующем:

Статья 1

Паром ходит дважды в день.

Статья 2

Настоящее Соглашение вступает в силу с даты его подписания.
"""
PROTOCOL = """ПРОТОКОЛ
о внесении изменений в Соглашение между Ольховией и Сосновией о паромах от 3 мая 2004 года

г. Ольхов, 7 июля 2009 года

Стороны согласились о нижеследующем:

Статья 1

В статье 1 Соглашения слово «дважды» заменить словом «трижды».

Статья 2

Настоящий Протокол вступает в силу с даты его подписания.
"""


def until(true) -> bool:
    """Wait up to 20 s for something to become true."""
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        threading.Event().wait(0.02)
    return true()


def test_what_a_write_touches_is_read_before_anybody_asks(tmp_path):
    library = LocalLibrary(tmp_path / "l")
    treaty = library.put(parse_bytes(TREATY.encode(), "паромы.txt")).documents[0]
    work = states_work(lambda: library)
    work.start()
    library.put(parse_bytes(PROTOCOL.encode(), "протокол.txt"))
    try:
        assert until(lambda: treaty in lives(library).kept)
    finally:
        work.close()
    library.close()


def test_a_library_that_nobody_opened_stays_closed():
    asked = threading.Event()

    def opened() -> None:
        asked.set()

    work = states_work(opened)
    work.start()
    assert asked.wait(20)
    work.close()


def test_a_failure_is_logged_once_for_as_long_as_it_lasts():
    tries = []

    def fail(_) -> None:
        tries.append(1)
        raise LibraryUnavailableError("узел не отвечает")

    with capture_logs() as logged:
        work = Beside("probe", 0.01, fail)
        work.start()
        assert until(lambda: len(tries) > 4)
        work.close()
    assert [(e["event"], e["work"]) for e in logged] == [("not done", "probe")]
