"""How big an installation is."""

from importlib.metadata import distribution

from satchel.bench import sizes


def test_what_is_needed_at_run_time_is_counted_once_and_extras_are_not():
    names = [one.name.lower() for one in sizes.needed("satchel")]
    assert len(names) == len(set(names))
    assert {"numpy", "onnxruntime", "typer"} <= set(names)
    assert "satchel" not in names
    assert "pytest" not in names


def test_extras_are_left_out():
    assert "psutil" not in sizes.requirements(distribution("satchel"))
    assert sizes.requirements(None) == []


def test_sizes_are_bytes_the_largest_first():
    found = sizes.measure()
    assert found["package"] > sum(one["bytes"] for one in found["weights"].values())
    assert list(found["dependencies"].values()) == sorted(found["dependencies"].values(), reverse=True)
    assert next(size for name, size in found["dependencies"].items() if name.startswith("numpy ")) > 5_000_000
