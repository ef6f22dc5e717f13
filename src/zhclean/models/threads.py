"""One thread for small products.

The networks are so small that the threads of numpy's linear algebra mostly wait for each other, on a busy
machine a hundred times longer than the work takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

from threadpoolctl import LibController, OpenBLASController, ThreadpoolController

_setting = Lock()


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it numpy's linear algebra keeps to one thread; behind it the user's setting holds again.

    The setting is that of the process. Of several threads the first makes and takes back the change, and the
    others do as they find it.
    """
    if not _setting.acquire(blocking=False):
        yield
        return
    before = [(library, number) for library in _libraries() if (number := library.num_threads) != 1]
    try:
        for library, _ in before:
            library.set_num_threads(1)
        yield
    finally:
        for library, number in before:
            library.set_num_threads(number)
        if before:  # or no other thread could make the change until this one ends
            OpenBLASController.clear_controlling_thread()
        _setting.release()


@lru_cache(maxsize=1)
def _libraries() -> list[LibController]:
    """Those for linear algebra that this process has loaded, numpy's among them."""
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)
