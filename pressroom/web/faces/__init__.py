"""The faces of the application, one module each: its addresses, and what each answers."""
