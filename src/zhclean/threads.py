"""One thread for small products.

The networks are so small that the threads of numpy's linear algebra mostly wait for each other, on a busy
machine a hundred times longer than the work takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    libraries = _libraries()
    before = [library.num_threads for library in libraries]
    try:
        _set(libraries, [1] * len(before))
        yield
    finally:
        _set(libraries, before)
        OpenBLASController.clear_controlling_thread()  # or no other thread could make the change until this one ends
        _setting.release()


def _set(libraries: Sequence[LibController], threads: Sequence[int]) -> None:
    for library, number in zip(libraries, threads, strict=True):
        library.set_num_threads(number)


@lru_cache(maxsize=1)
def _libraries() -> list[LibController]:
    """Those for linear algebra that this process has loaded, numpy's among them."""
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)
