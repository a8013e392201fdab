"""`svod serve` and `svod demo`: the service and the page."""

import shutil
import signal
import socket
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import SvodError, UsageError
from corpus.library import Library
from search_api.cli.console import LibraryOption, say

if TYPE_CHECKING:
    from fastapi import FastAPI

    from search_api.http.edge.wire import Serving
    from search_api.service.access.asking import Access  # the web's libraries: 0.4 s that no other command needs
    from search_api.service.settings import Settings

HostOption = Annotated[str, typer.Option("--host", envvar="SVOD_HOST", help="Адрес, на котором слушать.")]
PortOption = Annotated[
    int, typer.Option("--port", envvar="SVOD_PORT", min=0, max=65535, help="Порт; 0 — любой свободный.")
]


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command("serve", help="Запустить службу и страницы для браузера.")(serve)
    app.command("demo", help="Показать Свод на образцах: временная библиотека и страница.")(demo)


def serve(
    library: LibraryOption,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: Annotated[
        int, typer.Option("--workers", envvar="SVOD_WORKERS", min=1, max=64, help="Сколько процессов обслуживают.")
    ] = 1,
) -> None:
    """Serve the library until interrupted."""
    from search_api.service.opening import open_library, shown
    from search_api.service.settings import Settings

    run(lambda: open_library(library), Settings(host=host, port=port), shown(library), workers)


def demo(host: HostOption = "127.0.0.1", port: PortOption = 0) -> None:
    """Ingest the sample agreements into a throw-away library and serve it."""
    from corpus.errors import InputError
    from search_api.service.ingesting import parsing_service
    from search_api.service.opening import open_library
    from search_api.service.samples import take_samples
    from search_api.service.settings import Settings

    folder = Path(tempfile.mkdtemp(prefix="svod-demo-"))
    try:
        library = open_library(str(folder / "library"))
        say("Готовлю образцы…")
        with parsing_service() as parsing:
            outcomes = take_samples(library, parsing)
        failed = [o.problem.detail for o in outcomes if o.problem]
        if failed or not outcomes:
            library.close()
            raise InputError(" ".join(failed) or "Образцы не найдены: пакет установлен не целиком.")
        told = f"образцы, актов: {sum(len(o.documents) for o in outcomes)}"
        run(lambda: library, Settings(host=host, port=port), told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(opener: Callable[[], Library], settings: "Settings", told: str, workers: int = 1) -> None:
    """Bind, say where, and serve until interrupted; raise InputError when the address is taken or unknown."""
    from search_api.service.work import processes

    with processes.counting(workers):
        _run(opener, settings, told, workers)


def _run(opener: Callable[[], Library], settings: "Settings", told: str, workers: int) -> None:
    from authlib.deprecate import AuthlibDeprecationWarning

    from ingest.confined.nursery import NURSERY

    warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # for its programmers: httpx is to give way to httpx2
    from search_api.http.app import create_app  # before an address is told: who reads it may end the service at once
    from search_api.service import logs
    from search_api.service.access.asking import Access
    from search_api.service.opened import Shelf
    from search_api.service.tokens import read_tokens
    from search_api.service.work import processes

    logs.configure()
    processes.raise_descriptors()
    shelf = Shelf(opener)
    users = _users(Access(settings, shelf, read_tokens(settings)))
    refuse_bare(settings, users=users)
    with _bound(settings) as bound:
        signal.signal(signal.SIGTERM, _stopped)
        with suppress(KeyboardInterrupt):
            if workers > 1:
                shelf.close()  # nothing open is shared
                NURSERY.start()  # but what reads files is: 5 s of the processor and its memory once
                _tell(settings, bound, told, users=users)
                processes.share(workers, lambda: _serve(_serving(create_app(opener, settings), settings), bound))
            else:
                serving = _serving(create_app(opener, settings), settings)
                _tell(settings, bound, told, users=users)
                _serve(serving, bound)
        say("Остановлено.")


def _tell(settings: "Settings", bound: socket.socket, told: str, *, users: bool) -> None:
    """Say where the service is and who may use it."""
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    scheme = "https" if settings.tls_certificate else "http"
    sys.stdout.write(f"{scheme}://{shown}:{bound.getsockname()[1]}/\n")
    sys.stdout.flush()
    say(f"Свод работает. Библиотека: {told}. Остановить: Ctrl+C.")
    say(access(settings, users=users))


def _bound(settings: "Settings") -> socket.socket:
    """Take the address; raise InputError when it is taken or unknown."""
    from corpus.errors import InputError

    host, port = settings.host, settings.port
    try:
        bound = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=1024
        )
    except (OSError, OverflowError) as error:
        raise InputError(f"Занять адрес {host}:{port} не удалось: {error}. Укажите другой порт: --port 0.") from error
    # asyncio sends at once only on sockets that say they are TCP; one made by create_server does not, and its
    # answers waited 40 ms for the client's delayed acknowledgement (measured; accepted sockets inherit this).
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def _serving(app: "FastAPI", settings: "Settings") -> "Serving":
    """Return a server of this process, ready for its first question."""
    import uvicorn

    from search_api.http.edge.wire import Protocol, Serving
    from search_api.service.warming import warmed

    config = uvicorn.Config(
        warmed(app),
        http=Protocol,
        ws="none",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        backlog=1024,
    )
    config.load()

    def give_up() -> None:
        app.state.workers.close()  # those of the start that is ending: each makes its own

    return Serving(config, give_up)


def _serve(serving: "Serving", bound: socket.socket) -> None:
    """Serve a socket in this process until it is told to stop."""
    with suppress(KeyboardInterrupt):
        serving.run(sockets=[bound])


def _users(access: "Access") -> bool:
    """Say whether users or tokens are set; a library that does not answer is taken to have some."""
    try:
        return access.governed(access.entries())
    except SvodError:
        return True


def _stopped(*_: object) -> None:
    """End by the ordinary way out: uvicorn raises a caught signal once more after its own shutdown."""
    raise KeyboardInterrupt


def access(settings: "Settings", *, users: bool) -> str:
    """Say who can reach the service, and who may read and write."""
    if settings.loopback:
        who = "по ключу" if users else "без ключа"
        return f"Служба доступна только с этой машины; чтение и запись — {who}."
    reading = "читать может каждый" if settings.open_reading else "читать — по ключу"
    writing = "писать — по ключу" if users else "запись закрыта: пользователей нет (svod users add)"
    return f"ВНИМАНИЕ: служба доступна по сети ({settings.host}): {reading}, {writing}."


def refuse_bare(settings: "Settings", *, users: bool) -> None:
    """Refuse to serve the net where keys would travel in the clear, or where nobody could be told apart."""
    if settings.loopback:
        return
    if not users and not settings.open_reading:
        raise UsageError(
            "Служба открывается сети, а пользователей нет. Заведите их: svod users add ИМЯ --role admin, "
            "svod keys make ИМЯ. Или откройте чтение всем: SVOD_OPEN_READING=1."
        )
    if users and not (settings.tls_certificate or settings.proxies or settings.plain_login):
        raise UsageError(
            "Ключи пошли бы по сети открыто. Задайте SVOD_TLS_CERTIFICATE и SVOD_TLS_KEY, или поставьте перед службой "
            "посредника с TLS и назовите его адрес в SVOD_PROXIES. Если службу видит только он и на той же машине: "
            "SVOD_PLAIN_LOGIN=1."
        )
