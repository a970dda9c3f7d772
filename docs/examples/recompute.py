#!/usr/bin/env python3
"""Recomputes the digest of a version from the folder that `assay pull` wrote. Standard library only; asks no server.

    python3 recompute.py DIR

Reads the files in DIR/model and the run facts in DIR/assay/run.json, and builds seal, config and manifest from them alone.
DIR/assay/config.json gives two names that stand in no file: the model's and the run's. DIR/assay/manifest.json is only compared.
Exit 0 when everything agrees, 1 when it does not.
"""
import hashlib
import json
import math
import pathlib
import sys


def number(value):
    """A number as ECMAScript writes it (RFC 8785, 3.2.2.3)."""
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    value = float(value)
    if not math.isfinite(value):
        raise ValueError("JSON has no NaN and no infinity")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, power = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(power or 0) - (len(whole + fraction) - len(digits))  # the value is 0.digits x 10^point
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    exponent = f"{'-' if point < 1 else '+'}{abs(point - 1)}"
    return sign + digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "e" + exponent


def canonical(value):
    """The one text of a JSON value (RFC 8785): names sorted by their UTF-16 units, no spaces."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def sha256(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def descriptor(media_type, content_digest, size):
    return {"mediaType": media_type, "digest": content_digest, "size": size}


def recompute(folder):
    """Gives (what, recomputed, stored) for the seal, the config and the manifest."""
    model, proofs = folder / "model", folder / "assay"
    stored_config = json.loads((proofs / "config.json").read_bytes())

    seal = sha256(canonical(json.loads((proofs / "run.json").read_bytes())).encode())

    paths = sorted((p.relative_to(model).as_posix() for p in model.rglob("*") if p.is_file()), key=lambda path: path.encode())
    files = [(path, (model / path).read_bytes()) for path in paths]
    config = canonical({
        "descriptor": {"name": stored_config["descriptor"]["name"]},
        "modelfs": {"type": "layers", "diffIds": [sha256(content) for _, content in files]},
        "config": {},
        "assay": {"run_id": stored_config["assay"]["run_id"], "seal": seal},
    }).encode()

    layers = []
    for path, content in files:
        layer = descriptor("application/vnd.cncf.model.weight.v1.raw", sha256(content), len(content))
        layer["annotations"] = {"org.cncf.model.filepath": path}
        layers.append(layer)
    manifest = canonical({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "artifactType": "application/vnd.cncf.model.manifest.v1+json",
        "config": descriptor("application/vnd.cncf.model.config.v1+json", sha256(config), len(config)),
        "layers": layers,
    }).encode()

    yield "seal", seal, stored_config["assay"]["seal"]
    yield "config", sha256(config), sha256((proofs / "config.json").read_bytes())
    yield "digest", sha256(manifest), sha256((proofs / "manifest.json").read_bytes())


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 recompute.py DIR")
    agrees = True
    for what, recomputed, stored in recompute(pathlib.Path(sys.argv[1])):
        same = recomputed == stored
        agrees = agrees and same
        print(f"{what:<8}{recomputed}{'' if same else f'  DIFFERS from {stored}'}")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
