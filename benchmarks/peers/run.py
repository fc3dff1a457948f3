#!/usr/bin/env python3
"""Times the suite and PyTorch on the same job in turn, and prints the ratios: one epoch of each competitive Hebbian rule on MNIST, and the published probe.

    python3 run.py --data DIR --units 2048 --threads 2 --rounds 3

Needs a Release build of the suite (./reproduce list makes one) and a Python with PyTorch. The published probe stops by itself, so its time is compared by the epoch.
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUITE = os.path.join(HERE, "..", "..", "artifacts", "bin", "Experiments", "release", "reproduce.dll")
RULES = ["competitive", "softhebb", "hebbnet"]


def run(command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", default=os.environ.get("REPRODUCTION_DATA", "data"))
    arguments.add_argument("--units", type=int, default=2048)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    best = {}

    def note(who, rule, part, seconds):
        best[who, rule, part] = min(seconds, best.get((who, rule, part), seconds))

    for _ in range(chosen.rounds):
        shared = ["--data", chosen.data, "--threads", str(chosen.threads)]
        suite = run(["dotnet", SUITE, "bench", "--rules", ",".join(RULES), "--widths", str(chosen.units), "--probe", "published", "--rounds", "1", "--dataset", "mnist", "--offline", "--quiet", "--json", *shared])
        for rule in suite["rules"]:
            note("suite", rule["rule"], "epoch", rule["epochSeconds"])
            note("suite", rule["rule"], "probe", rule["probeSeconds"]["published"] / rule["probeEpochs"]["published"])
        torch = run([sys.executable, os.path.join(HERE, "hebbian.py"), "--units", str(chosen.units), *shared])
        for rule, seconds in torch["rules"].items():
            note("torch", rule, "epoch", seconds["epoch"])
            note("torch", rule, "probe", seconds["probeEpoch"])
    print(f"seconds at {chosen.units} units, {chosen.threads} thread(s), the best of {chosen.rounds} round(s); PyTorch {torch['torch']}")
    print("| rule | epoch, suite | epoch, PyTorch | ratio | probe's epoch, suite | probe's epoch, PyTorch | ratio |")
    print("| :--- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for rule in RULES:
        cells = [rule]
        for part in ("epoch", "probe"):
            ours, theirs = best["suite", rule, part], best["torch", rule, part]
            cells += [f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}"]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
