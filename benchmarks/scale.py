"""How an import scales, as ratios to only splitting the same files into columns.

    uv run python benchmarks/scale.py --schools 650 --pupils 1500

Writes a synthetic delivery, splits its text files with pyarrow, imports it, and asks the questions of one page of the
big store and of a demo store side by side. Each step is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

TODAY = "2026-11-22"

SPLIT = """
import sys, pathlib
from pyarrow import csv
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    try:
        csv.read_csv(path, parse_options=csv.ParseOptions(delimiter=";", newlines_in_values=True,
                     invalid_row_handler=lambda row: "skip"), read_options=csv.ReadOptions(encoding="latin-1"))
    except Exception as error:
        print("skipped", path.name, type(error).__name__)
"""

PAGE = """
import sys, time, pathlib
from dashboard.figures import read_figures
from dashboard.settings import Settings
from dashboard.store.places import Places
from dashboard.store.questions import open_questions
from dashboard.store.snapshots import EXACT, current_snapshot
settings = Settings(store=pathlib.Path(sys.argv[1]))
snapshot = current_snapshot(Places(settings.store))
questions = open_questions(snapshot.folder / EXACT, settings.queries)
def page():
    day = [snapshot.today]
    questions.ask("consent_coverage", brin6=["*"], doel=["beeld_website"], lezing=["code"])
    questions.ask("consent_status", brin6=["*"], doel=["beeld_website"], peildatum=day)
    questions.ask("incidents_monthly", brin6=["*"])
    questions.ask("evaluation_clock")
page()
started = time.perf_counter()
for _ in range(20):
    page()
print((time.perf_counter() - started) / 20)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    seconds: float
    peak_mb: int
    output: str


def run(*command: str, **environment: str) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **environment}
    )
    output = process.stdout.read() if process.stdout else ""
    _, _, usage = os.wait4(process.pid, 0)
    return Run(time.perf_counter() - started, usage.ru_maxrss // 1024, output)


def say(what: str, took: Run, base: Run | None = None) -> None:
    ratio = f"{took.seconds / base.seconds:8.1f} x" if base else ""
    print(f"{what:42} {took.seconds:8.1f} s {took.peak_mb:8,} MB {ratio}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--schools", default="650")
    options.add_argument("--pupils", default="1500")
    chosen = options.parse_args()
    python, command = sys.executable, str(Path(sys.executable).parent / "gedragscode")
    with tempfile.TemporaryDirectory() as work:
        key = {"GEDRAGSCODE_KEY_FILE": f"{work}/key"}
        size = ["--schools", chosen.schools, "--pupils", chosen.pupils, "--today", TODAY]
        say("write the delivery", run(command, "demo", f"{work}/big", *size))
        split = run(python, "-c", SPLIT, f"{work}/big")
        say("only split its text files", split)
        say("check", run(command, "check", f"{work}/big", "--store", f"{work}/store", "--today", TODAY, **key), split)
        say("import", run(command, "import", f"{work}/big", "--store", f"{work}/store", "--today", TODAY, **key), split)
        run(command, "demo", f"{work}/small", "--today", TODAY)
        run(command, "import", f"{work}/small", "--store", f"{work}/demo", "--today", TODAY, **key)
        big, small = (float(run(python, "-c", PAGE, f"{work}/{store}").output) for store in ("store", "demo"))
        print(f"{'questions of a page: big store / demo store':42} {big / small:8.1f} x")


if __name__ == "__main__":
    main()
