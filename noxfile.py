"""The long version matrix. `nox -l` lists it, `nox -s sphinx` runs a part of it.

Each session installs the package as a user would, never editable.
"""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["core", "mkdocs", "sphinx", "properdocs"]

PYTHONS = ["3.11", "3.12", "3.13"]
SPHINX = [
    ("3.11", "7.4"),
    ("3.11", "8.2"),
    ("3.11", "9.0"),
    ("3.12", "9.1"),
    ("3.13", "9.2"),
]


def install(session: nox.Session, *packages: str, groups: tuple[str, ...] = ()) -> None:
    """Install packages and dependency groups, the project last."""
    session.install("pip>=25.1")
    chosen = [word for group in ("test", *groups) for word in ("--group", group)]
    session.install(".", *chosen, *packages)


@nox.session(python=PYTHONS)
def core(session: nox.Session) -> None:
    """Run the core's tests where neither host is installed."""
    install(session)
    session.run("pytest", "-q", "tests/unit", *session.posargs)


@nox.session(python=PYTHONS)
@nox.parametrize("mkdocs", ["1.6.0", "1.6"])
def mkdocs(session: nox.Session, mkdocs: str) -> None:
    """Run the MkDocs tests on the oldest and the newest MkDocs 1.x."""
    install(session, f"mkdocs~={mkdocs}", groups=("mkdocs",))
    session.run("pytest", "-q", "tests/mkdocs", *session.posargs)


@nox.session
@nox.parametrize(["python", "sphinx"], SPHINX)
def sphinx(session: nox.Session, sphinx: str) -> None:
    """Run the Sphinx tests on each Sphinx; its themes follow at their own pace."""
    install(session, f"sphinx=={sphinx}.*", "mkdocs>=1.6,<2", groups=("sphinx",))
    themes = "tests/sphinx/test_sphinx_themes.py"
    session.run(
        "pytest", "-q", "tests/sphinx", f"--deselect={themes}", *session.posargs
    )


@nox.session(python="3.11")
def properdocs(session: nox.Session) -> None:
    """Build a site with ProperDocs where MkDocs is not installed."""
    install(session, "properdocs>=1.6.7", "properdocs-theme-mkdocs")
    session.run("python", "tests/properdocs_alone.py")


@nox.session(python="3.11")
def webkit(session: nox.Session) -> None:
    """Run the smoke test in WebKitGTK; needs its driver, MiniBrowser and Xvfb."""
    install(session, groups=("webkit",))
    session.run(
        *("xvfb-run", "--auto-servernum", "pytest", "-q", "tests/webkit"),
        *session.posargs,
        external=True,
    )
