"""Run a command and print what it took as one line of JSON: `launch.py time|memory COMMAND...`

A small process of its own, because a child starts out as a copy of its parent, and the system counts the parent's memory
as the child's. Memory is watched in runs of its own, because watching takes a processor's time.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    mode, *command = sys.argv[1:]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ)
    together = _most_together(child) if mode == "memory" and sys.platform == "linux" else 0
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"exit code {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    report = {
        "seconds": seconds,
        "processor_seconds": usage.ru_utime + usage.ru_stime,
        "peak_bytes": max(largest, together),
    }
    print(json.dumps(report))


def _most_together(child: int) -> int:
    """The most memory that `child` and its own children held at one time, a page that they share counted once.

    The system itself keeps the peak of the largest process alone.
    """
    most = 0
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        family = [child, *_children(child)]
        if len(family) > 1:
            most = max(most, sum(_proportional_set(member) for member in family))
        time.sleep(0.001)
    return most


def _children(process: int) -> list[int]:
    try:
        return [
            int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except OSError:
        return []


def _proportional_set(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
