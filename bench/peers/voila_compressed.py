"""Stock Voila that compresses what it sends.

Its own setting for Tornado's settings comes after Tornado has read this one.
"""

from typing import Any

from voila.app import Voila


class Compressed(Voila):  # type: ignore[misc]
    def init_settings(self) -> dict[str, Any]:
        return {**super().init_settings(), "compress_response": True}


if __name__ == "__main__":
    Compressed.launch_instance()
