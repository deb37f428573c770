"""What the queries behind best, list, show and a page of trials take in large stores. queries.py STATEMENTS.dll tenth|full"""
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

import psycopg2

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "orchestration"))
from cluster import MIGRATIONS, Cluster  # noqa: E402

STATEMENTS = json.loads(subprocess.run(["dotnet", sys.argv[1]], check=True, text=True, stdout=subprocess.PIPE).stdout)
SCALE = 1 if sys.argv[2] == "full" else 10
REPEATS, GOAL = 7, 100.0
REPORTS = 20
# One sweep in it is large: a tenth of all trials. What is asked of one sweep is asked of that one.
LARGE = "sweep-1"


def steps(store):
    """What each command asks of the store, in order: statements and their arguments."""
    sql = STATEMENTS[store]
    find = (sql["SweepSql.ByName"], (LARGE,))
    counts = (sql["TrialSql.Counts"], (1,))
    return {
        "best": [find, (sql["TrialSql.Rank"], (1, 10))],
        "list": [(sql["SweepSql.List"], ())] + (
            [(sql["TrialSql.AllCounts"], ())] if store == "Postgres" else
            [(sql["TrialSql.FinalCounts"], ()), *((sql["TrialSql.Counts"], (sweep,)) for sweep in range(1, 1000 // SCALE + 1, 100))]),
        "show": [
            find, (sql["SweepSql.ById"], (1,)), counts, (sql["TrialSql.Rank"], (1, 1)), (sql["TrialSql.Running"], (1,)), (sql["SiloSql.Refusals"], (1,)),
            # The numerics profiles, of so many trials at most.
            (sql["TrialSql.List"], (1, 0, 10_000))],
        "trials, a page": [find, (sql["TrialSql.List"], (1, 5000, 100))],
    }


def fill_postgres(cursor, sweeps, trials, reports):
    """A tenth of the trials in the first sweep, a hundredth waiting or running, the rest over; the first half of the reports' steps for those pruned."""
    large = trials // 10
    cursor.execute(f"""
        ALTER TABLE checkpoints SET UNLOGGED; ALTER TABLE reports SET UNLOGGED;
        INSERT INTO sweeps (id, name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at)
        SELECT s, 'sweep-' || s, CASE WHEN s % 100 = 1 THEN 1 ELSE 3 END, repeat('a line of the spec' || chr(10), 30), 's.yaml', s, 1, 0, '{{}}', 1700000000000 + s
        FROM generate_series(1, {sweeps}) s;
        INSERT INTO trials (id, sweep_id, number, replicate, state, attempt, owner, granted, resource, rank_resource, rank_cost, objectives, seconds,
                            numerics_profile, virtual_time, last_seen, parameters)
        SELECT n, sweep, number, 0, state, 1, CASE WHEN state = 1 THEN '00000000-0000-0000-0000-000000000001'::uuid END, 20, resource, resource, cost, '[' || cost || ']', 1.5,
               'zen4 onednn 3.1', n, n, '{{"lr":' || cost || ',"optimizer":"adam"}}'
        FROM (
            SELECT n, CASE WHEN n <= {large} THEN 1 ELSE 2 + (n - {large} - 1) / {per(sweeps, trials)} END AS sweep,
                   CASE WHEN n <= {large} THEN n - 1 ELSE (n - {large} - 1) % {per(sweeps, trials)} END AS number,
                   CASE WHEN n <= {large} AND n > {large} - 100 THEN 0 WHEN n <= {large} AND n > {large} - 108 THEN 1 WHEN n % 3 = 0 THEN 4 ELSE 3 END AS state,
                   CASE WHEN n % 3 = 0 THEN 10 ELSE 20 END AS resource, (n % 1000003 * 617 % 1000003) / 1000003.0 AS cost
            FROM generate_series(1, {trials}) n) t WHERE sweep <= {sweeps};
        INSERT INTO reports (trial_id, step, attempt, objectives, metrics, learning_rate, seconds)
        SELECT t, s, 1, '[0.5]', '{{"loss":0.5}}', 0.1, 0.1 FROM generate_series(1, {trials}) t, generate_series(1, {reports // trials}) s;
        """)
    for sweep in range(1, sweeps + 1):
        cursor.execute(STATEMENTS["Postgres"]["SweepSql.KeepCounts"].replace("$1", f"{sweep} AND s.state = 3"))


def fill_sqlite(database, sweeps, trials, reports):
    large = trials // 10
    # The same, in SQLite's words.
    database.execute("CREATE TEMP TABLE n (n INTEGER PRIMARY KEY)")
    database.execute("INSERT INTO n WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT n FROM c", (trials,))
    database.execute(f"""
        INSERT INTO sweeps (id, name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at)
        SELECT n, 'sweep-' || n, CASE WHEN n % 100 = 1 THEN 1 ELSE 3 END, replace(hex(zeroblob(300)), '00', 'a '), 's.yaml', n, 1, 0, '{{}}', 1700000000000 + n FROM n WHERE n <= {sweeps}""")
    database.execute(f"""
        INSERT INTO trials (id, sweep_id, number, replicate, state, attempt, owner, granted, resource, rank_resource, rank_cost, objectives, seconds,
                            numerics_profile, virtual_time, last_seen, parameters)
        SELECT n, sweep, number, 0, state, 1, CASE WHEN state = 1 THEN '00000000000000000000000000000001' END, 20, resource, resource, cost, '[' || cost || ']', 1.5,
               'zen4 onednn 3.1', n, n, '{{"lr":' || cost || ',"optimizer":"adam"}}'
        FROM (
            SELECT n, CASE WHEN n <= {large} THEN 1 ELSE 2 + (n - {large} - 1) / {per(sweeps, trials)} END AS sweep,
                   CASE WHEN n <= {large} THEN n - 1 ELSE (n - {large} - 1) % {per(sweeps, trials)} END AS number,
                   CASE WHEN n <= {large} AND n > {large} - 100 THEN 0 WHEN n <= {large} AND n > {large} - 108 THEN 1 WHEN n % 3 = 0 THEN 4 ELSE 3 END AS state,
                   CASE WHEN n % 3 = 0 THEN 10 ELSE 20 END AS resource, (n % 1000003 * 617 % 1000003) / 1000003.0 AS cost
            FROM n) WHERE sweep <= {sweeps}""")
    database.execute(f"""
        INSERT INTO reports (trial_id, step, attempt, objectives, metrics, learning_rate, seconds)
        SELECT t.n, s.n, 1, '[0.5]', '{{"loss":0.5}}', 0.1, 0.1 FROM n t CROSS JOIN n s WHERE s.n <= {reports // trials}""")
    for sweep in range(1, sweeps + 1):
        if sweep % 100 != 1:
            database.execute(re.sub(r"\?(\d)", r":p\1", STATEMENTS["Sqlite"]["SweepSql.KeepCounts"]), {"p1": sweep})
    database.commit()
    database.execute("ANALYZE")


def per(sweeps, trials):
    return -(-(trials - trials // 10) // (sweeps - 1))


def scans(plan, found):
    if plan["Node Type"] == "Seq Scan":
        found.add(plan["Relation Name"])
    for child in plan.get("Plans", []):
        scans(child, found)
    return found


def on_postgres(cursor, name, sql, arguments):
    """Milliseconds of the execution in the server, and the tables that were read whole."""
    cursor.execute(f"PREPARE {name} AS {sql}")
    given = ", ".join(cursor.mogrify("%s", (argument,)).decode() for argument in arguments)
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE {name}{f'({given})' if arguments else ''}")
    found = cursor.fetchone()[0][0]
    cursor.execute(f"DEALLOCATE {name}")
    return found["Execution Time"] + found["Planning Time"], scans(found["Plan"], set())


def on_sqlite(database, sql, arguments):
    """Milliseconds until the last row, and the tables that were read whole."""
    numbered = re.sub(r"\?(\d)", r":p\1", sql)
    named = {f"p{i + 1}": argument for i, argument in enumerate(arguments)}
    begin = time.perf_counter()
    database.execute(numbered, named).fetchall()
    took = 1000 * (time.perf_counter() - begin)
    details = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {numbered}", named)]
    return took, {detail.split()[1] for detail in details if detail.startswith("SCAN") and "INDEX" not in detail}


def measure(title, commands, run):
    """Prints each command's time, and says whether all keep the goal. Tables of a few rows, and the sweeps where all are listed, may be read whole."""
    missed = False
    for command, statements in commands.items():
        times, whole = [], set()
        for _ in range(REPEATS):
            results = [run(i, sql, arguments) for i, (sql, arguments) in enumerate(statements)]
            times.append(sum(result[0] for result in results))
            whole = set().union(*(result[1] for result in results)) & {"trials", "reports", "checkpoints", "checkpoint_chunks", "events", "decisions"}
        median = statistics.median(times)
        bad = median >= GOAL or whole
        missed |= bool(bad)
        print(f"{title:12} {command:16} {median:8.1f} ms ({min(times):.1f} to {max(times):.1f})  {'reads whole: ' + ', '.join(whole) if whole else ''}"
              f"{'   MISSED' if bad else ''}", flush=True)
    return missed


def main():
    sweeps, trials = 1000 // SCALE, 1_000_000 // SCALE
    missed = False
    cluster = Cluster()
    try:
        connection = psycopg2.connect(cluster.store("queries").replace("postgres://", "postgresql://"))
        connection.autocommit = True
        cursor = connection.cursor()
        begin = time.monotonic()
        fill_postgres(cursor, sweeps, trials, REPORTS * trials)
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        print(f"PostgreSQL: {sweeps:,} sweeps, {trials:,} trials, {REPORTS * trials:,} reports, {cursor.fetchone()[0]}, filled in {time.monotonic() - begin:.0f} s; "
              f"load average {os.getloadavg()[0]:.1f}", flush=True)
        missed |= measure("PostgreSQL", steps("Postgres"), lambda i, sql, arguments: on_postgres(cursor, f"q{i}", sql, arguments))
        connection.close()
    finally:
        cluster.stop()

    with tempfile.TemporaryDirectory(prefix="sweep-bench-") as folder:
        database = sqlite3.connect(os.path.join(folder, "s.db"))
        for file in sorted(os.listdir(os.path.join(MIGRATIONS, "../sqlite"))):
            with open(os.path.join(MIGRATIONS, "../sqlite", file), encoding="utf-8") as sql:
                database.executescript(sql.read())
        trials //= 10
        fill_sqlite(database, 1000 // SCALE, trials, REPORTS * trials)
        print(f"SQLite: {1000 // SCALE:,} sweeps, {trials:,} trials, {REPORTS * trials:,} reports, {os.path.getsize(os.path.join(folder, 's.db')) >> 20} MiB", flush=True)
        missed |= measure("SQLite", steps("Sqlite"), lambda _, sql, arguments: on_sqlite(database, sql, arguments))
        database.close()
    return 1 if missed else 0


sys.exit(main())
