#!/usr/bin/python3
"""Prints the split that SplitTests records: an independent implementation of the rule documented on Sweep.Training.Data.Split."""
import hashlib

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


class CounterRandom:
    def __init__(self, seed, purpose):
        self.state = mix(mix((seed + GOLDEN) & MASK) ^ purpose)

    def below(self, bound):
        while True:
            self.state = (self.state + GOLDEN) & MASK
            product = (mix(self.state) >> 32) * bound
            if product & 0xFFFFFFFF >= (1 << 32) % bound:
                return product >> 32


def validation(labels, size, seed):
    classes = [[i for i, label in enumerate(labels) if label == c] for c in range(max(labels) + 1)]
    shares = [size * len(members) // len(labels) for members in classes]
    order = sorted(range(len(classes)), key=lambda c: (shares[c] + 1 >= len(classes[c]), -(size * len(classes[c]) % len(labels)), c))
    for c in order[: size - sum(shares)]:
        shares[c] += 1
    random = CounterRandom(seed, int.from_bytes(b"split", "big"))
    chosen = []
    for members, share in zip(classes, shares):
        for i in range(share):
            j = i + random.below(len(members) - i)
            members[i], members[j] = members[j], members[i]
        chosen += members[:share]
    return sorted(chosen)


result = validation([i * 7 % 10 for i in range(60_000)], 6_000, 7)
print(result[:8])
print(hashlib.sha256(b"".join(i.to_bytes(4, "little") for i in result)).hexdigest())
