"""Assessment (考评): points by indicators that are data, from what the check and the catalogue come to."""
