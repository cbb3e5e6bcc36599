"""The pages for people say what is so: the map, the decisions, the commands."""

import re
from datetime import date
from pathlib import Path

import dev

ROOT = Path(__file__).resolve().parents[1]


def page(name: str) -> str:
    """Return the text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def packages() -> list[str]:
    """Return every package of the program as a path in `app/`."""
    return sorted(
        path.parent.relative_to(ROOT / "app").as_posix() for path in (ROOT / "app").rglob("*/__init__.py")
    )


def test_every_package_is_on_the_map() -> None:
    architecture = page("docs/architecture.md")
    missing = [name for name in packages() if f"`{name}/`" not in architecture]
    assert missing == [], "one line each in docs/architecture.md"


def test_the_map_shows_nothing_that_is_not_there() -> None:
    map_of_code = page("docs/architecture.md").partition("## The map")[2].partition("\n## ")[0]
    shown = re.findall(r"^- `([a-z_/]+)/`", map_of_code, re.MULTILINE)
    assert len(shown) == len(set(shown))
    app = ROOT / "app"
    gone = [name for name in shown if not ((app / name).is_dir() or (app / f"{name}.py").is_file())]
    assert gone == [], "take it off the map"


def test_every_top_folder_is_in_the_readme() -> None:
    readme = page("README.md")
    folders = ["app", "docs", "requirements", "resources", "tests", "translations"]
    floors = [f"app/{name}" for name in packages() if "/" not in name]
    assert [name for name in folders + floors if f"`{name}/`" not in readme] == []


def test_every_decision_has_date_decision_and_why() -> None:
    entries = re.split(r"^## ", page("docs/decisions.md"), flags=re.MULTILINE)[1:]
    assert entries
    dates = []
    for entry in entries:
        title, _, body = entry.partition("\n")
        found = re.fullmatch(r"(\d{4}-\d{2}-\d{2}) (\S.+)", title)
        assert found, f"a heading is a date and a title: {title}"
        dates.append(date.fromisoformat(found[1]))
        for part in ("**Decision.** ", "**Why.** "):
            assert re.search(rf"^{re.escape(part)}\S", body, re.MULTILINE), f"{part} of {title}"
    assert dates == sorted(dates), "new decisions go to the end"


def test_every_daily_command_is_told_and_has_its_target() -> None:
    readme, makefile = page("README.md"), page("Makefile")
    targets = re.search(r"^COMMANDS := (.+)$", makefile, re.MULTILINE)
    assert targets
    assert targets[1].split() == list(dev.COMMANDS)
    assert [name for name in dev.COMMANDS if f"`make {name}`" not in readme] == []


def test_the_changelog_begins_with_what_is_coming() -> None:
    headings = re.findall(r"^## (.+)$", page("CHANGELOG.md"), re.MULTILINE)
    assert headings[:1] == ["Unreleased"]


def test_the_licence_is_whole() -> None:
    licence = page("LICENSE")
    assert "GNU GENERAL PUBLIC LICENSE" in licence
    assert "Version 3, 29 June 2007" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_every_command_and_report_is_described() -> None:
    """docs/cli.md names each command of the program and of the ledger, and each report."""
    from app.cli.main import build
    from app.ledger.slices import rules
    from app.reports.catalog import reports

    described = page("docs/cli.md")
    program = [item.name for item in build().registered_commands]
    ledger = [name for name, command in rules().known.items() if not command.hidden]
    missing = [name for name in program if f"| `{name}" not in described]
    missing += [name for name in (*ledger, *reports()) if f"| `{name}` |" not in described]
    assert missing == [], "a line each in docs/cli.md"
