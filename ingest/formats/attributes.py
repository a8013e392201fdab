"""Numbers that attributes of foreign files hold."""

import re

_WHOLE = re.compile(r"-?[0-9]{1,9}+")


def whole(text: str, default: int = 0) -> int:
    """Read a whole number; what is none, or longer than nine digits, is the default.

    >>> whole("-12"), whole("²"), whole("9" * 5000, 1)
    (-12, 0, 1)
    """
    return int(text) if _WHOLE.fullmatch(text) else default
