"""What a web server needs to publish the built site safely: headers, moved addresses, caching, compression (docs/decisions/0021)."""

BOM = "sbom.cdx.json"  # named here, so that who only leaves it out need not load what makes it
