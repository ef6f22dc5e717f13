"""How the property tests run (the same examples each time in CI, new ones each time at home), and shared fixtures."""

from __future__ import annotations

import os

from hypothesis import settings

from tests.browsing import browser, show  # noqa: F401 - fixtures
from tests.sparking import spark  # noqa: F401 - a fixture

# No deadline: the first example of a test loads tables and weights.
settings.register_profile("at home", deadline=None)
settings.register_profile("in CI", deadline=None, derandomize=True, database=None)
settings.load_profile("in CI" if os.environ.get("CI") else "at home")
