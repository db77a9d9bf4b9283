"""The story: one function a command. A project and a request go in, files and a report come out."""
