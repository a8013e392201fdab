"""What office files can hold: characters of XML, and cells whose text comes alive as no formula, link or number."""

import re
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """Drop characters XML cannot hold."""
    return _UNFIT.sub("", text)


def workbook(out: BinaryIO) -> "Workbook":
    """Begin a workbook of cells that are text and nothing else."""
    from xlsxwriter import Workbook

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    return Workbook(out, plain)
