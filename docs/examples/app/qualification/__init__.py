"""The parts of the example application; begin with web.py."""
