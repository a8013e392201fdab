"""Measure the readers: pages a second and word accuracy of PDF beside other extractors, and articles found in real files.

    python bench/formats.py [--pdfium PYTHON] [--pages N]

PYTHON is an interpreter that has pypdfium2 (a throw-away environment); without it that row is left out. Prints Markdown.
"""

import argparse
import difflib
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pdfminer.high_level import extract_text  # noqa: E402

from analyzers.repair import repair  # noqa: E402
from corpus.errors import InputError  # noqa: E402
from ingest.parsing import parse, read  # noqa: E402
from tests.ingest.readers import writers  # noqa: E402

WAYS = ("ordinary", "spacing", "blanks", "glyphs")
SENTENCES = (
    "1. Запрос об оказании содействия направляется в письменной форме и подписывается руководителем архива.",
    "Стороны обмениваются сведениями о составе фондов, хранящихся в государственных архивах.",
    "2. Запрашиваемая Сторона исполняет запрос в течение тридцати дней со дня его получения.",
    "Расходы, связанные с исполнением запроса, каждая Сторона несет самостоятельно.",
)
SPACED = (
    "о х р а н а  о б щ е с т в е н н о г о  п о р я д к а ;",
    "в  с ф е р е  а р х и в н о г о  д е л а ;",
    "П О С Т А Н О В Л Я Е Т :",
)
PDFIUM = "import sys,time,pypdfium2 as p\nb=time.perf_counter()\nd=p.PdfDocument(sys.argv[1])\nt='\\n'.join(x.get_textpage().get_text_range() for x in d)\ne=time.perf_counter()-b\nopen(sys.argv[2],'w',encoding='utf-8').write(t)\nprint(e)"


def paragraphs(way):
    """Compose a long agreement; one paragraph in three has a letter-spaced line."""
    out, chosen = [], random.Random(7)
    for number in range(1, 400):
        out.append(writers.Para(f"Статья {number}", 2, True, f"Статья {number}"))
        # Of unlike length: where every page is alike, its edges are running heads.
        out += [
            writers.Para(sentence, plain=sentence) for sentence in chosen.choices(SENTENCES, k=chosen.randint(3, 5))
        ]
        if way != "ordinary":
            out += [writers.Para(line, plain=writers.joined(line)) for line in SPACED]
    return out


def words(text):
    return re.findall(r"\w+", text.lower().replace("ё", "е"))


def accuracy(expected, text):
    """Share of the printed words found in order."""
    a, b = words(expected), words(text)
    matched = sum(m.size for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return 2 * matched / (len(a) + len(b))


def timed(work):
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def with_pdfium(python, data):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "x.pdf"), Path(folder, "x.txt")
        source.write_bytes(data)
        done = subprocess.run([python, "-c", PDFIUM, source, target], capture_output=True, text=True, check=True)
        return target.read_text("utf-8"), float(done.stdout)


def pdf_table(pdfium, limit):
    print("| PDF | extractor | pages/s | word accuracy |\n|---|---|---:|---:|")
    read(writers.pdf_of([writers.Para("Договор", plain="Договор")]), "x.pdf")  # starts the nursery
    for way in WAYS:
        paras = paragraphs(way)[: limit * 24]
        data = writers.pdf_of(paras, "spacing" if way == "ordinary" else way)
        pages = data.count(b"/Type/Page/")
        # The words a page shows, a few thousand of them: matching sequences is quadratic.
        expected = " ".join(para.plain for para in paras)
        rows = []
        source, seconds = timed(lambda data=data: read(data, "x.pdf"))
        rows.append(("svod (reader)", source.text, seconds))
        repaired, more = timed(lambda source=source: repair(source.text).text)
        rows.append(("svod (reader and repair)", repaired, seconds + more))
        rows.append(("pdfminer extract_text", *timed(lambda data=data: _mined(data))))
        if pdfium:
            rows.append(("pypdfium2", *with_pdfium(pdfium, data)))
        for name, text, spent in rows:
            print(
                f"| {way}, {pages} pages | {name} | {pages / spent:.1f} | {accuracy(expected, text):.4f} |", flush=True
            )


def _mined(data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return extract_text(file.name)


def articles_table(shared):
    """Count articles at the beginning of printed lines and those the parser made provisions of."""
    print("\n| file | read as | articles printed | articles found | seconds |\n|---|---|---:|---:|---:|")
    for folder in ("formats", "laws", "treaties"):
        for path in sorted((shared / "texts" / folder).iterdir()):
            try:
                parsed, seconds = timed(lambda path=path: parse(path.read_bytes(), path.name))
            except InputError as error:
                print(f"| {folder}/{path.name} | refused: {str(error).partition(': ')[2][:70]} | | | |")
                continue
            printed = len(re.findall(r"(?m)^[\s#*]*(?:Статья|СТАТЬЯ)\s+[\dIVXLCХ]+", parsed.text))
            found = sum(p.kind.value == "article" for instrument in parsed.instruments for p in instrument.walk())
            print(f"| {folder}/{path.name} | {parsed.format} | {printed} | {found} | {seconds:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdfium", help="an interpreter with pypdfium2")
    parser.add_argument("--pages", type=int, default=20, help="about how many pages to print (default 20)")
    args = parser.parse_args()
    pdf_table(args.pdfium, args.pages)
    if (ROOT.parent / "shared").exists():
        articles_table(ROOT.parent / "shared")


if __name__ == "__main__":
    main()
