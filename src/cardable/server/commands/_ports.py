"""Whether an address is free to serve on, and what to call it."""

import errno
import socket

from cardable.server.environment import Refused

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}


def need_free(host: str, port: int) -> None:
    """Nothing else listens there; raises Refused."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as fault:
        raise Refused(f"“{host}” is no address of this machine. Use --host 127.0.0.1.") from fault
    except OSError as fault:
        raise Refused(_words(fault, host, port)) from fault


def _words(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Stop what uses it, or choose another with --port."
    if fault.errno == errno.EACCES:
        return f"Port {port} is kept for the system. Choose one above 1023 with --port."
    return f"Cardable cannot serve on {host}, port {port}: {fault.strerror}. Use --host 127.0.0.1."


def reachable(host: str) -> str:
    """Where we ourselves reach a server on this host."""
    return _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)


def shown(host: str) -> str:
    """What a person on this machine types to reach it."""
    return "localhost" if host in (*_EVERYWHERE, "127.0.0.1", "::1") else reachable(host)
