#!/usr/bin/env python3
"""Computes every saved decision anew from the saved test samples, with code of its own and NumPy alone.

    python3 benchmarks/recompute.py results/compare/digits/QUESTION results/paper/is-it-learning/mnist ...
    python3 benchmarks/recompute.py --claims results

Each folder holds a table of decisions (verdicts.csv, or NAME-decisions.csv), one of runs (accuracies.csv, or NAME.csv)
and one of the samples that were right (correct.csv, or NAME-correct.csv). Differences, ends of intervals and the
probability to be ahead must agree to 1e-9, verdicts exactly. With --claims, the claims of the ledger that hang on
differences in accuracy are computed instead: the verdict, and the number that it hangs on with its interval. The exit
code is 0 if all agree, 1 if one does not.
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


def standard_error(table):
    n, m = table.shape
    of_seeds, of_samples = table.mean(1), table.mean(0)
    rest = table - of_seeds[:, None] - of_samples[None, :] + table.mean()
    s = m * of_seeds.var(ddof=1)
    t = n * of_samples.var(ddof=1)
    st = (rest**2).sum() / ((n - 1) * (m - 1))
    return math.sqrt(((s if s > 0 else st) + max(0.0, t - st)) / (n * m))


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


def bits_of(samples):
    """What each run got right under each probe, by run and probe."""
    return {
        (row["runId"], row["probe"]): np.unpackbits(
            np.frombuffer(base64.b64decode(row["correct"]), np.uint8), bitorder="little"
        )[: int(row["samples"])].astype(float)
        for row in read(samples)
    }


def of_probes(rows):
    """The runs of a table with a row per rule, condition, width, seed and probe, as a function."""
    found = {(r["rule"], r["condition"], r["width"], r["probe"], int(r["seed"])): r["runId"] for r in rows}
    conditions = {r["condition"] for r in rows}

    def runs(rule, width, probe):
        right = "corrected" if "corrected" in conditions else "published"
        condition = "published" if probe.startswith("published") else right
        return {key[4]: run for key, run in found.items() if key[:4] == (rule, condition, str(width), probe)}

    return runs


INITIALIZATIONS = {"he": "random signs", "sign-matched": "sign-matched", "sign-matched-scaled": "scaled"}


def pairs_of(rows):
    """A function of a decision that gives, by seed, the learned run and the untrained one that it is held against."""
    if "randomRunId" in rows[0]:
        pairs = defaultdict(dict)
        for row in rows:
            if row["randomRunId"]:
                layer = row.get("layer") or layer_of(row["probe"], row["hidden"])
                pairs[row["arm"], row["hidden"], layer][int(row["seed"])] = (row["runId"], row["randomRunId"])
        return lambda decision: pairs[decision["arm"], decision["hidden"], decision["layer"]]
    if "condition" in rows[0]:
        runs = of_probes(rows)
        learned = lambda d: runs(d["arm"], d["units"], d["probe"])
        untrained = lambda d: runs("Random projections", d["units"], d["probe"])
    else:
        start = lambda d: "random signs" if d["baseline"] == "random signs" else d["arm"].split(", ")[1]
        runs = lambda rule, weights: {
            int(row["seed"]): row["runId"]
            for row in rows
            if row["rule"] == rule and INITIALIZATIONS[row["initialization"]] == weights
        }
        learned = lambda d: runs(d["arm"].split(", ")[0].lower(), d["arm"].split(", ")[1])
        untrained = lambda d: runs("random", start(d))
    return lambda d: {seed: (run, untrained(d)[seed]) for seed, run in learned(d).items() if seed in untrained(d)}


def check(decisions, runs, samples):
    """Returns the number of decisions and what is wrong with them."""
    problems = []
    bits, pairs = bits_of(samples), pairs_of(read(runs))
    rows = read(decisions)
    for row in rows:
        layers = len(row["hidden"].split())
        probe = row["probe"] if row["layer"] == f"hidden{layers}" or not layers else f"{row['probe']}@{row['layer']}"
        table = [
            bits[learned, probe] - bits[untrained, probe]
            for _, (learned, untrained) in sorted(pairs(row).items())
            if (learned, probe) in bits and (untrained, probe) in bits
        ]
        name = f"{decisions}: {row['arm']} {row['hidden']} {row['layer']} {row['probe']}"
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


class Decision:
    """Whether something is shown (True), refuted (False) or neither, and the number that this hangs on."""

    def __init__(self, truth, distance, level, numbers):
        self.truth, self.distance, self.level, self.numbers = truth, distance, level, numbers

    def negated(self):
        truth = None if self.truth is None else not self.truth
        return Decision(truth, -self.distance, self.level, self.numbers)


class Beyond:
    """That a difference in points lies above a threshold (or below it), and not by less than a margin."""

    def __init__(self, table, threshold=0.0, margin=0.0, below=False):
        self.sign = -1 if below else 1
        self.table = self.sign * 100 * np.array(table)
        self.threshold, self.margin = self.sign * threshold, margin

    def decide(self, alpha):
        mean, low, high = interval(self.table, 1 - alpha, "seeds-and-samples")
        if low is None:
            return Decision(None, 0.0, 1 - alpha, (mean, low, high))
        refuted = high < self.threshold + self.margin
        truth = False if refuted else True if low > self.threshold else None
        nearest = self.threshold + (self.margin if refuted else 0.0)
        return Decision(truth, (mean - nearest) / standard_error(self.table), 1 - alpha, (mean, low, high))


class Not:
    def __init__(self, part):
        self.part = part

    def decide(self, alpha):
        return self.part.decide(alpha).negated()


class All:
    """Shown where each part is at alpha, refuted where one is at alpha over their number."""

    def __init__(self, *parts):
        self.parts = parts

    def decide(self, alpha):
        alone = [part.decide(alpha) for part in self.parts]
        if all(part.truth is True for part in alone):
            return min(alone, key=lambda part: part.distance)
        together = [part.decide(alpha / len(self.parts)) for part in self.parts]
        refuting = [part for part in together if part.truth is False]
        left = [b if a.truth is False else a for a, b in zip(alone, together) if a.truth is not True]
        return min(refuting or left, key=lambda part: part.distance)


def Any(*parts):
    return Not(All(*(Not(part) for part in parts)))


def claim_verdict(claim, repairs):
    """
    The verdict on a claim and the decision that it hangs on, with the condition of each fault that its repair takes
    the claim away.
    """
    decided = claim.decide(0.05)
    if decided.truth is not True:
        return "not reproduced" if decided.truth is False else "inconclusive", decided
    removing = {fault: removes.decide(0.05 / len(repairs)) for fault, removes in repairs.items()}
    named = [fault for fault, removes in removing.items() if removes.truth is True]
    if named:
        return "artefact of " + ", ".join(named), max((removing[f] for f in named), key=lambda r: r.distance)
    stays = [Not(removes).decide(0.05) for removes in repairs.values()]
    # What is refuted alone was left open by the level of all faults.
    together = [Not(removes).decide(0.05 / len(repairs)) for removes in repairs.values()]
    stays = [b if a.truth is False else a for a, b in zip(stays, together)] + [decided]
    hangs = min([s for s in stays if s.truth is not True] or stays, key=lambda s: s.distance)
    return "reproduced" if hangs.truth is True else "inconclusive", hangs


MARGIN = 0.5
LEARNING = ("Competitive", "SoftHebb", "HebbNet")
RANDOM = "Random projections"


class Study:
    """The rows of one experiment, and which test samples each run got right."""

    def __init__(self, results, folder, name):
        path = os.path.join(results, "paper", folder, name)
        self.rows, self.bits = read(path + ".csv"), bits_of(path + "-correct.csv")

    def right(self, probed, **columns):
        """What the bits under one probe say, by seed; a run that diverged is wrong throughout."""
        rows = [row for row in self.rows if all(row[name] == str(value) for name, value in columns.items())]
        found = [self.bits[row["runId"], probed] for row in rows if (row["runId"], probed) in self.bits]
        wrong = np.zeros(len(found[0])) if found else None
        return {int(row["seed"]): self.bits.get((row["runId"], probed), wrong) for row in rows if found}


def less(one, other):
    return {seed: one[seed] - other[seed] for seed in sorted(one.keys() & other.keys())}


def rows_of(*tables):
    """The tables' rows of the seeds that all of them have."""
    seeds = sorted(set.intersection(*(set(table) for table in tables)))
    return [np.array([table[seed] for seed in seeds]) for table in tables]


def above(table, margin=MARGIN):
    return Beyond(list(table.values()), 0.0, margin)


def removes(published, left):
    whole, rest = rows_of(published, left)
    return Beyond(whole / 2 - rest)


def sides(results, data):
    """The published protocol, and the same with each fault repaired: functions of a rule and a width."""
    folder = f"competitive-hebbian/{data}"
    factorial, scale = Study(results, folder, "probe-factorial"), Study(results, folder, "fault-10-feature-scale")

    def side(study, condition, probe):
        return lambda rule, width: study.right(probe, probe=probe, rule=rule, condition=condition, width=width)

    repairs = {
        "F1": side(factorial, "published", "published+single-softmax"),
        "F2": side(factorial, "layer-normalized", "published"),
        "F9": side(factorial, "published", "published+no-dropout"),
        "F10": side(scale, "published", "published+standardized"),
    }
    if data != "mnist":
        constants = Study(results, folder, "fault-7-input-constants")
        repairs = {"F1": repairs["F1"], "F2": repairs["F2"], "F7": side(constants, "corrected", "published")} | repairs
    return side(factorial, "published", "published"), repairs


def claims(results):
    """The claims of a ledger that hang on differences in accuracy: their ids and verdicts, computed anew."""

    def effect(data, of):
        published, repairs = sides(results, data)
        return claim_verdict(
            above(of(published)), {fault: removes(of(published), of(side)) for fault, side in repairs.items()}
        )

    def leads(side, width):
        return {rule: less(side(RANDOM, width), side(rule, width)) for rule in LEARNING}

    def gone(published, left):
        return All(removes(published, left), Beyond(list(left.values()), MARGIN, below=True))

    published, repairs = sides(results, "mnist")
    study = Study(results, "competitive-hebbian/mnist", "random-projections")
    for width in (32, 128, 512):
        own = leads(published, width)
        yield f"C1/{width}/published", claim_verdict(
            All(*(above(lead) for lead in own.values())),
            {
                fault: Any(*(gone(own[rule], lead) for rule, lead in leads(side, width).items()))
                for fault, side in repairs.items()
            },
        )
        for probe in ("softmax", "ridge"):

            def side(rule, width):
                return study.right(probe, probe=probe, rule=rule, condition="published", width=width)

            yield f"C1/{width}/{probe}", claim_verdict(All(*(above(d) for d in leads(side, width).values())), {})
    yield "C2", effect("mnist", lambda side: less(side("Competitive", 2048), side(RANDOM, 2048)))
    published, repairs = sides(results, "cifar10")

    def accuracies(side, threshold, below):
        widths = (32, 128, 512, 2048)
        return [Beyond(list(side("Competitive", width).values()), threshold, below=below) for width in widths]

    yield "C7", claim_verdict(
        All(*accuracies(published, 12.5, below=True)),
        {fault: Any(*accuracies(side, 15.0, below=False)) for fault, side in repairs.items()},
    )
    for data in ("mnist", "cifar10"):
        yield f"C3/{data}", effect(data, lambda side: less(side(RANDOM, 512), side(RANDOM, 2048)))
        study = Study(results, f"competitive-hebbian/{data}", "fault-6-anti-hebbian-term")
        gains = []
        for width in (32, 128, 512, 2048):
            masks = [
                study.right("ridge", probe="ridge", rule="Competitive", condition=mask, width=width)
                for mask in ("anti-hebbian", "as-coded")
            ]
            if less(*masks):
                gains.append(above(less(*masks)))
        yield f"C10/{data}", claim_verdict(All(*gains), {})
    study = Study(results, "kickback/mnist", "pretraining")
    weights = {row["initialization"] for row in study.rows if row["rule"] == "kickback"}
    gains = [
        less(
            study.right("ridge", rule="kickback", initialization=own),
            study.right("ridge", rule="random", initialization=start),
        )
        for own in weights
        for start in {own, "he"}
    ]
    yield "K7", claim_verdict(All(*(above(gain) for gain in gains)), {})
    study = Study(results, "target-propagation/mnist", "families")
    for part, arm in (
        ("inverse/0.1", "target propagation, inverse"),
        ("inverse/0.5", "target propagation, inverse, slope 0.5"),
        ("slope", "target propagation"),
    ):
        untrained = {
            int(row["seed"]): study.bits[row["randomRunId"], "ridge"] for row in study.rows if row["arm"] == arm
        }
        yield f"T7/{part}", claim_verdict(above(less(study.right("ridge", arm=arm), untrained)), {})


def main(arguments):
    total, problems = 0, []
    if arguments[:1] == ["--claims"]:
        ledger = {row["id"]: row for row in read(os.path.join(arguments[1], "claims.csv"))}
        for claim, (found, decision) in claims(arguments[1]):
            total += 1
            row = ledger[claim]
            if row["verdict"] != found:
                problems.append(f"{claim}: {row['verdict']}, computed {found}")
            mean, low, high = decision.numbers
            saved = [number(row[column]) for column in ("estimate", "low", "high", "level")]
            # Whether a lead is positive or negative is a matter of words.
            if not any(
                all(close(a, b) for a, b in zip(saved, [*numbers, decision.level]))
                for numbers in ((mean, low, high), (-mean, None if high is None else -high, None if low is None else -low))
            ):
                problems.append(f"{claim}: {saved}, computed {[mean, low, high, decision.level]}")
        print("\n".join([*problems, f"recomputed {total} claims, {len(problems)} differ"]))
        return 1 if problems or not total else 0
    folders = arguments
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
