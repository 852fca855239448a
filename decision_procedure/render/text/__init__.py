"""A report as text for people, in Chinese or English."""

from decision_procedure.render.text.brief import brief_lines
from decision_procedure.render.text.findings import explanation_lines, finding_lines, short_line
from decision_procedure.render.text.lines import BLANK, Block, Table, TextLine, plain, width_of_labels
from decision_procedure.render.text.notes import note_lines, note_said, quiet_lines, short_note
from decision_procedure.render.text.report import Detail, report_lines
from decision_procedure.render.text.statistics import Statistics, closing_line, worst_lines
from decision_procedure.render.text.steps import step_lines
from decision_procedure.render.text.unbroken import blocks_text, report_text
from decision_procedure.render.text.view import View

__all__ = [
    "BLANK",
    "Block",
    "Detail",
    "Statistics",
    "Table",
    "TextLine",
    "View",
    "blocks_text",
    "brief_lines",
    "closing_line",
    "explanation_lines",
    "finding_lines",
    "note_lines",
    "note_said",
    "plain",
    "quiet_lines",
    "report_lines",
    "report_text",
    "short_line",
    "short_note",
    "step_lines",
    "width_of_labels",
    "worst_lines",
]
