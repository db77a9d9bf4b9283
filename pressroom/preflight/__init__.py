"""Checks finished PDFs and web pages against what they were meant to be, and against PDF/UA-1 and PDF/A-2a.

Its modules load readers of PDFs, so nothing is imported here.
"""
