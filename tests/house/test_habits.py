"""Habits of the house that a machine can see."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from tests.house.tree import PACKAGE, ROOT, named, parsed, tracked, with_suffix

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "service"}
MACHINE_PATH = re.compile(r"(?<![\w.$~}])/(?:home|root|work|Users|mnt|srv|private)/[A-Za-z]")
ADDRESS = re.compile(r"https?://([^/\s\"'<>)\]}:,`]+)")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|trusted-host|registry\.npm" "js|files[.]python" "hosted"
)
NAMESPACES = {"www.w3.org", "json-schema.org", "scripts.sil.org", "www.adobe.com"}
OWN_MACHINE = {"127.0.0.1", "localhost", "[::1]"}
INVENTED = re.compile(r"^127|(^|\.)(invalid|example|test)(\.[a-z]+)?$|^x$|^\{")


def source_files() -> list[Path]:
    return [path for path in with_suffix(".py") if PACKAGE in path.parents]


def texts() -> list[tuple[str, str]]:
    """Every tracked text but the recorded answers and the licence, by name."""
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:4096] and path.name != "LICENSE":
            found.append((named(path), content.decode("utf-8", "replace")))
    return found


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{named(path)}:{node.lineno}"
        for path in source_files()
        if PACKAGE / "cli" not in path.parents
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]

    assert printing == []


def test_every_module_is_named_after_what_it_does() -> None:
    names = {path: {path.stem, path.parent.name} for path in source_files()}

    assert [named(path) for path, words in names.items() if words & EMPTY_NAMES] == []


def test_a_package_opens_with_its_public_names_only() -> None:
    allowed = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr
    opening = [path for path in source_files() if path.name == "__init__.py"]
    busy = [
        named(path)
        for path in opening
        if path.parent != PACKAGE  # the public library finds its functions when they are asked for
        and not all(isinstance(node, allowed) for node in parsed(path).body)
    ]

    assert busy == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    depends = re.compile(r'^    "[a-z][a-z0-9-]*(\[[a-z,]+\])?[<>=]')
    wanting = [line.strip() for line in lines if depends.match(line) and " # " not in line]

    assert len([line for line in lines if depends.match(line)]) > 15
    assert wanting == []


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-start.lock"):
        lock = (ROOT / name).read_text("utf-8")
        pinned = [line for line in lock.splitlines() if re.match(r"[a-z0-9-]+==", line)]

        assert "://" not in lock
        assert "--index" not in lock
        assert "--find-links" not in lock
        assert pinned
        assert all(line.endswith("\\") for line in pinned)  # the hashes follow
        assert lock.count("--hash=sha256:") >= len(pinned)


def test_both_locks_agree() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==[^ ;]+", (ROOT / name).read_text("utf-8"), re.M))

    assert pins("requirements-start.lock") <= pins("requirements.lock")


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    whole = (ROOT / "requirements.lock").read_text("utf-8")
    for asked in [*project["dependencies"], *extras["report"], *extras["spark"], *extras["test"]]:
        name = re.split(r"[\[<>=]", asked)[0]
        assert name == "narvaro" or re.search(rf"^{name}==", whole, re.M), name


@pytest.mark.parametrize("wrong", ["/home/anna/x", "see /srv/x", '"/root/x"', "/Users/anna"])
def test_a_path_of_somebodys_machine_is_seen(wrong: str) -> None:
    assert MACHINE_PATH.search(wrong)


def test_no_file_names_a_machine_or_a_registry() -> None:
    mine = named(Path(__file__))
    found = [
        f"{name}: {hit[0]}"
        for name, text in texts()
        if name != mine
        for hit in [MACHINE_PATH.search(text) or REGISTRY.search(text)]
        if hit
    ]

    assert found == []


def test_code_and_tests_point_at_no_host_but_invented_ones() -> None:
    """Documents may cite their sources; what runs names none."""
    found = {
        f"{name}: {host}"
        for name, text in texts()
        if not name.endswith(".md") and name != named(Path(__file__))
        for host in ADDRESS.findall(text)
        if host not in NAMESPACES | OWN_MACHINE and not INVENTED.search(host)
    }

    assert found == set()


def test_what_the_code_points_at_is_in_the_project() -> None:
    pointed = {
        (name, target)
        for name, text in texts()
        if name.startswith(("src/", "tests/")) and name != named(Path(__file__))
        for target in re.findall(r"\bdocs/[a-z-]+/[a-z0-9-]+\.md\b", text)
    }
    missing = {one for one in pointed if not (ROOT / one[1]).exists()}

    assert pointed
    assert missing == set()
