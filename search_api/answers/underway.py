"""How far a file is, in words: the same on a terminal and on the page."""

from ingest.parsing import Underway


def told(file: Underway) -> str:
    """Tell how far a file is.

    >>> told(Underway("книга.pdf", 37, 250)), told(Underway("акт.docx")), told(Underway("акт.docx", parsing=True))
    ('страница 37 из 250', 'читается', 'разбирается')
    """
    if file.parsing:
        return "разбирается"
    return f"страница {file.page} из {file.pages}" if file.pages else "читается"
