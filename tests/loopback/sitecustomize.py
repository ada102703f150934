"""No request leaves the machine: names and addresses beyond loopback are refused, in tests and in what they start.

Python imports a module of this name when it starts, so a folder on PYTHONPATH reaches every child process too.
"""

import ipaddress
import sys
from typing import Any

refused: list[str] = []
"""What this process asked for beyond the machine."""


class LeavesTheMachine(PermissionError):
    pass


def guard(event: str, given: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        hold(given[-1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        hold((given[0],))


def hold(address: object) -> None:
    """Raises LeavesTheMachine for an address of another machine; paths of Unix sockets and None stay within."""
    if not isinstance(address, tuple) or not address or is_loopback(address[0]):
        return
    refused.append(str(address))
    raise LeavesTheMachine(f"a test asked for {address}, which is not on this machine")


def is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback or name in ("0.0.0.0", "::")
    except ValueError:
        return False


sys.addaudithook(guard)
