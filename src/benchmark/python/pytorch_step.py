"""A training step of the same network in PyTorch on the CPU, with Adam.

pytorch_step.py BATCH_SIZE    answers every line of input with the microseconds of a step
"""

import sys
import time

import torch

ROUND_SECONDS = 0.15


def main():
    batch_size = int(sys.argv[1])
    torch.manual_seed(1)
    inputs = torch.rand(batch_size, 2) / 2
    targets = inputs.sum(dim=1, keepdim=True)
    network = torch.nn.Sequential(
        torch.nn.Linear(2, 2, bias=False),
        torch.nn.Sigmoid(),
        torch.nn.Linear(2, 1, bias=False),
        torch.nn.Sigmoid(),
    )
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)

    def step():
        optimizer.zero_grad()
        loss = 0.5 * torch.nn.functional.mse_loss(network(inputs), targets)
        loss.backward()
        optimizer.step()

    for _ in sys.stdin:
        start = time.perf_counter()
        passed = 0.0
        steps = 0
        while passed < ROUND_SECONDS:
            step()
            steps += 1
            passed = time.perf_counter() - start
        print(passed * 1e6 / steps, flush=True)


main()
