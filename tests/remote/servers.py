"""Servers on loopback that a test starts and ends: S3, SFTP and a web server with every bad habit."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import asyncssh
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

Answer = tuple[int, dict[str, str], bytes]


class S3:
    """An S3 endpoint; `asked` counts requests by method and kind of path."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.fails: Callable[[str, str], str | None] = lambda _method, _path: None
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self.backend = s3_backends["123456789012"]["aws"]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, bucket: str, files: dict[str, bytes]) -> None:
        if bucket not in self.backend.buckets:
            self.backend.create_bucket(bucket, "us-east-1")
        for key, data in files.items():
            self.backend.put_object(bucket, key, data)

    def close(self) -> None:
        self._server.shutdown()
        self.backend.reset()

    def _answer(self, environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        is_object = path.count("/") > 1 and not path.endswith("/")
        self.asked[f"{method} {'object' if is_object else 'list'}"] += 1
        if status := self.fails(method, path):
            start_response(status, [("Content-Length", "0")])
            return [b""]
        return self._app(environ, start_response)


class _Login(asyncssh.SSHServer):
    def begin_auth(self, _username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("reader", "geheim-123")


class Sftp:
    """A folder served over SFTP by asyncssh, an implementation of its own beside the paramiko that reads it."""

    def __init__(self, folder: Path) -> None:
        self.opened: list[str] = []
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(folder,), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def known_hosts(self) -> str:
        public = self.key.export_public_key().decode().strip()
        return f"[127.0.0.1]:{self.port} {public}\n"

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        """Ends every connection, so that none is left to be told about."""
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=5) if tasks else None

    def _run(self, folder: Path) -> None:
        opened = self.opened

        class Files(asyncssh.SFTPServer):
            def __init__(self, channel):
                super().__init__(channel, chroot=str(folder))

            def open(self, path, pflags, attrs):
                opened.append(path.decode())
                return super().open(path, pflags, attrs)

        async def listen() -> None:
            self._server = await asyncssh.create_server(
                _Login, "127.0.0.1", 0, server_host_keys=[self.key], sftp_factory=Files
            )
            self.port = self._server.get_port()
            self._ready.set()

        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(listen())
        self._loop.run_forever()


class WebServer:
    """A web server: `pages` are its answers by path; a callable decides anew at every request."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer | None]] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append((self.command, self.path))
                outer.headers.append(dict(self.headers))
                page = outer.pages.get(self.path, (404, {}, b"nothing here"))
                answer = page(self) if callable(page) else page
                if answer is None:
                    self.close_connection = True
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET

            def log_message(self, *_args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_args: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def gets(self, path: str) -> int:
        return self.asked.count(("GET", path))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever a server does, the reader is done in time."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds
