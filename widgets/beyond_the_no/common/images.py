"""Pictures that a question may bring along: which kinds, and how large."""

IMAGES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
LARGEST = 60_000  # bytes of a picture: each phone gets it with the page
