"""Reading without a network: the package to download and the copy a browser keeps when its reader asks (docs/decisions/0015)."""
