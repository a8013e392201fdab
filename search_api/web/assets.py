"""Static files under addresses that change with their content, so that a browser may keep them for good."""

import gzip
import hashlib
from functools import cached_property
from importlib.resources import files
from mimetypes import guess_type

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_FOREVER = "public, max-age=31536000, immutable"

_KINDS = {"woff2": "font/woff2"}
"""Kinds that not every system knows."""


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


class Assets:
    """Serves the package's static files from memory, gzipped once; `/static/{mark}/{path}`."""

    @cached_property
    def _files(self) -> dict[str, tuple[bytes, bytes]]:
        out: dict[str, tuple[bytes, bytes]] = {}
        todo = [("", files("search_api.web") / "static")]
        while todo:
            prefix, folder = todo.pop()
            for item in folder.iterdir():
                if item.is_dir():
                    todo.append((f"{prefix}{item.name}/", item))
                else:
                    content = item.read_bytes()
                    packed = gzip.compress(content, 9, mtime=0)
                    out[prefix + item.name] = content, packed if len(packed) < len(content) else content
        return out

    @cached_property
    def _marks(self) -> dict[str, str]:
        """The mark of each folder's files: fonts keep their address when a script changes."""
        held: dict[str, list[bytes]] = {}
        for name, (content, _) in sorted(self._files.items()):
            held.setdefault(_folder(name), []).append(name.encode() + b"\0" + content)
        return {folder: hashlib.sha256(b"".join(parts)).hexdigest()[:10] for folder, parts in held.items()}

    def url(self, path: str) -> str:
        """Return the address of a file; raise KeyError when there is none."""
        self._files[path]
        return f"/static/{self._marks[_folder(path)]}/{path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file; raise HTTPException."""
        path = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        mark, _, name = path.partition("/")
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        if name not in self._files:
            raise HTTPException(404)
        plain, packed = self._files[name]
        zipped = packed is not plain and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        headers = {
            "Vary": "Accept-Encoding",
            "Cache-Control": _FOREVER if mark == self._marks[_folder(name)] else "no-cache",
        }
        if zipped:
            headers["Content-Encoding"] = "gzip"
        kind = _KINDS.get(name.rpartition(".")[2]) or guess_type(name)[0] or "application/octet-stream"
        await Response(packed if zipped else plain, headers=headers, media_type=kind)(scope, receive, send)
