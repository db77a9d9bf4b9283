"""The examples in the help of each command: real calls, and what each does. A test reads them as the program would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

# Every command by its whole name, `people add` too; the program itself has no name. The documents are examples.
EXAMPLES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "": (
        ("status", "See how far each document is in each language."),
        ("build --locale es", "Make all documents in Spanish, as proofs."),
        ("build --help", "Explain one command, with its options."),
    ),
    "demo": (
        ("demo", "Make it in a temporary folder, in English and Spanish."),
        ("demo my-demo --language ar", "Make it in a folder of yours, with Arabic."),
    ),
    "prune": (
        ("prune --keep 2", "Say what would go if the two newest editions of each kind stay."),
        ("prune --size 2GB --delete", "Delete the oldest until all take two gigabytes at most."),
    ),
    "serve": (
        ("serve", "Open the project at http://localhost:8017."),
        ("serve --port 0", "The same on a free port."),
    ),
    "init": (
        (
            "init my-clinic --country PL --languages pl,uk",
            "A clinic in Poland that translates into Polish and Ukrainian.",
        ),
        ("init my-clinic --country US --paper Letter --languages es", "A clinic in the United States."),
    ),
    "brand": (
        ('brand --colour "#7a1f5c" --dry-run', "Show the colours, the inks and the contrast. Write nothing."),
        ('brand --colour "#7a1f5c" --logo logo.svg --logo-text "Our Clinic"', "Set them up, with a logo."),
    ),
    "override": (
        ("override", "List the files of the layouts."),
        ("override shared/card/style.css", "Copy one into the project."),
    ),
    "upgrade": (
        ("upgrade", "Say what there is to do."),
        ("upgrade --yes", "Do it."),
    ),
    "new-document": (
        ("new-document knee-care", "Begin the brochure source/brochures/knee-care.md."),
        ("new-document sepsis --card", "Begin the card source/cards/sepsis.md."),
        ('new-document knee-care --title "After your knee surgery"', "Begin it with a title of your own."),
    ),
    "check": (
        ("check", "Check everything."),
        ("check services --locale es", "Check one document in Spanish."),
        ("check --format json", "Write the findings for a program."),
    ),
    "rename": (("rename knee-care knee-surgery", "Rename a document in all languages."),),
    "remove-document": (
        ("remove-document knee-care", "Move a document to archive/knee-care."),
        ("remove-document knee-care --undo", "Bring it back."),
    ),
    "new": (
        ("new fr", "Begin French."),
        ("new pt-BR", "Begin the Portuguese of Brazil."),
    ),
    "update": (
        ("update", "Bring the catalogs of all languages up to the English."),
        ("update --locale es --locale fr", "Do so for two languages."),
    ),
    "status": (
        ("status", "Show everything."),
        ("status services --locale es", "Show one document in Spanish."),
        ("status --due 60d", "Show what expires within 60 days."),
    ),
    "handoff": (
        ("handoff export --locale es", "Make a zip for a translator."),
        ("handoff import returned.zip", "Take the translations back."),
    ),
    "handoff export": (
        ("handoff export --locale es", "Everything for a translator into Spanish."),
        ("handoff export services --locale es --no-proofs", "One document, without pages."),
    ),
    "handoff import": (
        ("handoff import returned.zip", "Take back a whole zip."),
        ("handoff import services.po --locale es", "Take back one catalog."),
    ),
    "drafted": (
        ("drafted --locale es", "Mark all Spanish translations as machine drafts."),
        ("drafted services --locale es", "Mark those of one document."),
    ),
    "extract": (("extract", "Write locales/*.pot."),),
    "lengths": (("lengths", "Measure all fixed spaces, then run `update`."),),
    "migrate": (("migrate", "Carry all catalogs over."),),
    "build": (
        ("build services --locale es --product press", "Make one document in Spanish, for a print shop."),
        ("build --explain", "Make a proof of everything that changed, and say what it was."),
        ("build --release", "Make the files for patients from what everybody signed."),
    ),
    "sheet": (
        ("sheet sepsis --on letter-id1 --locale es", "Eight Spanish cards on a Letter sheet."),
        ("sheet sepsis --on letter-id1 --locale es --locale vi", "A sheet with cards in two languages."),
        ("sheet --on letter-id1 --calibration", "A page that shows how far the printer is off."),
    ),
    "preflight": (
        ("preflight output/current/*/*.pdf", "Check all proofs."),
        ("preflight brochure.pdf --format json", "Check a file of another program; write the result as JSON."),
    ),
    "specimen": (
        ("specimen", "Make a page for each language of the project."),
        ("specimen km my", "Make pages for Khmer and Burmese."),
    ),
    "people": (
        ("people", "Show who may sign what, and what is lacking."),
        ("people --as ana-lopez", "Show one person, and what waits for their signature."),
    ),
    "people add": (
        ('people add ana-lopez --name "Ana Lopez" --qualification RN --reviewer es', "List a reviewer for Spanish."),
        ("people add ana-lopez --key ana.pub", "Give her a key."),
    ),
    "people void": (('people void ana-lopez --reason "she left"', "From now on her keys sign nothing."),),
    "review": (
        ("review services --locale es", "Make the review sheet of the Spanish brochure."),
        ("review services --locale es --back back.po", "Print back-translations beside the texts."),
    ),
    "sign": (
        ("sign services --locale es --role reviewer --as ana-lopez --key ~/.ssh/id_ed25519", "Sign with your key."),
        (
            'sign services --locale en --role author --name "Ana Lopez" --qualification MD',
            "Sign without a list of people.",
        ),
    ),
    "waive": (
        (
            'waive services --locale es --code number-changed --message 12 --reason "a brand name" --as ana-lopez',
            "Excuse a finding in message 12.",
        ),
    ),
    "return": (
        ('return services --locale es --note "too formal throughout"', "Return the whole document."),
        ('return services --locale es --message 12 --note "wrong side"', "Return one message."),
    ),
    "unsign": (
        (
            'unsign services --locale es --role reviewer --reason "read the wrong page"',
            "Take back the reviewer's signature.",
        ),
    ),
    "recall": (
        ('recall services --reason "wrong telephone number"', "Recall it in all languages."),
        ('recall services --locale es --reason "wrong dose"', "Recall it in Spanish."),
    ),
    "rollback": (("rollback 3", "Make edition 3 current again."),),
    "verify": (
        ("verify services.pdf", "Ask about a file."),
        ("verify output/released", "Ask about every file of a folder."),
        ("verify 0123ABCD", "Ask about a paper, by the end of the line at its foot."),
    ),
    "audit": (("audit export", "Write the three files into output/audit."),),
    "audit export": (("audit export --output /tmp/audit", "Write the three files into a folder."),),
    "products": (
        ("products", "List the products."),
        ("products --format json", "List them for a program."),
    ),
    "locales": (("locales", "List the languages."),),
    "fonts": (
        ("fonts", "List the fonts."),
        ("fonts --accept", "Accept the fonts of this machine, after you looked at the proofs."),
    ),
    "editions": (("editions", "List the editions in output/."),),
    "completion": (
        ('eval "$(pressroom completion bash)"', "In ~/.bashrc."),
        ('eval "$(pressroom completion zsh)"', "In ~/.zshrc, after compinit."),
        ("pressroom completion fish > ~/.config/fish/completions/pressroom.fish", "Once."),
    ),
}


def examples_of(context: click.Context) -> Iterator[tuple[str, str]]:
    """The examples of a command as this person types them, each with its meaning."""
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, context.info_name or "")
        context = context.parent
    for call, meaning in EXAMPLES.get(" ".join(names), ()):
        # A call in a shell's file names the installed program itself.
        yield call if "pressroom " in call else f"{context.info_name} {call}", meaning
