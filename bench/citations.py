"""Citations found per second in running text, beside a plain regex and eyecite on English text of the same length.

python bench/citations.py [--without-eyecite]     some 4 minutes; eyecite is installed into a throw-away virtual environment
Writes its table into RESULTS.md, between its marks.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from corpus.citations.read.reading import read

DISTRACTORS = Path(__file__).parents[2] / "shared" / "texts" / "distractors"
RESULTS = Path(__file__).with_name("RESULTS.md")
BEGIN, END = "<!-- bench.citations -->", "<!-- end -->"
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
    return row(name, sum(len(p.encode()) for p in parts), best, found)


def row(name, size, seconds, found):
    line = f"| {name} | {size / 1e6:.2f} | {seconds:.2f} | {size / 1e6 / seconds:.3g} | {found / seconds:,.0f} | {found:,} |"
    print(line, flush=True)
    return line


def record(table):
    text = RESULTS.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    assert rest, f"{RESULTS} has no {BEGIN}"
    RESULTS.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}", "utf-8")


def eyecite(size):
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        done = subprocess.run(
            [python, "-m", "pip", "install", "-q", "eyecite"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print("eyecite: not run (could not be installed)")
            return []
        text = ENGLISH * (size // len(ENGLISH))
        done = subprocess.run([python, "-c", EYECITE], input=text, capture_output=True, text=True, check=True)
        seconds, found = done.stdout.split()
        return [row("eyecite, English, invented", len(text.encode()), float(seconds), int(found))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-eyecite", action="store_true")
    options = parser.parse_args()
    kind, parts = texts()
    read(OWN)
    dense = [OWN * 12] * (CHARACTERS // len(OWN * 12))
    lines = [
        "| | MB | s | MB/s | found/s | found |",
        "|---|---|---|---|---|---|",
        timed(f"svod, {kind}", lambda t: len(read(t)), parts),
        timed("svod, invented, dense", lambda t: len(read(t)), dense),
        timed(f"plain regex (no names, no levels), {kind}", lambda t: len(PLAIN.findall(t)), parts),
        *([] if options.without_eyecite else eyecite(CHARACTERS)),
    ]
    head = f"One core, processor time, best of three, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors."
    record("\n".join([head, "", *lines]))


if __name__ == "__main__":
    main()
