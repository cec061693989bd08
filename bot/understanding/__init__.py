"""From a text to ranked archetypes, the clients it names and its language; or to "not about a client"."""
