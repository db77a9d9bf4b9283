"""How `serve` begins and ends: one message when a port is taken, exit code 0 at a signal, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
# Seconds after which a server will not end any more. It takes one or two, on a machine that has nothing else to do.
ENDED_IN = 30.0


class Running:
    """`serve` in a process of its own, with its address."""

    def __init__(self, root: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "pressroom", "--project", str(root), "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://localhost:(\d+)", line)
        assert found is not None, (line, self.process.communicate())
        self.address, self.port = found[0], int(found[1])

    def children(self) -> list[int]:
        """The processes that it started."""
        listed = Path(f"/proc/{self.process.pid}/task")
        found: list[int] = []
        for task in listed.iterdir():
            found += [int(number) for number in (task / "children").read_text(encoding="ascii").split()]
        return found

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send it a signal; its exit code and what it said of errors."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=ENDED_IN)
        return self.process.returncode, errors

    def kill(self) -> None:
        """End it at once, if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def running(bench) -> Iterator[Running]:
    """The project, served by the command."""
    server = Running(bench.root)
    yield server
    server.kill()


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it(running, number: signal.Signals) -> None:
    """Exit code 0: a person ended it, and nothing went wrong."""
    assert httpx.get(f"{running.address}/verify").status_code == 200
    assert running.end(number) == (0, "")


def test_open_streams_and_a_redraw_do_not_hold_it_up(running, bench) -> None:
    """Pages that listen, a page that is being drawn, a body that is half sent: it ends, and its workers with it."""
    host = f"Host: localhost:{running.port}\r\n"
    held = [socket.create_connection(("127.0.0.1", running.port), timeout=10) for _ in range(5)]
    for connection in held[:3]:
        connection.sendall(f"GET /events HTTP/1.1\r\n{host}\r\n".encode())
        assert connection.recv(12).endswith(b"200")
    held[3].sendall(f"GET /translate/es/signs HTTP/1.1\r\n{host}\r\n".encode())
    held[4].sendall(f"POST /verify HTTP/1.1\r\n{host}Content-Length: 1000\r\n\r\nhalf".encode())
    for _ in range(600):
        if children := running.children():
            break
        held[3].settimeout(0.05)
        try:
            held[3].recv(1, socket.MSG_PEEK)
        except TimeoutError:
            continue
    code, _ = running.end(signal.SIGTERM)
    for connection in held:
        connection.close()
    assert code == 0
    assert [pid for pid in children if _is_there(pid)] == []


def test_its_workers_end_with_it_when_it_is_killed(running) -> None:
    """Also without a chance to say so."""
    httpx.get(f"{running.address}/translate/es/signs", timeout=60)
    children = running.children()
    running.kill()
    for _ in range(200):
        if not any(_is_there(pid) for pid in children):
            return
        os.sched_yield()
        signal.sigtimedwait([], 0.05)
    pytest.fail("a worker is left")


def test_a_port_that_is_taken(running, bench) -> None:
    """The message has the next move."""
    command = [sys.executable, "-m", "pressroom", "--project", str(bench.root), "serve", "--port", str(running.port)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 2
    assert f"port {running.port} can't be used" in second.stderr
    assert "give --port 0" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_that_is_taken_on_the_other_address_of_localhost(bench) -> None:
    """What answers at ::1 would get what people send to localhost."""
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with other:
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "pressroom", "--project", str(bench.root), "serve", "--port", port]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (second.returncode, "can't be used" in second.stderr) == (2, True)


def test_two_servers_on_one_project(running, bench) -> None:
    """Each sees what the other one's people write."""
    other = Running(bench.root)
    try:
        with httpx.stream("GET", f"{other.address}/events", timeout=20) as stream:
            lines = stream.iter_lines()
            next(line for line in lines if line.startswith("event:"))
            bench.edit(bench.source, "take 2 steps back", "take 3 steps back")
            assert "source/signs.md" in next(line for line in lines if "signs.md" in line)
        assert other.end(signal.SIGINT)[0] == 0
        assert httpx.get(f"{running.address}/verify").status_code == 200
    finally:
        other.kill()
