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


def combined(n, m, ms, estimand):
    """Standard error and degrees of freedom of the mean."""
    parts = [(1.0, ms[0], n - 1)]
    if estimand == "seeds-and-samples" and ms[1] > ms[2]:
        parts += [(1.0, ms[1], m - 1), (-1.0, ms[2], (n - 1) * (m - 1))]
    total = sum(c * v for c, v, _ in parts)
    freedom = total**2 / sum((c * v) ** 2 / d for c, v, d in parts)
    return np.sqrt(total / (n * m)), freedom


def effect(table, estimand, level=0.95):
    n, m = table.shape
    error, freedom = combined(n, m, mean_squares(table), estimand)
    half = stats.t.ppf((1 + level) / 2, freedom) * error
    return table.mean(), error, freedom, table.mean() - half, table.mean() + half


def requirement(table, margin, level, estimand):
    n, m = table.shape
    s, t, st = mean_squares(table)
    seeds, samples = max(0, s - st) / m, max(0, t - st) / n
    mean = abs(table.mean())
    distance = max(mean, margin - mean)

    def decides(count, size):
        ms = (st + size * seeds, st + count * samples, st)
        error, freedom = combined(count, size, ms, estimand)
        return (stats.t.ppf((1 + level) / 2, freedom) + stats.t.ppf(0.8, freedom)) * error <= distance

    for count in range(2, 1001):
        if decides(count, m):
            return [count, None]
    z = stats.norm.ppf((1 + level) / 2) + stats.norm.ppf(0.8)
    size = 2 * samples * (z / distance) ** 2
    for count in range(2, 1001):
        if decides(count, size):
            return [count, int(np.ceil(size))]
    return None


def removed_share(published, repaired, level=0.95):
    estimand = "seeds-and-samples"
    freedom = effect(published / 2 - repaired, estimand)[2]
    quantile = stats.t.ppf((1 + level) / 2, freedom)
    v_p, v_r, v_d = (effect(t, estimand)[1] ** 2 for t in (published, repaired, published - repaired))
    covariance = (v_p + v_r - v_d) / 2
    p, r = published.mean(), repaired.mean()

    def outside(share):
        a = 1 - share
        return (a * p - r) ** 2 - quantile**2 * (a * a * v_p - 2 * a * covariance + v_r)

    share = 1 - r / p
    return share, optimize.brentq(outside, share - 5, share, xtol=1e-14), optimize.brentq(outside, share, share + 5, xtol=1e-14)


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
        mean, error, freedom, low, high = effect(table, estimand)
        wide = effect(table, estimand, 0.95 ** (1 / 7))
        cases.append(
            {
                "name": name,
                "estimand": estimand,
                "table": table.tolist(),
                "meanSquares": mean_squares(table),
                "mean": mean,
                "error": error,
                "freedom": freedom,
                "interval": [low, high],
                "simultaneous": [wide[3], wide[4]],
                "requirement": requirement(table, 0.4, 0.95, estimand),
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
