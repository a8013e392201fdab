"""Objects of JSON: what is stored, sent and printed, before or after it has a type of its own."""

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]
"""An object being made."""
JsonObject = Mapping[str, Any]
"""An object that is only read."""
