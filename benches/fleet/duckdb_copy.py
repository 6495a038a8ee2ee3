"""Copies the raw rows of a bench's database into DuckDB, and times the standing of a year with two threads.

Usage: duckdb_copy.py FILE FOLDER COUNTED. Prints the median milliseconds over the rows as they come and in order of date.
"""

import csv
import os
import sqlite3
import statistics
import sys
import time

import duckdb

TABLES = {
    "movements": (
        "vehicle_id VARCHAR, kind VARCHAR, held_on DATE, area VARCHAR",
        "SELECT vehicle_id, kind, held_on, area FROM movements WHERE superseded_at IS NULL",
        "held_on",
    ),
    "memberships": (
        "vehicle_id VARCHAR, trade VARCHAR, held_from DATE",
        "SELECT vehicle_id, trade, held_from FROM memberships WHERE superseded_at IS NULL",
        "held_from",
    ),
    "drives": (
        "vehicle_id VARCHAR, energy VARCHAR, held_from DATE",
        "SELECT vehicle_id, energy, held_from FROM fleet_entries WHERE book = 'stock' AND known_until IS NULL",
        "held_from",
    ),
}

QUERY = """
    SELECT m.area, s.trade, e.energy, COUNT(*) FROM {0}movements m
    JOIN {0}memberships s ON s.vehicle_id = m.vehicle_id AND s.held_from <= m.held_on
    JOIN {0}drives e ON e.vehicle_id = m.vehicle_id
    WHERE m.kind IN ('registered', 'renewed', 'transferred_in') AND m.held_on BETWEEN '2026-01-01' AND '2026-12-31'
    GROUP BY 1, 2, 3"""

ROUNDS = 9


def main(file, folder, counted):
    source = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    copy = duckdb.connect(os.path.join(folder, "copy.duckdb"), config={"threads": 2})
    for name, (columns, query, order) in TABLES.items():
        rows = os.path.join(folder, f"{name}.csv")
        with open(rows, "w", newline="") as out:
            csv.writer(out).writerows(source.execute(query))
        copy.execute(f"CREATE TABLE {name} ({columns})")
        copy.execute(f"COPY {name} FROM '{rows}' (HEADER false)")
        copy.execute(f"CREATE TABLE sorted_{name} AS SELECT * FROM {name} ORDER BY {order}")
        os.remove(rows)
    print(timed(copy, "", counted), timed(copy, "sorted_", counted))


def timed(copy, prefix, counted):
    spans = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = copy.execute(QUERY.format(prefix)).fetchall()
        spans.append((time.perf_counter() - began) * 1e3)
        if sum(row[3] for row in found) != counted:
            sys.exit(f"DuckDB counts {sum(row[3] for row in found)}, and here {counted} were counted")
    return round(statistics.median(spans), 2)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
