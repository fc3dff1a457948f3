#!/usr/bin/env python3
"""Writes pytorch_values.json: values of PyTorch's own AdamW, layer normalisation and softmax cross-entropy to test against.

Run it in this folder with any PyTorch: python3 pytorch_values.py
"""
import json
import torch

torch.manual_seed(20240607)
torch.set_default_dtype(torch.float32)


def rounded(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().reshape(-1).tolist()]


out = {"torch": torch.__version__}

# AdamW, default constants, five steps along fixed gradients.
parameter = torch.nn.Parameter(torch.randn(6))
optimizer = torch.optim.AdamW([parameter], lr=1e-2)
out["adamw"] = {"start": rounded(parameter), "gradients": [], "after": []}
for _ in range(5):
    gradient = torch.randn(6)
    parameter.grad = gradient.clone()
    optimizer.step()
    out["adamw"]["gradients"].append(rounded(gradient))
    out["adamw"]["after"].append(rounded(parameter))

# Layer normalisation of 3 samples with 5 units, and its pull-back.
x = (torch.randn(3, 5) * 2 + 1).requires_grad_()
y = torch.nn.functional.layer_norm(x, (5,))
g = torch.randn(3, 5)
y.backward(g)
out["layer_norm"] = {"input": rounded(x), "output": rounded(y), "gradient_out": rounded(g), "gradient_in": rounded(x.grad)}

# Softmax cross-entropy of 4 samples with 3 classes: once, and doubled as the published probe has it.
for name, doubled in (("cross_entropy", False), ("doubled_cross_entropy", True)):
    logits = (torch.randn(4, 3) * 3).requires_grad_()
    labels = torch.tensor([0, 2, 1, 2])
    loss = torch.nn.functional.cross_entropy(torch.softmax(logits, 1) if doubled else logits, labels)
    loss.backward()
    out[name] = {"logits": rounded(logits), "labels": labels.tolist(), "loss": float(loss), "gradient": rounded(logits.grad)}

with open("pytorch_values.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
