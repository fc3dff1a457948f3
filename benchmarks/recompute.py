#!/usr/bin/env python3
"""Computes every saved decision anew from the saved test samples, with code of its own and NumPy alone.

    python3 benchmarks/recompute.py results/compare/digits/QUESTION results/paper/is-it-learning/mnist ...

Each folder holds a table of decisions (verdicts.csv, or NAME-decisions.csv), one of runs (accuracies.csv, or NAME.csv)
and one of the samples that were right (correct.csv, or NAME-correct.csv). Differences, ends of intervals and the
probability to be ahead must agree to 1e-9, verdicts exactly. The exit code is 0 if all do, 1 if one does not.
"""

import base64
import csv
import glob
import math
import os
import sys
from collections import defaultdict

import numpy as np

TOLERANCE = 1e-9


def incomplete_beta(a, b, x):
    """The regularised incomplete beta function, by Lentz's continued fraction."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    value = d
    for k in range(1, 10_000):
        for numerator in (
            k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
            -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1)),
        ):
            d = 1 + numerator * d
            c = 1 + numerator / c
            d = 1 / (d if abs(d) > tiny else tiny)
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * value / a


def bisect(function, low, high):
    """Where an increasing function is 0."""
    for _ in range(400):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def student(tail, freedom):
    """Student's quantile for a probability above 1/2."""

    def above(t):
        return tail - 1 + incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2

    high = 1.0
    while above(high) > 0:
        high *= 2
    return bisect(lambda t: -above(t), 0.0, high)


def beta_quantile(a, b, probability):
    return bisect(lambda x: incomplete_beta(a, b, x) - probability, 0.0, 1.0)


def interval(table, level, estimand):
    """The mean of a table of seeds and samples, and the ends of its interval."""
    n, m = table.shape
    mean = table.mean()
    if n < 2:
        return mean, None, None
    of_seeds, of_samples = table.mean(1), table.mean(0)
    rest = table - of_seeds[:, None] - of_samples[None, :] + mean
    s = m * ((of_seeds - mean) ** 2).sum() / (n - 1)
    t = n * ((of_samples - mean) ** 2).sum() / (m - 1)
    st = (rest**2).sum() / ((n - 1) * (m - 1))
    tail = (1 + level) / 2
    square = student(tail, n - 1) ** 2 * (s if s > 0 else st)
    if estimand == "seeds-and-samples":
        square += student(tail, m - 1) ** 2 * max(0.0, t - st)
    half = math.sqrt(square / (n * m))
    return mean, mean - half, mean + half


def verdict(low, high, margin, diverged):
    if low is None:
        return "inconclusive"
    small = -margin < low and high < margin
    if high < 0 and not small:
        return "worse"
    if diverged:
        return "inconclusive"
    return "equivalent" if small else "better" if low > 0 else "inconclusive"


def ahead(differences):
    n = len(differences)
    k = sum(1.0 if d > 0 else 0.5 if d == 0 else 0.0 for d in differences)
    fewest, most = math.floor(k), math.ceil(k)
    low = 0.0 if fewest == 0 else beta_quantile(fewest, n - fewest + 1, 0.025)
    high = 1.0 if most == n else beta_quantile(most + 1, n - most, 0.975)
    return k / n, low, high


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def close(expected, actual, tolerance=TOLERANCE):
    if expected is None or actual is None:
        return expected is None and actual is None
    return abs(expected - actual) <= tolerance


def studies(folder):
    """The decisions, runs and samples of each study in a folder."""
    if os.path.exists(os.path.join(folder, "verdicts.csv")):
        yield [os.path.join(folder, name + ".csv") for name in ("verdicts", "accuracies", "correct")]
    for path in sorted(glob.glob(os.path.join(folder, "*-decisions.csv"))):
        name = path[: -len("-decisions.csv")]
        if os.path.exists(name + "-correct.csv"):
            yield [path, name + ".csv", name + "-correct.csv"]


def layer_of(probe, hidden):
    """The layer that a probe's name stands for: the one behind @, else the last."""
    return probe.split("@")[1] if "@" in probe else f"hidden{len(hidden.split())}" if hidden else "input"


def check(decisions, runs, samples):
    """Returns the number of decisions and what is wrong with them."""
    problems = []
    bits = defaultdict(dict)
    for row in read(samples):
        bits[row["runId"]][row["probe"]] = np.unpackbits(
            np.frombuffer(base64.b64decode(row["correct"]), np.uint8), bitorder="little"
        )
    pairs = defaultdict(dict)
    for row in read(runs):
        if row["randomRunId"]:
            layer = row.get("layer") or layer_of(row["probe"], row["hidden"])
            pairs[row["arm"], row["hidden"], layer][int(row["seed"])] = (row["runId"], row["randomRunId"])
    rows = read(decisions)
    for row in rows:
        size, layers = int(row["samples"]), len(row["hidden"].split())
        probe = row["probe"] if row["layer"] == f"hidden{layers}" or not layers else f"{row['probe']}@{row['layer']}"
        table = [
            bits[learned][probe][:size].astype(float) - bits[untrained][probe][:size]
            for _, (learned, untrained) in sorted(pairs[row["arm"], row["hidden"], row["layer"]].items())
            if probe in bits[learned] and probe in bits[untrained]
        ]
        name = f"{decisions}: {row['arm']} {row['hidden']} {row['layer']}"
        if len(table) != int(row["seeds"]):
            problems.append(f"{name}: {len(table)} pairs, not {row['seeds']}")
            continue
        low = high = mean = None
        if table:
            mean, low, high = interval(np.array(table), float(row["level"]), row["estimand"])
            share = ahead([one.mean() for one in table])
            for column, value in zip(("superiority", "superiorityLow", "superiorityHigh"), share):
                if not close(number(row[column]), value, 1e-7):
                    problems.append(f"{name}: {column} {row[column]}, computed {value}")
        for column, value in (("difference", mean), ("low", low), ("high", high)):
            if not close(number(row[column]), value):
                problems.append(f"{name}: {column} {row[column]}, computed {value}")
        found = verdict(low, high, float(row["margin"]), int(row["diverged"]))
        if found != row["verdict"]:
            problems.append(f"{name}: {row['verdict']}, computed {found}")
    return len(rows), problems


def main(folders):
    total, problems = 0, []
    for folder in folders:
        for study in studies(folder):
            count, wrong = check(*study)
            total += count
            problems += wrong
    for problem in problems:
        print(problem)
    print(f"recomputed {total} decisions, {len(problems)} values differ")
    return 1 if problems or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
