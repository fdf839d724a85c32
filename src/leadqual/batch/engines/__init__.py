"""What runs a plan: an embedded database, a cluster, a server, or nothing but text."""
