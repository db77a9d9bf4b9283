"""What a person must tick before they sign, and how ticks are kept."""

from __future__ import annotations

import json
import threading

import pytest

from pressroom.commands.catalogs.edit_message import Editor, Saved
from pressroom.commands.catalogs.remarks import (
    change_english_remarks,
    delete_remark,
    english_remarks,
    gone_remarks,
    make_remark,
    write_remark,
)
from pressroom.commands.signing.back_translations import back_file
from pressroom.commands.signing.remarks_by_place import remarks_by_place
from pressroom.commands.signing.review_view import ReviewView, review_view
from pressroom.commands.signing.ticks import change_ticks, missing, needs_of, read_ticks, tick_file
from pressroom.language import find_language
from tests.commands.conftest import PEOPLE, TODAY, Bench

EDITOR = Editor("2026-11-23 09:00+0000")


@pytest.fixture
def bench(built: Bench) -> Bench:
    """A project whose proofs are built and that nobody has signed."""
    return built


def view(bench: Bench, locale: str = "es", role: str = "reviewer") -> ReviewView:
    """The text as the person of this role reads it."""
    return review_view(bench.review_case(locale), bench.signer(locale, role), bench.output)


def kinds(of: ReviewView) -> list[tuple[str, tuple[int, ...]]]:
    """What is to be ticked, by kind and messages."""
    return [(need.kind, need.numbers) for need in needs_of(of)]


def test_a_first_signature_needs_every_message_and_page(bench):
    """Nobody signs what they did not read: each message is a tick, and each page."""
    first = view(bench)
    assert first.since is None
    assert [kind for kind, _ in kinds(first)].count("page") == 1
    assert [numbers for kind, numbers in kinds(first) if kind == "message"] == [(2,), (3,), (4,), (1,)]


def test_a_translator_ticks_no_pages(bench):
    """The look is signed by reviewers and clinicians alone."""
    assert {kind for kind, _ in kinds(view(bench, role="translator"))} == {"message"}


def test_somebody_who_looks_has_nothing_to_tick(bench):
    """A reader without a role may read."""
    assert needs_of(review_view(bench.review_case("es"), None, bench.output)) == ()


def test_a_renewed_signature_needs_what_changed_and_one_tick_for_the_rest(bench):
    """The unchanged messages of a page are one tick; the changed one is shown with its words."""
    bench.sign_all()
    bench.fill({"Call for help": "Pida ayuda ya"})
    bench.build()
    again = view(bench)
    assert again.since is not None
    assert (again.since.english, again.since.text) == (0, 1)
    assert kinds(again) == [("page", ()), ("message", (2,)), ("rest", (3, 4)), ("rest", (1,))]
    changed = next(message for message in again.messages if message.number == 2)
    assert [(one.kind, one.run.text.strip()) for one in changed.shown_text] == [("same", "Pida ayuda"), ("new", "ya")]
    assert again.look_changed


def test_what_differs_on_the_page_is_known(bench):
    """A page that is drawn otherwise says where, and has the file that was signed."""
    bench.sign_all()
    bench.fill({"Call for help": "Pida ayuda ya"})
    bench.build()
    page = view(bench).sections[0].page
    assert page is not None
    assert any("Pida ayuda ya" in place.text for place in page.differs)
    assert page.was


def test_each_person_is_shown_what_changed_since_they_signed(bench):
    """Another person's later signature does not hide a change from somebody who signed before it."""
    bench.sign("es", "translator")
    bench.sign("es", "reviewer")
    bench.fill({"Call for help": "Pida ayuda ya"})
    bench.build()
    bench.sign("es", "translator")
    assert view(bench, role="reviewer").since.text == 1
    assert view(bench, role="translator").since.text == 0


def test_a_new_review_date_and_number_are_said(bench):
    """They are signed, so a change of them is shown."""
    bench.sign_all()
    bench.edit("source/signs.md", "review-by: 2027-11", "review-by: 2028-11")
    since = view(bench).since
    assert since.date_before == "2027-11"


def test_a_tick_goes_away_with_its_text(bench):
    """A tick is the hash of what was read: another text has another one."""
    before = needs_of(view(bench))
    ticks = {need.read for need in before}
    assert missing(before, ticks) == ()
    bench.fill({"Call for help": "Pida ayuda ya"})
    bench.build()
    left = missing(needs_of(view(bench)), ticks)
    assert [(need.kind, need.numbers) for need in left] == [("page", ()), ("message", (2,))]


def test_ticks_on_messages_do_not_wait_for_pages(bench):
    """Whoever reads while the pages are made keeps what they ticked: the sections are those of the layout."""
    bench.sign_all()
    bench.fill({"Call for help": "Pida ayuda ya"})
    before = [need for need in needs_of(view(bench)) if need.kind in ("message", "rest")]
    assert view(bench).outdated
    bench.build()
    assert [need.read for need in needs_of(view(bench)) if need.kind in ("message", "rest")] == [n.read for n in before]


def test_ticks_are_kept_on_the_disk(bench):
    """They survive a restart and a build, are of one person and role, and git does not see them."""
    reader = bench.signer("es", "reviewer")
    path = tick_file(bench.root, "es", "signs", reader)
    one, two = (need.read for need in needs_of(view(bench))[:2])
    change_ticks(path, bench.root, [one, two], [], TODAY)
    bench.build()
    assert read_ticks(path) == {one, two}
    assert read_ticks(tick_file(bench.root, "es", "signs", bench.signer("es", "clinician"))) == frozenset()
    assert (bench.root / ".pressroom" / ".gitignore").read_text(encoding="utf-8").endswith("*\n")


def test_two_tabs_do_not_overwrite_each_other(bench):
    """Each change is of some ticks alone, also if two come in the same moment."""
    path = tick_file(bench.root, "es", "signs", bench.signer("es", "reviewer"))
    hashes = [f"{number:032x}" for number in range(40)]
    threads = [
        threading.Thread(target=change_ticks, args=(path, bench.root, [one], [], TODAY), daemon=True) for one in hashes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_ticks(path) == set(hashes)
    change_ticks(path, bench.root, [], hashes[:1], TODAY)
    assert read_ticks(path) == set(hashes[1:])


@pytest.mark.parametrize("text", ["", "{", "[]", '{"ticks": 3}', '{"ticks": {"x": "2026"}}', "\0"])
def test_a_damaged_file_has_no_ticks(bench, text):
    """Somebody must read again; nothing is signed by a file that was spoiled."""
    path = tick_file(bench.root, "es", "signs", bench.signer("es", "reviewer"))
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert read_ticks(path) == frozenset()
    change_ticks(path, bench.root, ["0" * 32], [], TODAY)
    assert json.loads(path.read_text(encoding="utf-8"))["ticks"] == {"0" * 32: "2026-11-23"}


def test_a_name_makes_no_path(bench):
    """A typed name is hashed, so it leads to no other folder; capitals and spaces do not count."""
    names = ["../../x", "A  Person", "a person"]
    files = [tick_file(bench.root, "es", "signs", bench.signer("es", "reviewer", name)) for name in names]
    assert all(file.parent == bench.root / ".pressroom/ticks/es/signs" for file in files)
    assert files[1] == files[2] != files[0]


def test_back_translations_have_a_place(bench):
    """`locales/es/back/signs.po` is shown beside the texts, and is no catalog of anything that is printed."""
    back = back_file(bench.project, "es", "signs")
    back.parent.mkdir()
    text = bench.catalog.read_text(encoding="utf-8").replace("Pida ayuda", "Ask for help")
    back.write_text(text, encoding="utf-8")
    shown = view(bench)
    assert shown.has_back
    assert next(message.back for message in shown.messages if message.number == 2) == "Ask for help"
    assert shown.messages[1].text == "Pida ayuda"


def test_a_remark_reaches_the_translator(bench):
    """It is a comment of the message with author, date and the text that it was made on, and changes nobody's text."""
    case, spanish, before = bench.review_case("es"), find_language("es"), [n.read for n in needs_of(view(bench))]
    message = case.messages()[1]
    remark = make_remark(TODAY, "Rita Revisora", "reviewer", "too\nformal", said="Pida ayuda")
    done = write_remark(bench.workspace, "signs", spanish, message.key, remark, EDITOR)
    assert isinstance(done, Saved)
    text = bench.catalog.read_text(encoding="utf-8")
    assert "# remark 2026-11-23 by Rita Revisora (reviewer): too formal [it said: “Pida ayuda”]\n" in text
    assert remarks_by_place(view(bench))["m2"] == [remark]
    assert [need.read for need in needs_of(view(bench))] == before
    delete_remark(bench.workspace, "signs", spanish, message.key, remark.line, EDITOR)
    assert "remark" not in bench.catalog.read_text(encoding="utf-8")


def test_a_remark_stays_when_its_text_is_gone(bench):
    """The message is obsolete then, and keeps the remark with what the text said."""
    remark = make_remark(TODAY, "Rita Revisora", "reviewer", "too formal", said="Pida ayuda")
    key = bench.review_case("es").messages()[1].key
    write_remark(bench.workspace, "signs", find_language("es"), key, remark, EDITOR)
    bench.edit("source/signs.md", "# Call for help\n", "# Nothing like it whatsoever, all day\n")
    bench.update()
    everywhere = [one for remarks in remarks_by_place(view(bench)).values() for one in remarks]
    assert everywhere == [remark]
    assert gone_remarks(bench.workspace, "signs", find_language("es")) == ((key[1], remark),)


def test_remarks_on_the_english_are_for_its_author(bench):
    """The English has no catalog: its remarks are in a file beside it."""
    remark = make_remark(TODAY, "Cora Clinic", "clinician", "say which leg", said="Call for help")
    assert change_english_remarks(bench.workspace, "signs", add=remark) == (remark,)
    assert english_remarks(bench.workspace, "signs") == (remark,)
    assert remarks_by_place(view(bench, "en", "clinician"))["m2"] == [remark]
    assert change_english_remarks(bench.workspace, "signs", delete=remark.line) == ()
    assert not (bench.root / "source/remarks/signs.toml").exists()


def test_everybody_of_the_story_has_a_need(bench):
    """Each of those who sign has something to tick."""
    assert all(needs_of(view(bench, locale, role)) for locale, role in PEOPLE)
