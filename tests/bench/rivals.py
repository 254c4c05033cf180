"""The same ranking with the tools people use; each is None where it is not installed."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tests.bench.panels import Size, counts, weights

Job = Callable[[], object]


def float_floor(size: Size) -> Job:
    """Return the least anybody can do: binary floats in memory, a mean, an argsort."""
    marks = counts(size).astype(np.float64)
    by = np.array(weights(size), dtype=np.float64) / 100

    def job() -> object:
        totals = (marks * by).sum(axis=2)
        return np.argsort(-totals.mean(axis=1), kind="stable")

    return job


def blas_floor(size: Size) -> Job:
    """Return the same through the processor's own matrix product."""
    marks = counts(size).astype(np.float64)
    by = np.array(weights(size), dtype=np.float64) / 100

    def job() -> object:
        totals = (marks.reshape(-1, size.indicators) @ by).reshape(marks.shape[:2])
        return np.argsort(-totals.mean(axis=1), kind="stable")

    return job


def pandas_job(size: Size, paths: Sequence[Path]) -> Job | None:
    """Return: one workbook an expert through pandas and openpyxl."""
    if not find_spec("pandas"):
        return None
    import pandas as pd  # noqa: PLC0415 - only where installed

    by = [weight / 100 for weight in weights(size)]

    def job() -> object:
        totals = [
            pd.read_excel(path, engine="openpyxl", dtype={"application": str})
            .set_index("application")
            .mul(by, axis="columns")
            .sum(axis="columns")
            for path in paths
        ]
        mean = pd.concat(totals, axis="columns").mean(axis="columns").round(2)
        return mean.rank(ascending=False, method="min")

    return job


def polars_job(size: Size, paths: Sequence[Path]) -> Job | None:
    """Return: one workbook an expert through polars and fastexcel."""
    if not (find_spec("polars") and find_spec("fastexcel")):
        return None
    import polars as pl  # noqa: PLC0415 - only where installed

    by = [weight / 100 for weight in weights(size)]

    def job() -> object:
        totals = []
        for expert, path in enumerate(paths):
            frame = pl.read_excel(path)
            codes = frame.columns[1:]
            total = sum(pl.col(code) * weight for code, weight in zip(codes, by, strict=True))
            totals.append(frame.select(total.alias(str(expert))))
        joined = pl.concat(totals, how="horizontal")
        mean = joined.select(pl.mean_horizontal(pl.all()).round(2))
        return mean.to_series().rank("min", descending=True)

    return job
