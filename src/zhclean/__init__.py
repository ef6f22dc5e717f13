"""zhclean turns scraped Chinese news into clean text.

The shop window: every public name, and nothing that computes. Names are loaded when they are first used,
so that ``import zhclean`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from zhclean import corpus as corpus
    from zhclean.cleaned import Cleaned as Cleaned
    from zhclean.configuration import ConfigurationError as ConfigurationError
    from zhclean.configuration import configured as configured
    from zhclean.configuration import find_configuration as find_configuration
    from zhclean.edits import Edit as Edit
    from zhclean.edits import Gap as Gap
    from zhclean.encoding import Decoded as Decoded
    from zhclean.encoding import DecodeError as DecodeError
    from zhclean.encoding import decode as decode
    from zhclean.encoding import read as read
    from zhclean.pipeline import OPTIONAL_STAGES as OPTIONAL_STAGES
    from zhclean.pipeline import STAGES as STAGES
    from zhclean.pipeline import Stage as Stage
    from zhclean.pipeline import clean as clean
    from zhclean.pipeline import explain as explain
    from zhclean.report.page import html_report as html_report
    from zhclean.stages.invisible import Invisible as Invisible
    from zhclean.stages.mojibake import Mojibake as Mojibake
    from zhclean.stages.overlaps import Overlaps as Overlaps
    from zhclean.stages.punctuation import Punctuation as Punctuation
    from zhclean.stages.repeats import Repeats as Repeats
    from zhclean.stages.script import Script as Script
    from zhclean.stages.spacing import Spacing as Spacing
    from zhclean.stages.unwrap import Unwrap as Unwrap
    from zhclean.stages.width import Width as Width
    from zhclean.workers import clean_many as clean_many

_HOME = {
    "ConfigurationError": "configuration",
    "configured": "configuration",
    "find_configuration": "configuration",
    "Cleaned": "cleaned",
    "Edit": "edits",
    "Gap": "edits",
    "Decoded": "encoding",
    "DecodeError": "encoding",
    "decode": "encoding",
    "read": "encoding",
    "OPTIONAL_STAGES": "pipeline",
    "STAGES": "pipeline",
    "Stage": "pipeline",
    "clean": "pipeline",
    "explain": "pipeline",
    "html_report": "report.page",
    "Invisible": "stages.invisible",
    "Mojibake": "stages.mojibake",
    "Overlaps": "stages.overlaps",
    "Punctuation": "stages.punctuation",
    "Repeats": "stages.repeats",
    "Script": "stages.script",
    "Spacing": "stages.spacing",
    "Unwrap": "stages.unwrap",
    "Width": "stages.width",
    "clean_many": "workers",
}

__all__ = ["__version__", "corpus", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "corpus":  # a package, and not a name within a module
        return import_module(f"{__name__}.corpus")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
