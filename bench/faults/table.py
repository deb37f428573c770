#!/usr/bin/env python3
"""Turns the log of the fault tests into the table of docs/reliability.md.

    bench/faults/table.py LOG              prints it
    bench/faults/table.py LOG --write      puts it into docs/reliability.md, between its marks

LOG is what SWEEP_FAULT_LOG names while the tests run: a line for each fault that was made, with tabs between
fault, store, seconds until work resumed, and epochs trained again. A line says nothing of what was lost: each test
compares the whole table of its sweep with that of an undisturbed run, so the zeros hold for a log of tests that passed.
"""

import math
import pathlib
import statistics
import sys

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"
STORES = {"Sqlite": "SQLite", "Postgres": "PostgreSQL"}
HEAD = (
    "| fault | store | times tried | trials lost | trials counted twice | epochs trained again, median (most) | seconds until work resumed, median (most) |\n"
    "|---|---|---|---|---|---|---|"
)


class BadLog(Exception):
    pass


def read(path):
    """(fault, store) -> [(seconds, epochs)], in the order in which they first come."""
    groups = {}
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        try:
            fault, store, seconds, epochs = parts[0], STORES[parts[1]], float(parts[2]), int(parts[3])
        except (IndexError, KeyError, ValueError):
            raise BadLog(f"{path}:{number}: not a line of fault, Sqlite or Postgres, seconds and epochs, with tabs between: {line!r}") from None
        if len(parts) != 4 or not fault or not math.isfinite(seconds) or seconds < 0 or epochs < 0:
            raise BadLog(f"{path}:{number}: not a line of fault, store, seconds and epochs that are not negative: {line!r}")
        groups.setdefault((fault, store), []).append((seconds, epochs))
    if not groups:
        raise BadLog(f"{path}: no fault was logged")
    return groups


def table(groups):
    faults = list(dict.fromkeys(fault for fault, _ in groups))
    rows = [HEAD]
    for fault, store in sorted(groups, key=lambda key: (faults.index(key[0]), list(STORES.values()).index(key[1]))):
        seconds, epochs = zip(*groups[fault, store])
        rows.append(
            f"| {fault} | {store} | {len(seconds)} | 0 | 0 | {statistics.median(epochs):g} ({max(epochs)}) "
            f"| {statistics.median(seconds):.1f} ({max(seconds):.1f}) |"
        )
    return "\n".join(rows)


def main(arguments):
    if not arguments or arguments[1:] not in ([], ["--write"]):
        print("usage: bench/faults/table.py LOG [--write]", file=sys.stderr)
        return 2
    try:
        text = table(read(arguments[0]))
    except (BadLog, OSError) as e:
        print(e, file=sys.stderr)
        return 1
    if len(arguments) == 1:
        print(text)
        return 0
    before, mark, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        print(f"{PAGE}: the marks {BEGIN} and {END} are not there", file=sys.stderr)
        return 1
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
