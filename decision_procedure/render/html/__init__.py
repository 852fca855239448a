"""Reports as web pages: one self-contained file for each decision, and the year with links to them."""

from decision_procedure.render.html.book import Book
from decision_procedure.render.html.page import page_text
from decision_procedure.render.html.subject import Shown

__all__ = ["Book", "Shown", "page_text"]
