"""The logic of Kunskapsbanken: data, checks and blocks. Imports no MkDocs, so that it outlives the generator."""
