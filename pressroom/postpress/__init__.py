"""Post-press: finished PDFs imposed on sheets, separated for a press, corrected for a printer, or shown as pictures."""
