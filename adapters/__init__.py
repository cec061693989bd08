"""Adapters: transport and markup. They import the core; the core never imports them."""
