#!/usr/bin/env python3
"""Times the suite, PyTorch and TorchSharp on the same jobs in turn, and prints the ratios pair by pair.

    python3 run.py --data DIR --rounds 3 [--jobs competitive,softmax] [--vectors 256]

Needs a Release build of the suite (./reproduce list makes one), a Python with PyTorch and NumPy, and, for TorchSharp,
`dotnet build -c Release benchmarks/peers/TorchSharp`. A peer that is not there is left out. The suite's times contain
the compilation of its code where a job is a single command; the peers' first steps do not count.
"""
import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(HERE, "..", "..", "artifacts", "bin")
SUITE = ["dotnet", os.path.join(BUILT, "Reproduce", "release", "reproduce.dll")]
TORCH_SHARP = ["dotnet", os.path.join(BUILT, "TorchSharpPeer", "release", "Reproduction.TorchSharpPeer.dll")]
WITHOUT_TORCH_SHARP = ("target-propagation", "ridge", "softmax")
EPOCHS = 5

# What makes each library use vectors of this many bits and no more.
VECTORS = {
    "256": {
        "DOTNET_EnableAVX512": "0",
        "OPENBLAS_CORETYPE": "Haswell",
        "ATEN_CPU_CAPABILITY": "avx2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
    },
    "512": {"OPENBLAS_CORETYPE": "SkylakeX"},
}


def bench(rule, probe, chosen, shared):
    """The speed of a rule and of a probe, after a small run that does not count."""
    arguments = ["bench", "--rules", rule, "--widths", str(chosen.units), "--probe", probe, "--rounds", "1"]
    return run(SUITE + arguments + shared)["rules"][0]


def epoch(rule, chosen, shared):
    return bench(rule, "ridge", chosen, shared)["epochSeconds"]


def epochs(rule, batch, shared):
    arguments = ["--hidden", "256", "--batch", str(batch), "--epochs", str(EPOCHS), "--hold-out", "false"]
    # A folder of its own, because a run that is already there is not made again.
    with tempfile.TemporaryDirectory() as results:
        made = run(SUITE + ["train", "--rule", rule, "--results", results] + arguments + shared)
    return made["seconds"]["train"] / EPOCHS


def probe(name, chosen, shared):
    return bench("random", name, chosen, shared)["probeSeconds"][name]


JOBS = {
    "competitive": lambda chosen, shared: epoch("competitive", chosen, shared),
    "hebbnet": lambda chosen, shared: epoch("hebbnet", chosen, shared),
    "softhebb": lambda chosen, shared: epoch("softhebb", chosen, shared),
    "backprop-32": lambda chosen, shared: epochs("backprop", 32, shared),
    "backprop-256": lambda chosen, shared: epochs("backprop", 256, shared),
    "target-propagation": lambda chosen, shared: epochs("target-propagation", 256, shared),
    "ridge": lambda chosen, shared: probe("ridge", chosen, shared),
    "softmax": lambda chosen, shared: probe("softmax", chosen, shared),
}


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def processor():
    with open("/proc/cpuinfo") as file:
        return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("REPRODUCTION_DATA", "data"))
    parser.add_argument("--jobs", default=",".join(JOBS), help="some of " + ", ".join(JOBS))
    parser.add_argument("--units", type=int, default=2048, help="units of the Hebbian rules and of the probes")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--vectors", choices=VECTORS, help="bits of the vectors that all libraries use")
    parser.add_argument("--torchsharp", default=shlex.join(TORCH_SHARP), help="the command that runs TorchSharp's part")
    chosen = parser.parse_args()
    os.environ.update(OMP_WAIT_POLICY="passive", **VECTORS.get(chosen.vectors, {}))
    threads = ["--data", chosen.data, "--threads", str(chosen.threads)]
    shared = threads + ["--dataset", "mnist", "--offline", "--quiet", "--json"]
    print(f"{processor()}, Linux {platform.release()}, load before {os.getloadavg()[0]:.2f}; ", end="")
    print(f"{chosen.threads} thread(s), {chosen.vectors or 'any'} bits, {chosen.units} units, {chosen.rounds} round(s)")
    print("\n| job | peer | suite, s | peer, s | peer / suite | from | to |")
    print("| :--- | :--- | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for job in chosen.jobs.split(","):
        ours, theirs = [], {}
        for _ in range(chosen.rounds):
            ours.append(JOBS[job](chosen, shared))
            for command in peers(job, chosen):
                try:
                    made = run(command + ["--job", job, "--units", str(chosen.units)] + threads)
                except (OSError, subprocess.CalledProcessError) as failure:
                    print(f"{command[0]} does not run: {failure}", file=sys.stderr)
                    continue
                library = "PyTorch" if command[0] == sys.executable else "TorchSharp"
                for variant, seconds in made["seconds"].items():
                    name = variant if variant == "NumPy" else f"{library} {made['version']}, {variant}"
                    theirs.setdefault(name, []).append(seconds)
        for name, seconds in theirs.items():
            ratios = [their / our for our, their in zip(ours, seconds)]
            spread = f"{statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f}"
            print(f"| {job} | {name} | {min(ours):.2f} | {min(seconds):.2f} | {spread} |", flush=True)


def peers(job, chosen):
    yield [sys.executable, os.path.join(HERE, "torch_peer.py")]
    if job not in WITHOUT_TORCH_SHARP:
        yield shlex.split(chosen.torchsharp)


if __name__ == "__main__":
    main()
