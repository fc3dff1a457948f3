#!/usr/bin/env python3
"""Times one job in PyTorch, in several ways of writing it, and prints one line of JSON: seconds by variant.

    OMP_WAIT_POLICY=passive python3 torch_peer.py --job competitive --data DIR --units 2048 --threads 2

Jobs: competitive, hebbnet, softhebb, backprop-32, backprop-256 and target-propagation time one epoch on MNIST; ridge
and softmax time a probe of untrained features of all of MNIST. The variants of a job are in VARIANTS.
"""
import argparse
import gzip
import json
import math
import os
import time

import numpy
import torch
import torch.nn.functional as F

# ---------------------------------------------------------------------------------------------------------------- data


def idx(path):
    with gzip.open(path, "rb") as file:
        content = file.read()
    dimensions = [int.from_bytes(content[4 + 4 * i : 8 + 4 * i], "big") for i in range(content[3])]
    values = torch.frombuffer(bytearray(content[4 + 4 * len(dimensions) :]), dtype=torch.uint8)
    return values.reshape(dimensions)


def mnist(folder):
    """The training samples, 60,000 × 784 with the usual mean and deviation, and their labels."""
    images = idx(os.path.join(folder, "mnist", "train-images-idx3-ubyte.gz"))
    labels = idx(os.path.join(folder, "mnist", "train-labels-idx1-ubyte.gz"))
    return (images.reshape(-1, 784).float() / 255 - 0.1307) / 0.3081, labels.long()


def draw(outputs, inputs):
    return torch.randn(outputs, inputs) * (5 * math.sqrt(math.pi / (2 * inputs)))


# ----------------------------------------------------------------------------------------------------- Hebbian rules
# 'tuned' works in place and reuses its memory; 'sparse' touches only the rows that change.

HEBBIAN_BATCH, RATE, SPARSITY = 32, 0.05, 0.8


class Competitive:
    """ΔW = Σ_B a xᵀ, where a is the softmax of the activity above its running mean, kept for the winner alone."""

    def __init__(self, units, inputs, style):
        self.weights, self.style, self.mean = draw(units, inputs), style, None
        self.y = torch.empty(HEBBIAN_BATCH, units)

    def winners(self, x):
        y = torch.mm(x, self.weights.t(), out=self.y[: len(x)]).relu_()
        mean = y.mean(0)
        self.mean = mean if self.mean is None else self.mean.mul_(0.95).add_(mean, alpha=0.05)
        y -= self.mean
        a = F.softmax(y, 1)
        value, winner = a.max(1, keepdim=True)
        return a, value * (value > 1 / a.shape[1]), winner

    def step(self, x):
        a, value, winner = self.winners(x)
        if self.style == "tuned":
            masked = a.zero_().scatter_(1, winner, value)
            self.weights.addmm_(masked.t(), x, alpha=RATE)
            self.weights.div_(self.weights.norm(dim=1, keepdim=True))
        else:
            rows, place = winner.flatten().unique(return_inverse=True)
            masked = torch.zeros(len(rows), len(x)).scatter_(0, place[None, :], value.t())
            changed = self.weights[rows].addmm_(masked, x, alpha=RATE)
            self.weights[rows] = changed.div_(changed.norm(dim=1, keepdim=True))


class HebbNet:
    """ΔW_o = ±RATE·S_o for the fifth of the rows of S = Σ_B (y − T) xᵀ with the largest norms."""

    def __init__(self, units, inputs, style):
        self.weights, self.style, self.threshold = draw(units, inputs), style, None
        self.y, self.s = torch.empty(HEBBIAN_BATCH, units), torch.empty(units, inputs)

    def step(self, x):
        y = torch.mm(x, self.weights.t(), out=self.y[: len(x)]).relu_()
        mean = y.mean(0)
        self.threshold = mean if self.threshold is None else self.threshold.mul_(0.05).add_(mean, alpha=0.95)
        y -= self.threshold
        s = torch.mm(y.t(), x, out=self.s)
        norms = s.norm(dim=1)
        learns, largest = norms >= torch.quantile(norms, SPARSITY), norms.argmax()
        if self.style == "sparse":
            rows = learns.nonzero().flatten()
            sign = torch.where(rows == largest, RATE, -RATE)
            changed = self.weights[rows].addcmul_(s[rows], sign[:, None])
            self.weights[rows] = changed.div_(changed.norm(dim=1, keepdim=True))
            return
        sign = torch.where(learns, -RATE, 0.0)
        sign[largest] = RATE
        self.weights.addcmul_(s, sign[:, None])
        self.weights.div_(self.weights.norm(dim=1, keepdim=True))


def winner_learns(a):
    """The softmax a, negated for all but the winner."""
    value, winner = a.max(1, keepdim=True)
    return a.neg_().scatter_(1, winner, value)


class SoftHebb:
    """ΔW_oi = mean_B( a_o (x_i − u_o W_oi) ), in the hidden layer and in the output layer."""

    def __init__(self, units, inputs, style):
        self.weights, self.head = draw(units, inputs), draw(10, units)
        self.u, self.y = torch.empty(HEBBIAN_BATCH, units), torch.empty(HEBBIAN_BATCH, units)

    @staticmethod
    def move(weights, a, u, x):
        weights.mul_(1 - RATE * (a * u).mean(0)[:, None]).addmm_(a.t(), x, alpha=RATE / len(x))

    def step(self, x):
        u = torch.mm(x, self.weights.t(), out=self.u[: len(x)])
        y = torch.clamp_min(u, 0, out=self.y[: len(x)])
        v = y @ self.head.t()
        self.move(self.weights, winner_learns(F.softmax(y, 1)), u, x)
        self.move(self.head, winner_learns(F.softmax(F.softmax(v, 1), 1)), v, y)


def hebbian(rule, style):
    def run(x, labels, units):
        with torch.no_grad():
            return epoch(rule(units, x.shape[1], style).step, HEBBIAN_BATCH, x)

    return run


def epoch(step, batch, x, *others):
    """Seconds of one pass over the samples in random order, after some steps that do not count."""
    order = torch.randperm(len(x))
    for first in range(0, 20 * batch, batch):
        step(*(values[order[first : first + batch]] for values in (x, *others)))
    start = time.perf_counter()
    for first in range(0, len(order), batch):
        chosen = order[first : first + batch]
        step(*(values.index_select(0, chosen) for values in (x, *others)))
    return time.perf_counter() - start


# ---------------------------------------------------------------------------------------------------------- AdamW

NETWORK_UNITS = 256


class FlatAdamW:
    """AdamW on all parameters as one vector: a few operations in place for each step."""

    def __init__(self, parameters, rate, decay=0.01):
        sizes = [parameter.numel() for parameter in parameters]
        self.values = torch.cat([parameter.flatten() for parameter in parameters])
        self.gradient, self.m, self.v = (torch.zeros_like(self.values) for _ in range(3))
        self.scratch = torch.empty_like(self.values)
        self.rate, self.decay, self.steps = rate, decay, 0
        cut = zip(parameters, self.values.split(sizes), self.gradient.split(sizes))
        self.parts = [(value.view_as(like), slope.view_as(like)) for like, value, slope in cut]

    def step(self):
        self.steps += 1
        self.values.mul_(1 - self.rate * self.decay)
        self.m.lerp_(self.gradient, 0.1)
        self.v.mul_(0.999).addcmul_(self.gradient, self.gradient, value=0.001)
        torch.sqrt(self.v, out=self.scratch)
        self.scratch.div_(math.sqrt(1 - 0.999**self.steps)).add_(1e-8)
        self.values.addcdiv_(self.m, self.scratch, value=-self.rate / (1 - 0.9**self.steps))


def layers(units):
    hidden, output = torch.nn.Linear(784, units), torch.nn.Linear(units, 10)
    return [part.detach() for part in (hidden.weight, hidden.bias, output.weight, output.bias)]


def backprop_module(batch):
    def run(x, labels, units):
        hidden, output = torch.nn.Linear(784, NETWORK_UNITS), torch.nn.Linear(NETWORK_UNITS, 10)
        network = torch.nn.Sequential(hidden, torch.nn.ReLU(), output)
        optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)

        def step(x, labels):
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(network(x), labels).backward()
            optimizer.step()

        return epoch(step, batch, x, labels)

    return run


def backprop_by_hand(batch):
    def run(x, labels, units):
        optimizer = FlatAdamW(layers(NETWORK_UNITS), 1e-3)
        (w, dw), (b, db), (v, dv), (c, dc) = optimizer.parts

        def step(x, labels):
            h = torch.addmm(b, x, w.t()).relu_()
            p = torch.addmm(c, h, v.t()).softmax(1)
            p[torch.arange(len(x)), labels] -= 1
            p /= len(x)
            torch.mm(p.t(), h, out=dv)
            torch.sum(p, 0, out=dc)
            back = torch.mm(p, v).mul_(h > 0)
            torch.mm(back.t(), x, out=dw)
            torch.sum(back, 0, out=db)
            optimizer.step()

        with torch.no_grad():
            return epoch(step, batch, x, labels)

    return run


# ------------------------------------------------------------------------------------------------- target propagation


def least_squares(response, wanted):
    """F = (SᵀS + ρI)⁻¹SᵀE, with ρ the mean of SᵀS's diagonal."""
    gram = (response.t() @ response).double()
    gram.diagonal().add_(gram.diagonal().mean())
    return torch.cholesky_solve((response.t() @ wanted).double(), torch.linalg.cholesky(gram)).float()


def target_propagation(x, labels, units, batch=256, directions=256, slope=0.1):
    optimizer = FlatAdamW(layers(NETWORK_UNITS), 0.003)
    (w, dw), (b, db), (v, dv), (c, dc) = optimizer.parts

    def propose(weights, bias, inputs, errors):
        block = torch.randn(inputs.shape[1] + 1, directions)
        response = torch.addmm(block[-1], inputs, block[:-1])
        return block, (block @ least_squares(response, errors)).t()

    def step(x, labels):
        u = torch.addmm(b, x, w.t())
        h = F.leaky_relu(u, slope)
        o = torch.addmm(c, h, v.t())
        errors = F.one_hot(labels, 10) - o.softmax(1)
        block, change = propose(v, c, h, errors)
        torch.neg(change[:, :-1], out=dv)
        torch.neg(change[:, -1], out=dc)
        updated = v + change[:, :-1]
        left = o + errors - torch.addmm(c + change[:, -1], h, updated.t())
        moved = (block[:-1] @ least_squares(updated @ block[:-1], left.t())).t()
        below = moved * torch.where(u > 0, 1.0, slope)
        _, change = propose(w, b, x, below)
        torch.neg(change[:, :-1], out=dw)
        torch.neg(change[:, -1], out=db)
        optimizer.step()

    with torch.no_grad():
        return epoch(step, batch, x, labels)


# ------------------------------------------------------------------------------------------------------------- probes


def features(x, units):
    """Untrained features of all samples."""
    weights = torch.randn(units, x.shape[1]) * math.sqrt(2 / x.shape[1])
    return torch.cat([F.relu(part @ weights.t()) for part in x.split(4096)])


def standardise(f, fit):
    """Mean 0 and deviation 1 over the first samples."""
    deviation, mean = torch.std_mean(f[:fit], 0, unbiased=False)
    return (f - mean).div_(torch.where(deviation > 0, deviation, torch.ones(())))


def ridge(x, labels, units):
    """Ridge regression on one-hot targets for seven penalties, chosen on the last sixth; then fitted to all samples."""
    f, fit = features(x, units), len(x) * 5 // 6
    targets = F.one_hot(labels, 10).float()
    start = time.perf_counter()
    f = standardise(f, fit)

    def moments(f, targets):
        return (f.t() @ f).double(), (f.t() @ targets).double(), f.sum(0).double(), targets.sum(0).double(), len(f)

    def solve(gram, cross, total, wanted, count, penalty):
        mean = total / count
        centred = gram.addr(total, mean, alpha=-1)
        centred.diagonal().add_(penalty)
        factor, failed = torch.linalg.cholesky_ex(centred)
        if failed:
            return None
        weights = torch.cholesky_solve(cross - torch.outer(mean, wanted), factor)
        return weights.float(), (wanted / count - mean @ weights).float()

    first = moments(f[:fit], targets[:fit])
    best = (-1.0, 0.0)
    for penalty in (1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5):
        if solution := solve(*first, penalty):
            said = torch.addmm(solution[1], f[fit:], solution[0]).argmax(1)
            best = max(best, ((said == labels[fit:]).float().mean().item(), penalty))
    rest = moments(f[fit:], targets[fit:])
    solve(*(a + b for a, b in zip(first, rest)), best[1])
    return time.perf_counter() - start


def ridge_numpy(x, labels, units):
    """The same in NumPy, which has no solver for positive definite matrices alone."""
    f, fit = features(x, units).numpy(), len(x) * 5 // 6
    labels = labels.numpy()
    targets = numpy.eye(10, dtype=numpy.float32)[labels]
    start = time.perf_counter()
    deviation = f[:fit].std(0)
    f = f - f[:fit].mean(0)
    f /= numpy.where(deviation > 0, deviation, 1)

    def moments(f, targets):
        gram, cross = (f.T @ f).astype(numpy.float64), (f.T @ targets).astype(numpy.float64)
        return gram, cross, f.sum(0, numpy.float64), targets.sum(0, numpy.float64), len(f)

    def solve(gram, cross, total, wanted, count, penalty):
        mean = total / count
        centred = gram - numpy.outer(total, mean)
        centred[numpy.diag_indices_from(centred)] += penalty
        weights = numpy.linalg.solve(centred, cross - numpy.outer(mean, wanted))
        return weights.astype(numpy.float32), (wanted / count - mean @ weights).astype(numpy.float32)

    first = moments(f[:fit], targets[:fit])
    best = (-1.0, 0.0)
    for penalty in (1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5):
        weights, bias = solve(*first, penalty)
        best = max(best, (((f[fit:] @ weights + bias).argmax(1) == labels[fit:]).mean(), penalty))
    rest = moments(f[fit:], targets[fit:])
    solve(*(a + b for a, b in zip(first, rest)), best[1])
    return time.perf_counter() - start


def softmax(style):
    """L-BFGS on cross-entropy for four penalties, each from the solution of the one before; then on all samples."""

    def run(x, labels, units):
        f, fit = features(x, units), len(x) * 5 // 6
        start = time.perf_counter()
        f = standardise(f, fit)
        evaluations = 0
        factor = None
        if style == "preconditioned":
            curvature = (f[:fit].t() @ f[:fit]).mul_(0.02 / fit)
            curvature.diagonal().add_(1e-3)
            factor = torch.linalg.cholesky(curvature).t().contiguous()

        def weights_of(point):
            return point if factor is None else torch.linalg.solve_triangular(factor, point, upper=True)

        def minimise(count, penalty, initial, bias):
            point, bias = initial.clone().requires_grad_(), bias.clone().requires_grad_()
            optimizer = torch.optim.LBFGS(
                [point, bias], max_iter=2000, tolerance_grad=1e-4, tolerance_change=0, history_size=10,
                line_search_fn="strong_wolfe",
            )

            def closure():
                nonlocal evaluations
                evaluations += 1
                optimizer.zero_grad()
                weights = weights_of(point)
                loss = F.cross_entropy(torch.addmm(bias, f[:count], weights), labels[:count])
                loss = loss + penalty / 2 * weights.square().sum()
                loss.backward()
                return loss

            optimizer.step(closure)
            return point.detach(), bias.detach()

        point, bias, best = torch.zeros(units, 10), torch.zeros(10), None
        for penalty in (1e-2, 1e-3, 1e-4, 1e-5):
            point, bias = minimise(fit, penalty, point, bias)
            said = torch.addmm(bias, f[fit:], weights_of(point)).argmax(1)
            accuracy = (said == labels[fit:]).float().mean().item()
            if best is None or accuracy > best[0]:
                best = (accuracy, penalty, point, bias)
        minimise(len(f), *best[1:])
        return time.perf_counter() - start

    return run


# ----------------------------------------------------------------------------------------------------------------

STYLES = ("tuned", "sparse")
VARIANTS = {
    "competitive": {style: hebbian(Competitive, style) for style in STYLES},
    "hebbnet": {style: hebbian(HebbNet, style) for style in STYLES},
    "softhebb": {style: hebbian(SoftHebb, style) for style in STYLES[:1]},
    "backprop-32": {"module": backprop_module(32), "by hand": backprop_by_hand(32)},
    "backprop-256": {"module": backprop_module(256), "by hand": backprop_by_hand(256)},
    "target-propagation": {"by hand": target_propagation},
    "ridge": {"Cholesky": ridge, "NumPy": ridge_numpy},
    "softmax": {"L-BFGS": softmax("plain"), "preconditioned": softmax("preconditioned")},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--job", choices=VARIANTS, required=True)
    parser.add_argument("--data", default=os.environ.get("REPRODUCTION_DATA", "data"))
    parser.add_argument("--units", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    x, labels = mnist(chosen.data)
    seconds = {}
    for name, run in VARIANTS[chosen.job].items():
        torch.manual_seed(1)
        seconds[name] = run(x, labels, chosen.units)
    print(json.dumps({"version": torch.__version__, "seconds": seconds}))


if __name__ == "__main__":
    main()
