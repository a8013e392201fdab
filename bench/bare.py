"""The other side of bench.pages: a FastAPI route that answers with the bytes of a file: python -m bench.bare FOLDER."""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()
kept: dict[str, str] = {}


@app.get("/{name}")
def page(name: str) -> HTMLResponse:
    """Answer with a page read once."""
    if name not in kept:
        kept[name] = (Path(sys.argv[1]) / f"{name}.html").read_text("utf-8")
    return HTMLResponse(kept[name])


if __name__ == "__main__":
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    startup = server.startup

    async def told(sockets: list | None = None) -> None:
        await startup(sockets)
        print(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/", flush=True)

    server.startup = told  # type: ignore[method-assign]
    server.run()
