"""The figures of the code, printed by `make check`: size by layer, the longest file and function, names used twice."""

import ast
import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = (
    *("surveys", "app/domain", "app/models", "app/messages", "reports"),
    *("app/services", "app/forms", "app/views", "app/cli"),
)
BESIDE_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}
"""Kinds of token that do not make a line count as code."""


@dataclass(frozen=True)
class Function:
    """A function with its place and its number of lines, decorators and docstring included."""

    where: str
    lines: int


def modules(*folders: str) -> Iterator[Path]:
    """Every Python file of the product in these folders, relative to the root; all folders if none is given."""
    for folder in folders or ("app", "surveys", "reports"):
        yield from (file.relative_to(ROOT) for file in sorted((ROOT / folder).rglob("*.py")))


def lines_of_code(file: Path) -> int:
    """Return the number of lines with code, without blank lines, comments and docstrings."""
    source = (ROOT / file).read_text("utf-8")
    strings = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    coded = (token for token in tokens if token.type not in BESIDE_CODE and token.type != tokenize.ENDMARKER)
    return len({line for token in coded for line in range(token.start[0], token.end[0] + 1)} - strings)


def functions(file: Path) -> Iterator[Function]:
    """Yield every function and method of a file."""
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            yield Function(f"{file}:{node.name}", (node.end_lineno or node.lineno) - first + 1)


def classes_used_twice() -> dict[str, int]:
    """Return the class names defined more than once in the product, with how often."""
    found = Counter(
        node.name
        for file in modules()
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    return {name: count for name, count in found.items() if count > 1}


def functions_used_twice() -> dict[str, list[str]]:
    """Return the names of public functions of surveys, domain and services defined in several modules, with these."""
    where: dict[str, list[str]] = {}
    for file in modules("surveys", "app/domain", "app/services"):
        for node in ast.parse((ROOT / file).read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(str(file))
    return {name: files for name, files in where.items() if len(files) > 1}


def nouns(folder: str) -> list[str]:
    """Return the packages of a layer."""
    return sorted(each.parent.name for each in (ROOT / folder).glob("*/__init__.py"))


def loose(folder: str) -> list[str]:
    """Return the modules directly in a layer, outside its nouns."""
    return sorted(each.name for each in (ROOT / folder).glob("*.py") if each.name != "__init__.py")


def main() -> None:
    """Print the figures."""
    sizes = {layer: sum(map(lines_of_code, modules(layer))) for layer in LAYERS}
    whole = sum(map(lines_of_code, modules()))
    rest = whole - sum(sizes.values())
    print("Lines of code (no blank lines, comments, docstrings):", f"{whole:,}")
    for layer, size in {**sizes, "app itself": rest}.items():
        print(f"  {layer:<14}{size:>7,}")
    longest = max(modules(), key=lambda file: len((ROOT / file).read_text("utf-8").splitlines()))
    print("Longest file:", longest, len((ROOT / longest).read_text("utf-8").splitlines()), "lines")
    function = max((each for file in modules() for each in functions(file)), key=lambda each: each.lines)
    print("Longest function:", function.where, function.lines, "lines")
    print("Class names used twice:", len(classes_used_twice()))
    print("Public functions of surveys, domain and services with two meanings:", len(functions_used_twice()))
    for layer in ("app/domain", "app/services", "app/forms", "app/views"):
        print(f"{layer}: {len(nouns(layer))} nouns, {len(loose(layer))} loose modules ({', '.join(loose(layer))})")


if __name__ == "__main__":
    main()
