"""The time and memory that an issue takes, beside Typst: `python benchmarks/compare.py`. What is measured: README.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.util import find_spec
from itertools import cycle, islice, pairwise
from pathlib import Path
from statistics import median

sys.path.append(
    str(Path(__file__).resolve().parents[1])
)  # behind everything else: an installed package goes first

import authoring
from authoring.diagnostics import AuthoringError
from authoring.fonts import FontSet, find_fonts
from authoring.fonts.finder import open_fonts_folder
from authoring.layout import lay_out
from authoring.renderers import render
from authoring.source import load
from benchmarks.typst_issue import typst_source

CHECKOUT = Path(__file__).resolve().parents[1]
LAUNCHER = Path(__file__).with_name("launch.py")
TYPST_COLD = """
import sys
import typst
source, output, fonts = sys.argv[1:]
typst.compile(source, output=output, font_paths=[fonts], ignore_system_fonts=True, pdf_tags=False)
"""
STAGES = ("load", "lay_out", "pdf", "docx")


@dataclass(frozen=True, slots=True)
class Measured:
    """Paired runs of one thing, ours and Typst's; the ratio is the median of the ratios of the pairs."""

    name: str
    unit: str
    ours: list[float]
    typst: list[float]

    @property
    def ratio(self) -> float:
        return median(a / b for a, b in zip(self.ours, self.typst, strict=True))

    def row(self) -> str:
        """A row of the table that `main` prints."""
        cells = (median(self.ours), min(self.ours), median(self.typst), min(self.typst))
        return (
            f"| {self.name} | "
            + " | ".join(f"{cell:.0f} {self.unit}" for cell in cells)
            + f" | {self.ratio:.1f} |"
        )


@dataclass(frozen=True, slots=True)
class Process:
    """A finished process, as `launch.py` reports it."""

    seconds: float
    processor_seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What both sides set: the sample, its Typst source, and a folder to write to."""

    sample: Path
    folder: Path
    fonts: str
    environment: dict[str, str]

    @property
    def typst_file(self) -> Path:
        return self.folder / "issue.typ"

    def authoring(self, outputs: str, mode: str = "time") -> Process:
        """A whole process of `authoring build`."""
        sample, folder = str(self.sample), str(self.folder)
        return self.launch(mode, "-m", "authoring", "build", sample, "-q", "-o", folder, "--to", outputs)

    def typst(self, mode: str = "time") -> Process:
        """A whole process that imports typst and compiles to a file."""
        files = (str(self.typst_file), str(self.folder / "typst.pdf"))
        return self.launch(mode, "-c", TYPST_COLD, *files, self.fonts)

    def launch(self, mode: str, *arguments: str) -> Process:
        """Python with `arguments`, through `launch.py`."""
        command = [sys.executable, str(LAUNCHER), mode, sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, check=True
        )
        return Process(**json.loads(done.stdout))


def main() -> None:
    options = _options()
    if find_spec("typst") is None:
        sys.exit("typst is not installed: pip install '.[bench]'")
    if not hasattr(os, "wait4"):
        sys.exit("this system does not tell a process's peak memory: run it on Linux or macOS")
    with tempfile.TemporaryDirectory() as name:
        try:
            bench = prepare(options.sample.resolve(), Path(name))
        except AuthoringError as error:
            sys.exit(str(error))
        cold = tuple(cold_runs(bench, options.runs))
        warm, stages = warm_runs(bench, options.runs)
        imports = import_times(bench, options.runs)
        facts = {**versions(), **pages_and_sizes(bench), "runs": options.runs}
    for label, value in facts.items():
        print(f"{label}: {value}")
    print(f"\n| {options.sample.name} | authoring, median | least | Typst, median | least | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for measured in (*cold, *warm):
        print(measured.row())
    print("\n| a warm run's stages | median |\n|---|---:|")
    for stage, times in stages.items():
        print(f"| {stage} | {median(times):.1f} ms |")
    print("\n| a cold run's imports | median |\n|---|---:|")
    for what, times in imports.items():
        print(f"| {what} | {median(times):.0f} ms |")
    if options.json:
        result = {
            "facts": facts,
            "measured": [{**asdict(measured), "ratio": measured.ratio} for measured in (*cold, *warm)],
            "stages": stages,
            "imports": imports,
        }
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The time and memory that an issue takes, beside Typst.")
    parser.add_argument("--runs", type=_at_least_one, default=15, help="pairs of runs (default 15)")
    parser.add_argument(
        "--sample", type=Path, default=CHECKOUT / "samples" / "050.yaml", help="the issue to set"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="also write every single measurement to FILE"
    )
    return parser.parse_args()


def _at_least_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def prepare(sample: Path, folder: Path) -> Bench:
    """The Typst source on disk, and an environment for the children.

    They import the same `authoring` as this process, and find modules compiled, as pip leaves them; both sides' bytecode
    is kept in `folder`, so that a checkout stays clean.
    """
    package = Path(authoring.__file__).parents[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    bench = Bench(sample, folder, str(open_fonts_folder()), environment)
    source = load(sample)
    bench.typst_file.write_text(typst_source(source.issue, source.publication), encoding="utf-8")
    return bench


def cold_runs(bench: Bench, runs: int) -> Iterator[Measured]:
    """Whole processes, ours and Typst's in turn: first timed, then watched for the memory they hold."""
    for name, outputs in (("PDF and DOCX", "pdf,docx"), ("PDF alone", "pdf")):
        timed = [(bench.authoring(outputs), bench.typst()) for _ in range(runs + 1)][
            1:
        ]  # the first fills caches
        watched = [(bench.authoring(outputs, "memory"), bench.typst("memory")) for _ in range(runs)]
        yield Measured(
            f"cold, {name}", "ms", [a.seconds * 1e3 for a, _ in timed], [b.seconds * 1e3 for _, b in timed]
        )
        yield Measured(
            f"cold, {name}, processor time",
            "ms",
            [a.processor_seconds * 1e3 for a, _ in timed],
            [b.processor_seconds * 1e3 for _, b in timed],
        )
        yield Measured(
            f"cold, {name}, peak memory",
            "MB",
            [a.peak_bytes / 1e6 for a, _ in watched],
            [b.peak_bytes / 1e6 for _, b in watched],
        )


def warm_runs(bench: Bench, runs: int) -> tuple[tuple[Measured, ...], dict[str, list[float]]]:
    """Repeated runs in this process, in turn: with one character changed each time, then of the same text.

    Also the stages of our runs with a changed character.
    """
    changed, stages = _in_turn(bench, variants(bench.sample, runs + 1), "one character changed")
    same, _ = _in_turn(bench, [bench.sample.read_text(encoding="utf-8")] * (runs + 1), "same text")
    return (*changed, *same), stages


def _in_turn(
    bench: Bench, texts: Sequence[str], what: str
) -> tuple[tuple[Measured, ...], dict[str, list[float]]]:
    """Set each of `texts`, ours and Typst's in turn. The first is not measured: it loads fonts and modules."""
    import typst  # loads where it is used: the message that it is missing comes from `main`

    compiler = typst.Compiler(font_paths=[bench.fonts], ignore_system_fonts=True)
    fonts = find_fonts()
    file = bench.folder / "warm.yaml"
    stages: dict[str, list[float]] = {stage: [] for stage in STAGES}
    theirs: list[float] = []
    for number, text in enumerate(texts):
        file.write_text(text, encoding="utf-8")
        source = load(file)
        typst_text = typst_source(source.issue, source.publication).encode()
        ours = our_stages(file, fonts)
        start = time.perf_counter()
        compiler.compile(input=typst_text, pdf_tags=False)
        seconds = time.perf_counter() - start
        if number:
            theirs.append(seconds * 1e3)
            for stage, took in zip(STAGES, ours, strict=True):
                stages[stage].append(took * 1e3)
    both = [sum(run) for run in zip(*stages.values(), strict=True)]
    alone = [run - docx for run, docx in zip(both, stages["docx"], strict=True)]
    measured = (
        Measured(f"warm, {what}, PDF and DOCX", "ms", both, theirs),
        Measured(f"warm, {what}, PDF alone", "ms", alone, theirs),
    )
    return measured, stages


def our_stages(file: Path, fonts: FontSet) -> tuple[float, ...]:
    """The seconds that each of STAGES takes for the issue in `file`; only the fonts are kept from run to run."""
    marks = [time.perf_counter()]
    source = load(file)
    marks.append(time.perf_counter())
    layout = lay_out(source.issue, source.publication, fonts)
    marks.append(time.perf_counter())
    for output in ("pdf", "docx"):
        render(layout, output)
        marks.append(time.perf_counter())
    return tuple(after - before for before, after in pairwise(marks))


def variants(sample: Path, count: int) -> list[str]:
    """`count` copies of the sample, the second Chinese character of its first body text another one in each."""
    text = sample.read_text(encoding="utf-8")
    place = re.compile("body:.*?[一-鿿]([一-鿿])", re.DOTALL).search(text)
    if place is None:
        sys.exit(f"{sample.name}: no body text to change a character of")
    others = sorted(
        set(re.findall("[一-鿿]", text)) - {place[1]}
    )  # of the sample: the fonts' subsets stay alike
    return [text[: place.start(1)] + other + text[place.end(1) :] for other in islice(cycle(others), count)]


def import_times(bench: Bench, runs: int) -> dict[str, list[float]]:
    """How long a process takes that only imports, in ms; each includes the one before it."""
    programs = {
        "Python alone": "pass",
        "and the command line": "import authoring.cli",
        "and load and lay_out": "import authoring.cli, authoring.build",
        "and the PDF renderer": "import authoring.cli, authoring.build, authoring.renderers.pdf",
        "and the DOCX renderer": "import authoring.cli, authoring.build, authoring.renderers.pdf, authoring.renderers.docx",
        "Typst: Python and typst": "import typst",
    }
    times: dict[str, list[float]] = {what: [] for what in programs}
    for _ in range(runs):
        for what, program in programs.items():
            times[what].append(bench.launch("time", "-c", program).seconds * 1e3)
    return times


def versions() -> dict[str, object]:
    return {
        "authoring": authoring.__version__,
        "typst": metadata.version("typst"),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": f"{os.cpu_count()} cores, {platform.system()}",
    }


def pages_and_sizes(bench: Bench) -> dict[str, object]:
    """How many pages each PDF has, and how large it is: both sides set the same issue."""
    import typst

    source = load(bench.sample)
    ours = lay_out(source.issue, source.publication, find_fonts())
    fonts = [bench.fonts]
    pages = typst.query(
        str(bench.typst_file), "<end>", font_paths=fonts, ignore_system_fonts=True, field="value", one=True
    )
    sizes = {name: (bench.folder / name).stat().st_size for name in (f"{bench.sample.stem}.pdf", "typst.pdf")}
    return {
        "pages": {"authoring": len(ours.pages), "typst": int(pages)},
        "PDF kB": {
            side: size // 1000 for side, size in zip(("authoring", "typst"), sizes.values(), strict=True)
        },
    }


if __name__ == "__main__":
    main()
