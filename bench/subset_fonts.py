"""Make the page's fonts anew: `npm pack @fontsource/pt-serif @fontsource/pt-sans`, then

python -m bench.subset_fonts PT-SERIF.tgz PT-SANS.tgz (needs fonttools and brotli, which the product does not).

Each face keeps Russian, Latin and the signs that legal texts print, in one file of woff2; the browser takes any other
letter from the system's fonts. Prints what `size-adjust` and the overrides of the stand-in must be.
"""

import io
import sys
import tarfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

STATIC = Path(__file__).parents[1] / "search_api" / "web" / "static" / "fonts"
KEPT = [*range(0x20, 0x7F), 0xA0, *range(0x410, 0x450), 0x401, 0x451, *map(ord, "«»“”„‘’—–…№§°·×±−•←→↑↓¹²³½")]
STAND_INS = {"pt-serif": "DejaVu Serif, Georgia", "pt-sans": "Arial"}
SAMPLE = "стороны обязуются исполнять запросы в соответствии с настоящим соглашением, его статьёй 6"


def face(archive: tarfile.TarFile, family: str, weight: int) -> TTFont:
    """Return one face: its Russian and its Latin part, cut down and joined."""
    parts = []
    for script in ("cyrillic", "latin"):
        held = archive.extractfile(f"package/files/{family}-{script}-{weight}-normal.woff2")
        font = TTFont(io.BytesIO(held.read()))
        options = subset.Options(
            layout_features=["kern", "liga"], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14]
        )
        cutter = subset.Subsetter(options)
        taken = set(font.getBestCmap())
        cutter.populate(unicodes=[c for c in KEPT if c in taken and (script == "latin" or c >= 0x400 or c == 0x2116)])
        cutter.subset(font)
        font.flavor = None
        saved = io.BytesIO()
        font.save(saved)
        saved.seek(0)
        parts.append(saved)
    return merge.Merger().merge(parts)


def mean_width(font: TTFont) -> float:
    """Return the mean advance of the sample's letters, in parts of an em."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    return sum(widths[cmap[ord(c)]][0] for c in SAMPLE) / len(SAMPLE) / font["head"].unitsPerEm


def main() -> None:
    """Write the faces and their licence."""
    STATIC.mkdir(exist_ok=True)
    for path in sys.argv[1:3]:
        with tarfile.open(path) as archive:
            family = "pt-serif" if "serif" in Path(path).name else "pt-sans"
            (STATIC / f"{family}-OFL.txt").write_bytes(archive.extractfile("package/LICENSE").read())
            for weight in (400, 700):
                font = face(archive, family, weight)
                font.flavor = "woff2"
                font.save(STATIC / f"{family}-{weight}.woff2")
                em, hhea = font["head"].unitsPerEm, font["hhea"]
                print(
                    family,
                    weight,
                    f"width {mean_width(font):.4f}",
                    f"ascent {hhea.ascent / em:.3f}",
                    f"descent {-hhea.descent / em:.3f}",
                )


if __name__ == "__main__":
    main()
