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
                    out[prefix + item.name] = content, gzip.compress(content, 9, mtime=0)
        return out

    @cached_property
    def mark(self) -> str:
        """Return the mark of this set of files."""
        digest = hashlib.sha256()
        for name, (content, _) in sorted(self._files.items()):
            digest.update(name.encode() + b"\0" + content)
        return digest.hexdigest()[:10]

    def url(self, path: str) -> str:
        """Return the address of a file; raise KeyError when there is none."""
        self._files[path]
        return f"/static/{self.mark}/{path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file; raise HTTPException."""
        path = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        mark, _, name = path.partition("/")
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        if name not in self._files:
            raise HTTPException(404)
        plain, packed = self._files[name]
        zipped = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        headers = {"Vary": "Accept-Encoding", "Cache-Control": _FOREVER if mark == self.mark else "no-cache"}
        if zipped:
            headers["Content-Encoding"] = "gzip"
        kind = guess_type(name)[0] or "application/octet-stream"
        await Response(packed if zipped else plain, headers=headers, media_type=kind)(scope, receive, send)
