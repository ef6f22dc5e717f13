"""The figures of a corpus as plain values that JSON can hold: what the table, the picture and the file show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Any

from zhclean import __version__
from zhclean.bench.advice import advice
from zhclean.bench.measuring import BINS, WORST, Figures, StageFigures
from zhclean.bench.sampling import Sample
from zhclean.bench.words import filled

MOST_REASONS = 10
"""Reasons of a stage that are told apart."""


def summary(sample: Sample, figures: Figures, language: str) -> dict[str, Any]:
    """Everything; rates are MB (a million bytes of UTF-8) a second of one core."""
    given = advice(figures)
    return {
        "zhclean": __version__,
        "corpus": {
            "files": len(sample.sources),
            "files_read": sample.files,
            "texts": figures.texts,
            "bytes": figures.bytes,
            "characters": figures.characters,
            "limit": sample.limit,
            "whole": sample.whole,
            "failures": [failure._asdict() for failure in sample.failures],
        },
        "seconds": figures.seconds,
        "mb_per_second": _rate(figures.bytes, figures.seconds),
        "changed_texts": figures.changed,
        "repeated_share": figures.repeated / max(1, figures.characters),
        "copies": figures.copies,
        "traditional_texts": figures.traditional,
        "furniture_lines": figures.furniture,
        "damage": _damage([score for score, _ in figures.damage], figures),
        "gaps": dict(figures.gaps.most_common(MOST_REASONS)),
        "stages": [_stage(stage, figures) for stage in figures.stages.values()],
        "advice": [
            {"key": each.key, "text": filled(language, each), "options": list(each.options)} for each in given
        ],
        "options": [option for each in given for option in each.options],
    }


def _rate(size: int, seconds: float) -> float | None:
    return size / 1e6 / seconds if seconds else None


def _damage(scores: Sequence[float], figures: Figures) -> dict[str, Any]:
    if not scores:
        return {"mean": 0.0, "median": 0.0, "histogram": [], "worst": []}
    ends = (*BINS[1:], 2.0)
    bins = [sum(low <= score < high for score in scores) for low, high in zip(BINS, ends, strict=True)]
    worst = sorted(figures.damage, key=lambda each: (-each[0], each[1]))[:WORST]
    return {
        "mean": fmean(scores),
        "median": median(scores),
        "histogram": [{"from": low, "texts": count} for low, count in zip(BINS, bins, strict=True)],
        "worst": [{"text": name, "damage": score} for score, name in worst if score],
    }


def _stage(stage: StageFigures, figures: Figures) -> dict[str, Any]:
    reasons: Mapping[str, int] = dict(stage.reasons.most_common(MOST_REASONS))
    total = sum(each.seconds for each in figures.stages.values())
    return {
        "name": stage.name,
        "seconds": stage.seconds,
        "share": stage.seconds / total if total else 0.0,
        "mb_per_second": _rate(figures.bytes, stage.seconds),
        "edits": stage.edits,
        "texts": stage.texts,
        "reasons": reasons,
        "other_reasons": stage.edits - sum(reasons.values()),
        "examples": [example._asdict() for example in stage.examples],
    }
