"""Nurturing: when a lead may be touched, and by which permission."""
