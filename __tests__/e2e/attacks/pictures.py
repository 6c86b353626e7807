"""Prints pictures that are small as files and large as pixels, as JSON: {name: base64}."""

import base64
import io
import json
import sys

from PIL import Image

SIDE = 3990


def picture(kind, frames=1, mode="RGB", size=(SIDE, SIDE)):
    file = io.BytesIO()
    images = [Image.new(mode, size, number % 255) for number in range(frames)]
    more = {"save_all": True, "append_images": images[1:], "duration": 20} if frames > 1 else {}
    images[0].save(file, kind, **more)
    return base64.b64encode(file.getvalue()).decode()


pictures = {
    "image/png": picture("PNG", mode="RGBA"),
    "image/jpeg": picture("JPEG"),
    "image/gif": picture("GIF", mode="P"),
    "image/webp": picture("WEBP"),
    "image/gif; animated": picture("GIF", frames=300, mode="P", size=(800, 600)),
    "image/webp; animated": picture("WEBP", frames=300, mode="L", size=(800, 600)),
    "image/png; animated": picture("PNG", frames=300, mode="L", size=(800, 600)),
    "image/png; above the limit": picture("PNG", mode="RGBA", size=(5600, 5600)),
}
json.dump(pictures, sys.stdout)
