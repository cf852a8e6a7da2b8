"""What a web server needs to publish the built site safely: headers, moved addresses, caching, compression (docs/decisions/0021)."""
