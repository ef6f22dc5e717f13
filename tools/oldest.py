"""Print the oldest version that pyproject.toml allows of each dependency, as constraints for pip.

    python tools/oldest.py > oldest.txt
    pip install -c oldest.txt -e '.[dev]'

What this Python does not need is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def requirements(project: dict[str, Any]) -> Iterator[Requirement]:
    """All that the project and its extras ask for on this Python."""
    for texts in (project["dependencies"], *project["optional-dependencies"].values()):
        for one in map(Requirement, texts):
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                yield one


def oldest(asked: Iterable[Requirement]) -> dict[str, Version]:
    """The lower bound of each package; of several the highest, for that one all of them allow."""
    found: dict[str, Version] = {}
    for one in asked:
        for bound in one.specifier:
            if bound.operator == ">=":
                version = Version(bound.version)
                found[one.name] = max(version, found.get(one.name, version))
    return found


if __name__ == "__main__":
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    for name, version in sorted(oldest(requirements(project)).items()):
        print(f"{name}=={version}")
