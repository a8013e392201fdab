"""The child side of parsing uploads: `python -m search_api.service.parsing_worker`, requests on standard input.

It ends with its parent, and after IDLE seconds without a request, to give its memory back.
"""

import os
import pickle
import resource
import select
import signal
from typing import Final

from corpus.errors import InputError, SvodError
from corpus.model import SourceFile
from search_api.service.parsing import HEADER

IDLE: Final = 600.0
_NICE: Final = 10
"""Searches come first."""


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    while select.select([0], [], [], IDLE)[0]:
        header = _exactly(HEADER.size)
        if not header:
            return
        data, name, words, memory = pickle.loads(_exactly(HEADER.unpack(header)[0]))  # noqa: S301
        answer = pickle.dumps(_parsed(data, name, words, memory), pickle.HIGHEST_PROTOCOL)
        answers.write(HEADER.pack(len(answer)) + answer)
        answers.flush()


def _exactly(length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = os.read(0, min(length - len(parts), 1 << 20))
        if not part:
            return b""
        parts += part
    return bytes(parts)


def _parsed(data: bytes, name: str, words: dict[str, int], memory: int) -> SourceFile | InputError:
    from ingest.pipeline import Given, parse_bytes

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    try:
        return parse_bytes(data, name, Given(words))
    except InputError as error:
        return error
    except SvodError as error:
        return InputError(str(error))
    except MemoryError:
        return InputError(f"Файл «{name}» велик: на разбор не хватает памяти. Разделите его на части.")
    except RecursionError:
        return InputError(f"Файл «{name}»: вложенность пунктов слишком велика. Проверьте, тот ли это файл.")
    except Exception as error:  # noqa: BLE001  the parent tells the person; the traceback goes to the log
        import structlog

        from search_api.service import logs

        logs.configure()
        structlog.get_logger().exception("parse failed", file=name, exc_info=error)
        return InputError(f"Файл «{name}» не удалось разобрать: внутренняя ошибка.")


if __name__ == "__main__":
    main()
