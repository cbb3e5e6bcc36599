"""`make bench`: take the measurements and print ours, the reference, the ratio and the target.

`make bench ARGS="P1 P4"` takes only these, `ARGS=--quick` takes small books. The exit status is 0
whatever the ratios are: a busy machine is no fault of the code. Whoever reads the table judges.
"""

import argparse
import compileall
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import sqlcipher3.dbapi2 as engine

from tests.bench.measure import Bench, Row, Scale, fixed_loop, once

# Each module lists its measurements in BENCHES.
MODULES: tuple[str, ...] = (
    *("bench_ledger", "bench_statements", "bench_files", "bench_savings", "bench_runs"),
    *(
        "bench_window_statements",
        "bench_window_sale",
        "bench_window_tables",
        "bench_window_papers",
        "bench_window_start",
        "bench_search",
    ),
)

FULL = (1_000_000, 1_000, 7)
QUICK = (20_000, 200, 3)
HEADINGS = ("", "what", "ours", "reference", "unit", "ratio", "target", "")


def main(arguments: Sequence[str]) -> int:
    """Take the measurements that were asked for."""
    benches = listed()
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("numbers", nargs="*", metavar="P1", help="only these measurements")
    parser.add_argument("--quick", action="store_true", help="small books, few runs")
    parser.add_argument("--folder", type=Path, help="keep the measured books here, and use them again")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.numbers) - {bench.number for bench in benches}
    if unknown:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    wanted = [bench for bench in benches if not chosen.numbers or bench.number in chosen.numbers]
    print(machine(), flush=True)
    with_bytecode()
    before = busyness()
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
        if chosen.folder:
            chosen.folder.mkdir(parents=True, exist_ok=True)
        entries, members, runs = QUICK if chosen.quick else FULL
        scale = Scale(entries, members, runs, chosen.folder or Path(folder))
        lines: list[Sequence[str]] = [HEADINGS]
        for bench in wanted:
            print(f"{bench.number} {bench.title} ...", file=sys.stderr, flush=True)
            lines += [(bench.number, *cells(row)) for row in bench.take(scale)]
    print(aligned(lines))
    print(
        f"A fixed loop took {before:.1f} ms before and {busyness():.1f} ms after. Where these differ,"
        " or are above the machine's usual, others were using it: the ratios hold, the times do not."
    )
    return 0


def with_bytecode() -> None:
    """Have the program compiled, as it is wherever it is installed: otherwise each start would compile it anew."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(__file__).resolve().parents[2] / "app", quiet=2)


def listed() -> list[Bench]:
    """Return all measurements in the order of the modules."""
    found: list[Bench] = []
    for name in MODULES:
        found += import_module(f"tests.bench.{name}").BENCHES
    return found


def cells(row: Row) -> tuple[str, ...]:
    """Return a row as texts."""
    return (
        row.what,
        figure(row.ours),
        figure(row.reference),
        row.unit,
        figure(row.ratio),
        row.target,
        "ok" if row.ok else "MISSED",
    )


def figure(value: float) -> str:
    """Return a figure with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Return lines as a table; figures stand to the right."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    right = {HEADINGS.index(name) for name in ("ours", "reference", "ratio")}
    return "\n".join(
        "  ".join(
            text.rjust(width) if at in right else text.ljust(width)
            for at, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def machine() -> str:
    """Return what the figures were taken on."""
    return (
        f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {engine.sqlite_version}"
    )


def processor() -> str:
    """Return the name of the processor, as well as the system knows it."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def busyness() -> float:
    """Return the milliseconds of the fixed loop."""
    return statistics.median(once(fixed_loop) for _ in range(15))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
