"""clean_many: the order of a list, the memory of a stream, the errors of a loop."""

from __future__ import annotations

import multiprocessing
import operator
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from itertools import count, islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhclean
from zhclean import workers

TEXTS = [f"第{n}期：２０２３年新增企业{n}家。\n" if n % 7 else "" for n in range(300)]
LONG = "市民广场的改造工程昨日完工。\n" * (workers.BATCH // 10)


@pytest.mark.parametrize("processes", [1, 2])
def test_each_text_is_cleaned_in_its_place(processes: int) -> None:
    cleaned = list(zhclean.clean_many(TEXTS, workers=processes))
    assert cleaned == [zhclean.clean(text) for text in TEXTS]


def test_all_cores_is_none() -> None:
    assert list(zhclean.clean_many(["市", "区"], workers=None)) == ["市", "区"]


def test_the_stages_asked_for_run() -> None:
    assert list(zhclean.clean_many(TEXTS, workers=2, stages=())) == TEXTS


@pytest.mark.parametrize("processes", [1, 2])
def test_who_is_cautious_gets_what_is_sure(processes: int) -> None:
    texts = [
        "重点工作，重点工作，重点工作。" * 3,
        "全市经济平稳运行，确保服\n\n务业增加值增长百分之七。",
    ] * 20
    cleaned = list(zhclean.clean_many(texts, processes, min_confidence=1.0))
    assert cleaned == [zhclean.clean(text, min_confidence=1.0) for text in texts]
    assert cleaned != [zhclean.clean(text) for text in texts]


def test_one_worker_reads_one_text_at_a_time() -> None:
    texts = iter(["甲", "乙", "丙"])
    next(zhclean.clean_many(texts))
    assert next(texts) == "乙"


def test_an_endless_iterable_is_read_only_a_little_ahead() -> None:
    read = count()
    cleaned = zhclean.clean_many((LONG for _ in read), workers=2, stages=())
    assert list(islice(cleaned, 3)) == [LONG] * 3
    cleaned.close()
    assert next(read) <= 3 + workers.AHEAD * 2


def test_closing_early_ends_the_processes() -> None:
    cleaned = zhclean.clean_many((LONG for _ in count()), workers=2, stages=())
    next(cleaned)
    assert multiprocessing.active_children()
    cleaned.close()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_an_interrupt_between_two_results_waits_for_nothing_that_is_being_done(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    os.mkfifo(tmp_path / "endless.txt")
    script = tmp_path / "interrupted.py"
    script.write_text(
        "import os, signal, time\n"
        "from pathlib import Path\n"
        "from zhclean import workers\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    workers.start_fork_server(deaf=True)\n"
        "    results = workers.in_processes(Path.read_bytes, [Path('a.txt'), Path('endless.txt')], 2)\n"
        "    next(results)\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        time.sleep(60)\n"
        "    except KeyboardInterrupt:\n"
        "        results.close()\n"
        "        os._exit(7)\n"
    )
    assert subprocess.run([sys.executable, script], cwd=tmp_path, timeout=60, check=False).returncode == 7


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_in_the_iterable_comes_behind_the_results_before_it(processes: int) -> None:
    def texts() -> Iterator[str]:
        yield from TEXTS[:5]
        raise OSError("the disk is gone")

    cleaned = zhclean.clean_many(texts(), workers=processes)
    assert len(list(islice(cleaned, 5))) == 5
    with pytest.raises(OSError, match="the disk is gone"):
        next(cleaned)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_in_a_text_comes_in_its_place(processes: int) -> None:
    cleaned = zhclean.clean_many([*TEXTS[:5], b"bytes", "never reached"], workers=processes)  # type: ignore[list-item]
    assert len(list(islice(cleaned, 5))) == 5
    with pytest.raises(TypeError, match="must be a str, not bytes"):
        next(cleaned)


@pytest.mark.parametrize("number", [0, -1])
def test_fewer_than_one_worker_is_an_error_at_once(number: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        zhclean.clean_many([], workers=number)


@pytest.mark.parametrize("texts", ["一段文字", b"bytes"])
def test_one_text_is_not_many(texts: str) -> None:
    with pytest.raises(TypeError, match="iterable of str"):
        zhclean.clean_many(texts)


def test_threads_can_use_it_side_by_side() -> None:
    results: dict[int, list[str]] = {}

    def work(key: int) -> None:
        results[key] = list(zhclean.clean_many(TEXTS[key::3], workers=2))

    threads = [threading.Thread(target=work, args=(key,)) for key in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {key: [zhclean.clean(text) for text in TEXTS[key::3]] for key in range(3)}


@given(st.lists(st.sampled_from(["", "短", LONG])))
def test_batches_hold_every_text_once_and_in_order(texts: list[str]) -> None:
    batches = list(workers._batches(texts))
    assert [text for batch in batches for text in batch] == texts
    assert all(batches)


def test_tiny_texts_share_a_batch_and_long_ones_do_not() -> None:
    assert len(list(workers._batches(["短"] * 100))) == 1
    assert len(list(workers._batches([LONG] * 3))) == 3
    assert len(list(workers._batches([""] * 10_000))) > 1, "a stream of empty texts must move on, too"


def test_what_a_task_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(workers.in_processes((1).__truediv__, [0], 2))
    pairs = list(workers.in_processes(operator.neg, [1, 2, 3], 2))
    assert pairs == [(1, -1), (2, -2), (3, -3)]


def test_the_death_of_a_worker_is_an_error_and_no_hang() -> None:
    with pytest.raises(BrokenProcessPool):
        list(workers.in_processes(os._exit, [3], 2))


def test_a_main_module_that_starts_workers_when_it_is_imported_is_told_what_to_do(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text("import zhclean\nlist(zhclean.clean_many(['市', '区'], workers=2))\n", "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(workers.DEATH)
    assert 'if __name__ == "__main__":' in workers.DEATH


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for its processes")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(
        "import itertools, multiprocessing, zhclean\n"
        "if __name__ == '__main__':\n"
        "    for text in zhclean.clean_many(itertools.repeat('长' * 200_000), workers=2, stages=()):\n"
        "        print(*(p.pid for p in multiprocessing.active_children()), flush=True)\n",
        "utf-8",
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        run.kill()
    assert pids
    for pid in pids:
        _wait_for_end(pid)


def _wait_for_end(pid: int) -> None:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if (
            "Z"
            in subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
        ):
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"process {pid} is still there")
