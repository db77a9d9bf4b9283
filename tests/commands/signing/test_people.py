from __future__ import annotations

import json
import tomllib
from datetime import date

import pytest
from click.testing import CliRunner, Result

from pressroom.cli.main import main
from pressroom.commands.signing.people import add, close, people_report
from pressroom.diagnostics import DiagnosticError
from pressroom.planning.named import UsageError
from tests.commands.conftest import TODAY, Bench, id_of, people_toml
from tests.passkeys import SoftPasskey

FILE = "source/people.toml"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("people", "signing", "releasing", "building", "status"):
        monkeypatch.setattr(f"pressroom.cli.commands.{module}.today", lambda: TODAY)
    monkeypatch.setattr("pressroom.cli.options.today", lambda: TODAY)


def run(bench: Bench, *arguments: str) -> Result:
    """Run the program in the project, as people do."""
    return CliRunner().invoke(main, ["--project", str(bench.root), *arguments])


def listed(bench: Bench) -> dict:
    """The file of people."""
    return tomllib.loads((bench.root / FILE).read_text(encoding="utf-8"))


# One card in two languages, by six people with keys. docs/how-to/sign.md has these commands.
CARD = [
    "build signs --locale en --locale es",
    "sign signs --locale en --role author --yes --key {keys}/alma-autora",
    "sign signs --locale en --role clinician --yes --key {keys}/cora-clinic",
    "sign signs --locale es --role translator --yes --key {keys}/tomas-traductor",
    "sign signs --locale es --role reviewer --yes --key {keys}/rita-revisora",
    "sign signs --locale es --role clinician --yes --key {keys}/carlos-clinico",
    "build signs --release --key {keys}/paula-publisher",
]


def test_a_card_in_eight_commands(with_keys):
    """A card in English and Spanish is signed by five people and released in seven commands, and it is current."""
    assert len(CARD) <= 8
    for command in CARD:
        done = run(with_keys, *command.format(keys=with_keys.keys).split())
        assert done.exit_code == 0, done.output
    checked = run(with_keys, "verify", str(with_keys.output / "released"))
    assert (checked.exit_code, checked.stdout.count("current")) == (0, 2)


def test_from_nothing_to_a_list(built, keys):
    """People are added one by one, each with a key, and the file says what was asked."""
    for command in (
        ["alma-autora", "--name", "Alma Autora", "--qualification", "nurse educator", "--author"],
        ["cora-clinic", "--name", "Cora Clinic", "--qualification", "MD", "--clinician", "en", "--clinician", "es"],
        ["paula-publisher", "--name", "Paula Publisher", "--qualification", "printer", "--releaser"],
    ):
        done = run(built, "people", "add", *command, "--key", str(keys / f"{command[0]}.pub"))
        assert done.exit_code == 0, done.output
    table = listed(built)
    assert table["alma-autora"]["author"] == ["en"]
    assert (table["cora-clinic"]["clinician"], table["paula-publisher"]["releaser"]) == (["en", "es"], True)
    assert [key["valid-from"] for key in table["alma-autora"]["keys"]] == [TODAY]
    assert built.workspace.people().value.sign_releases


def test_a_second_key(with_keys, tmp_path, keys):
    """A person who lost a key gets another; nothing else of them changes, and no key is listed twice."""
    before = listed(with_keys)["alma-autora"]
    add(with_keys.workspace, "alma-autora", {}, keys / "mallory.pub", TODAY)
    after = listed(with_keys)["alma-autora"]
    assert after["keys"][:-1] == before["keys"]
    assert {**after, "keys": []} == {**before, "keys": []}
    with pytest.raises(DiagnosticError, match="is listed for alma-autora already"):
        add(with_keys.workspace, "cora-clinic", {}, keys / "mallory.pub", TODAY)


@pytest.mark.parametrize(
    ("id", "values", "key"),
    [("alma-autora", {"name": "Alma"}, ""), ("alma-autora", {}, ""), ("eve", {"name": "Eve"}, ""),
     ("Eve", {"name": "Eve", "qualification": "x"}, ""), ("eve", {"name": "Eve", "qualification": "x"}, "nothing"),
     ("eve]\nname = 1\n[eva", {"name": "Eve", "qualification": "x"}, ""), ("eve # eva", {"name": "Eve"}, ""),
     ("eve", {"name": "A. Autora", "qualification": "x"}, ""),
     ("eve", {"name": "Eve", "qualification": "x", "translator": ["en"]}, "")],
)  # fmt: skip
def test_nobody_is_added_by_halves(with_keys, id, values, key):
    """A person who lacks something, is listed, or can't be told from another is not added."""
    before = (with_keys.root / FILE).read_bytes()
    with pytest.raises((UsageError, DiagnosticError)):
        add(with_keys.workspace, id, values, with_keys.keys / key if key else None, TODAY)
    assert (with_keys.root / FILE).read_bytes() == before


def test_a_key_is_closed(released_with_keys):
    """Closing writes the last entries of the log under each key, keeps every other line, and keeps what was signed."""
    before = (released_with_keys.root / FILE).read_text(encoding="utf-8")
    done = run(released_with_keys, "people", "void", "rita-revisora", "--reason", "left\nus")
    assert done.exit_code == 0, done.output
    (key,) = listed(released_with_keys)["rita-revisora"]["keys"]
    assert key["void-after"] == [*released_with_keys.workspace.records().records.log.heads]
    after = (released_with_keys.root / FILE).read_text(encoding="utf-8")
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert (gone, len(new)) == ([], 2)
    assert new[0].startswith("# closed 2026-11-23 by ")
    assert new[0].endswith(": left us")
    assert released_with_keys.review_case("es").cases()[0][1].name == "approved"
    assert "is closed already" in run(released_with_keys, "people", "void", "rita-revisora", "--reason", "again").output


def test_a_key_that_was_stolen_earlier(released_with_keys):
    """A key is closed after an earlier entry too: what was signed since then is signed again."""
    (first,) = released_with_keys.review_case("en").signoffs("author")
    close(released_with_keys.workspace, "rita-revisora", "stolen", (first.id,), TODAY)
    assert released_with_keys.review_case("es").signoffs("reviewer") == []
    with pytest.raises(UsageError):
        close(released_with_keys.workspace, "cora-clinic", "stolen", ("signs/es/none",), TODAY)


def test_who_has_no_key(released, keys):
    """A person without a key is closed as a person."""
    bench = released.with_people(None)
    close(bench.workspace, "rita-revisora", "left", (), TODAY)
    assert bench.review_case("es").cases()[0][1].name == "approved"
    assert "void-after" in listed(bench)["rita-revisora"]
    assert "signer" in {d.code for d in bench.offer("es", "reviewer", principal="rita-revisora").problems}


def test_a_file_that_no_program_can_change(released_with_keys):
    """A file in another form of TOML is left as it is, and the line to write by hand is named."""
    text = (released_with_keys.root / FILE).read_text(encoding="utf-8")
    rita = tomllib.loads(text)["rita-revisora"]["keys"][0]
    start, end = text.index("[[rita-revisora.keys]]"), text.index("[carlos-clinico]")
    inline = f'keys = [{{ kind = "ssh", key = "{rita["key"]}", valid-from = 2026-11-01 }}]\n\n'
    (released_with_keys.root / FILE).write_text(text[:start] + inline + text[end:], encoding="utf-8")
    before = (released_with_keys.root / FILE).read_bytes()
    with pytest.raises(DiagnosticError) as error:
        close(released_with_keys.workspace, "rita-revisora", "left", (), TODAY)
    assert "void-after = [" in error.value.problems[0].hint
    assert (released_with_keys.root / FILE).read_bytes() == before


def test_what_the_command_shows(with_keys):
    """It names roles, keys, what each language lacks and for which documents, and whether the list is named yet."""
    bench = with_keys
    (bench.root / FILE).write_text(people_toml(bench.keys).replace('clinician = ["es"]', ""), encoding="utf-8")
    done = run(bench, "people")
    assert done.exit_code == 0, done.output
    assert "  es: no clinician for signs" in done.output
    assert "no record of the log names this list yet" in done.output
    assert "may sign  translator es" in done.output
    bench.sign("en", "author")
    report = people_report(bench.workspace, "", TODAY)
    assert (report.since, report.earlier) == (bench.review_case("en").signoffs()[0].id, 0)
    assert [gap.locale for gap in report.gaps] == ["es"]


def test_what_waits_for_a_person(with_keys):
    """It names the documents that a person can sign now, and not those that they have signed."""
    done = run(with_keys, "people", "--as", "cora-clinic")
    assert "pressroom sign signs --locale en --role clinician --key FILE" in done.output
    with_keys.sign("en", "clinician")
    assert "nothing waits" in run(with_keys, "people", "--as", "cora-clinic").output
    assert run(with_keys, "people", "--as", "cora").exit_code == 2


def test_for_programs(with_keys):
    """As JSON it says the same, whole."""
    done = run(with_keys, "people", "--format", "json")
    said = json.loads(done.stdout)["data"]
    assert [row["id"] for row in said["people"]] == [id_of(name) for name in (
        "Alma Autora", "Cora Clinic", "Tomás Traductor", "Rita Revisora", "Carlos Clínico", "Paula Publisher",
    )]  # fmt: skip
    assert said["people"][0]["roles"] == {"author": ["en"]}
    assert (said["lacking"], said["since"]) == ([], "")


def test_where_nobody_is_listed(built):
    """Without a list the command says that names are not checked, and how to begin."""
    done = run(built, "people")
    assert done.exit_code == 2
    assert "docs/how-to/keys.md" in done.output


def test_a_passkey_is_listed(released, keys):
    """The command takes the one line of the page, however it was wrapped on the way, and refuses what is none."""
    passkey = SoftPasskey()
    wrapped = passkey.text.replace(" ", "\n  ")
    bench = released.with_people(None)
    done = run(bench, "people", "add", "alma-autora", "--passkey", wrapped)
    assert done.exit_code == 0, done.output
    assert listed(bench)["alma-autora"]["keys"] == [
        {"kind": "passkey", "key": passkey.text, "valid-from": date(2026, 11, 23)}
    ]
    shown = run(bench, "people").output
    assert (
        f"{passkey.passkey.fingerprint}  valid since 2026-11-23, passkey for {passkey.origin}, {passkey.label}" in shown
    )
    before = (bench.root / FILE).read_bytes()
    again = run(bench, "people", "add", "cora-clinic", "--passkey", passkey.text)
    assert "is listed for alma-autora already" in again.output
    assert "is not a passkey" in run(bench, "people", "add", "cora-clinic", "--passkey", "ssh-ed25519 AAAA").output
    assert (bench.root / FILE).read_bytes() == before
