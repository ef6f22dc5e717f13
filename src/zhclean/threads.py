"""How many threads the processes of zhclean use: one each."""

from __future__ import annotations

import os


def use_one_thread() -> None:
    """Keep numpy's linear algebra to one thread, if this process has not imported it yet.

    The networks are so small that threads mostly wait for each other: on a busy machine a hundred times
    longer than the work takes.
    """
    for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
