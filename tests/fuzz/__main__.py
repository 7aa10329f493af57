"""`python -m tests.fuzz --cases 20000 --seed 7 --jobs 2`: many damaged files, and what went wrong.

Each job is a process of its own, watched from outside: one that dies or does not come back is a
failure of the case it was at, and the next case goes on.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.cases import case
from tests.fuzz.running import Job


def main() -> None:
    """Run the cases, print each failure, and exit with 1 if there was one."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--program", action="store_true", help="run ltv as a program each time")
    parser.add_argument("--keep", type=Path, help="folder for the files of cases that fail")
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.cases)
    jobs = [Job(asked.seed, numbers[one :: asked.jobs], asked.program) for one in range(asked.jobs)]
    failed: Counter[str] = Counter()
    done, start = 0, time.monotonic()
    while jobs:
        for job in list(jobs):
            news = job.news()
            if job.is_over:
                jobs.remove(job)
            for number, problems in news:
                done += 1
                if problems:
                    _report(asked.seed, number, problems, asked.keep)
                    failed[problems[0][:70]] += 1
                if done % 500 == 0:
                    print(f"{done} cases, {sum(failed.values())} failed", flush=True)
    print(f"seed {asked.seed}: {done} cases, {sum(failed.values())} failed, "
          f"{time.monotonic() - start:.0f} s")  # fmt: skip
    for problem, count in failed.most_common():
        print(f"{count:6} {problem}")
    sys.exit(bool(failed))


def _report(seed: int, number: int, problems: Sequence[str], keep: Path | None) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-")) if keep is None else keep / f"{seed}-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    arguments = case(seed, number, folder).arguments
    if keep is None:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        (folder / "command.txt").write_text("\n".join(["ltv", *arguments, "", *problems]), "utf-8")
    print(f"case {number}: ltv {' '.join(map(repr, arguments))}", flush=True)
    for problem in problems:
        print(f"    {problem.strip()}", flush=True)


if __name__ == "__main__":
    main()
