"""The project as a command sees it: documents, languages and records, each read once."""
