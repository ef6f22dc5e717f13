"""What zhclean computes keeps to one thread, and leaves the user's setting as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy  # noqa: F401 - brings the libraries
import pytest
from threadpoolctl import ThreadpoolController, threadpool_limits

from zhclean.models.threads import one_thread


def threads() -> list[int]:
    """Those of each library for linear algebra that is loaded."""
    return [library.num_threads for library in ThreadpoolController().select(user_api="blas").lib_controllers]


@pytest.fixture(autouse=True)
def _two_threads() -> None:
    threadpool_limits(2, user_api="blas")
    with threadpool_limits(2, user_api="blas"):
        pass  # behind it any thread may change the setting


def test_one_thread_within_and_as_before_behind() -> None:
    before = threads()
    with one_thread():
        with one_thread():
            assert set(threads()) <= {1}
        assert set(threads()) <= {1}
    assert threads() == before


def test_the_setting_comes_back_after_an_error() -> None:
    before = threads()
    with pytest.raises(ZeroDivisionError), one_thread():
        raise ZeroDivisionError
    assert threads() == before


def test_the_setting_comes_back_when_several_threads_use_it() -> None:
    before, everybody = threads(), Barrier(4)

    def work(_: int) -> set[int]:
        for _ in range(3):
            everybody.wait()
            with one_thread():
                everybody.wait()
                seen = set(threads())
                everybody.wait()
        return seen

    with ThreadPoolExecutor(4) as pool:
        assert all(seen <= {1} for seen in pool.map(work, range(4)))
        assert threads() == before
