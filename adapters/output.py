"""Standard output: whoever reads it may go away, which is no fault, and the disk that it goes to may be full."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from io import StringIO

from adapters.start import INTERRUPTED

# As a shell counts a process that SIGPIPE ended.
UNREAD = 141
_NOT_WRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def is_of_output(error: OSError) -> bool:
    """Whether it is what writing to a stream fails with; a file that could not be opened has a name."""
    return error.errno in _NOT_WRITTEN and error.filename is None


def guarded(run: Callable[[], int]) -> int:
    """The exit code of a command, once all that it printed is written."""
    if getattr(sys, "stdout", None) is None:  # it was closed before we began
        sys.stdout = StringIO()
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        let_go()
        return UNREAD
    except OSError as error:
        let_go()
        sys.stderr.write(f"chao: the answer can't be written ({error.strerror}): print to where there is room\n")
        return 1


def let_go() -> None:
    """Python flushes standard output once more at exit: give it a place to go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
