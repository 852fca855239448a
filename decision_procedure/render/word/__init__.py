"""Word documents in the layout of official documents (extra `word`): the opinion and the review sheet."""
