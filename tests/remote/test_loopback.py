"""No request leaves the machine during the whole suite: see tests/loopback."""

import asyncio
import socket
import subprocess
import sys
import urllib.request

import httpx
import pytest

from tests.loopback_only import guard


@pytest.fixture
def forgiven():
    """What this test asks for on purpose is not held against it."""
    before = len(guard.refused)
    yield
    del guard.refused[before:]


ASKS = {
    "a name": lambda: socket.getaddrinfo("example.com", 443),
    "an address": lambda: socket.create_connection(("192.0.2.1", 443), 1),
    "a datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", ("192.0.2.1", 53)),
    "urllib": lambda: urllib.request.urlopen("http://example.com", timeout=1),
    "httpx": lambda: httpx.get("http://192.0.2.1"),
    "asyncio": lambda: asyncio.run(asyncio.wait_for(asyncio.open_connection("192.0.2.1", 443), 2)),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
@pytest.mark.usefixtures("forgiven")
def test_what_is_beyond_loopback_is_refused(ask):
    before = len(guard.refused)
    with pytest.raises(Exception, match=r"(?i)not on this machine|connection"):
        ask()
    assert len(guard.refused) > before


def test_loopback_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    assert socket.getaddrinfo("localhost", 80)


def test_what_a_test_starts_is_held_too():
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "LeavesTheMachine" in child.stderr
