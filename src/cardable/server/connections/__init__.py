"""A company's tie to the software that holds its data: links, consent, uploads and their status."""
