#!/usr/bin/env python3
"""Trains and probes the competitive Hebbian rules in PyTorch, as one would write them there: batched products, no batch × outputs × inputs tensor, features for the probe computed once.

Prints one line of JSON: seconds for one epoch of each rule, for the published probe on features at hand, and the accuracies, so that it is seen to do the same job.

    python3 hebbian.py --data DIR --units 2048 --threads 2
"""
import argparse
import gzip
import json
import math
import os
import time

import torch
import torch.nn.functional as F

BATCH, RATE, TEMPERATURE, SPARSITY = 32, 0.05, 1.0, 0.8


def idx(path):
    with gzip.open(path, "rb") as file:
        content = file.read()
    dimensions = [int.from_bytes(content[4 + 4 * i:8 + 4 * i], "big") for i in range(content[3])]
    return torch.frombuffer(bytearray(content[4 + 4 * len(dimensions):]), dtype=torch.uint8).reshape(dimensions)


def mnist(folder):
    def images(name):
        return (idx(os.path.join(folder, "mnist", name)).reshape(-1, 784).float() / 255 - 0.1307) / 0.3081

    def labels(name):
        return idx(os.path.join(folder, "mnist", name)).long()

    return (images("train-images-idx3-ubyte.gz"), labels("train-labels-idx1-ubyte.gz")), (images("t10k-images-idx3-ubyte.gz"), labels("t10k-labels-idx1-ubyte.gz"))


def draw(outputs, inputs):
    return torch.randn(outputs, inputs) * (5 * math.sqrt(math.pi / (2 * inputs)))


def competitive(weights, state, x):
    y = F.relu(x @ weights.t())
    mean = y.mean(0)
    state["mean"] = mean if "mean" not in state else 0.95 * state["mean"] + 0.05 * mean
    a = F.softmax((y - state["mean"]) / TEMPERATURE, 1)
    value, winner = a.max(1, keepdim=True)
    value = value * (value > 1 / a.shape[1])
    weights.addmm_(torch.zeros_like(a).scatter_(1, winner, value).t(), x, alpha=RATE)
    weights /= weights.norm(dim=1, keepdim=True)


def winner_learns(y):
    a = F.softmax(y / TEMPERATURE, 1)
    value, winner = a.max(1, keepdim=True)
    return (-a).scatter_(1, winner, value)


def decaying_step(weights, a, u, x):
    weights.mul_(1 - RATE * (a * u).mean(0)[:, None]).addmm_(a.t(), x, alpha=RATE / x.shape[0])


def softhebb(weights, state, x):
    u = x @ weights.t()
    y = F.relu(u)
    if "head" not in state:
        state["head"] = draw(10, weights.shape[0])
    v = y @ state["head"].t()
    decaying_step(weights, winner_learns(y), u, x)
    decaying_step(state["head"], winner_learns(F.softmax(v, 1)), v, y)


def hebbnet(weights, state, x):
    y = F.relu(x @ weights.t())
    mean = y.mean(0)
    state["mean"] = mean if "mean" not in state else 0.05 * state["mean"] + 0.95 * mean
    s = (y - state["mean"]).t() @ x
    norms = s.norm(dim=1)
    sign = torch.where(norms < torch.quantile(norms, SPARSITY), 0.0, -1.0)
    sign[norms.argmax()] = 1.0
    weights += RATE * sign[:, None] * s
    weights /= weights.norm(dim=1, keepdim=True)


def train(step, x, units):
    weights, state = draw(units, x.shape[1]), {}
    order = torch.randperm(x.shape[0])
    start = time.perf_counter()
    for first in range(0, len(order), BATCH):
        step(weights, state, x[order[first:first + BATCH]])
    return weights, time.perf_counter() - start


def features(weights, x):
    return torch.cat([F.relu(part @ weights.t()) for part in x.split(4096)])


def published_probe(weights, training, test):
    """The published probe: softmax into softmax cross-entropy, dropout on the features, AdamW, stopped and read off on test data."""
    (x, labels), (x_test, labels_test) = training, test
    with torch.no_grad():
        h, h_test = features(weights, x), features(weights, x_test)
    start = time.perf_counter()
    head = torch.nn.Linear(weights.shape[0], 10)
    torch.nn.init.xavier_normal_(head.weight)
    torch.nn.init.zeros_(head.bias)
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3)
    best, before = 0.0, math.inf
    for epoch in range(10):
        order = torch.randperm(len(labels))
        for first in range(0, len(order), BATCH):
            chosen = order[first:first + BATCH]
            loss = F.cross_entropy(F.softmax(head(F.dropout(h[chosen], 0.5)), 1), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            said = F.softmax(head(h_test), 1)
            best = max(best, (said.argmax(1) == labels_test).float().mean().item())
            now = F.cross_entropy(said, labels_test).item()
        if before - now < 0.001:
            break
        before = now
    return best, epoch + 1, time.perf_counter() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", default=os.environ.get("REPRODUCTION_DATA", "data"))
    arguments.add_argument("--units", type=int, default=2048)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    chosen = arguments.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(chosen.threads)
    training, test = mnist(chosen.data)
    out = {"torch": torch.__version__, "threads": chosen.threads, "units": chosen.units, "rules": {}}
    for step in (competitive, softhebb, hebbnet):
        with torch.no_grad():
            weights, seconds = train(step, training[0], chosen.units)
        accuracy, epochs, probe_seconds = published_probe(weights, training, test)
        out["rules"][step.__name__] = {"epoch": seconds, "probe": probe_seconds, "probeEpochs": epochs, "probeEpoch": probe_seconds / epochs, "accuracy": accuracy}
    print(json.dumps(out))


if __name__ == "__main__":
    main()
