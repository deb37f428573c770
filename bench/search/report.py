"""Tables, checks and plots of what the samplers reached. Started by run.

    report.py RESULTS      reads RESULTS/samplers.jsonl and curves.jsonl; writes samplers.csv, samplers.svg, curves.svg and report.md there
"""
import json
import math
import pathlib
import sys

import numpy as np
from scipy import stats

COUNTS = ["25", "50", "100", "200"]
MINIMA = {"sphere": 0, "rosenbrock": 0, "branin": 5 / (4 * math.pi), "hartmann6": -3.322368011415515, "ackley": 0, "mixed_conditional": 0}
COLOURS = {"random": "#9ca3af", "sobol": "#6b7280", "tpe": "#0b62a4", "cmaes": "#15803d", "gp": "#c2410c", "evolution": "#7e22ce", "bohb": "#db2777",
           "optuna random": "#9ca3af", "optuna tpe": "#0b62a4", "optuna tpe joint": "#60a5fa", "optuna cmaes": "#15803d"}


def read(path):
    return [json.loads(line) for line in open(path)]


def interval(values):
    """Mean and half the 95 % interval by Student's t."""
    half = stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values))
    return np.mean(values), half


def less(x, y):
    """p of the one-sided Mann-Whitney test that x is smaller."""
    return stats.mannwhitneyu(x, y, alternative="less").pvalue


def number(v):
    return f"{v:.4f}" if abs(v) < 10 else f"{v:.2f}"


def tables(runs, out):
    names = list(dict.fromkeys(sampler for sampler, _, _ in runs))
    for function in MINIMA:
        print(f"\n**{function}** (minimum {number(MINIMA[function])})\n", file=out)
        print("| | " + " | ".join(COUNTS) + " |\n|---|" + "---|" * len(COUNTS), file=out)
        for name in names:
            if (name, function, "200") in runs:
                cells = (interval(runs[name, function, count]) for count in COUNTS)
                print(f"| {name} | " + " | ".join(f"{number(m)} ± {number(h)}" for m, h in cells) + " |", file=out)


def checks(runs, out):
    rows = []

    def against(ours, theirs, function, asserted):
        (a, ha), (b, hb) = interval(runs[ours, function, "200"]), interval(runs[theirs, function, "200"])
        ok = a - ha <= b + hb
        note = "better" if a + ha < b - hb else "overlaps" if ok else "worse"
        rows.append((asserted, ok, f"{ours} against {theirs}", function, f"{number(a)} ± {number(ha)}, {number(b)} ± {number(hb)}: {note}"))

    for function in MINIMA:
        against("tpe", "optuna tpe", function, True)
        against("tpe", "optuna tpe joint", function, True)
        if function != "mixed_conditional":
            against("cmaes", "optuna cmaes", function, True)
        p = less(runs["gp", function, "200"], runs["random", function, "200"])
        rows.append((True, p < 0.05, "gp better than random", function, f"p {p:.2g}"))
    for function in ("branin", "hartmann6"):
        p = less(runs["tpe", function, "200"], runs["gp", function, "200"])
        rows.append((True, p >= 0.05, "gp no worse than tpe", function, f"p that tpe is better {p:.2g}"))
    for function in MINIMA:
        against("tpe scott", "optuna tpe joint", function, False)
        against("tpe independent", "optuna tpe", function, False)
        p = less(runs["bohb", function, "200"], runs["random", function, "200"])
        rows.append((False, p < 0.05, "bohb better than random", function, f"p {p:.2g}"))

    print("\n| at 200 evaluations | function | | |\n|---|---|---|---|", file=out)
    for asserted, ok, what, function, note in rows:
        verdict = ("pass" if ok else "**FAIL**") if asserted else ("yes" if ok else "no")
        print(f"| {what} | {function} | {note} | {verdict} |", file=out)
    return all(ok for asserted, ok, *_ in rows if asserted)


def curve_table(curves, out):
    families = list(dict.fromkeys(d["family"] for d in curves))
    methods = list(dict.fromkeys(d["method"] for d in curves))
    print("\n| epochs until the best is trained to the full | " + " | ".join(families) + " |\n|---|" + "---|" * len(families), file=out)
    for method in methods:
        cells = []
        for family in families:
            found = [d for d in curves if d["family"] == family and d["method"] == method]
            mean, half = interval([d["epochs"] for d in found])
            reached = sum(d["reached"] for d in found)
            cells.append(f"{mean:.0f} ± {half:.0f}" + ("" if reached == len(found) else f" ({reached} of {len(found)} got there)"))
        print(f"| {method} | " + " | ".join(cells) + " |", file=out)


def plot_samplers(runs):
    width, height, left, top = 250, 170, 46, 26
    names = [name for name in COLOURS if (name, "sphere", "200") in runs]
    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * (width + left + 14)} {2 * (height + 60) + 84}" font-family="sans-serif" font-size="11">',
           "<title>Mean distance from the minimum by evaluations</title>", '<rect width="100%" height="100%" fill="#ffffff"/>']
    for place, function in enumerate(MINIMA):
        x0, y0 = left + place % 3 * (width + left + 14), top + place // 3 * (height + 60)
        means = {name: [max(np.mean(runs[name, function, c]) - MINIMA[function], 1e-7) for c in COUNTS] for name in names if (name, function, "200") in runs}
        low = math.floor(min(math.log10(v) for line in means.values() for v in line))
        high = math.ceil(max(math.log10(v) for line in means.values() for v in line))
        svg.append(f'<text x="{x0 + width / 2}" y="{y0 - 8}" text-anchor="middle" font-weight="bold">{function}</text>')
        for power in range(low, high + 1):
            y = y0 + height * (high - power) / (high - low)
            svg.append(f'<path d="M{x0} {y:.1f}h{width}" stroke="#e5e7eb"/><text x="{x0 - 5}" y="{y + 4:.1f}" text-anchor="end">1e{power}</text>')
        for i, count in enumerate(COUNTS):
            svg.append(f'<text x="{x0 + width * i / 3:.1f}" y="{y0 + height + 15}" text-anchor="middle">{count}</text>')
        for name, line in means.items():
            points = " ".join(f"{x0 + width * i / 3:.1f},{y0 + height * (high - math.log10(v)) / (high - low):.1f}" for i, v in enumerate(line))
            dash = ' stroke-dasharray="5 3"' if name.startswith("optuna") else ""
            svg.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="1.6"{dash}/>')
    for i, name in enumerate(names):
        x, y = left + i % 6 * 145, 2 * (height + 60) + 34 + i // 6 * 20
        dash = ' stroke-dasharray="5 3"' if name.startswith("optuna") else ""
        svg.append(f'<path d="M{x} {y - 4}h24" stroke="{COLOURS[name]}" stroke-width="2"{dash}/><text x="{x + 30}" y="{y}">{name}</text>')
    svg.append(f'<text x="{left}" y="{2 * (height + 60) + 78}">Across: evaluations. Up: mean of the best value less the minimum, logarithmic.</text>')
    return "\n".join(svg + ["</svg>\n"])


def plot_curves(curves):
    families = list(dict.fromkeys(d["family"] for d in curves))
    methods = list(dict.fromkeys(d["method"] for d in curves))
    most = max(d["epochs"] for d in curves)
    row, left, width = 34, 90, 480
    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {row * len(methods) + 60}" font-family="sans-serif" font-size="11">',
           "<title>Epochs until the best of 81 curves is trained to the full</title>", '<rect width="100%" height="100%" fill="#ffffff"/>']
    for i, method in enumerate(methods):
        svg.append(f'<text x="{left - 6}" y="{20 + row * i}" text-anchor="end">{method}</text>')
        for j, family in enumerate(families):
            mean, half = interval([d["epochs"] for d in curves if d["family"] == family and d["method"] == method])
            y, scale = 8 + row * i + 11 * j, width / most
            svg.append(f'<rect x="{left}" y="{y}" width="{mean * scale:.1f}" height="10" fill="{("#0b62a4", "#93c5fd")[j]}"/>')
            svg.append(f'<path d="M{left + max(mean - half, 0) * scale:.1f} {y + 5}H{left + (mean + half) * scale:.1f}" stroke="#111827"/>')
            svg.append(f'<text x="{left + (mean + half) * scale + 5:.1f}" y="{y + 9}">{mean:.0f}</text>')
    y = row * len(methods) + 34
    for j, family in enumerate(families):
        svg.append(f'<rect x="{left + 140 * j}" y="{y - 10}" width="12" height="10" fill="{("#0b62a4", "#93c5fd")[j]}"/><text x="{left + 140 * j + 18}" y="{y}">{family}</text>')
    svg.append(f'<text x="{left + 280}" y="{y}">epochs, mean and 95 % interval</text>')
    return "\n".join(svg + ["</svg>\n"])


def main():
    folder = pathlib.Path(sys.argv[1])
    runs = {}
    for line in read(folder / "samplers.jsonl"):
        for count in COUNTS:
            runs.setdefault((line["sampler"], line["function"], count), []).append(line["best"][count])
    curves = read(folder / "curves.jsonl")
    with open(folder / "report.md", "w") as out:
        print(f"Mean of the best value with its 95 % interval, {len(runs['random', 'sphere', '200'])} seeds.", file=out)
        tables(runs, out)
        passed = checks(runs, out)
        curve_table(curves, out)
    with open(folder / "samplers.csv", "w") as out:
        print("function,sampler,evaluations,mean,half_interval,median", file=out)
        for (sampler, function, count), values in runs.items():
            mean, half = interval(values)
            print(f"{function},{sampler},{count},{mean:.8g},{half:.3g},{np.median(values):.8g}", file=out)
    (folder / "samplers.svg").write_text(plot_samplers(runs))
    (folder / "curves.svg").write_text(plot_curves(curves))
    print((folder / "report.md").read_text())
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
