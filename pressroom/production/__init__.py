"""Makes one piece from a task: the bytes of its file, and the findings."""
