"""Writes statistics.json: values that the suite's statistics must reproduce, computed in another way with NumPy and
SciPy. Mean squares come from regressions on indicator variables, Fieller's interval from root finding, what a
comparison requires from trying one number after another.

    python3 statistics.py > statistics.json
"""

import json

import numpy as np
from scipy import optimize, stats

random = np.random.default_rng(20261126)


def mean_squares(table):
    n, m = table.shape
    y = table.ravel()
    seed = np.kron(np.eye(n), np.ones((m, 1)))
    sample = np.kron(np.ones((n, 1)), np.eye(m))

    def residual(columns):
        fit, *_ = np.linalg.lstsq(columns, y, rcond=None)
        return float(((y - columns @ fit) ** 2).sum())

    both = residual(np.hstack([seed, sample]))
    return (
        (residual(sample) - both) / (n - 1),
        (residual(seed) - both) / (m - 1),
        both / ((n - 1) * (m - 1)),
    )


def parts(n, m, ms, estimand):
    """The parts of the mean's variance that seeds and samples have."""
    seeds, samples, rest = ms
    return seeds / (n * m), (max(0, samples - rest) / (n * m) if estimand == "seeds-and-samples" else 0.0)


def half_width(n, m, ms, estimand, level):
    of_seeds, of_samples = parts(n, m, ms, estimand)
    tail = (1 + level) / 2
    return np.sqrt(stats.t.ppf(tail, n - 1) ** 2 * of_seeds + stats.t.ppf(tail, m - 1) ** 2 * of_samples)


def effect(table, estimand, level=0.95):
    n, m = table.shape
    ms = mean_squares(table)
    half = half_width(n, m, ms, estimand, level)
    return table.mean(), np.sqrt(sum(parts(n, m, ms, estimand))), table.mean() - half, table.mean() + half


def requirement(table, margin, level, estimand, threshold=None):
    n, m = table.shape
    s, t, st = mean_squares(table)
    seeds, samples = max(0, s - st) / m, max(0, t - st) / n
    d = abs(table.mean())

    def decides(count, size):
        ms = (st + size * seeds, st + count * samples, st)
        error = np.sqrt(sum(parts(count, size, ms, estimand)))
        half = half_width(count, size, ms, estimand, level)
        if threshold is not None:
            return stats.norm.cdf((table.mean() - threshold - half) / error) >= 0.8
        small = stats.norm.cdf((margin - d - half) / error) + stats.norm.cdf((margin + d - half) / error) - 1
        return max(stats.norm.cdf((d - half) / error), small) >= 0.8

    for count in range(2, 1001):
        if decides(count, m):
            return [count, None]
    if threshold is not None and table.mean() <= threshold or estimand == "seeds" or not decides(1000, 10**8):
        return None
    low, high = m, 10**8
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if decides(1000, middle) else (middle + 1, high)
    size = low + low // 4
    return next([count, size] for count in range(2, 1001) if decides(count, size))


def removed_share(published, repaired, level=0.95):
    """All shares at which the interval of the contrast (1 - share) * published - repaired has 0."""

    def outside(share):
        contrast = (1 - share) * published - repaired
        n, m = contrast.shape
        return contrast.mean() ** 2 - half_width(n, m, mean_squares(contrast), "seeds-and-samples", level) ** 2

    share = 1 - repaired.mean() / published.mean()
    low = optimize.brentq(outside, share - 1, share, xtol=1e-14)
    return share, low, optimize.brentq(outside, share, share + 1, xtol=1e-14)


def crossed(n, m, mean, seed, sample, interaction):
    return (
        mean
        + random.normal(0, seed, (n, 1))
        + random.normal(0, sample, (1, m))
        + random.normal(0, interaction, (n, m))
    )


def bits(n, m, shift, seed):
    rule, other = (
        (s + random.normal(0, seed, (n, 1)) + random.normal(0, 0.3, (1, m)) + random.normal(0, 0.5, (n, m))) > 0
        for s in (shift, 0.0)
    )
    return (rule.astype(int) - other.astype(int)).astype(float)


tables = {
    "seeds dominate": crossed(4, 9, 0.3, 1.0, 0.2, 0.5),
    "samples dominate": crossed(5, 12, -0.1, 0.05, 1.0, 0.3),
    "interaction alone": crossed(3, 10, 0.02, 0.0, 0.0, 1.0),
    "bits": bits(6, 40, 0.25, 0.1),
}
cases = []
for name, table in tables.items():
    for estimand in ("seeds-and-samples", "seeds"):
        mean, error, low, high = effect(table, estimand)
        wide = effect(table, estimand, 1 - 0.05 / 7)
        cases.append(
            {
                "name": name,
                "estimand": estimand,
                "table": table.tolist(),
                "meanSquares": mean_squares(table),
                "mean": mean,
                "error": error,
                "interval": [low, high],
                "simultaneous": [wide[2], wide[3]],
                "requirement": requirement(table, 0.4, 0.95, estimand),
                "above": requirement(table, 0.4, 0.95, estimand, threshold=0.1),
            }
        )

published = crossed(8, 30, 1.0, 0.2, 0.3, 0.4)
repaired = 0.3 * published + crossed(8, 30, 0.0, 0.1, 0.2, 0.3)
share, low, high = removed_share(published, repaired)
print(
    json.dumps(
        {
            "cases": cases,
            "removedShare": {
                "published": published.tolist(),
                "repaired": repaired.tolist(),
                "share": share,
                "interval": [low, high],
            },
            "superiority": [
                {"ahead": k, "of": n, "interval": list(stats.binomtest(k, n).proportion_ci(0.95, "exact"))}
                for k, n in ((10, 10), (7, 10), (0, 5), (1, 3))
            ],
        }
    )
)
