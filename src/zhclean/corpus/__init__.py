"""Whole corpora: files and tables of many texts, on one machine or on Spark.

Nothing heavy is imported until it is used; what needs an engine that is not installed says which extra
brings it.
"""

from __future__ import annotations
