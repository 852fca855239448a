"""Drawing: a picture is made from the procedure and a report, and decides nothing."""
