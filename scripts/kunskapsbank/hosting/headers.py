"""The headers the site is served with: defined here once, written for nginx and for hosts that read a _headers file."""

from __future__ import annotations

# Nothing but the site's own files. No page has inline script or style, so no hash and no unsafe-* is needed.
_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's stylesheet draws its small signs from data: addresses
    "connect-src": "'self'",  # what the worker of a saved copy fetches
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

POLICY = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES.items())

# The powers a page could ask the browser for, off; only copying a link is used. Those that browsers have known for long: a name
# that one does not know is an error in its console.
_OFF = (
    "accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip

# Without a name in the address a file may change at any publishing: it is asked for anew, and answered 304 if it has not.
REVALIDATE = "no-cache"
# An address that holds the digest of what it leads to (see stamping.py) never means anything else.
IMMUTABLE = "public, max-age=31536000, immutable"

HEADERS = {
    "Content-Security-Policy": POLICY,
    # No includeSubDomains: the bank may lie in a folder of a host whose other names it knows nothing about.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    # A link to an authority must not tell it, or a log on the way, which page about trafficked children was being read.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _OFF), "clipboard-write=(self)"]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def netlify() -> str:
    """Return the text of _headers, as Netlify and Cloudflare Pages read it.

    It cannot look at the query, so it cannot tell an address with the right digest from one without: everything is revalidated.
    """
    lines = [f"  {name}: {value}" for name, value in {**HEADERS, "Cache-Control": REVALIDATE}.items()]
    return "\n".join(["# Made by scripts/kunskapsbank/hosting/headers.py.", "/*", *lines]) + "\n"


def nginx() -> str:
    """Return the same headers as nginx directives for the location that holds the site.

    All of them stand at one level: a location with an add_header of its own would lose those of the level above.
    The variables are defined in tables.conf (see tables.py).
    """
    lines = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    lines += [
        "add_header Cache-Control $kb_cache always;",
        "add_header Vary Accept-Encoding always;",
        "# An empty value is not sent.",
        "add_header Content-Encoding $kb_encoding always;",
        "add_header Allow $kb_allow always;",
    ]
    return "\n".join(["# Made by scripts/kunskapsbank/hosting/headers.py.", *lines]) + "\n"
