"""What is paid once in each process, and how much memory a long text takes: measured in new processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.hostile import prose, wrapped

TIMES = 5
"""Processes of which the median counts."""

LONG = 3_500_000
"""Characters, about 10 MB of UTF-8, of the text whose cleaning is looked at for memory."""

_IMPORT = """
import time; started = time.process_time()
import zhclean
print(time.process_time() - started)
"""

_HELP = """
import sys, time
sys.argv = ["zhclean", "--help"]
from zhclean.cli import main
try:
    main()
except SystemExit:
    print(time.process_time())
"""  # with the interpreter's own start, for users wait for that too

_FIRST = """
import time, zhclean
text = "　　让树苗在春天扎\\n根,让全县荒\\n\\n山于２０２３年前变绿.记者近日来到北京市第一机\\n床厂."
started = time.process_time()
zhclean.clean(text)
print(time.process_time() - started)
"""

_MEMORY = """
import sys, zhclean
from pathlib import Path
data = Path(sys.argv[1]).read_bytes()
zhclean.clean(data.decode())
try:  # of this process alone; what getrusage tells may be that of the process it came from
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(peak / len(data))
"""


def figures(tell: Callable[[str], object]) -> dict[str, float | None]:
    """Every figure by its name; None where this system does not tell it."""
    found: dict[str, float | None] = {}
    for name, script in (("import zhclean", _IMPORT), ("zhclean --help", _HELP), ("first clean", _FIRST)):
        tell(name)
        found[name] = median(_printed(script) for _ in range(TIMES))
    for name, make in (("memory, one long text", prose), ("memory, hard-wrapped text", wrapped)):
        tell(name)
        found[name] = _memory(make)
    return found


def _printed(script: str, *arguments: str) -> float:
    """The last line that a new process prints."""
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return float(done.stdout.splitlines()[-1])


def _memory(make: Callable[[int], str]) -> float | None:
    """The most memory of a process that cleans a long text, as a multiple of the text's size."""
    if sys.platform == "win32":
        return None
    with TemporaryDirectory() as directory:
        path = Path(directory, "text.txt")
        path.write_bytes(make(LONG).encode())
        return _printed(_MEMORY, str(path))
