"""DOC through LibreOffice, where it is installed: converted to DOCX in a throw-away profile, then read as DOCX."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from corpus.errors import InputError

_OUTPUT = 64 << 20


def docx_from_doc(data: bytes, name: str, seconds: float, memory: int) -> bytes:
    """Convert a Word document within seconds and MB; raise InputError when LibreOffice is missing or cannot read it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise InputError(
            f"{name}: для файлов DOC нужен LibreOffice (программа soffice), он не найден. "
            "Установите его или сохраните файл как DOCX."
        )
    with tempfile.TemporaryDirectory(prefix="svod-doc-") as folder:
        Path(folder, "in.doc").write_bytes(data)
        _convert(office, folder, name, (seconds, memory))
        result = Path(folder, "out", "in.docx")
        if not result.is_file() or result.stat().st_size > _OUTPUT:
            raise InputError(
                f"{name}: LibreOffice не смог прочитать документ; он повреждён. Сохраните его в Word как DOCX."
            )
        return result.read_bytes()


def _convert(office: str, folder: str, name: str, limits: tuple[float, int]) -> None:
    seconds, memory = limits
    arguments = [
        *_without_network(),
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        *("--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", "docx", "--outdir", f"{folder}/out", f"{folder}/in.doc"),
    ]
    environment = {"HOME": folder, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    for what, value in (
        (resource.RLIMIT_DATA, memory << 20),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, _OUTPUT),
    ):
        with contextlib.suppress(OSError):
            resource.prlimit(process.pid, what, (value, value))
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name}: LibreOffice не прочитал документ за {seconds:.0f} с. Сохраните его в Word как DOCX."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """Return the command that leaves the network behind, where the system allows it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--user", "--net", "--map-current-user", "--")
    try:
        works = subprocess.run([*command, "true"], capture_output=True, timeout=5, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        works = False
    return command if works else ()
