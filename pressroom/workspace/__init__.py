"""What the project says: texts, languages and everybody's records are read once."""
