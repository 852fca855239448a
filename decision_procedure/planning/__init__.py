"""What may lawfully happen next and on which day, and how to mend what went wrong; the check itself has the last word."""
