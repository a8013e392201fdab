"""No file can hurt: mutated files, bombs, entities and paths, children that are killed."""

import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from corpus.errors import InputError
from ingest.confined import landlock, nursery, seccomp
from ingest.confined.limits import Limits
from ingest.confined.pool import Job, Pool
from ingest.parsing import expand, read
from ingest.source import SourceText
from tests.ingest.readers import attacks, office, writers

SOAK = bool(os.environ.get("SVOD_SOAK"))
MUTATIONS = 2_000 if SOAK else 25
CONVERTED = 2_000 if SOAK else 12  # of DOC: those that pass our own look at the container cost a start of LibreOffice
SECONDS = 20

OFFICE = (
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.xdist_group("libreoffice"),
)
KINDS = (pytest.param("doc", marks=OFFICE), "docx", "html", "odt", "pdf", "pdf-plain", "rtf", "txt", "zip")
PARAS = [
    writers.Para("СОГЛАШЕНИЕ\nо сотрудничестве архивов", 1, True, "СОГЛАШЕНИЕ\nо сотрудничестве архивов"),
    *(
        writers.Para(text, 0, False, text)
        for i in range(1, 9)
        for text in (
            f"Статья {i}. Предмет раздела {i}",
            "1. Стороны обмениваются копиями документов, хранящихся в государственных архивах.",
            "2. Запрос исполняется в течение 30 дней со дня получения:",
            "а) по форме, установленной Сторонами;",
            "б) без взимания платы.",
        )
    ),
]


@cache
def originals():
    return {
        "docx": writers.docx(PARAS),
        "odt": writers.odt(PARAS),
        "rtf": writers.rtf(PARAS),
        "html": writers.html(PARAS),
        "pdf": writers.pdf_of(PARAS),
        "pdf-plain": writers.pdf_of(PARAS, "glyphs"),
        "zip": writers.package({"а.txt": "Договор".encode(), "папка/б.html": writers.html(PARAS)}),
        "txt": "\n".join(p.text for p in PARAS).encode("cp1251"),
    }


@cache
def doc():
    """Have LibreOffice write the paragraphs as DOC."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.rtf").write_bytes(writers.rtf(PARAS))
        return (office.convert(folder, [Path(folder, "x.rtf")], "doc") / "x.doc").read_bytes()


def mutated(data, kind, chosen):
    """Damage a file: bytes changed, cut out, doubled, cut off; inside a package as well as around it."""
    if kind in ("docx", "odt", "zip") and chosen.random() < 0.7:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chosen.choice(sorted(parts))
        parts[name] = mutated(parts[name], "xml", chosen)
        return writers.package(parts)
    out = bytearray(data)
    for _ in range(chosen.choice((1, 3, 30))):
        if not out:
            break
        place, size = chosen.randrange(len(out)), chosen.choice((1, 2, 8, 200))
        match chosen.randrange(5):
            case 0:
                out[place : place + size] = chosen.randbytes(size)
            case 1:
                del out[place : place + size]
            case 2:
                out[place:place] = out[place : place + size] * chosen.choice((1, 2, 50))
            case 3:
                out[place : place + 1] = chosen.choice(
                    (b"<", b">", b"{", b"\\", b"&", b"0", b"-1", b"99999999", b"\x00", b"R")
                )
            case 4 if chosen.random() < 0.2:
                del out[place:]
    return bytes(out)


def refusal(data, name):
    """Read a file, or the files of an archive; return what is said when it is refused."""
    try:
        for entry, body in expand(data, name):
            assert isinstance(read(body, entry), SourceText)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS)
def test_mutated_files_are_read_or_refused(kind):
    original = doc() if kind == "doc" else originals()[kind]
    chosen = random.Random(f"{kind} 20261121")
    refused, wanted = 0, CONVERTED if kind == "doc" else MUTATIONS
    for _ in range(wanted):
        data = mutated(original, kind, chosen)
        began = time.monotonic()
        said = refusal(data, f"x.{kind}")
        if said:
            refused += 1
            assert said.startswith(f"x.{kind}")
            assert len(said) > 30
        assert time.monotonic() - began < SECONDS + 1
    assert refused < wanted


def test_a_child_stays_within_its_memory():
    pool = Pool(1)
    head = {"name": "x.pdf", "converted": False, "expand": False}
    answer, _ = pool.run(Job("read", head, originals()["pdf"], lambda _: SECONDS))
    pool.close()
    assert answer["memory"] < 512 << 10


def _slowdown():
    """A second is meant for a machine at rest; on a busy one the child waits for its turn."""
    return max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


def _resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


BOMBS = list(attacks.bombs())


def test_there_are_fifty_bombs():
    assert len(BOMBS) == 50


@pytest.mark.parametrize(("name", "data"), BOMBS, ids=[name for name, _ in BOMBS])
def test_a_bomb_is_refused_at_once(name, data):
    read("Разминка".encode(), "x.txt")
    read(originals()["html"], "x.html")  # the nursery runs
    before, began = _resident(), time.monotonic()
    said = refusal(data, name)
    assert time.monotonic() - began <= 1 * _slowdown()
    assert _resident() - before <= 64 << 20
    assert said.startswith(name)


@pytest.fixture
def listener():
    """A port that remembers who knocked."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def accept():
            while not stop.is_set():
                try:
                    knocks.append(server.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], knocks
        stop.set()
        thread.join()


def test_nothing_outside_is_reached(listener, tmp_path):
    port, knocks = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(attacks.SECRET)
    files = list(attacks.reaching(str(secret), port))
    assert len(files) >= 30
    for name, data in files:
        texts = [refusal(data, name)]
        if not texts[0]:
            texts = [read(body, entry).text for entry, body in expand(data, name)]
        assert not any(attacks.SECRET in text for text in texts)
    time.sleep(0.1)
    assert not knocks
    assert secret.read_text() == attacks.SECRET
    assert sorted(tmp_path.iterdir()) == [secret]
    assert not Path("/tmp/svod-attack.txt").exists()


CONFINED = """
import ctypes, os, socket, sys
sys.path.insert(0, {root!r})
from ingest.confined import child
kept = socket.socketpair()
os.dup2(kept[0].fileno(), 3)
os.closerange(4, 256)
libc = ctypes.CDLL(None, use_errno=True)
c_open, c_socket = libc.open, libc.socket
c_close, c_unlink, c_execve, c_kill = libc.close, libc.unlink, libc.execve, libc.kill
held = child._held()
if os.geteuid() == 0:  # as an ordinary user
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
child._confine(held, 512)
def tried(what):
    try:
        return what()
    except (OSError, PermissionError, MemoryError) as error:
        return type(error).__name__
results = [
    tried(lambda: open("/etc/passwd").read(1)),
    tried(lambda: os.open("/etc/passwd", os.O_RDONLY)),
    tried(lambda: socket.socket().fileno()),
    c_open(b"/etc/passwd", 0),
    c_socket(2, 1, 0),
    tried(lambda: len(bytearray(600 << 20))),
    tried(lambda: os.system("true")),
    tried(lambda: os.fork()),
    [c_close(0), c_open(b"/etc/passwd", 0)][1],
    c_socket(2, 1, 0),
    c_unlink(b"/tmp/nothing-of-the-kind"),
    c_execve(b"/bin/true", None, None),
    c_kill(os.getppid(), 0),
]
os.write(3, repr(results).encode())
"""


def test_a_confined_process_opens_nothing():
    ours, theirs = socket.socketpair()
    root = str(nursery._ROOT)
    code = CONFINED.format(root=root).replace(
        "kept = socket.socketpair()", f"kept = (socket.socket(fileno={theirs.fileno()}),)"
    )
    subprocess.run([sys.executable, "-c", code], pass_fds=[theirs.fileno()], timeout=30, check=True)
    theirs.close()
    results = eval(ours.recv(4096).decode())
    ours.close()
    assert results[0] in ("PermissionError", "OSError")
    assert results[1] in ("PermissionError", "OSError")
    assert results[2] in ("PermissionError", "OSError")
    assert results[3] == -1
    assert results[4] == -1
    assert results[5] == "MemoryError"
    assert results[6] == results[7] == "PermissionError"
    if seccomp.supported():
        assert results[8:] == [-1, -1, -1, -1, -1], "native code closes a descriptor and opens another"


NATIVE = """
import ctypes, os, socket, sys
{source}
libc = ctypes.CDLL(None, use_errno=True)
c_open, c_socket, c_connect = libc.open, libc.socket, libc.connect
c_unlink, c_rename, c_mkdir, c_execve, c_kill = libc.unlink, libc.rename, libc.mkdir, libc.execve, libc.kill
where = (2).to_bytes(2, "little") + ({port}).to_bytes(2, "big") + bytes((127, 0, 0, 1)) + bytes(8)
parent = os.getppid()
if os.geteuid() == 0:  # as an ordinary user
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
def tried():
    found = [c_open(path, 0) for path in (b"/etc/passwd", {secret!r}, b"/proc/self/environ", b"/")]
    net = c_socket(2, 1, 0)
    found += [c_connect(net, where, 16) if net >= 0 else -1, c_kill(parent, 0)]
    found += [c_open({secret!r}, 0o1101), c_unlink({secret!r}), c_rename({secret!r}, b"/tmp/x"), c_mkdir({made!r}, 0o700)]
    found += [c_execve(b"/bin/true", None, None)]
    return [one if one < 0 else 1 for one in found]
print({before})
assert {confine}()
print(tried())
"""


@pytest.mark.parametrize("module", [landlock, seccomp])
def test_native_code_reads_nothing_and_reaches_nothing(listener, tmp_path, module):
    """Each of the two holds alone, without Python's hooks and without limits; as an ordinary user."""
    if not (seccomp.supported() if module is seccomp else landlock.version() >= 6):
        pytest.skip("этого ядро не умеет")
    port, knocks = listener
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    secret = folder / "secret.txt"
    secret.write_text(attacks.SECRET)
    secret.chmod(0o666)
    given = {
        "source": Path(module.__file__).read_text("utf-8"), "port": port, "secret": bytes(secret),
        "made": bytes(folder / "made"), "confine": "refuse_calls" if module is seccomp else "refuse_paths",
    }  # fmt: skip

    def told(before):
        code = NATIVE.format(**given, before=before)
        done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr[-2000:]
        return [eval(line) for line in done.stdout.splitlines()]

    reached = told("[c_open(b'/etc/passwd', 0), c_connect(c_socket(2, 1, 0), where, 16)]")[0]
    assert reached[0] > 0, "unconfined it reads"
    assert reached[1] == 0, "unconfined it reaches the port"
    until = time.monotonic() + 30
    while not knocks and time.monotonic() < until:
        time.sleep(0.01)
    knocks.clear()
    assert told("0")[1] == [-1] * 11
    assert not knocks
    assert secret.read_text() == attacks.SECRET
    shutil.rmtree(folder)


def endless_pdf():
    """A character map of four thousand million entries: small, valid, and never done."""
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <00000000> endbfrange endcmap"
    return attacks.pdf_objects(
        [
            *attacks._page(resources="<</Font<</F 5 0 R>>>>"),
            attacks.stream(b"BT /F 9 Tf (x) Tj ET", ""),
            "<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 0/LastChar 0/Widths[0]/ToUnicode 6 0 R>>",
            attacks.stream(cmap, ""),
        ]
    )


def test_a_child_out_of_time_or_memory_is_an_error_of_its_file():
    began = time.monotonic()
    with pytest.raises(InputError, match=r"дело.pdf: .*(прерван|памяти)"):
        read(endless_pdf(), "дело.pdf", Limits(seconds=2))
    assert time.monotonic() - began < 2 + 1
    assert read(originals()["pdf"], "x.pdf").text


def test_the_nursery_is_started_again():
    assert read(originals()["html"], "x.html").text
    process = nursery.NURSERY._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert read(originals()["html"], "x.html").text


def test_files_are_read_side_by_side():
    kinds = ["docx", "odt", "rtf", "html", "pdf"] * 6
    with ThreadPoolExecutor(6) as pool:
        texts = list(pool.map(lambda kind: read(originals()[kind], f"x.{kind}").text, kinds))
    assert all("Стороны обмениваются копиями" in text for text in texts)


def test_too_much_text_is_refused():
    with pytest.raises(InputError, match="10 миллионов"):
        read(b"<html>" + b"<p>" + b"x" * 11_000_000, "x.html")
