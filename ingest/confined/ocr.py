"""Scans through ocrmypdf, where it is installed and the person asked for it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import InputError

_SECONDS = 1800
_LAST_LINES = 300


def recognised(data: bytes, name: str, seconds: int = _SECONDS) -> bytes:
    """Return the PDF with a Russian text layer; raise InputError when ocrmypdf is missing or fails."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise InputError(
            f"{name}: для распознавания нужна программа ocrmypdf с языком rus, она не найдена. "
            "Установите пакеты ocrmypdf и tesseract-ocr-rus."
        )
    with tempfile.TemporaryDirectory(prefix="svod-ocr-") as folder:
        scan, result = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        scan.write_bytes(data)
        arguments = [program, "-l", "rus", "--skip-text", "--rotate-pages", "--quiet", str(scan), str(result)]
        environment = {"HOME": folder, "TMPDIR": folder, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
        process = subprocess.Popen(  # noqa: S603
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise InputError(f"{name}: распознавание не окончено за {seconds} с. Разделите файл на части.") from None
        finally:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.returncode or not result.is_file():
            detail = said.decode("utf-8", "replace").strip()[-_LAST_LINES:]
            raise InputError(f"{name}: ocrmypdf не распознал файл. {detail}")
        return result.read_bytes()
