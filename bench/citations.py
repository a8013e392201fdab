"""Citations found per second in running text, beside a plain regex and eyecite on English text of the same length.

python bench/citations.py [--eyecite]     eyecite is installed into a throw-away virtual environment
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from corpus.citations.reading import read

DISTRACTORS = Path(__file__).parents[2] / "shared" / "texts" / "distractors"
CHARACTERS = 1_000_000
PLAIN = re.compile(r"(?:ст(?:атья|атьи|атье|атьей|атей)?|п(?:ункт[а-я]*)?|ч(?:аст[а-я]+)?)\.?\s*\d+", re.IGNORECASE)
OWN = (
    "Стороны осуществляют сотрудничество в соответствии с пунктом 2 статьи 5 настоящего Соглашения и приказом "
    "Министерства почты Лукоморья от 3 июня 2020 г. № 297 «О мешках». Расходы, указанные в подпункте «а» пункта 1 "
    "статьи 6, несет запрашивающая Сторона, если иное не согласовано по дипломатическим каналам. "
)
ENGLISH = (
    "The parties agree that the decision in Smith v. Jones, 410 U.S. 113, 116 (1973), governs this matter. See also 42 "
    "U.S.C. § 1983; Brown v. Green, 123 F.3d 456 (9th Cir. 1999). Id. at 460. The requesting party bears all costs, "
    "unless agreed otherwise through diplomatic channels in the course of consultations between the two parties. "
)
EYECITE = """
import sys, time
from eyecite import get_citations
text = sys.stdin.read()
get_citations(text[:10_000])
paragraphs = [text[i:i + 4000] for i in range(0, len(text), 4000)]
began = time.perf_counter()
found = sum(len(get_citations(p)) for p in paragraphs)
print(time.perf_counter() - began, found)
"""


def texts() -> tuple[str, list[str]]:
    """Return court decisions and orders when they are there, an invented text otherwise."""
    files = sorted(DISTRACTORS.glob("*.txt")) if DISTRACTORS.is_dir() else []
    if not files:
        return "invented", [OWN * 12] * (CHARACTERS // len(OWN * 12))
    out, size = [], 0
    for file in files:
        if size >= CHARACTERS:
            break
        out.append(file.read_text("utf-8", errors="replace"))
        size += len(out[-1])
    return "decisions and orders", out


def timed(name, work, parts):
    best, found = float("inf"), 0
    for _ in range(3):
        began = time.process_time()
        found = sum(work(part) for part in parts)
        best = min(best, time.process_time() - began)
    row(name, sum(len(p.encode()) for p in parts), best, found)


def row(name, size, seconds, found):
    print(
        f"{name:44} {size / 1e6:6.2f} MB {seconds:7.2f} s {size / 1e6 / seconds:7.2f} MB/s {found / seconds:9.0f} found/s {found:7}"
    )


def eyecite(size):
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        done = subprocess.run(
            [python, "-m", "pip", "install", "-q", "eyecite"], capture_output=True, text=True, check=False
        )  # fmt: skip
        if done.returncode:
            print("eyecite: not run (could not be installed)")
            return
        text = ENGLISH * (size // len(ENGLISH))
        done = subprocess.run([python, "-c", EYECITE], input=text, capture_output=True, text=True, check=True)
        seconds, found = done.stdout.split()
        row("eyecite, English, invented", len(text.encode()), float(seconds), int(found))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eyecite", action="store_true")
    options = parser.parse_args()
    kind, parts = texts()
    read(OWN)
    print(f"one core, best of three, {sys.version.split()[0]}")
    timed(f"svod, {kind}", lambda t: len(read(t)), parts)
    timed("svod, invented, dense", lambda t: len(read(t)), [OWN * 12] * (CHARACTERS // len(OWN * 12)))
    timed(f"plain regex (no names, no levels), {kind}", lambda t: len(PLAIN.findall(t)), parts)
    if options.eyecite:
        eyecite(CHARACTERS)


if __name__ == "__main__":
    main()
